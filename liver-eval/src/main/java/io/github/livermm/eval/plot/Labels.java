// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.Interval;
import java.util.Locale;

/** Numbers as text, the same in every locale. */
final class Labels {
    private Labels() {}

    static String number(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return "undefined";
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.startsWith("-") && Double.parseDouble(text) == 0 ? text.substring(1) : text;
    }

    static String interval(Interval interval, int decimals) {
        String estimate = number(interval.estimate(), decimals);
        if (!Double.isFinite(interval.lower()) || !Double.isFinite(interval.upper())) {
            return estimate;
        }
        return estimate
                + " ("
                + number(interval.lower(), decimals)
                + " to "
                + number(interval.upper(), decimals)
                + ")";
    }
}
