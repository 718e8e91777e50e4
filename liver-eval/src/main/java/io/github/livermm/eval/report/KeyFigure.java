// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.Interval;
import java.util.Locale;

/**
 * A figure large enough to be read across a table.
 *
 * @param label what it is
 * @param value the figure as text
 * @param detail smaller text below, such as limits; may be blank
 * @since 0.1.0
 */
public record KeyFigure(String label, String value, String detail) {
    /**
     * A figure with its limits.
     *
     * @param label what it is
     * @param interval the figure
     * @param decimals how many decimals to show
     * @return the key figure
     */
    public static KeyFigure of(String label, Interval interval, int decimals) {
        if (Double.isNaN(interval.estimate())) {
            return new KeyFigure(label, "undefined", interval.method());
        }
        String format = "%." + decimals + "f";
        String value = String.format(Locale.ROOT, format, interval.estimate());
        boolean limited = Double.isFinite(interval.lower()) && Double.isFinite(interval.upper());
        String detail =
                limited
                        ? "95 % CI "
                                + String.format(Locale.ROOT, format, interval.lower())
                                + " to "
                                + String.format(Locale.ROOT, format, interval.upper())
                        : "limits undefined";
        return new KeyFigure(label, value, detail);
    }
}
