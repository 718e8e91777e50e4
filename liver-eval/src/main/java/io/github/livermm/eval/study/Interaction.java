// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * Does a score mean the same in every subgroup? The likelihood-ratio test of score x subgroup
 * against score + subgroup, in logistic regression (on the logit of a probability) or in Cox
 * regression (Efron ties). This one test replaces a p-value in each group, which answers another
 * question. Levels with fewer than ten rows, or where everybody has the same outcome, take no part.
 *
 * <p>Reference: Altman, Bland (2003), Interaction revisited, doi:10.1136/bmj.326.7382.219.
 *
 * @param chiSquared twice the difference of the log-likelihoods; {@code NaN} when undefined
 * @param degreesOfFreedom levels that take part, minus one
 * @param p the p-value; {@code NaN} when undefined
 * @param levels that take part, in the order of the alphabet
 * @param reason why the test is undefined; blank when it is not
 * @since 0.1.0
 */
public record Interaction(
        double chiSquared, int degreesOfFreedom, double p, List<String> levels, String reason) {
    private static final int FEWEST = 10;

    /**
     * Copies the levels.
     *
     * @param chiSquared the statistic
     * @param degreesOfFreedom its degrees of freedom
     * @param p the p-value
     * @param levels that take part
     * @param reason why the test is undefined
     */
    public Interaction {
        levels = List.copyOf(levels);
    }

    /**
     * Tests one column.
     *
     * @param rows outcomes and score
     * @param level the level of each row; {@code null} or blank is left out
     * @return the test
     * @throws IllegalArgumentException when lengths differ
     */
    public static Interaction of(Scored rows, @Nullable String[] level) {
        List<String> levels =
                SubgroupTable.rowsByLevel(rows.size(), level).entrySet().stream()
                        .filter(e -> e.getValue().length >= FEWEST)
                        .filter(e -> rows.select(e.getValue()).informative())
                        .map(Map.Entry::getKey)
                        .toList();
        if (levels.size() < 2) {
            return undefined(
                    levels,
                    "fewer than two levels with "
                            + FEWEST
                            + " rows and more than one kind of outcome");
        }
        int[] kept =
                IntStream.range(0, level.length)
                        .filter(i -> level[i] != null && levels.contains(level[i]))
                        .toArray();
        Scored some = rows.select(kept);
        double[] score = some.linearPredictor();
        int k = levels.size();
        double[][] main = new double[kept.length][k];
        double[][] full = new double[kept.length][2 * k - 1];
        for (int i = 0; i < kept.length; i++) {
            int index = levels.indexOf(level[kept[i]]);
            main[i][0] = full[i][0] = score[i];
            if (index > 0) {
                main[i][index] = full[i][index] = 1;
                full[i][k - 1 + index] = score[i];
            }
        }
        double difference = some.logLikelihood(full) - some.logLikelihood(main);
        if (!Double.isFinite(difference)) {
            return undefined(levels, "a fit does not converge or separates the outcomes");
        }
        double chi = Math.max(0, 2 * difference);
        return new Interaction(
                chi, k - 1, Gamma.regularizedGammaQ((k - 1) / 2.0, chi / 2), levels, "");
    }

    private static Interaction undefined(List<String> levels, String reason) {
        return new Interaction(
                Double.NaN, Math.max(0, levels.size() - 1), Double.NaN, levels, reason);
    }

    /**
     * The parts under the keys of {@code metrics.json}.
     *
     * @return an unmodifiable ordered map with {@code chi_squared, df, p, levels}; undefined is
     *     {@code null}
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("chi_squared", Double.isNaN(chiSquared) ? null : chiSquared);
        map.put("df", degreesOfFreedom);
        map.put("p", Double.isNaN(p) ? null : p);
        map.put("levels", levels);
        return Collections.unmodifiableMap(map);
    }
}
