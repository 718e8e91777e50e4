// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates of text width that do not depend on the fonts of a machine: Helvetica's, rounded up.
 */
final class TextWidth {
    private static final String NARROW = "ijl.,:;'|!I ftr()[]-/";
    private static final String WIDE = "mwMWQO@%GDCHNUR&";

    private TextWidth() {}

    static double of(String text, double size, boolean bold) {
        double ems = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= 0x2E80) {
                ems += 1;
            } else if (NARROW.indexOf(c) >= 0) {
                ems += 0.34;
            } else if (WIDE.indexOf(c) >= 0) {
                ems += 0.82;
            } else {
                ems += Character.isUpperCase(c) ? 0.69 : 0.56;
            }
        }
        return ems * size * (bold ? 1.07 : 1);
    }

    /**
     * Breaks text at spaces, and between Chinese characters, so that no line is wider than asked
     * for, save a single long word.
     */
    static List<String> wrap(String text, double size, boolean bold, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split("(?= )|(?<=[\\u2E80-\\uFFEF])(?=[\\u2E80-\\uFFEF])")) {
            String longer = line + word;
            if (!line.isBlank() && of(longer.strip(), size, bold) > width) {
                lines.add(line.strip());
                line = word.strip();
            } else {
                line = longer;
            }
        }
        lines.add(line.strip());
        return lines;
    }
}
