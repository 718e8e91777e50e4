// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the files of a command, one line each, so that all can be mended at once. */
final class InputProblems {
    private static final int SHOWN = 20;

    private final List<String> lines = new ArrayList<>();

    void add(String where, String what) {
        lines.add(where + ": " + what);
    }

    boolean none() {
        return lines.isEmpty();
    }

    /** Ends the command with all problems, at most twenty in full. */
    void failIfAny() {
        if (lines.isEmpty()) {
            return;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(SHOWN, lines.size())));
        if (lines.size() > SHOWN) {
            shown.add("and " + (lines.size() - SHOWN) + " more problems");
        }
        throw new InputException(String.join("\n", shown));
    }
}
