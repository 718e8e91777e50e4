// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Hits.Hit;
import java.util.List;

/**
 * The words of a text that say what cannot be done: an exclusion a few words behind one ("cannot
 * with certainty be excluded", 不能完全排除) is doubt and no denial.
 */
final class Modals {
    private static final int REACH_CHINESE = 4;
    private static final int REACH_LATIN = 40;

    private final List<Hit> modals;
    private final Clauses clauses;

    /**
     * Keeps what is needed.
     *
     * @param modals in reading order; index 0 for Chinese ones, 1 for others
     */
    Modals(List<Hit> modals, Clauses clauses) {
        this.modals = modals;
        this.clauses = clauses;
    }

    /** Whether a modal of the language stands in the same clause shortly before a place. */
    boolean before(int at, boolean chinese) {
        int reach = chinese ? REACH_CHINESE : REACH_LATIN;
        int language = chinese ? 0 : 1;
        for (int i = firstFrom(at) - 1; i >= 0; i--) {
            Hit modal = modals.get(i);
            if (at - modal.start() > 2 * reach) {
                return false;
            }
            if (modal.index() == language
                    && modal.end() <= at
                    && at - modal.end() <= reach
                    && clauses.sameClause(modal.start(), at)) {
                return true;
            }
        }
        return false;
    }

    private int firstFrom(int at) {
        int low = 0;
        int high = modals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (modals.get(middle).start() < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
