// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Cue.Effect;
import io.github.livermm.text.concept.Hits.Hit;
import io.github.livermm.text.concept.Vocabulary.Mark;
import io.github.livermm.text.concept.Vocabulary.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each match its status from the cues around it. A cue reaches as far as its clause (Chinese)
 * or sentence (English) and no turn word stands between; what only looks like a cue (不均匀, "no
 * change") takes the cue's place and does nothing. Negation outweighs doubt, doubt outweighs
 * history.
 */
final class StatusRules {
    /** A historical cue stands right behind the disease it speaks of. */
    private static final int HISTORY_REACH = 14;

    /** A list goes on over a comma with no more than this between its items. */
    private static final int LIST_GAP = 18;

    private static final Set<String> LIST_WORDS =
            Set.of("", "and", "or", "a", "an", "less", "likely", "possibly", "versus", "vs");

    /** Most matches that one cue reaches to a side; keeps the cost linear without punctuation. */
    private static final int MAX_REACHED = 40;

    private final Vocabulary vocabulary;
    private final String text;
    private final Clauses clauses;
    private final List<Match> matches;
    private final Modals modals;
    private final int[] turns;
    private final boolean[] negated;
    private final boolean[] historical;
    private final @Nullable Grade[] grades;

    StatusRules(
            Vocabulary vocabulary, String text, Clauses clauses, Hits hits, List<Match> matches) {
        this.vocabulary = vocabulary;
        this.text = text;
        this.clauses = clauses;
        this.matches = matches;
        negated = new boolean[matches.size()];
        historical = new boolean[matches.size()];
        grades = new Grade[matches.size()];
        modals = new Modals(hits.of(Role.MODAL), clauses);
        boolean[] covered = covered();
        List<Hit> cues = cues(hits, covered);
        turns = turns(hits, covered, cues);
        apply(cues);
        denyInsideDenials();
    }

    Status status(int match) {
        if (negated[match] || matches.get(match).mark() == Mark.ABSENT) {
            return Status.ABSENT;
        }
        if (grades[match] != null) {
            return Status.UNCERTAIN;
        }
        return historical[match] ? Status.HISTORICAL : Status.PRESENT;
    }

    @Nullable Grade grade(int match) {
        return status(match) == Status.UNCERTAIN ? grades[match] : null;
    }

    /** Marks the characters that belong to whole wordings: no cue starts inside them. */
    private boolean[] covered() {
        boolean[] covered = new boolean[text.length() + 1];
        for (Match match : matches) {
            if (!match.gapped()) {
                Arrays.fill(covered, match.start(), match.end(), true);
            }
        }
        return covered;
    }

    /** "动脉期未见明显强化" is "no enhancement", and denies the enhancement that spans it. */
    private void denyInsideDenials() {
        int noEnhancement = vocabulary.indexOf("no_enhancement");
        for (int i = 0; i + 1 < matches.size(); i++) {
            for (int j = i + 1;
                    j < matches.size() && matches.get(j).start() < matches.get(i).end();
                    j++) {
                boolean denial = matches.get(j).concept() == noEnhancement;
                boolean other = matches.get(i).concept() != noEnhancement;
                negated[i] |= denial && other && matches.get(i).gapped();
            }
        }
    }

    private List<Hit> cues(Hits hits, boolean[] covered) {
        List<Hit> kept = new ArrayList<>();
        int reached = 0;
        for (Hit hit : hits.of(Role.CUE)) {
            boolean free = !covered[hit.start()] || cue(hit).effect() == Effect.HISTORICAL;
            if (hit.start() >= reached && free) {
                kept.add(hit);
                reached = hit.end();
            }
        }
        return kept;
    }

    /** Number of turn words that start before each place. */
    private int[] turns(Hits hits, boolean[] covered, List<Hit> cues) {
        int[] counts = new int[text.length() + 2];
        boolean[] inCue = new boolean[text.length() + 1];
        for (Hit cue : cues) {
            Arrays.fill(inCue, beforeAuxiliaries(cue.start()), cue.end(), true);
        }
        for (Hit turn : hits.longest(Role.TURN)) {
            if (!covered[turn.start()] && !inCue[turn.start()]) {
                counts[turn.start() + 1]++;
            }
        }
        for (int i = 1; i < counts.length; i++) {
            counts[i] += counts[i - 1];
        }
        return counts;
    }

    /** Where the auxiliary words before a place start: "has been" before "ruled out". */
    private int beforeAuxiliaries(int at) {
        int start = at;
        for (int words = 0; words < 4; words++) {
            int wordEnd = start;
            while (wordEnd > 0 && text.charAt(wordEnd - 1) == ' ') {
                wordEnd--;
            }
            int wordStart = wordEnd;
            while (wordStart > 0
                    && wordEnd - wordStart < 12
                    && text.charAt(wordStart - 1) >= 'a'
                    && text.charAt(wordStart - 1) <= 'z') {
                wordStart--;
            }
            if (!vocabulary.isAuxiliary(text.substring(wordStart, wordEnd))) {
                return start;
            }
            start = wordStart;
        }
        return start;
    }

    private Cue cue(Hit hit) {
        Cue cue = vocabulary.cue(hit.index());
        return cue.exclusion() && modals.before(hit.start(), cue.chinese()) ? cue.doubted() : cue;
    }

    private void apply(List<Hit> cues) {
        int next = 0;
        for (Hit hit : cues) {
            while (next < matches.size() && matches.get(next).start() < hit.start()) {
                next++;
            }
            switch (cue(hit).direction()) {
                case FORWARD -> {
                    if (!forward(hit, next) && closesClause(hit)) {
                        backward(hit, next);
                    }
                }
                case BACKWARD -> backward(hit, next);
                case EITHER -> either(hit, next);
                case BETWEEN -> between(hit, next);
                case SENTENCE -> sentence(hit, next);
            }
        }
    }

    private void either(Hit hit, int next) {
        boolean closesDiagnosis =
                cue(hit).chinese()
                        && next > 0
                        && matches.get(next - 1).end() == hit.start()
                        && kind(next - 1).isLabel();
        if (closesDiagnosis || !forward(hit, next)) {
            backward(hit, next);
        }
    }

    /** "廓清未见。": nothing follows, so the negation looks back. */
    private boolean closesClause(Hit hit) {
        Cue cue = cue(hit);
        return cue.chinese()
                && cue.effect() == Effect.NEGATION
                && (hit.end() == text.length() || "，,。；;\n".indexOf(text.charAt(hit.end())) >= 0);
    }

    private boolean forward(Hit hit, int next) {
        Cue cue = cue(hit);
        List<Integer> reached = new ArrayList<>();
        // a match with a gap may open before the cue and close behind it
        for (int i = Math.max(0, next - 8); i < next; i++) {
            Match match = matches.get(i);
            if (match.gapped()
                    && match.anchor() >= hit.end()
                    && reaches(cue, hit, match.anchor())) {
                reached.add(i);
            }
        }
        int last = Math.min(matches.size(), next + MAX_REACHED);
        for (int i = next; i < last; i++) {
            if (!inReach(cue, hit, matches.get(i)) && !continuesList(cue, reached, i)) {
                break;
            }
            if (matches.get(i).anchor() >= hit.end()
                    && (reaches(cue, hit, matches.get(i).anchor())
                            || continuesList(cue, reached, i))) {
                reached.add(i);
            }
        }
        mark(cue, reached);
        return !reached.isEmpty();
    }

    /** "FNH, adenoma, and less likely HCC": doubt goes on over the commas of a list. */
    private boolean continuesList(Cue cue, List<Integer> reached, int i) {
        if (cue.effect() != Effect.UNCERTAIN || cue.chinese() || reached.isEmpty()) {
            return false;
        }
        int end = matches.get(reached.get(reached.size() - 1)).end();
        int start = matches.get(i).start();
        if (start < end || start - end > LIST_GAP || !clauses.sameClause(end, start)) {
            return false;
        }
        String between = text.substring(end, start);
        return between.startsWith(",")
                && LIST_WORDS.containsAll(List.of(between.split("[ ,\n]+", -1)));
    }

    private boolean inReach(Cue cue, Hit hit, Match match) {
        return match.start() < hit.end() || inScope(cue, hit.end(), match.start());
    }

    private boolean reaches(Cue cue, Hit hit, int anchor) {
        return inScope(cue, hit.end(), anchor) && turns[anchor] == turns[hit.end()];
    }

    private boolean inScope(Cue cue, int a, int b) {
        return cue.effect() == Effect.NEGATION ? clauses.sameClause(a, b) : clauses.sameComma(a, b);
    }

    private void backward(Hit hit, int next) {
        Cue cue = cue(hit);
        int from = cue.chinese() ? hit.start() : beforeAuxiliaries(hit.start());
        int place = Math.max(0, hit.start() - 1);
        List<Integer> reached = new ArrayList<>();
        for (int i = next - 1; i >= Math.max(0, next - MAX_REACHED); i--) {
            Match match = matches.get(i);
            int last = match.end() - 1;
            if (!inScope(cue, match.start(), place)) {
                break;
            }
            boolean near =
                    cue.effect() != Effect.HISTORICAL || hit.start() - match.end() <= HISTORY_REACH;
            if (match.end() <= hit.start() && near && turns[from] == turns[last]) {
                reached.add(i);
            }
        }
        mark(cue, reached);
    }

    private void between(Hit hit, int next) {
        boolean both =
                next > 0
                        && next < matches.size()
                        && clauses.sameClause(matches.get(next - 1).start(), hit.start())
                        && clauses.sameClause(hit.start(), matches.get(next).start());
        if (both) {
            mark(cue(hit), List.of(next - 1));
            mark(cue(hit), List.of(next));
        }
    }

    private void sentence(Hit hit, int next) {
        List<Integer> reached = new ArrayList<>();
        for (int i = next - 1;
                i >= Math.max(0, next - MAX_REACHED)
                        && clauses.sameSentence(matches.get(i).start(), hit.start());
                i--) {
            if (grades[i] == null) {
                reached.add(i);
            }
        }
        mark(cue(hit), reached);
    }

    /** Acts on the matches reached; doubt prefers the names of diseases to their signs. */
    private void mark(Cue cue, List<Integer> reached) {
        boolean named =
                cue.effect() == Effect.UNCERTAIN
                        && reached.stream().anyMatch(i -> kind(i).isLabel());
        for (int i : reached) {
            if (!cue.actsOn(kind(i)) || (named && !kind(i).isLabel())) {
                continue;
            }
            switch (cue.effect()) {
                case NEGATION -> negated[i] = true;
                case HISTORICAL -> historical[i] = true;
                case UNCERTAIN -> grades[i] = weaker(grades[i], cue.grade());
                case NONE -> {}
            }
        }
    }

    private static @Nullable Grade weaker(@Nullable Grade a, @Nullable Grade b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) >= 0 ? a : b;
    }

    private ConceptKind kind(int match) {
        return vocabulary.concept(matches.get(match).concept()).kind();
    }
}
