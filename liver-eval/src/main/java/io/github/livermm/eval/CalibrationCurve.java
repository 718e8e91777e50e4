// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * The flexible calibration curve: the observed share of events as a smooth function of the
 * predicted probability, and the distances between the two. The smoother is local quadratic
 * regression over three quarters of the rows, as Austin and Steyerberg use it for the ICI.
 *
 * <p>Distances are {@code |observed - predicted|} over the rows, with the curve not clipped to [0,
 * 1] before. Undefined ({@code NaN}) when a class is absent or with fewer than {@value
 * #FEWEST_ROWS} rows.
 *
 * <p>Cost: O(d n) for d distinct probabilities. Reference: Austin, Steyerberg (2019), The
 * Integrated Calibration Index (ICI), doi:10.1002/sim.8281.
 *
 * @since 0.1.0
 */
public final class CalibrationCurve {
    /** Below this number of rows a local quadratic is noise, and no curve is drawn. */
    public static final int FEWEST_ROWS = 10;

    private static final double SPAN = 0.75;
    private static final int DEGREE = 2;

    private final Loess loess;
    private final boolean defined;
    private final double[] fitted;
    private final CalibrationDistances distances;

    private CalibrationCurve(
            boolean[] positive,
            double[] probability,
            Function<Loess, DoubleUnaryOperator> surface) {
        double[] y = new double[positive.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = positive[i] ? 1 : 0;
        }
        int events = Rows.count(positive);
        this.defined = events > 0 && events < y.length && y.length >= FEWEST_ROWS;
        this.loess =
                defined
                        ? Loess.fit(probability, y, SPAN, DEGREE)
                        : Loess.fit(new double[1], new double[1], 1, 0);
        this.fitted = new double[y.length];
        if (!defined) {
            Arrays.fill(fitted, Double.NaN);
            distances = new CalibrationDistances(fitted, probability);
            return;
        }
        DoubleUnaryOperator smooth = surface.apply(loess);
        for (int i = 0; i < y.length; i++) {
            fitted[i] = smooth.applyAsDouble(probability[i]);
        }
        distances = new CalibrationDistances(fitted, probability);
    }

    /**
     * The curve, evaluated exactly at every distinct probability.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @return the curve
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static CalibrationCurve of(boolean[] positive, double[] probability) {
        return of(positive, probability, Integer.MAX_VALUE);
    }

    /**
     * The curve on R's default surface, exact at few vertices and cubic between ({@link
     * LoessSurface}): O(n log n), and the ICI that {@code loess} without further arguments gives.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @return the curve
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static CalibrationCurve interpolated(boolean[] positive, double[] probability) {
        check(positive, probability);
        return new CalibrationCurve(positive, probability, loess -> LoessSurface.of(loess)::at);
    }

    /**
     * The curve, evaluated at no more than a number of distinct probabilities and interpolated
     * linearly between them; for bootstrap replicates and for large n.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param mostPoints the number of exact evaluations, at least 2
     * @return the curve
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static CalibrationCurve of(boolean[] positive, double[] probability, int mostPoints) {
        check(positive, probability);
        if (mostPoints < 2) {
            throw new IllegalArgumentException("mostPoints " + mostPoints + " is below 2");
        }
        return new CalibrationCurve(
                positive,
                probability,
                loess -> {
                    double[] at = thinned(loess.distinct(), mostPoints);
                    double[] smooth = loess.at(at);
                    return p -> interpolate(at, smooth, p);
                });
    }

    private static void check(boolean[] positive, double[] probability) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
    }

    private static double[] thinned(double[] values, int most) {
        if (values.length <= most) {
            return values;
        }
        double[] kept = new double[most];
        for (int k = 0; k < most; k++) {
            kept[k] = values[(int) ((long) k * (values.length - 1) / (most - 1))];
        }
        return kept;
    }

    private static double interpolate(double[] x, double[] y, double at) {
        int found = Arrays.binarySearch(x, at);
        if (found >= 0) {
            return y[found];
        }
        int above = Math.min(x.length - 1, Math.max(1, -found - 1));
        double share = (at - x[above - 1]) / (x[above] - x[above - 1]);
        return y[above - 1] + share * (y[above] - y[above - 1]);
    }

    /**
     * Whether there were enough rows of both classes for a curve.
     *
     * @return false when every figure here is {@code NaN}
     */
    public boolean defined() {
        return defined;
    }

    /**
     * The smooth share of events at each row's prediction.
     *
     * @return a new array in the order of the rows
     */
    public double[] fitted() {
        return fitted.clone();
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

    /**
     * The curve with a pointwise band, from the smallest to the largest prediction.
     *
     * @param count how many points, at least 2
     * @param level the confidence level of the band, in (0, 1)
     * @return the points, clipped to [0, 1]; empty when the curve is undefined
     */
    public List<Point> points(int count, double level) {
        double z = Normal.twoSided(level);
        double[] x = loess.distinct();
        List<Point> points = new ArrayList<>();
        for (int k = 0; defined && k < count; k++) {
            double at = x[0] + (x[x.length - 1] - x[0]) * k / (count - 1);
            double observed = loess.at(at);
            double half = z * loess.binomialStandardError(at);
            points.add(
                    new Point(
                            at,
                            clipped(observed),
                            clipped(observed - half),
                            clipped(observed + half)));
        }
        return List.copyOf(points);
    }

    private static double clipped(double share) {
        return Math.min(1, Math.max(0, share));
    }

    /**
     * A point of the curve.
     *
     * @param predicted the predicted probability
     * @param observed the smooth observed share
     * @param lower the lower limit of the band
     * @param upper the upper limit of the band
     */
    public record Point(double predicted, double observed, double lower, double upper) {}
}
