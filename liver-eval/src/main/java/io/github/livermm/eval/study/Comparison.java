// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two scores on the same rows: the difference of their AUC or C with its paired test.
 *
 * @param first the name of the first score
 * @param second the name of the second score
 * @param n rows that have both scores
 * @param difference first less second
 * @param z the test statistic; {@code NaN} when undefined
 * @param p the two-sided p-value
 * @param adjustedP the p-value adjusted after Holm for all pairs of the table
 * @since 0.1.0
 */
public record Comparison(
        String first,
        String second,
        int n,
        Interval difference,
        double z,
        double p,
        double adjustedP) {
    static List<Comparison> adjusted(List<Comparison> pairs) {
        double[] p =
                PValueAdjustment.HOLM.adjust(pairs.stream().mapToDouble(Comparison::p).toArray());
        List<Comparison> out = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            Comparison c = pairs.get(i);
            out.add(
                    new Comparison(
                            c.first(), c.second(), c.n(), c.difference(), c.z(), c.p(), p[i]));
        }
        return out;
    }

    /**
     * The parts under the keys of {@code metrics.json}.
     *
     * @return an unmodifiable ordered map
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("first", first);
        map.put("second", second);
        map.put("n", n);
        map.put("difference", difference.toMap());
        map.put("z", Double.isFinite(z) ? z : null);
        map.put("p", Double.isFinite(p) ? p : null);
        map.put("p_holm", Double.isFinite(adjustedP) ? adjustedP : null);
        return Collections.unmodifiableMap(map);
    }
}
