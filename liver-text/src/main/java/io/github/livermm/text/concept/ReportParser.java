// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Hits.Hit;
import io.github.livermm.text.concept.LesionRules.Structure;
import io.github.livermm.text.concept.SegmentScanner.Segment;
import io.github.livermm.text.concept.Vocabulary.Role;
import io.github.livermm.text.report.NormalizedText;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportSections;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a report: sections, mentions with status, lesions with size, and label words. Immutable and
 * thread-safe; any text gives a result, in time about linear in its length.
 *
 * @since 0.1.0
 */
public final class ReportParser {
    private static final ReportParser BUNDLED = new ReportParser();
    private static final Set<String> LIVER_SITES = Set.of(OrganRules.LIVER, "bile_duct");

    private final Vocabulary vocabulary = Vocabulary.bundled();

    private ReportParser() {}

    /**
     * The parser with the bundled lexicon and headings.
     *
     * @return always the same one
     */
    public static ReportParser bundled() {
        return BUNDLED;
    }

    /**
     * Reads a report, divided by the headings it came with.
     *
     * @param report any report
     * @return what it says
     */
    public ParsedReport parse(Report report) {
        NormalizedText text = NormalizedText.of(report.text());
        return new Reading(text, ReportSections.of(text, report.headings())).parsed(report);
    }

    /** The work on one report. */
    private final class Reading {
        private final NormalizedText text;
        private final ReportSections sections;
        private final Hits hits;
        private final Clauses clauses;
        private final OrganRules organs;
        private final List<Segment> segments;
        private final List<Match> matches;
        private final StatusRules statuses;
        private final Map<Integer, LesionRules.Sentence> sentences = new HashMap<>();
        private final Map<Integer, Integer> lesionBySentence = new HashMap<>();
        private final List<LesionBuilder> lesions = new ArrayList<>();

        Reading(NormalizedText text, ReportSections sections) {
            this.text = text;
            this.sections = sections;
            String value = text.value();
            hits = Hits.in(value, vocabulary);
            clauses = new Clauses(text);
            organs = new OrganRules(vocabulary, value, clauses, hits);
            segments = SegmentScanner.segments(value);
            matches = withSegments(new Matcher(vocabulary, value, clauses).matches(hits));
            statuses = new StatusRules(vocabulary, value, clauses, hits, matches);
        }

        ParsedReport parsed(Report report) {
            collectSentences();
            divideLesions();
            List<Mention> mentions = new ArrayList<>();
            for (int i = 0; i < matches.size(); i++) {
                mentions.add(mention(i));
            }
            return new ParsedReport(
                    report,
                    sections,
                    mentions,
                    lesions.stream().map(LesionBuilder::build).toList(),
                    LabelMask.of(text, hits, LabelMask.Treatment.MASKED));
        }

        private List<Match> withSegments(List<Match> found) {
            int concept = vocabulary.indexOf("segment");
            List<Match> all = new ArrayList<>(found);
            for (Segment s : segments) {
                all.add(
                        new Match(
                                concept,
                                s.start(),
                                s.start(),
                                s.end(),
                                false,
                                Vocabulary.Mark.PLAIN));
            }
            all.sort(Match.LEFTMOST_LONGEST);
            return all;
        }

        private LesionRules.Sentence sentence(int at) {
            return sentences.computeIfAbsent(clauses.sentence(at), k -> new LesionRules.Sentence());
        }

        private void collectSentences() {
            LesionRules rules = new LesionRules(text.value(), clauses, organs, hits);
            rules.lesionSizes().forEach(s -> sentence(s.size().start()).sizes.add(s));
            segments.forEach(s -> sentence(s.start()).segments.add(s));
            for (Hit hit : hits.of(Role.NEXT_LESION)) {
                sentence(hit.start()).next = true;
            }
            for (int i = 0; i < matches.size(); i++) {
                boolean describes =
                        isNoun(matches.get(i))
                                && statuses.status(i) != Status.ABSENT
                                && inLiver(matches.get(i).start(), matches.get(i).end());
                if (describes) {
                    LesionRules.Sentence sentence = sentence(matches.get(i).start());
                    boolean cyst = id(matches.get(i)).equals("cyst");
                    sentence.lesion = true;
                    sentence.cyst |= cyst;
                    sentence.solid |= !cyst;
                }
            }
            for (Structure structure : rules.structures()) {
                boolean known = text.value().startsWith("病灶", structure.start());
                if (structure.lesion() && known) {
                    sentence(structure.start()).lesion = true;
                }
            }
        }

