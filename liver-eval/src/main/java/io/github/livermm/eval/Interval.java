// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its confidence limits and the name of the method that gave them. Use it wherever a
 * figure is reported; a part that is undefined is {@code NaN}. It does not carry its level: every
 * figure of this library is reported at 95 % unless its method says otherwise.
 *
 * @param estimate the figure itself, {@code NaN} when undefined
 * @param lower the lower confidence limit, {@code NaN} when undefined
 * @param upper the upper confidence limit, {@code NaN} when undefined
 * @param method how the limits were made, for example {@code "DeLong, logit scale"}
 * @since 0.1.0
 */
public record Interval(double estimate, double lower, double upper, String method) {

    /**
     * A figure that the observations cannot answer.
     *
     * @param method what would have been computed, or why it is undefined
     * @return an interval of {@code NaN}s
     */
    public static Interval undefined(String method) {
        return new Interval(Double.NaN, Double.NaN, Double.NaN, method);
    }

    /**
     * The estimate of a bootstrap run with its percentile limits.
     *
     * @param distribution the bootstrap distribution
     * @param level the confidence level in (0, 1), for example 0.95
     * @return the interval
     */
    public static Interval percentile(BootstrapDistribution distribution, double level) {
        Limits limits = distribution.percentile(level);
        return new Interval(
                distribution.estimate(),
                limits.lower(),
                limits.upper(),
                "bootstrap percentile, " + distribution.replicates() + " replicates");
    }

    /**
     * The estimate of a bootstrap run with its bias-corrected and accelerated limits.
     *
     * @param distribution the bootstrap distribution
     * @param level the confidence level in (0, 1), for example 0.95
     * @return the interval
     */
    public static Interval bca(BootstrapDistribution distribution, double level) {
        Limits limits = distribution.bca(level);
        return new Interval(
                distribution.estimate(),
                limits.lower(),
                limits.upper(),
                "bootstrap BCa, " + distribution.replicates() + " replicates");
    }

    /**
     * The parts in the order and under the keys of the JSON files.
     *
     * @return an unmodifiable ordered map with {@code estimate}, {@code lower}, {@code upper} and
     *     {@code method}; a value that is not finite is {@code null}
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("estimate", finiteOrNull(estimate));
        map.put("lower", finiteOrNull(lower));
        map.put("upper", finiteOrNull(upper));
        map.put("method", method);
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
