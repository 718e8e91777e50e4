// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The logistic recalibration of predicted probabilities: calibration in the large (the intercept
 * with the slope held at 1) and the joint intercept and slope. A slope below 1 means predictions
 * too extreme, above 1 too timid. Rows predicted exactly 0 or 1 have no logit; they are left out
 * and counted.
 *
 * <p>Undefined is {@code NaN}: with one class, with a constant prediction (slope), or when the
 * prediction separates the classes (slope).
 *
 * <p>Reference: Cox (1958), Two further applications of a model for binary regression,
 * doi:10.1093/biomet/45.3-4.562; Van Calster et al. (2019), Calibration: the Achilles heel of
 * predictive analytics, doi:10.1186/s12916-019-1466-7.
 *
 * @param rows rows with a prediction strictly inside (0, 1)
 * @param omitted rows predicted exactly 0 or 1
 * @param inTheLarge the intercept with the slope held at 1, with Wald limits
 * @param inTheLargeStandardError its standard error
 * @param intercept the joint intercept, with Wald limits
 * @param interceptStandardError its standard error
 * @param slope the joint slope, with Wald limits
 * @param slopeStandardError its standard error
 * @since 0.1.0
 */
public record LogisticCalibration(
        int rows,
        int omitted,
        Interval inTheLarge,
        double inTheLargeStandardError,
        Interval intercept,
        double interceptStandardError,
        Interval slope,
        double slopeStandardError) {

    /**
     * Fits both models.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param level the confidence level in (0, 1)
     * @return the calibration
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static LogisticCalibration of(boolean[] positive, double[] probability, double level) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        int rows = 0;
        for (double p : probability) {
            rows += p > 0 && p < 1 ? 1 : 0;
        }
        boolean[] y = new boolean[rows];
        double[] logit = new double[rows];
        double[][] x = new double[rows][];
        int k = 0;
        boolean constant = true;
        for (int i = 0; i < probability.length; i++) {
            if (probability[i] > 0 && probability[i] < 1) {
                y[k] = positive[i];
                logit[k] = LogisticRegression.logit(probability[i]);
                x[k] = new double[] {logit[k]};
                constant &= logit[k] == logit[0];
                k++;
            }
        }
        int omitted = probability.length - rows;
        int events = Rows.count(y);
        Interval none = Interval.undefined("Wald");
        if (events == 0 || events == rows) {
            return new LogisticCalibration(
                    rows, omitted, none, Double.NaN, none, Double.NaN, none, Double.NaN);
        }
        LogisticRegression large = LogisticRegression.fit(new double[rows][0], y, 0, null, logit);
        Interval inTheLarge = wald(large.intercept(), large.standardError(0), level);
        LogisticRegression joint = constant ? large : LogisticRegression.fit(x, y, 0);
        if (constant || joint.separated() || !joint.converged()) {
            return new LogisticCalibration(
                    rows,
                    omitted,
                    inTheLarge,
                    large.standardError(0),
                    none,
                    Double.NaN,
                    none,
                    Double.NaN);
        }
        return new LogisticCalibration(
                rows,
                omitted,
                inTheLarge,
                large.standardError(0),
                wald(joint.intercept(), joint.standardError(0), level),
                joint.standardError(0),
                wald(joint.coefficients()[0], joint.standardError(1), level),
                joint.standardError(1));
    }

    private static Interval wald(double estimate, double standardError, double level) {
        double half = Normal.twoSided(level) * standardError;
        return new Interval(estimate, estimate - half, estimate + half, "Wald");
    }
}
