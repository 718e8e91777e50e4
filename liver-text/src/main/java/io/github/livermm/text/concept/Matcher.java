// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Hits.Hit;
import io.github.livermm.text.concept.Vocabulary.Mark;
import io.github.livermm.text.concept.Vocabulary.Role;
import io.github.livermm.text.concept.Vocabulary.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses among the wordings found: whole wordings leftmost and longest, wordings with gaps beside
 * them, and none that another one suppresses.
 */
final class Matcher {
    /** Longest gap inside a wording, in characters; longer ones join what does not belong. */
    private static final int LONGEST_GAP_CHINESE = 16;

    private static final int LONGEST_GAP_LATIN = 40;

    private final Vocabulary vocabulary;
    private final int nothing;
    private final String text;
    private final Clauses clauses;

    Matcher(Vocabulary vocabulary, String text, Clauses clauses) {
        this.vocabulary = vocabulary;
        this.nothing = vocabulary.indexOf(Vocabulary.NOTHING);
        this.text = text;
        this.clauses = clauses;
    }

    List<Match> matches(Hits hits) {
        List<Match> whole = new ArrayList<>();
        List<Match> gapped = new ArrayList<>();
        int[] partial = new int[2 * vocabulary.parts()];
        Arrays.fill(partial, -1);
        int reached = 0;
        Hit blocked = new Hit(0, 0, 0, 0);
        for (Hit hit : hits.of(Role.WORDING)) {
            Wording wording = vocabulary.wording(hit.index());
            if (wording.parts() > 1) {
                if (hit.start() >= blocked.end() || hit.start() == blocked.start()) {
                    extend(wording, hit, partial, gapped);
                }
            } else if (hit.start() >= reached) {
                whole.add(
                        new Match(
                                wording.concept(),
                                hit.start(),
                                hit.start(),
                                hit.end(),
                                false,
                                wording.mark()));
                reached = hit.end();
                blocked = wording.concept() == nothing ? hit : blocked;
            }
        }
        whole.addAll(gapped);
        whole.sort(Match.LEFTMOST_LONGEST);
        return unsuppressed(whole);
    }

    /**
     * Carries a wording with gaps one part further; the latest start of each part counts. The state
     * holds start and end of what was found up to each part, -1 for nothing.
     */
    private void extend(Wording wording, Hit hit, int[] state, List<Match> gapped) {
        int place = 2 * (wording.firstPart() + hit.part());
        if (hit.part() == 0) {
            state[place] = hit.start();
            state[place + 1] = hit.end();
            return;
        }
        int start = state[place - 2];
        int end = state[place - 1];
        if (start < 0 || end > hit.start() || !joins(end, hit.start())) {
            return;
        }
        if (hit.part() < wording.parts() - 1) {
            state[place] = start;
            state[place + 1] = hit.end();
            return;
        }
        // 胆管不扩张: the last part itself is denied
        boolean denied = hit.start() > 0 && text.charAt(hit.start() - 1) == '不';
        Mark mark = denied ? Mark.ABSENT : wording.mark();
        gapped.add(new Match(wording.concept(), start, hit.start(), hit.end(), true, mark));
        state[place - 2] = -1;
    }

    private boolean joins(int end, int start) {
        boolean latin = start > 0 && text.charAt(start) < 0x2E80 && text.charAt(end - 1) < 0x2E80;
        int longest = latin ? LONGEST_GAP_LATIN : LONGEST_GAP_CHINESE;
        return start - end <= longest && clauses.sameComma(end, start);
    }

    /** Drops what is suppressed, and what lies inside a longer match of the same concept. */
    private List<Match> unsuppressed(List<Match> sorted) {
        List<Match> kept = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Match match = sorted.get(i);
            if (match.concept() != nothing && !suppressed(match, sorted, i)) {
                kept.add(match);
            }
        }
        return kept;
    }

    private boolean suppressed(Match match, List<Match> sorted, int at) {
        for (int j = at + 1; j < sorted.size() && sorted.get(j).start() < match.end(); j++) {
            if (yields(match, sorted.get(j), false)) {
                return true;
            }
        }
        int nearest = Math.max(0, at - 24);
        for (int j = at - 1; j >= nearest; j--) {
            if (yields(match, sorted.get(j), true)) {
                return true;
            }
        }
        return false;
    }

    private boolean yields(Match match, Match other, boolean otherFirst) {
        if (!match.overlaps(other)) {
            return false;
        }
        if (match.mark() == Mark.WEAK && other.mark() != Mark.WEAK && other.holds(match)) {
            return true;
        }
        if (match.gapped() && !other.gapped() && other.holds(match)) {
            return true;
        }
        if (other.gapped() && !match.gapped() && match.holds(other)) {
            return false;
        }
        boolean same = match.concept() == other.concept();
        boolean longer = other.end() - other.start() > match.end() - match.start();
        return same
                ? longer
                        || (otherFirst
                                && other.end() - other.start() == match.end() - match.start())
                : vocabulary.suppresses(other.concept(), match.concept());
    }
}
