// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the numbers of a hospital's table, and shows numbers in messages. */
final class Numbers {
    private static final Pattern NUMBER =
            Pattern.compile("(<=?|>=?|[≤≥])?\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)");
    private static final Pattern SEPARATED =
            Pattern.compile("[<>≤≥=]*\\s*[+-]?\\d+(,\\d+)+(\\.\\d*)?");

    private Numbers() {}

    /**
     * Reads one cell. Full-width digits and signs are read as plain ones, an arrow behind the
     * number is dropped, and a number beyond a limit of detection gives that limit, marked as a
     * bound.
     *
     * @return null when the cell is not a finite number
     */
    static @Nullable Measured parse(String cell) {
        String plain = Normalizer.normalize(cell, Normalizer.Form.NFKC).strip();
        plain = plain.replaceFirst("\\s*[↑↓]+$", "");
        Matcher matcher = NUMBER.matcher(plain);
        if (!matcher.matches()) {
            return null;
        }
        double value = Double.parseDouble(matcher.group(2));
        if (Double.isInfinite(value)) {
            return null;
        }
        String sign = matcher.group(1) == null ? "" : matcher.group(1);
        Bound bound =
                sign.isEmpty()
                        ? Bound.EXACT
                        : sign.startsWith("<") || sign.equals("≤") ? Bound.BELOW : Bound.ABOVE;
        return new Measured(value, bound);
    }

    /** Why a cell that is not a number is none, and what to do. */
    static String complaint(String cell) {
        String plain = Normalizer.normalize(cell, Normalizer.Form.NFKC).strip();
        if (SEPARATED.matcher(plain).matches()) {
            return Problems.quote(cell)
                    + " has a comma, which may be a thousands separator or a decimal sign; write"
                    + " plain digits with a point, such as 1210 or 1.21";
        }
        return Problems.quote(cell)
                + " is not a number; correct it, leave it empty, or list the word in \"missing\" of"
                + " study.json";
    }

    /** A number without needless digits. */
    static String show(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        return Math.abs(value) >= 1e7 || (value != 0 && Math.abs(value) < 1e-4)
                ? decimal.toString()
                : decimal.toPlainString();
    }

    /** Whether the laboratory gave the number itself or a limit of detection. */
    enum Bound {
        /** The number itself. */
        EXACT,
        /** The true value is below. */
        BELOW,
        /** The true value is above. */
        ABOVE
    }

    /** A number with what the laboratory said about it. */
    record Measured(double value, Bound bound) {}
}
