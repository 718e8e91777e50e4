// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The two-by-two table of a test against the truth, with every figure that follows from it. A
 * figure whose denominator is 0 is {@code NaN}, or infinite where it is a ratio of a positive
 * number to 0.
 *
 * <p>Reference: Altman, Bland (1994), Diagnostic tests 1 to 3, BMJ 308 and 309; Simel, Samsa,
 * Matchar (1991), Likelihood ratios with confidence, doi:10.1016/0895-4356(91)90128-V.
 *
 * @param truePositives positive rows called positive
 * @param falsePositives negative rows called positive
 * @param falseNegatives positive rows called negative
 * @param trueNegatives negative rows called negative
 * @since 0.1.0
 */
public record ConfusionTable(
        long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

    /**
     * Checks the counts.
     *
     * @param truePositives positive rows called positive, at least 0
     * @param falsePositives negative rows called positive, at least 0
     * @param falseNegatives positive rows called negative, at least 0
     * @param trueNegatives negative rows called negative, at least 0
     * @throws IllegalArgumentException when a count is negative
     */
    public ConfusionTable {
        if (Math.min(
                        Math.min(truePositives, falsePositives),
                        Math.min(falseNegatives, trueNegatives))
                < 0) {
            throw new IllegalArgumentException(
                    "a count is negative: tp "
                            + truePositives
                            + ", fp "
                            + falsePositives
                            + ", fn "
                            + falseNegatives
                            + ", tn "
                            + trueNegatives);
        }
    }

    /**
     * Counts rows called positive when their score is at or above a threshold.
     *
     * @param positive the truth of each row
     * @param score the score of each row, higher for positive; not {@code NaN}
     * @param threshold the threshold
     * @return the table
     * @throws IllegalArgumentException when lengths differ or a score is {@code NaN}
     */
    public static ConfusionTable of(boolean[] positive, double[] score, double threshold) {
        boolean[] called = new boolean[score.length];
        for (int i = 0; i < score.length; i++) {
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException(
                        "score row " + i + " is NaN; leave the row out or impute it");
            }
            called[i] = score[i] >= threshold;
        }
        return of(positive, called);
    }

    /**
     * Counts rows by truth and call.
     *
     * @param positive the truth of each row
     * @param called what the test said of each row
     * @return the table
     * @throws IllegalArgumentException when lengths differ
     */
    public static ConfusionTable of(boolean[] positive, boolean[] called) {
        Rows.requireSameLength("positive", positive.length, "called", called.length);
        long[] counts = new long[4];
        for (int i = 0; i < positive.length; i++) {
            counts[(positive[i] ? 0 : 1) + (called[i] ? 0 : 2)]++;
        }
        return new ConfusionTable(counts[0], counts[1], counts[2], counts[3]);
    }

    /**
     * All rows.
     *
     * @return the number of rows
     */
    public long total() {
        return truePositives + falsePositives + falseNegatives + trueNegatives;
    }

    /**
     * Rows whose truth is positive.
     *
     * @return the number of positive rows
     */
    public long positives() {
        return truePositives + falseNegatives;
    }

    /**
     * Rows whose truth is negative.
     *
     * @return the number of negative rows
     */
    public long negatives() {
        return falsePositives + trueNegatives;
    }

    /**
     * The share of positive rows called positive (recall).
     *
     * @return in [0, 1], {@code NaN} without positive rows
     */
    public double sensitivity() {
        return ratio(truePositives, positives());
    }

    /**
     * The share of negative rows called negative.
     *
     * @return in [0, 1], {@code NaN} without negative rows
     */
    public double specificity() {
        return ratio(trueNegatives, negatives());
    }

    /**
     * The positive predictive value (precision) at the prevalence of these rows.
     *
     * @return in [0, 1], {@code NaN} when no row is called positive
     */
    public double ppv() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /**
     * The negative predictive value at the prevalence of these rows.
     *
     * @return in [0, 1], {@code NaN} when no row is called negative
     */
    public double npv() {
        return ratio(trueNegatives, trueNegatives + falseNegatives);
    }

    /**
     * The share of rows called right.
     *
     * @return in [0, 1], {@code NaN} without rows
     */
    public double accuracy() {
        return ratio(truePositives + trueNegatives, total());
    }

    /**
     * The share of positive rows.
     *
     * @return in [0, 1], {@code NaN} without rows
     */
    public double prevalence() {
        return ratio(positives(), total());
    }

    /**
     * The mean of sensitivity and specificity.
     *
     * @return in [0, 1], {@code NaN} when one class is absent
     */
    public double balancedAccuracy() {
        return (sensitivity() + specificity()) / 2;
    }

    /**
     * The harmonic mean of precision and recall, {@code 2 tp / (2 tp + fp + fn)}.
     *
     * @return in [0, 1], {@code NaN} when no row is positive or called positive
     */
    public double f1() {
        return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    /**
     * Matthews' correlation of truth and call.
     *
     * @return in [-1, 1], {@code NaN} when truth or call is constant
     */
    public double mcc() {
        double calledPositive = truePositives + falsePositives;
        double calledNegative = trueNegatives + falseNegatives;
        double product =
                Math.sqrt((double) positives() * negatives())
                        * Math.sqrt(calledPositive * calledNegative);
        double covariance =
                (double) truePositives * trueNegatives - (double) falsePositives * falseNegatives;
        return product == 0 ? Double.NaN : covariance / product;
    }

    /**
     * Cohen's kappa of truth and call.
     *
     * @return at most 1, {@code NaN} when chance agreement is complete
     */
    public double kappa() {
        double n = total();
        double chance =
                (positives() * (double) (truePositives + falsePositives)
                                + negatives() * (double) (trueNegatives + falseNegatives))
                        / (n * n);
        return chance == 1 ? Double.NaN : (accuracy() - chance) / (1 - chance);
    }

    /**
     * Sensitivity with limits.
     *
     * @param method how to make the limits
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval sensitivity(ProportionInterval method, double level) {
        return method.of(truePositives, positives(), level);
    }

    /**
     * Specificity with limits.
     *
     * @param method how to make the limits
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval specificity(ProportionInterval method, double level) {
        return method.of(trueNegatives, negatives(), level);
    }

    /**
     * The positive predictive value with limits.
     *
     * @param method how to make the limits
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval ppv(ProportionInterval method, double level) {
        return method.of(truePositives, truePositives + falsePositives, level);
    }

    /**
     * The negative predictive value with limits.
     *
     * @param method how to make the limits
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval npv(ProportionInterval method, double level) {
        return method.of(trueNegatives, trueNegatives + falseNegatives, level);
    }

    /**
     * Accuracy with limits.
     *
     * @param method how to make the limits
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval accuracy(ProportionInterval method, double level) {
        return method.of(truePositives + trueNegatives, total(), level);
    }

    /**
     * Prevalence with limits.
     *
     * @param method how to make the limits
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval prevalence(ProportionInterval method, double level) {
        return method.of(positives(), total(), level);
    }

    /**
     * The positive likelihood ratio, {@code sensitivity / (1 - specificity)}, with limits on the
     * log scale.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval; limits {@code NaN} when a count makes the standard error infinite
     */
    public Interval positiveLikelihoodRatio(double level) {
        return likelihoodRatio(truePositives, falsePositives, level);
    }

    /**
     * The negative likelihood ratio, {@code (1 - sensitivity) / specificity}, with limits on the
     * log scale.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval; limits {@code NaN} when a count makes the standard error infinite
     */
    public Interval negativeLikelihoodRatio(double level) {
        return likelihoodRatio(falseNegatives, trueNegatives, level);
    }

    /**
     * The diagnostic odds ratio with Woolf's limits.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval; limits {@code NaN} when a count is 0
     */
    public Interval diagnosticOddsRatio(double level) {
        double ratio =
                (double) truePositives * trueNegatives / ((double) falsePositives * falseNegatives);
        double variance =
                1.0 / truePositives
                        + 1.0 / falsePositives
                        + 1.0 / falseNegatives
                        + 1.0 / trueNegatives;
        return onLogScale(ratio, variance, level, "Woolf, log scale");
    }

    /**
     * Youden's index, {@code sensitivity + specificity - 1}, with the conservative limits made of
     * the exact limits of both.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval youden(double level) {
        Interval sens = sensitivity(ProportionInterval.CLOPPER_PEARSON, level);
        Interval spec = specificity(ProportionInterval.CLOPPER_PEARSON, level);
        return new Interval(
                sens.estimate() + spec.estimate() - 1,
                sens.lower() + spec.lower() - 1,
                sens.upper() + spec.upper() - 1,
                "sum of Clopper-Pearson limits");
    }

    private Interval likelihoodRatio(long amongPositives, long amongNegatives, double level) {
        double ratio =
                ((double) amongPositives / positives()) / ((double) amongNegatives / negatives());
        double variance =
                1.0 / amongPositives - 1.0 / positives() + 1.0 / amongNegatives - 1.0 / negatives();
        return onLogScale(ratio, variance, level, "log scale");
    }

    private static Interval onLogScale(double ratio, double variance, double level, String method) {
        double half = Normal.twoSided(level) * Math.sqrt(variance);
        if (!Double.isFinite(half) || !(ratio > 0) || Double.isInfinite(ratio)) {
            return new Interval(ratio, Double.NaN, Double.NaN, method);
        }
        return new Interval(ratio, ratio * Math.exp(-half), ratio * Math.exp(half), method);
    }

    private static double ratio(long numerator, long denominator) {
        return denominator == 0 ? Double.NaN : (double) numerator / denominator;
    }
}
