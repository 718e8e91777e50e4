// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Hits.Hit;
import io.github.livermm.text.concept.Vocabulary.Mark;
import io.github.livermm.text.concept.Vocabulary.Role;
import io.github.livermm.text.concept.Vocabulary.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses among the wordings found: whole wordings leftmost and longest, wordings with gaps beside
 * them, and none that another one suppresses.
 */
final class Matcher {
    /** Longest gap inside a wording, in characters; longer ones join what does not belong. */
    private static final int LONGEST_GAP_CHINESE = 16;

    private static final int LONGEST_GAP_LATIN = 40;

    private final Vocabulary vocabulary;
    private final String text;
    private final Clauses clauses;

    Matcher(Vocabulary vocabulary, String text, Clauses clauses) {
        this.vocabulary = vocabulary;
        this.text = text;
        this.clauses = clauses;
    }

    List<Match> matches(Hits hits) {
        List<Match> whole = new ArrayList<>();
        List<Match> gapped = new ArrayList<>();
        Map<Integer, int[]> partial = new HashMap<>();
        int reached = 0;
        Hit nothing = new Hit(0, 0, 0, 0);
        for (Hit hit : hits.of(Role.WORDING)) {
            Wording wording = vocabulary.wording(hit.index());
            if (wording.parts() > 1) {
                if (hit.start() >= nothing.end() || hit.start() == nothing.start()) {
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
                nothing = isNothing(wording.concept()) ? hit : nothing;
            }
        }
        whole.addAll(gapped);
        whole.sort(Comparator.comparingInt(Match::start).thenComparing(m -> -m.end()));
        return unsuppressed(whole);
    }

    /** Carries a wording with gaps one part further; the latest start of each part counts. */
    private void extend(Wording wording, Hit hit, Map<Integer, int[]> partial, List<Match> gapped) {
        int parts = wording.parts();
        int[] state = partial.computeIfAbsent(hit.index(), k -> emptyState(parts));
        int part = hit.part();
        if (part == 0) {
            state[0] = hit.start();
            state[1] = hit.end();
            return;
        }
        int start = state[2 * part - 2];
        int end = state[2 * part - 1];
        if (start < 0 || end > hit.start() || !joins(end, hit.start())) {
            return;
        }
        if (part < parts - 1) {
            state[2 * part] = start;
            state[2 * part + 1] = hit.end();
            return;
        }
        gapped.add(
                new Match(wording.concept(), start, hit.start(), hit.end(), true, wording.mark()));
        state[2 * part - 2] = -1;
    }

    private boolean joins(int end, int start) {
        boolean latin = start > 0 && text.charAt(start) < 0x2E80 && text.charAt(end - 1) < 0x2E80;
        int longest = latin ? LONGEST_GAP_LATIN : LONGEST_GAP_CHINESE;
        return start - end <= longest && clauses.sameComma(end, start);
    }

    private static int[] emptyState(int parts) {
        int[] state = new int[2 * parts];
        java.util.Arrays.fill(state, -1);
        return state;
    }

    /** Drops what is suppressed, and what lies inside a longer match of the same concept. */
    private List<Match> unsuppressed(List<Match> sorted) {
        List<Match> kept = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Match match = sorted.get(i);
            if (!isNothing(match.concept()) && !suppressed(match, sorted, i)) {
                kept.add(match);
            }
        }
        return kept;
    }

    private boolean isNothing(int concept) {
        return vocabulary.concept(concept).id().equals(Vocabulary.NOTHING);
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
