// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Map;

/**
 * Recalibration of probabilities by intercept, or by intercept and slope, on the scale of log-odds:
 * {@code logit q = intercept + slope logit p}. Intercept only corrects the average (another
 * prevalence or centre) and needs few events; the slope also corrects predictions that are too
 * extreme. Ranking does not change while the slope is positive.
 *
 * <p>Reference: Steyerberg EW, Borsboom G, van Houwelingen HC, Eijkemans MJC, Habbema JDF (2004),
 * Validation and updating of predictive logistic regression models, doi:10.1002/sim.1844.
 *
 * @param intercept added to the log-odds
 * @param slope the factor of the log-odds
 * @since 0.1.0
 */
public record LogisticRecalibration(double intercept, double slope) implements Recalibration {
    /**
     * Checks the values.
     *
     * @param intercept finite
     * @param slope finite
     * @throws IllegalArgumentException when a value is not finite
     */
    public LogisticRecalibration {
        if (!Double.isFinite(intercept) || !Double.isFinite(slope)) {
            throw new IllegalArgumentException(
                    "intercept " + intercept + " and slope " + slope + " must be finite");
        }
    }

    /**
     * Fits the intercept, the slope staying 1: calibration in the large.
     *
     * @param positive the truth of each row; both classes must be there
     * @param probability the prediction of each row, in (0, 1)
     * @return the fitted recalibration
     * @throws IllegalArgumentException when lengths differ, a class is absent or a probability is
     *     outside (0, 1)
     */
    public static LogisticRecalibration interceptOnly(boolean[] positive, double[] probability) {
        double[] logit = logits(positive, probability);
        LogisticRegression fit =
                LogisticRegression.fit(new double[logit.length][0], positive, 0, null, logit);
        return new LogisticRecalibration(fit.intercept(), 1);
    }

    /**
     * Fits intercept and slope.
     *
     * @param positive the truth of each row; both classes must be there
     * @param probability the prediction of each row, in (0, 1)
     * @return the fitted recalibration
     * @throws IllegalArgumentException when lengths differ, a class is absent, a probability is
     *     outside (0, 1), or predictions separate the classes or are all equal
     */
    public static LogisticRecalibration interceptAndSlope(
            boolean[] positive, double[] probability) {
        double[] logit = logits(positive, probability);
        double[][] x = new double[logit.length][];
        boolean constant = true;
        for (int i = 0; i < x.length; i++) {
            x[i] = new double[] {logit[i]};
            constant &= logit[i] == logit[0];
        }
        LogisticRegression fit = LogisticRegression.fit(x, positive, 0);
        if (constant || fit.separated() || !fit.converged()) {
            throw new IllegalArgumentException(
                    "probability has no finite slope: it "
                            + (constant ? "is constant" : "separates the classes")
                            + "; use interceptOnly");
        }
        return new LogisticRecalibration(fit.intercept(), fit.coefficients()[0]);
    }

    private static double[] logits(boolean[] positive, double[] probability) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        int events = Rows.count(positive);
        if (events == 0 || events == positive.length) {
            throw new IllegalArgumentException(
                    "positive has "
                            + events
                            + " of "
                            + positive.length
                            + " rows; recalibration needs both classes");
        }
        double[] logit = new double[probability.length];
        for (int i = 0; i < logit.length; i++) {
            if (!(probability[i] > 0 && probability[i] < 1)) {
                throw new IllegalArgumentException(
                        "probability row "
                                + i
                                + " is "
                                + probability[i]
                                + ", outside (0, 1); its log-odds are infinite, move it inside");
            }
            logit[i] = LogisticRegression.logit(probability[i]);
        }
        return logit;
    }

    @Override
    public double probability(double score) {
        return LogisticRegression.inverseLogit(intercept + slope * LogisticRegression.logit(score));
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("type", "logistic", "intercept", intercept, "slope", slope);
    }
}