        private boolean isNoun(Match match) {
            Concept concept = vocabulary.concept(match.concept());
            return concept.kind() == ConceptKind.DIAGNOSIS
                    || Set.of("mass", "nodule", "hypodense", "hyperdense").contains(concept.id());
        }

        private String id(Match match) {
            return vocabulary.concept(match.concept()).id();
        }

        private boolean inLiver(int start, int end) {
            return LIVER_SITES.contains(organs.organ(start, end));
        }

        /** Walks the sentences: a new size, section or "another" opens a new lesion. */
        private void divideLesions() {
            LesionBuilder current = null;
            int number = 0;
            int[] starts = sentenceStarts();
            for (int s = 0; s < starts.length - 1; s++) {
                LesionRules.Sentence sentence = sentences.get(s);
                SectionKind section = sectionAt(lastWord(starts[s], starts[s + 1]));
                if (current != null && !current.isIn(section)) {
                    current = null;
                }
                if (sentence != null && (sentence.lesion || !sentence.sizes.isEmpty())) {
                    boolean opens =
                            current == null
                                    || current.endsAt(sentence)
                                    || (current.isMeasured()
                                            && (!sentence.sizes.isEmpty() || sentence.next));
                    if (opens) {
                        current = new LesionBuilder(section);
                        lesions.add(current);
                        number = lesions.size();
                    }
                    describe(current, sentence, starts[s], starts[s + 1]);
                }
                if (current != null) {
                    lesionBySentence.put(s, number);
                }
            }
        }

        private void describe(
                @Nullable LesionBuilder lesion, LesionRules.Sentence sentence, int from, int to) {
            if (lesion == null) {
                return;
            }
            lesion.takeCount(CountScanner.count(text.value(), from, to));
            LesionBuilder described = lesion;
            for (LesionRules.Part part : sentence.parts()) {
                if (described == null) {
                    described = lesion.divided(part);
                    lesions.add(described);
                }
                described.take(part);
                described = null;
            }
        }

        /** A heading may open the sentence, so its section is told by its end. */
        private int lastWord(int from, int to) {
            int at = Math.max(from, to - 1);
            while (at > from && text.value().charAt(at) <= ' ') {
                at--;
            }
            return at;
        }

        private int[] sentenceStarts() {
            int last = clauses.sentence(text.value().length());
            int[] starts = new int[last + 2];
            for (int i = text.value().length(); i >= 0; i--) {
                starts[clauses.sentence(i)] = i;
            }
            starts[last + 1] = text.value().length();
            return starts;
        }

        private SectionKind sectionAt(int at) {
            return sections.kindAt(text.originalStart(at));
        }

        private Mention mention(int i) {
            Match match = matches.get(i);
            Concept concept = vocabulary.concept(match.concept());
            String organ =
                    concept.organ().orElseGet(() -> organs.organ(match.start(), match.end()));
            Integer lesion =
                    concept.organ().isEmpty()
                                    && concept.kind() != ConceptKind.BACKGROUND
                                    && LIVER_SITES.contains(organ)
                            ? lesionBySentence.get(clauses.sentence(match.start()))
                            : null;
            Status status = statuses.status(i);
            if (lesion != null && status != Status.ABSENT && concept.id().equals("solitary")) {
                lesions.get(lesion - 1).takeCount(1);
            }
            return new Mention(
                    concept,
                    status,
                    statuses.grade(i),
                    sectionAt(match.start()),
                    text.originalStart(match.start()),
                    text.originalEnd(match.end()),
                    organ,
                    lesion);
        }
    }
}
