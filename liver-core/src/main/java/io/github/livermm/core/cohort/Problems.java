// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.StudyException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a study, one line each, so that all of it can be mended at once. */
final class Problems {
    private static final int CELL = 40;

    private final List<String> lines = new ArrayList<>();

    void add(String where, String what) {
        lines.add(where + ": " + what);
    }

    boolean none() {
        return lines.isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void failIfAny() {
        if (!lines.isEmpty()) {
            throw new StudyException(lines);
        }
    }

    /**
     * One cell as a message may show it: quoted, on one line, never long enough to tell a story.
     */
    static String quote(String cell) {
        String line = cell.replaceAll("\\p{Cntrl}+", " ");
        return '"'
                + (line.codePointCount(0, line.length()) > CELL
                        ? line.substring(0, line.offsetByCodePoints(0, CELL)) + "..."
                        : line)
                + '"';
    }
}
