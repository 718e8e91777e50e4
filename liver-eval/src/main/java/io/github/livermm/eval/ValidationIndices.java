// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The indices of Harrell's {@code rms::val.prob}, for readers who know them: discrimination D,
 * unreliability U, quality Q = D - U, Nagelkerke's R2 of the predictions as they are, and the
 * distances of a lowess curve. Only rows predicted strictly inside (0, 1) take part. For the ICI of
 * the literature use {@link CalibrationCurve}.
 *
 * <p>Reference: Harrell (2015), Regression Modeling Strategies, 2nd edition, section 10.9; Miller,
 * Hui, Tierney (1991), doi:10.1002/sim.4780100805.
 *
 * @param c concordance with predictions cut to thousandths, as {@code rms::lrm.fit} counts it;
 *     {@link RocCurve#auc()} is exact
 * @param r2 Nagelkerke's R2 with intercept 0 and slope 1
 * @param d discrimination, {@code (chi-square - 1) / n}
 * @param dChiSquare likelihood ratio of the predictions as they are against the prevalence
 * @param u unreliability, {@code (chi-square - 2) / n}
 * @param uChiSquare likelihood ratio of the recalibrated against the original predictions
 * @param uPValue of {@code uChiSquare} on 2 degrees of freedom
 * @param eavg the mean distance of the lowess curve
 * @param e50 the median distance of the lowess curve
 * @param e90 the 90th percentile of the distance
 * @param emax the largest distance
 * @since 0.1.0
 */
public record ValidationIndices(
        double c,
        double r2,
        double d,
        double dChiSquare,
        double u,
        double uChiSquare,
        double uPValue,
        double eavg,
        double e50,
        double e90,
        double emax) {
    private static final double LOWESS_SPAN = 2.0 / 3;

    /**
     * Computes the indices.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, strictly inside (0, 1)
     * @return the indices
     * @throws IllegalArgumentException when lengths differ, a probability is not strictly inside
     *     (0, 1), or a class is absent
     */
    public static ValidationIndices of(boolean[] positive, double[] probability) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        int n = positive.length;
        int events = Rows.count(positive);
        if (events == 0 || events == n) {
            throw new IllegalArgumentException(
                    "positive has "
                            + events
                            + " events in "
                            + n
                            + " rows; both classes are needed");
        }
        double[][] x = new double[n][1];
        double original = 0;
        for (int i = 0; i < n; i++) {
            double p = probability[i];
            if (!(p > 0 && p < 1)) {
                throw new IllegalArgumentException(
                        "probability row " + i + " is " + p + ", not strictly inside (0, 1)");
            }
            x[i][0] = LogisticRegression.logit(p);
            original += positive[i] ? Math.log(p) : Math.log1p(-p);
        }
        double share = (double) events / n;
        double prevalence = events * Math.log(share) + (n - events) * Math.log1p(-share);
        double recalibrated = LogisticRegression.fit(x, positive, 0).logLikelihood();
        double dChiSquare = 2 * (original - prevalence);
        double uChiSquare = 2 * (recalibrated - original);
        double[] thousandths = Arrays.stream(probability).map(p -> Math.floor(1000 * p)).toArray();
        double[] distances = lowessDistances(positive, probability);
        Arrays.sort(distances);
        return new ValidationIndices(
                RocCurve.of(positive, thousandths).auc(),
                Math.expm1(-dChiSquare / n) / Math.expm1(2 * prevalence / n),
                (dChiSquare - 1) / n,
                dChiSquare,
                (uChiSquare - 2) / n,
                uChiSquare,
                CalibrationGroups.chiSquarePValue(uChiSquare, 2),
                Arrays.stream(distances).average().orElse(Double.NaN),
                Quantile.ofSorted(distances, 0.5),
                Quantile.ofSorted(distances, 0.9),
                Quantile.ofSorted(distances, 1));
    }

    /**
     * Somers' Dxy.
     *
     * @return {@code 2 c - 1}
     */
    public double dxy() {
        return 2 * c - 1;
    }

    /**
     * Quality, discrimination less unreliability.
     *
     * @return {@code d - u}
     */
    public double q() {
        return d - u;
    }

    /** Distances between prediction and lowess curve, by row. */
    static double[] lowessDistances(boolean[] positive, double[] probability) {
        double[] y = new double[positive.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = positive[i] ? 1 : 0;
        }
        double[] distance = Lowess.smooth(probability, y, LOWESS_SPAN, 0);
        for (int i = 0; i < y.length; i++) {
            distance[i] = Math.abs(distance[i] - probability[i]);
        }
        return distance;
    }
}
