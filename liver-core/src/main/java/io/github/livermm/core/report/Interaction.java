// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.Patient;
import io.github.livermm.eval.LogisticRegression;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.CoxRegression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Does a score mean the same in every subgroup? Likelihood-ratio test of score x subgroup against
 * score + subgroup, in logistic or Cox regression.
 *
 * @param chiSquared twice the difference of log-likelihoods
 * @param degreesOfFreedom levels minus one
 * @param p p-value
 */
record Interaction(double chiSquared, int degreesOfFreedom, double p) {
    /** Levels with fewer patients, or with one outcome only, take no part. */
    private static final int FEWEST = 10;

    static Optional<Interaction> of(
            TargetEvaluation evaluation, List<Patient> patients, String column) {
        Map<String, Integer> count = new LinkedHashMap<>();
        for (int row : evaluation.rows()) {
            String level = patients.get(row).subgroups().get(column);
            if (level != null) {
                count.merge(level, 1, Integer::sum);
            }
        }
        count.values().removeIf(n -> n < FEWEST);
        count.keySet().removeIf(level -> oneOutcome(evaluation, patients, column, level));
        List<String> levels = List.copyOf(new TreeSet<>(count.keySet()));
        if (levels.size() < 2) {
            return Optional.empty();
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < evaluation.rows().length; i++) {
            if (count.containsKey(
                    String.valueOf(patients.get(evaluation.rows()[i]).subgroups().get(column)))) {
                kept.add(i);
            }
        }
        double[][] main = new double[kept.size()][];
        double[][] full = new double[kept.size()][];
        for (int k = 0; k < main.length; k++) {
            int i = kept.get(k);
            String level = patients.get(evaluation.rows()[i]).subgroups().get(column);
            int index = levels.indexOf(level);
            double score = score(evaluation, i);
            main[k] = new double[levels.size()];
            full[k] = new double[2 * levels.size() - 1];
            main[k][0] = full[k][0] = score;
            if (index > 0) {
                main[k][index] = full[k][index] = 1;
                full[k][levels.size() - 1 + index] = score;
            }
        }
        try {
            double chi =
                    Math.max(
                            0,
                            2
                                    * (logLikelihood(evaluation, kept, full)
                                            - logLikelihood(evaluation, kept, main)));
            int df = levels.size() - 1;
            double p = 1 - new ChiSquaredDistribution(df).cumulativeProbability(chi);
            return Double.isFinite(chi)
                    ? Optional.of(new Interaction(chi, df, p))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty(); // one class or no event in a subgroup: no test
        }
    }

    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("chi_squared", chiSquared);
        out.put("df", degreesOfFreedom);
        out.put("p", p);
        return out;
    }

    /** Whether everybody of a level has the same outcome, so that no slope can be told there. */
    private static boolean oneOutcome(
            TargetEvaluation evaluation, List<Patient> patients, String column, String level) {
        int n = 0;
        int events = 0;
        for (int i = 0; i < evaluation.rows().length; i++) {
            if (level.equals(patients.get(evaluation.rows()[i]).subgroups().get(column))) {
                n++;
                boolean event =
                        evaluation instanceof TargetEvaluation.Binary b
                                ? b.positive()[i]
                                : ((TargetEvaluation.Survival) evaluation).outcomes().event(i);
                events += event ? 1 : 0;
            }
        }
        return events == 0 || (evaluation instanceof TargetEvaluation.Binary && events == n);
    }

    private static double score(TargetEvaluation evaluation, int i) {
        if (evaluation instanceof TargetEvaluation.Binary b) {
            double p = Math.min(Math.max(b.probability()[i], 1e-9), 1 - 1e-9);
            return Math.log(p / (1 - p));
        }
        return ((TargetEvaluation.Survival) evaluation).risk()[i];
    }

    private static double logLikelihood(
            TargetEvaluation evaluation, List<Integer> kept, double[][] x) {
        if (evaluation instanceof TargetEvaluation.Binary b) {
            boolean[] y = new boolean[x.length];
            for (int k = 0; k < y.length; k++) {
                y[k] = b.positive()[kept.get(k)];
            }
            return LogisticRegression.fit(x, y, 0).logLikelihood();
        }
        TargetEvaluation.Survival s = (TargetEvaluation.Survival) evaluation;
        int[] rows = kept.stream().mapToInt(Integer::intValue).toArray();
        return CoxRegression.fit(CoxData.of(s.outcomes().select(rows), x), CoxOptions.defaults())
                .logLikelihood();
    }
}
