// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.List;

/**
 * A study on disk cannot be used as it is. Carries every problem found, each one line; the message
 * shows the first twenty and counts the rest.
 *
 * @since 0.1.0
 */
public final class StudyException extends LiverException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final List<String> problems;

    /**
     * Creates the exception from the problems found.
     *
     * @param problems one line each, at least one: what, where, found against allowed, how to mend
     */
    public StudyException(List<String> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Creates the exception from a single problem.
     *
     * @param problem one line: what, where, found against allowed, how to mend
     */
    public StudyException(String problem) {
        this(List.of(problem));
    }

    /**
     * Every problem, in the order found.
     *
     * @return at least one line
     */
    public List<String> problems() {
        return problems;
    }

    private static String message(List<String> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems is empty: at least one line is needed");
        }
        String shown = String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size())));
        int rest = problems.size() - SHOWN;
        return rest > 0 ? shown + "\n... and " + rest + " more" : shown;
    }
}
