// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gold reports and how well the parser meets them. */
final class GoldSet {
    private final List<Entry> entries;

    record Entry(
            String id,
            String trap,
            String text,
            Set<String> expected,
            @Nullable Double sizeCm,
            Set<String> segments,
            @Nullable Integer count,
            @Nullable Set<String> liRadsFeatures,
            @Nullable String liRadsCategory) {}

    private GoldSet(List<Entry> entries) {
        this.entries = entries;
    }

    static GoldSet read(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        GoldSet.class.getResourceAsStream("/gold/" + name + ".json"), name)) {
            List<Entry> entries = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(in)) {
                entries.add(
                        new Entry(
                                node.get("id").asText(),
                                node.get("trap").asText(),
                                node.get("text").asText(),
                                strings(node.path("expect")),
                                node.has("size_cm") ? node.get("size_cm").asDouble() : null,
                                strings(node.path("segments")),
                                node.has("count") ? node.get("count").asInt() : null,
                                node.has("li_rads")
                                        ? strings(node.path("li_rads").path("features"))
                                        : null,
                                node.path("li_rads").path("category").asText(null)));
            }
            return new GoldSet(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    private static Set<String> strings(JsonNode node) {
        Set<String> all = new LinkedHashSet<>();
        node.forEach(n -> all.add(n.asText()));
        return all;
    }

    /** Counts of one comparison. */
    record Score(int right, int spurious, int missed) {
        double precision() {
            return right + spurious == 0 ? 1 : (double) right / (right + spurious);
        }

        double recall() {
            return right + missed == 0 ? 1 : (double) right / (right + missed);
        }

        double f1() {
            return 2 * right == 0 ? 0 : 2.0 * right / (2.0 * right + spurious + missed);
        }

        Score plus(Score other) {
            return new Score(right + other.right, spurious + other.spurious, missed + other.missed);
        }

        static Score of(Set<String> expected, Set<String> found) {
            int right = (int) expected.stream().filter(found::contains).count();
            return new Score(right, found.size() - right, expected.size() - right);
        }
    }

    /** What the parser finds in one entry: concept and status, without segments. */
    static Set<String> found(Entry entry) {
        Set<String> found = new TreeSet<>();
        for (Mention mention : parse(entry).mentions()) {
            if (!mention.concept().id().equals("segment")) {
                found.add(
                        mention.concept().id()
                                + ":"
                                + mention.status().name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        return found;
    }

    static ParsedReport parse(Entry entry) {
        return ReportParser.bundled().parse(new Report(entry.text()));
    }

    static Set<String> withoutGrades(Set<String> expected) {
        Set<String> plain = new TreeSet<>();
        expected.forEach(e -> plain.add(firstParts(e, 2)));
        return plain;
    }

    static Set<String> concepts(Set<String> pairs) {
        Set<String> plain = new TreeSet<>();
        pairs.forEach(e -> plain.add(firstParts(e, 1)));
        return plain;
    }

    private static String firstParts(String pair, int parts) {
        String[] all = pair.split(":", -1);
        return parts == 1 ? all[0] : all[0] + ":" + all[1];
    }

    Score statusScore() {
        return entries.stream()
                .map(e -> Score.of(withoutGrades(e.expected()), found(e)))
                .reduce(new Score(0, 0, 0), Score::plus);
    }

    Score conceptScore() {
        return entries.stream()
                .map(e -> Score.of(concepts(e.expected()), concepts(found(e))))
                .reduce(new Score(0, 0, 0), Score::plus);
    }

    /** Scores by trap, and what differs, one line each. */
    Map<String, Score> byTrap() {
        Map<String, Score> scores = new LinkedHashMap<>();
        for (Entry entry : entries) {
            scores.merge(
                    entry.trap(),
                    Score.of(withoutGrades(entry.expected()), found(entry)),
                    Score::plus);
        }
        return scores;
    }

    List<String> differences() {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            Set<String> expected = withoutGrades(entry.expected());
            Set<String> found = found(entry);
            Set<String> missed = new TreeSet<>(expected);
            missed.removeAll(found);
            Set<String> spurious = new TreeSet<>(found);
            spurious.removeAll(expected);
            if (!missed.isEmpty() || !spurious.isEmpty()) {
                lines.add(entry.id() + " missed " + missed + " spurious " + spurious);
            }
        }
        return lines;
    }

    /** Scores of every concept with every status it was expected or found with. */
    Map<String, Score> byConceptAndStatus() {
        Map<String, Score> scores = new TreeMap<>();
        for (Entry entry : entries) {
            Set<String> expected = withoutGrades(entry.expected());
            Set<String> found = found(entry);
            Set<String> either = new TreeSet<>(expected);
            either.addAll(found);
            for (String pair : either) {
                scores.merge(pair, Score.of(only(expected, pair), only(found, pair)), Score::plus);
            }
        }
        return scores;
    }

    private static Set<String> only(Set<String> pairs, String one) {
        return pairs.contains(one) ? Set.of(one) : Set.of();
    }

    /** Segments, counts, grades and LI-RADS that differ where the entry states them. */
    List<String> otherDifferences() {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            ParsedReport parsed = parse(entry);
            if (!entry.segments().isEmpty() && !entry.segments().equals(segments(entry))) {
                lines.add(entry.id() + " segments " + segments(entry));
            }
            Integer count = entry.count();
            int total =
                    parsed.lesions().stream()
                            .mapToInt(l -> Objects.requireNonNullElse(l.count(), 1))
                            .sum();
            if (count != null && total != count) {
                lines.add(entry.id() + " count of " + parsed.lesions());
            }
            if (entry.liRadsFeatures() != null) {
                LiRads found = parsed.liRads();
                Set<String> names = new TreeSet<>();
                found.features().forEach(f -> names.add(LiRads.name(f)));
                if (!names.equals(entry.liRadsFeatures())
                        || !Objects.equals(found.category(), entry.liRadsCategory())) {
                    lines.add(entry.id() + " li_rads " + names + " " + found.category());
                }
            }
            Set<String> graded = new TreeSet<>(graded(parsed));
            for (String expected : entry.expected()) {
                if (expected.split(":", -1).length == 3 && !graded.contains(expected)) {
                    lines.add(entry.id() + " grade " + expected + " of " + graded);
                }
            }
        }
        return lines;
    }

    private static List<String> graded(ParsedReport parsed) {
        return parsed.mentions().stream()
                .filter(m -> m.grade() != null)
                .map(
                        m ->
                                (m.concept().id() + ":" + m.status() + ":" + m.grade())
                                        .toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    static @Nullable Double size(Entry entry) {
        return parse(entry).indexLesion().map(Lesion::sizeCm).orElse(null);
    }

    static Set<String> segments(Entry entry) {
        Set<String> named = new TreeSet<>();
        parse(entry)
                .lesions()
                .forEach(
                        l -> {
                            String segment = l.segment();
                            if (segment != null) {
                                named.add(segment);
                            }
                        });
        return named;
    }

    /** Sizes that differ, one line each. */
    List<String> sizeDifferences() {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            Double found = size(entry);
            Double expected = entry.sizeCm();
            boolean same =
                    expected == null
                            ? found == null
                            : found != null && Math.abs(found - expected) < 1e-9;
            if (!same) {
                lines.add(entry.id() + " expected " + expected + " found " + found);
            }
        }
        return lines;
    }
}
