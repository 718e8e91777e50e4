// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.eval.Interval;
import java.util.Locale;

/** Numbers in the words of the report. */
final class Figures {
    private Figures() {}

    static String number(double value, int decimals) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%." + decimals + "f", value)
                : "-";
    }

    static String interval(Interval i, int decimals) {
        if (!Double.isFinite(i.estimate())) {
            return "-";
        }
        return Double.isNaN(i.lower()) && Double.isNaN(i.upper())
                ? number(i.estimate(), decimals)
                : number(i.estimate(), decimals)
                        + " ("
                        + number(i.lower(), decimals)
                        + "–"
                        + number(i.upper(), decimals)
                        + ")";
    }

    /** An interval of a difference, with its sign. */
    static String signed(Interval i, int decimals) {
        String plus = i.estimate() >= 0 ? "+" : "";
        return plus
                + number(i.estimate(), decimals)
                + " ("
                + number(i.lower(), decimals)
                + " to "
                + number(i.upper(), decimals)
                + ")";
    }

    static String pValue(double p) {
        return p < 0.001 ? "< 0.001" : number(p, 3);
    }
}
