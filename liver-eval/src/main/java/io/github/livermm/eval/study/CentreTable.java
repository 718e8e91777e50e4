// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One score in every centre, and what a centre not seen yet may expect: discrimination pooled on
 * the logit scale and O/E on the log scale by random effects. A centre whose figure is undefined, 0
 * or 1, or has no standard error, is shown and not pooled.
 *
 * <p>Reference: Debray et al. (2017), A guide to systematic review and meta-analysis of prediction
 * model performance, doi:10.1136/bmj.i6460.
 *
 * @param rows one for each centre, in the order of the alphabet
 * @param discrimination the pooled AUC or C; empty when no centre can be pooled
 * @param observedToExpected the pooled O/E; empty when no centre can be pooled
 * @param notPooled centres whose discrimination was not pooled
 * @since 0.1.0
 */
public record CentreTable(
        List<SubgroupTable.Row> rows,
        Optional<RandomEffects> discrimination,
        Optional<RandomEffects> observedToExpected,
        List<String> notPooled) {
    /**
     * Copies the lists.
     *
     * @param rows one for each centre
     * @param discrimination the pooled AUC or C
     * @param observedToExpected the pooled O/E
     * @param notPooled centres left out
     */
    public CentreTable {
        rows = List.copyOf(rows);
        notPooled = List.copyOf(notPooled);
    }

    /**
     * Evaluates every centre.
     *
     * @param scored outcomes and score
     * @param centre the centre of each row; {@code null} or blank is left out
     * @return the table
     * @throws IllegalArgumentException when lengths differ
     */
    public static CentreTable of(Scored scored, @Nullable String[] centre) {
        List<SubgroupTable.Row> rows =
                SubgroupTable.levels(scored, SubgroupTable.rowsByLevel(scored.size(), centre));
        List<SubgroupTable.Row> pooled = rows.stream().filter(CentreTable::canBePooled).toList();
        List<String> left = new ArrayList<>();
        rows.stream().filter(r -> !canBePooled(r)).forEach(r -> left.add(r.level()));
        return new CentreTable(
                rows,
                pool(
                        RandomEffects.Scale.LOGIT,
                        pooled,
                        r -> r.discrimination().estimate(),
                        SubgroupTable.Row::standardError),
                pool(
                        RandomEffects.Scale.LOG,
                        rows.stream().filter(r -> logError(r.observedToExpected()) > 0).toList(),
                        r -> r.observedToExpected().estimate(),
                        r -> r.observedToExpected().estimate() * logError(r.observedToExpected())),
                left);
    }

    private static boolean canBePooled(SubgroupTable.Row row) {
        double estimate = row.discrimination().estimate();
        return estimate > 0 && estimate < 1 && row.standardError() > 0;
    }

    /** The standard error of the log of a ratio, from its limits; NaN when it has none. */
    private static double logError(Interval ratio) {
        return Math.log(ratio.upper() / ratio.lower()) / (2 * Scored.Z);
    }

    private static Optional<RandomEffects> pool(
            RandomEffects.Scale scale,
            List<SubgroupTable.Row> rows,
            ToDoubleFunction<SubgroupTable.Row> estimate,
            ToDoubleFunction<SubgroupTable.Row> standardError) {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        RandomEffects.of(
                                scale,
                                rows.stream().mapToDouble(estimate).toArray(),
                                rows.stream().mapToDouble(standardError).toArray()));
    }

    /**
     * The parts under the keys of {@code metrics.json}.
     *
     * @param measure {@code "auc"} or {@code "c_index"}
     * @return an unmodifiable ordered map of the pooled figures: for the measure and for {@code
     *     o_e} the keys {@code pooled, prediction_interval, tau_squared, i_squared, q, q_p,
     *     centres}
     */
    public Map<String, @Nullable Object> pooledToMap(String measure) {
        Function<RandomEffects, Map<String, @Nullable Object>> block =
                effects -> {
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    map.put("pooled", effects.pooled(Scored.LEVEL).toMap());
                    map.put("prediction_interval", effects.prediction(Scored.LEVEL).toMap());
                    map.put("tau_squared", orNull(effects.tauSquared()));
                    map.put("i_squared", orNull(effects.iSquared()));
                    map.put("q", orNull(effects.q()));
                    map.put("q_p", orNull(effects.qPValue()));
                    map.put("centres", effects.centres());
                    return map;
                };
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(measure, discrimination.map(block).orElse(null));
        map.put("o_e", observedToExpected.map(block).orElse(null));
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
