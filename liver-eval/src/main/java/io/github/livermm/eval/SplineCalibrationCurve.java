// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The flexible calibration curve by logistic regression of the outcome on a restricted cubic spline
 * of the log-odds of the prediction, with a pointwise Wald band. Unlike {@link CalibrationCurve} it
 * is a likelihood fit: it stays inside (0, 1), and its test of the non-linear terms tells whether
 * intercept and slope suffice.
 *
 * <p>Rows with a prediction of 0 or 1 have no log-odds; they are left out and counted. All figures
 * are {@code NaN} when a class is absent, the predictions have too few distinct values for the
 * knots, or the outcome is separated.
 *
 * <p>Reference: Harrell FE (2015), Regression Modeling Strategies, section 10.6; Austin, Steyerberg
 * (2014), Graphical assessment of internal and external calibration of logistic regression models,
 * doi:10.1002/sim.5941.
 *
 * @since 0.1.0
 */
public final class SplineCalibrationCurve {
    private final @Nullable Fit fit;
    private final double[] used;
    private final int omitted;
    private final CalibrationDistances distances;

    private record Fit(SplineBasis basis, LogisticRegression spline, double gain) {
        double logit(double probability) {
            return spline.linearPredictor(basis.at(LogisticRegression.logit(probability)));
        }

        double standardError(double probability) {
            double[] columns = basis.at(LogisticRegression.logit(probability));
            double[][] v = spline.covariance();
            double sum = 0;
            for (int a = 0; a < v.length; a++) {
                for (int b = 0; b < v.length; b++) {
                    sum += (a == 0 ? 1 : columns[a - 1]) * (b == 0 ? 1 : columns[b - 1]) * v[a][b];
                }
            }
            return Math.sqrt(sum);
        }
    }

    private SplineCalibrationCurve(boolean[] y, double[] used, int omitted, int knots) {
        this.used = used;
        this.omitted = omitted;
        this.fit = fit(y, used, knots);
        this.distances = new CalibrationDistances(observed(used), used);
    }

    /**
     * The curve with knots at Harrell's quantiles of the log-odds.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param knots how many knots, 3 or more; 3 to 5 are usual
     * @return the curve
     * @throws IllegalArgumentException when lengths differ, a probability is outside [0, 1] or
     *     there are fewer than three knots
     */
    public static SplineCalibrationCurve of(boolean[] positive, double[] probability, int knots) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        if (knots < 3) {
            throw new IllegalArgumentException("knots " + knots + " is below 3");
        }
        int[] rows =
                IntStream.range(0, probability.length)
                        .filter(i -> probability[i] > 0 && probability[i] < 1)
                        .toArray();
        return new SplineCalibrationCurve(
                Rows.pick(positive, rows),
                Rows.pick(probability, rows),
                probability.length - rows.length,
                knots);
    }

    private static @Nullable Fit fit(boolean[] y, double[] probability, int knots) {
        double[] logit = Arrays.stream(probability).map(LogisticRegression::logit).toArray();
        int events = Rows.count(y);
        if (events == 0 || events == y.length || !SplineBasis.fits(logit, knots)) {
            return null;
        }
        SplineBasis basis = SplineBasis.atQuantiles(logit, knots);
        double[][] bent = new double[y.length][];
        double[][] straight = new double[y.length][];
        for (int i = 0; i < y.length; i++) {
            bent[i] = basis.at(logit[i]);
            straight[i] = new double[] {logit[i]};
        }
        LogisticRegression spline = LogisticRegression.fit(bent, y, 0);
        if (!spline.converged() || spline.separated()) {
            return null;
        }
        LogisticRegression line = LogisticRegression.fit(straight, y, 0);
        return new Fit(basis, spline, 2 * (spline.logLikelihood() - line.logLikelihood()));
    }

    /**
     * Whether a curve could be fitted.
     *
     * @return false when every figure here is {@code NaN}
     */
    public boolean defined() {
        return fit != null;
    }

    /**
     * The rows with a prediction of 0 or 1, which were left out.
     *
     * @return their number
     */
    public int omitted() {
        return omitted;
    }

    /**
     * The smooth share of events at predictions.
     *
     * @param probability predictions, each in (0, 1)
     * @return one value for each, in (0, 1)
     */
    public double[] observed(double... probability) {
        Fit curve = fit;
        return Arrays.stream(probability)
                .map(
                        p ->
                                curve == null
                                        ? Double.NaN
                                        : LogisticRegression.inverseLogit(curve.logit(p)))
                .toArray();
    }

    /**
     * The curve with a pointwise band, equally spaced from the smallest to the largest prediction.
     *
     * @param count how many points, at least 2
     * @param level the confidence level of the band, in (0, 1)
     * @return the points; empty when the curve is undefined
     * @throws IllegalArgumentException when count or level is out of range
     */
    public List<CalibrationCurve.Point> points(int count, double level) {
        if (count < 2) {
            throw new IllegalArgumentException("count " + count + " is below 2");
        }
        double z = Normal.twoSided(level);
        List<CalibrationCurve.Point> points = new ArrayList<>();
        if (fit != null) {
            double low = Arrays.stream(used).min().orElseThrow();
            double high = Arrays.stream(used).max().orElseThrow();
            for (int k = 0; k < count; k++) {
                double at = low + (high - low) * k / (count - 1);
                double eta = fit.logit(at);
                double half = z * fit.standardError(at);
                points.add(
                        new CalibrationCurve.Point(
                                at,
                                LogisticRegression.inverseLogit(eta),
                                LogisticRegression.inverseLogit(eta - half),
                                LogisticRegression.inverseLogit(eta + half)));
            }
        }
        return List.copyOf(points);
    }

    /**
     * The likelihood-ratio test that the curve is a straight line on the scale of log-odds.
     *
     * @return the p-value, {@code NaN} when undefined
     */
    public double nonlinearityPValue() {
        return fit == null ? Double.NaN : ChiSquared.upper(fit.gain(), fit.basis().width() - 1.0);
    }

    /**
     * The integrated calibration index: the mean distance.
     *
     * @return at least 0, {@code NaN} when undefined
     */
    public double ici() {
        return distances.mean();
    }

    /**
     * The median distance.
     *
     * @return at least 0, {@code NaN} when undefined
     */
    public double e50() {
        return distances.quantile(0.5);
    }

    /**
     * The 90th percentile of the distance.
     *
     * @return at least 0, {@code NaN} when undefined
     */
    public double e90() {
        return distances.quantile(0.9);
    }

    /**
     * The largest distance.
     *
     * @return at least 0, {@code NaN} when undefined
     */
    public double emax() {
        return distances.quantile(1);
    }
}
