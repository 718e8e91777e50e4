// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * What the figures of a study become where the share of positives differs, provided that cases and
 * non-cases look alike in both places (the shift is in prevalence only): predictive values by
 * Bayes' theorem, predictions by a shift of the log-odds, and figures of any kind by weights. AUC,
 * sensitivity and specificity do not change.
 *
 * <p>Reference: Mercaldo ND, Lau KF, Zhou XH (2007), Confidence intervals for predictive values
 * with an emphasis to case-control studies, doi:10.1002/sim.2677; Saerens M, Latinne P,
 * Decaestecker C (2002), Adjusting the outputs of a classifier to new a priori probabilities,
 * doi:10.1162/089976602753284446.
 *
 * @param study the share of positives in the study, in (0, 1)
 * @param target the share of positives where the model will be used, in (0, 1)
 * @since 0.1.0
 */
public record PrevalenceShift(double study, double target) {
    /**
     * Checks both shares.
     *
     * @param study in (0, 1)
     * @param target in (0, 1)
     * @throws IllegalArgumentException when a share is outside (0, 1)
     */
    public PrevalenceShift {
        requirePrevalence("study", study);
        requirePrevalence("target", target);
    }

    /**
     * The shift from the rows of a study.
     *
     * @param positive the truth of each row; both classes must be there
     * @param target the share of positives where the model will be used, in (0, 1)
     * @return the shift
     * @throws IllegalArgumentException when a class is absent or the target is out of range
     */
    public static PrevalenceShift from(boolean[] positive, double target) {
        return new PrevalenceShift((double) Rows.count(positive) / positive.length, target);
    }

    static void requirePrevalence(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(name + " " + share + " is outside (0, 1)");
        }
    }

    /**
     * The prediction there: {@code logit p + logit(target) - logit(study)}.
     *
     * @param probability a prediction calibrated in the study, in [0, 1]
     * @return in [0, 1]
     */
    public double probability(double probability) {
        double odds = target / (1 - target) * (1 - study) / study;
        double shifted = probability * odds;
        return shifted / (shifted + 1 - probability);
    }

    /**
     * Weights that give the rows of the study the target's share of positives, with sum n: for
     * weighted ROC and calibration figures.
     *
     * @param positive the truth of each row
     * @return target / study for a positive row, (1 - target) / (1 - study) for another
     */
    public double[] weights(boolean[] positive) {
        double[] weights = new double[positive.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = positive[i] ? target / study : (1 - target) / (1 - study);
        }
        return weights;
    }

    /**
     * The positive predictive value there, with Mercaldo's limits on the logit scale (standard
     * logit, the prevalence taken as known).
     *
     * @param table counts of the study
     * @param level the confidence level in (0, 1)
     * @return in [0, 1]; limits {@code NaN} where sensitivity is 0 or specificity 1
     */
    public Interval ppv(ConfusionTable table, double level) {
        double sens = table.sensitivity();
        double alarm = 1 - table.specificity();
        double value = sens * target / (sens * target + alarm * (1 - target));
        double variance =
                (1 - sens) / sens / table.positives()
                        + table.specificity() / alarm / table.negatives();
        return logitLimits(value, variance, level);
    }

    /**
     * The negative predictive value there, with Mercaldo's limits on the logit scale.
     *
     * @param table counts of the study
     * @param level the confidence level in (0, 1)
     * @return in [0, 1]; limits {@code NaN} where specificity is 0 or sensitivity 1
     */
    public Interval npv(ConfusionTable table, double level) {
        double spec = table.specificity();
        double miss = 1 - table.sensitivity();
        double value = spec * (1 - target) / (spec * (1 - target) + miss * target);
        double variance =
                table.sensitivity() / miss / table.positives()
                        + (1 - spec) / spec / table.negatives();
        return logitLimits(value, variance, level);
    }

    private static Interval logitLimits(double value, double variance, double level) {
        double half = Normal.twoSided(level) * Math.sqrt(variance);
        double logit = Math.log(value / (1 - value));
        boolean defined = Double.isFinite(half) && Double.isFinite(logit);
        return new Interval(
                value,
                defined ? LogisticRegression.inverseLogit(logit - half) : Double.NaN,
                defined ? LogisticRegression.inverseLogit(logit + half) : Double.NaN,
                "Mercaldo, standard logit");
    }

    /**
     * The net benefit there of treating those at or above a threshold: {@code sensitivity x target
     * - (1 - specificity) (1 - target) t / (1 - t)}.
     *
     * @param table counts of the study at the threshold
     * @param threshold the threshold probability t in [0, 1)
     * @return per patient
     * @throws IllegalArgumentException when the threshold is outside [0, 1)
     */
    public double netBenefit(ConfusionTable table, double threshold) {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is outside [0, 1)");
        }
        return table.sensitivity() * target
                - (1 - table.specificity()) * (1 - target) * threshold / (1 - threshold);
    }

    /**
     * Observed over expected there, for predictions used as they are: the target's share over the
     * mean prediction that its mixture of positives and negatives would get.
     *
     * @param positive the truth of each row of the study
     * @param probability the prediction of each row, in [0, 1]
     * @return 1 when right on average; {@code NaN} when a class is absent
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public double observedOverExpected(boolean[] positive, double[] probability) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        double ofPositive = 0;
        double ofNegative = 0;
        for (int i = 0; i < probability.length; i++) {
            ofPositive += positive[i] ? probability[i] : 0;
            ofNegative += positive[i] ? 0 : probability[i];
        }
        int m = Rows.count(positive);
        return target
                / (target * ofPositive / m + (1 - target) * ofNegative / (positive.length - m));
    }
}
