// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.ConfusionTable;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.ProportionDifference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far groups of patients are apart in what a model does to them at one threshold: sensitivity
 * and specificity of each group less those of the reference group (Newcombe's limits), and O/E of
 * the group over that of the reference group (limits on the log scale, groups independent). The
 * reference is the largest group, the first of equals. A gap whose limits include 0 (for O/E: 1) is
 * not shown to be none; it may be imprecise.
 *
 * <p>Reference: Newcombe (1998), Interval estimation for the difference between independent
 * proportions, Stat Med 17:873-890; TRIPOD+AI, Collins et al. (2024), doi:10.1136/bmj-2023-078378,
 * item 14.
 *
 * @param reference the group that others are compared with; blank without groups
 * @param gaps one for each other group, in the order of the alphabet
 * @since 0.1.0
 */
public record GroupGaps(String reference, List<Gap> gaps) {
    /**
     * Copies the gaps.
     *
     * @param reference the reference group
     * @param gaps the others
     */
    public GroupGaps {
        gaps = List.copyOf(gaps);
    }

    /**
     * One group against the reference.
     *
     * @param level the group
     * @param sensitivity difference of sensitivities; {@code NaN} without positive rows
     * @param specificity difference of specificities; {@code NaN} without negative rows
     * @param observedToExpected ratio of O/E; {@code NaN} without probabilities or events
     * @since 0.1.0
     */
    public record Gap(
            String level,
            Interval sensitivity,
            Interval specificity,
            Interval observedToExpected) {}

    /**
     * Compares groups.
     *
     * @param positive the truth of each row
     * @param score the score of each row, finite
     * @param threshold rows at or above it are called positive
     * @param level the group of each row; {@code null} or blank is left out
     * @return the gaps
     * @throws IllegalArgumentException when lengths differ or a score is not finite
     */
    public static GroupGaps of(
            boolean[] positive, double[] score, double threshold, @Nullable String[] level) {
        Scored all = Scored.binary(positive, score);
        Map<String, int[]> byLevel = SubgroupTable.rowsByLevel(positive.length, level);
        String reference =
                byLevel.entrySet().stream()
                        .max(
                                Comparator.<Map.Entry<String, int[]>>comparingInt(
                                                e -> e.getValue().length)
                                        .thenComparing(
                                                Map.Entry::getKey, Comparator.reverseOrder()))
                        .map(Map.Entry::getKey)
                        .orElse("");
        List<Gap> gaps = new ArrayList<>();
        byLevel.forEach(
                (name, rows) -> {
                    if (!name.equals(reference)) {
                        gaps.add(
                                gap(
                                        name,
                                        (BinaryScored) all.select(rows),
                                        (BinaryScored)
                                                all.select(
                                                        byLevel.getOrDefault(
                                                                reference, new int[0])),
                                        threshold));
                    }
                });
        return new GroupGaps(reference, gaps);
    }

    private static Gap gap(
            String name, BinaryScored group, BinaryScored reference, double threshold) {
        ConfusionTable one = ConfusionTable.of(group.positive, group.score, threshold);
        ConfusionTable other = ConfusionTable.of(reference.positive, reference.score, threshold);
        return new Gap(
                name,
                ProportionDifference.NEWCOMBE.of(
                        one.truePositives(),
                        one.positives(),
                        other.truePositives(),
                        other.positives(),
                        Scored.LEVEL),
                ProportionDifference.NEWCOMBE.of(
                        one.trueNegatives(),
                        one.negatives(),
                        other.trueNegatives(),
                        other.negatives(),
                        Scored.LEVEL),
                ratio(group.observedToExpected(), reference.observedToExpected()));
    }

    private static Interval ratio(Interval one, Interval other) {
        double ratio = one.estimate() / other.estimate();
        double a = Math.log(one.upper() / one.lower()) / 2;
        double b = Math.log(other.upper() / other.lower()) / 2;
        double factor = Math.exp(Math.hypot(a, b));
        return new Interval(ratio, ratio / factor, ratio * factor, "ratio, log scale");
    }

    /**
     * The parts under the keys of {@code metrics.json}.
     *
     * @return an unmodifiable ordered map: {@code reference}, and for each other group {@code
     *     {sensitivity, specificity, o_e_ratio}}
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("reference", reference);
        Map<String, Object> against = new LinkedHashMap<>();
        for (Gap gap : gaps) {
            Map<String, Object> block = new LinkedHashMap<>();
            block.put("sensitivity", gap.sensitivity().toMap());
            block.put("specificity", gap.specificity().toMap());
            block.put("o_e_ratio", gap.observedToExpected().toMap());
            against.put(gap.level(), block);
        }
        map.put("against_reference", against);
        return Collections.unmodifiableMap(map);
    }
}
