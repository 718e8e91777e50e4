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

    /** Breaks text at spaces so that no line is wider than asked for, save a single long word. */
    static List<String> wrap(String text, double size, boolean bold, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            String longer = line.length() == 0 ? word : line + " " + word;
            if (line.length() > 0 && of(longer, size, bold) > width) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
