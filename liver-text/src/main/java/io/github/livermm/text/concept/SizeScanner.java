// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds measurements of length in a normalised text: one to three numbers joined by a
 * multiplication sign or a dash, with one unit behind that covers all. A number without unit is no
 * size, and nothing above 40 cm is. Hand-written rather than a regular expression, so that the cost
 * is O(n) for any text.
 */
final class SizeScanner {
    /** Larger than any liver lesion that a person carries. */
    static final double MAX_CM = 40;

    private static final int MAX_AXES = 3;
    private static final int LONGEST_NOTE = 8;
    private static final String[] UNITS = {"厘米", "公分", "毫米", "cm", "mm"};

    private final String text;
    private int at;

    /**
     * One measurement.
     *
     * @param largestCm its largest number, in centimetres
     */
    record Size(int start, int end, double largestCm) {}

    private SizeScanner(String text) {
        this.text = text;
    }

    static List<Size> sizes(String text) {
        List<Size> sizes = new ArrayList<>();
        SizeScanner scanner = new SizeScanner(text);
        while (scanner.at < text.length()) {
            Size size = scanner.next();
            if (size != null && size.largestCm() > 0 && size.largestCm() <= MAX_CM) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    private @Nullable Size next() {
        while (at < text.length() && !startsNumber()) {
            at++;
        }
        int start = at;
        double largest = 0;
        double unit = 0;
        double afterLargest = 0;
        for (int axis = 0; axis < MAX_AXES && startsNumber(); axis++) {
            double number = number();
            double own = unit();
            int end = at;
            at = noteEnd();
            if (own == 0) {
                own = unit();
                end = own > 0 ? at : end;
            }
            if (own > 0) {
                unit = own;
                afterLargest = Math.max(afterLargest, Math.max(number, largest) / own);
                largest = 0;
            } else {
                largest = Math.max(largest, number);
            }
            if (!separator()) {
                at = end;
                break;
            }
        }
        if (at == start) {
            at++;
        }
        return unit > 0 && largest == 0 ? new Size(start, at, afterLargest) : null;
    }

    private boolean startsNumber() {
        return digit(at);
    }

    private boolean digit(int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private double number() {
        int start = at;
        while (digit(at)) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.' && digit(at + 1)) {
            at++;
            while (digit(at)) {
                at++;
            }
        }
        return at - start > 8 ? Double.MAX_VALUE : Double.parseDouble(text.substring(start, at));
    }

    /** How many of the unit written here make a centimetre, 0 when none is written. */
    private double unit() {
        int from = skipBlank(at);
        if (from < text.length() && text.charAt(from) == '-') {
            from++;
        }
        for (String unit : UNITS) {
            if (text.startsWith(unit, from)
                    && !Hits.insideWord(text, from + unit.length())
                    && !isArea(from + unit.length())) {
                at = from + unit.length();
                return unit.charAt(0) == 'm' || unit.charAt(0) == '毫' ? 10 : 1;
            }
        }
        // "5.3cmx4.1cm": the multiplication sign stands right behind the unit
        for (String unit : new String[] {"cm", "mm"}) {
            if (text.startsWith(unit + "x", from) && digit(from + 3)) {
                at = from + 2;
                return unit.equals("mm") ? 10 : 1;
            }
        }
        return 0;
    }

    private boolean isArea(int end) {
        return end < text.length() && "²³^/".indexOf(text.charAt(end)) >= 0;
    }

    /** The place behind the name of an axis: "6.2 (AP) x 5.0 (TR)", 前后径 in brackets. */
    private int noteEnd() {
        int from = skipBlank(at);
        if (from < text.length() && text.charAt(from) == '(') {
            int last = Math.min(text.length(), from + LONGEST_NOTE);
            for (int i = from + 1; i < last && !digit(i); i++) {
                if (text.charAt(i) == ')') {
                    return i + 1;
                }
            }
        }
        return at;
    }

    /** Moves over a separator when a number follows it. */
    private boolean separator() {
        int from = skipBlank(at);
        if (from >= text.length()) {
            return false;
        }
        int after = from;
        if ("x*-".indexOf(text.charAt(from)) >= 0) {
            after = from + 1;
        } else if (text.startsWith("by ", from) || text.startsWith("to ", from)) {
            after = from + 2;
        }
        int number = skipBlank(after);
        if (after == from || !digit(number)) {
            return false;
        }
        at = number;
        return true;
    }

    private int skipBlank(int from) {
        return from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
    }
}
