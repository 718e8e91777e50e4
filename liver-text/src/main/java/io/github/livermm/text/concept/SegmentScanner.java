// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds Couinaud segments in a normalised text: {@code s6}, {@code s5/6}, {@code segment viii},
 * {@code segments 5 and 6}, {@code 第5段}, {@code iv段}. Cost O(n).
 */
final class SegmentScanner {
    private static final String[] ROMAN = {"viii", "vii", "vi", "iv", "iii", "ii", "v", "i"};
    private static final int[] ROMAN_VALUE = {8, 7, 6, 4, 3, 2, 5, 1};
    private static final String[] OPENINGS = {
        "segments ", "segment ", "couinaud ", "seg. ", "seg ", "s", "第"
    };
    private static final String[] JOINTS = {
        " and ", " or ", ", ", "/", "、", "-", "及", "和", "段、", "段及", "段和", "+", "段/"
    };

    private final String text;
    private final List<Segment> found = new ArrayList<>();
    private int at;

    /** A segment named in the text, as {@code S6}. */
    record Segment(String name, int start, int end) {}

    private SegmentScanner(String text) {
        this.text = text;
    }

    static List<Segment> segments(String text) {
        SegmentScanner scanner = new SegmentScanner(text);
        while (scanner.at < text.length()) {
            scanner.next();
        }
        return scanner.found;
    }

    private void next() {
        int start = at;
        if (!mayOpen(text.charAt(start)) || Hits.insideWord(text, start) || afterLumbar(start)) {
            at++;
            return;
        }
        for (String opening : OPENINGS) {
            if (text.startsWith(opening, start)) {
                int digits = start + opening.length();
                boolean needsSuffix = opening.equals("第");
                if (series(start, digits, needsSuffix)) {
                    return;
                }
            }
        }
        if (numberAt(start) == 0 || afterCategory(start) || !series(start, start, true)) {
            at = start + 1;
        }
    }

    /** Whether a segment, or the word before its number, may open with a character. */
    private static boolean mayOpen(char c) {
        return (c >= '1' && c <= '8') || c == 's' || c == 'i' || c == 'v' || c == 'c' || c == '第';
    }

    /** S1 of the spine follows L5. */
    private boolean afterLumbar(int start) {
        return start >= 3 && text.startsWith("l5", start - 3);
    }

    /** The 5 of LI-RADS 5 or LR-5 is a category, whatever list follows. */
    private boolean afterCategory(int start) {
        String before = text.substring(Math.max(0, start - 12), start).stripTrailing();
        return before.endsWith("rads")
                || before.endsWith("rads-")
                || before.endsWith("lr-")
                || before.endsWith("lr");
    }

    private boolean series(int start, int digits, boolean needsSuffix) {
        List<Segment> series = new ArrayList<>();
        int from = start;
        int end = digits;
        while (series.size() < 8) {
            int number = numberAt(end);
            if (number == 0) {
                break;
            }
            int after = endOfNumber(end);
            series.add(new Segment("S" + number, from, after));
            String joint = jointAt(after);
            if (joint == null) {
                end = after;
                break;
            }
            from = after + joint.length();
            end = text.startsWith("s", from) ? from + 1 : from;
            if (numberAt(end) == 0) {
                end = after;
                break;
            }
        }
        boolean suffix = end < text.length() && text.charAt(end) == '段';
        if (series.isEmpty() || (needsSuffix && !suffix)) {
            return false;
        }
        found.addAll(series);
        at = end;
        return true;
    }

    private @Nullable String jointAt(int from) {
        for (String joint : JOINTS) {
            if (text.startsWith(joint, from)) {
                return joint;
            }
        }
        return null;
    }

    /** The segment number written here, 0 when none is. */
    private int numberAt(int from) {
        if (from < text.length() && text.charAt(from) >= '1' && text.charAt(from) <= '8') {
            boolean decimal =
                    from + 2 < text.length()
                            && text.charAt(from + 1) == '.'
                            && Character.isDigit(text.charAt(from + 2));
            return decimal || cut(subsegment(from + 1)) || isMeasure(from + 1)
                    ? 0
                    : text.charAt(from) - '0';
        }
        for (int i = 0; i < ROMAN.length; i++) {
            if (text.startsWith(ROMAN[i], from) && !cut(subsegment(from + ROMAN[i].length()))) {
                return ROMAN_VALUE[i];
            }
        }
        return 0;
    }

    private boolean isMeasure(int end) {
        int unit = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        return text.startsWith("cm", unit) || text.startsWith("mm", unit);
    }

    private int endOfNumber(int from) {
        for (String roman : ROMAN) {
            if (text.startsWith(roman, from)) {
                return subsegment(from + roman.length());
            }
        }
        return subsegment(from + 1);
    }

    /** Moves over the a or b of segment 4. */
    private int subsegment(int end) {
        boolean letter =
                end < text.length() && (text.charAt(end) == 'a' || text.charAt(end) == 'b');
        return letter && !cut(end + 1) ? end + 1 : end;
    }

    private boolean cut(int end) {
        return Hits.insideWord(text, end);
    }
}
