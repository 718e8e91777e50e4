// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every wording the parser looks for, in one automaton: concepts, cues, turn words, organs and
 * structures. In the data files {@code …} stands for a gap within a clause, a leading {@code !} for
 * a wording that says the concept is absent, a leading {@code ?} for one that yields to any longer
 * wording around it, and a trailing {@code ~} for any end of the word. Latin wordings are also
 * found in the plural, with American spelling, and with blank or nothing for the hyphen.
 */
final class Vocabulary {
    /** What a keyword is part of. */
    enum Role {
        WORDING,
        CUE,
        TURN,
        ORGAN,
        LESION,
        OTHER_STRUCTURE,
        NO_SIZE_BEFORE,
        NO_SIZE_AFTER,
        NEXT_LESION,
        MASKED_STEM,
        MODAL
    }

    /**
     * A use of a keyword.
     *
     * @param index number of the wording, cue or organ
     * @param part which part of a wording with gaps
     */
    record Use(Role role, int index, int part) {}

    /** One wording of a concept; several parts when it has gaps, numbered over all wordings. */
    record Wording(int concept, int firstPart, int parts, Mark mark, boolean anyEnd) {}

    /** What a wording itself says about its concept. */
    enum Mark {
        PLAIN,
        /** It says that the concept is absent: "spleen is normal in size". */
        ABSENT,
        /** It counts only where no longer wording of any concept holds it: a mere 癌栓. */
        WEAK
    }

    /** Stands for wordings that only look like a concept. */
    static final String NOTHING = "-";

    private static final Vocabulary BUNDLED = new Vocabulary("lexicon.json", "cues.json");

    private final List<Concept> concepts = new ArrayList<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<BitSet> suppressed = new ArrayList<>();
    private final List<Wording> wordings = new ArrayList<>();
    private int parts;
    private final List<Cue> cues = new ArrayList<>();
    private final List<String> organs = new ArrayList<>();
    private final Set<String> auxiliaries = new HashSet<>();
    private final Map<String, List<Use>> uses = new LinkedHashMap<>();
    private final List<List<Use>> usesByKeyword;
    private final Automaton automaton;

    private Vocabulary(String lexicon, String cueFile) {
        readConcepts(read(lexicon));
        readCues(read(cueFile));
        usesByKeyword = List.copyOf(uses.values());
        automaton = new Automaton(List.copyOf(uses.keySet()));
    }

    static Vocabulary bundled() {
        return BUNDLED;
    }

    List<Concept> concepts() {
        return concepts.stream().filter(c -> !c.id().equals(NOTHING)).toList();
    }

    Concept concept(int index) {
        return concepts.get(index);
    }

    /** The number of a concept. */
    int indexOf(String id) {
        return index(indices, id);
    }

    boolean suppresses(int concept, int other) {
        return suppressed.get(concept).get(other);
    }

    Wording wording(int index) {
        return wordings.get(index);
    }

    /** How many parts all wordings have together. */
    int parts() {
        return parts;
    }

    Cue cue(int index) {
        return cues.get(index);
    }

    String organ(int index) {
        return organs.get(index);
    }

    boolean isAuxiliary(String word) {
        return auxiliaries.contains(word);
    }

    Automaton automaton() {
        return automaton;
    }

    List<Use> uses(int keyword) {
        return usesByKeyword.get(keyword);
    }

    private void readConcepts(JsonNode root) {
        for (JsonNode node : root.get("concepts")) {
            String organ = node.path("organ").asText("");
            ConceptKind kind =
                    ConceptKind.valueOf(node.get("kind").asText().toUpperCase(Locale.ROOT));
            indices.put(node.get("id").asText(), concepts.size());
            concepts.add(
                    new Concept(node.get("id").asText(), kind, organ.isEmpty() ? null : organ));
        }
        for (JsonNode node : root.get("concepts")) {
            BitSet others = new BitSet();
            node.path("suppresses").forEach(s -> others.set(index(indices, s.asText())));
            suppressed.add(others);
            int concept = index(indices, node.get("id").asText());
            Set<String> written = new LinkedHashSet<>();
            both(node).forEach(w -> written.addAll(marked(w)));
            written.forEach(w -> addWording(concept, w));
        }
        JsonNode stems = root.get("masked_stems");
        strings(stems.get("zh")).forEach(s -> addUse(s, Role.MASKED_STEM, 0, 0));
        strings(stems.get("en")).forEach(s -> addUse(s.replace("~", ""), Role.MASKED_STEM, 1, 0));
    }

    private static int index(Map<String, Integer> indices, String id) {
        Integer index = indices.get(id);
        if (index == null) {
            throw new IllegalStateException("lexicon.json names the unknown concept " + id);
        }
        return index;
    }

    /** Every spelling of a wording, with its marks. */
    private static List<String> marked(String written) {
        boolean anyEnd = written.endsWith("~");
        String mark = mark(written) == Mark.PLAIN ? "" : written.substring(0, 1);
        return spellings(plain(written), !anyEnd).stream()
                .map(s -> mark + s + (anyEnd ? "~" : ""))
                .toList();
    }

    private static Mark mark(String written) {
        return switch (written.charAt(0)) {
            case '!' -> Mark.ABSENT;
            case '?' -> Mark.WEAK;
            default -> Mark.PLAIN;
        };
    }

    private static String plain(String written) {
        int from = mark(written) == Mark.PLAIN ? 0 : 1;
        return written.substring(from, written.length() - (written.endsWith("~") ? 1 : 0));
    }

    private void addWording(int concept, String written) {
        String[] parts = plain(written).split("…");
        int index = wordings.size();
        wordings.add(
                new Wording(
                        concept, this.parts, parts.length, mark(written), written.endsWith("~")));
        this.parts += parts.length;
        for (int part = 0; part < parts.length; part++) {
            addUse(parts[part], Role.WORDING, index, part);
            if (part < parts.length - 1) {
                for (String plural : plurals(parts[part])) {
                    addUse(plural, Role.WORDING, index, part);
                }
            }
        }
    }

    private static Set<String> spellings(String written, boolean plural) {
        Set<String> all = new LinkedHashSet<>();
        all.add(written);
        if (written.indexOf('-') >= 0) {
            all.add(written.replace('-', ' '));
            all.add(written.replace("-", ""));
        }
        for (String s : List.copyOf(all)) {
            all.add(s.replace("tumour", "tumor").replace("haem", "hem").replace("oedema", "edema"));
        }
        if (plural) {
            for (String s : List.copyOf(all)) {
                all.addAll(plurals(s));
            }
        }
        return all;
    }

    private static List<String> plurals(String word) {
        char last = word.charAt(word.length() - 1);
        if (last < 'a' || last > 'z' || word.length() < 3 || word.endsWith("ing")) {
            return List.of();
        }
        if (word.endsWith("y")) {
            return List.of(word.substring(0, word.length() - 1) + "ies");
        }
        boolean sibilant = last == 's' || last == 'x' || last == 'h';
        return List.of(word + (sibilant ? "es" : "s"));
    }

    private void readCues(JsonNode root) {
        for (JsonNode node : root.get("cues")) {
            strings(node.get("zh")).forEach(w -> addCue(node, w, true));
            strings(node.get("en")).forEach(w -> addCue(node, w, false));
        }
        strings(root.get("modals").get("zh")).forEach(w -> addUse(w, Role.MODAL, 0, 0));
        strings(root.get("modals").get("en")).forEach(w -> addUse(w, Role.MODAL, 1, 0));
        both(root.get("turns")).forEach(w -> addUse(w, Role.TURN, 0, 0));
        auxiliaries.addAll(strings(root.get("auxiliaries")));
        for (Map.Entry<String, JsonNode> organ : root.get("organs").properties()) {
            both(organ.getValue()).forEach(w -> addUse(w, Role.ORGAN, organs.size(), 0));
            organs.add(organ.getKey());
        }
        both(root.get("structures").get("lesion")).forEach(w -> addUse(w, Role.LESION, 0, 0));
        both(root.get("structures").get("other"))
                .forEach(w -> addUse(w, Role.OTHER_STRUCTURE, 0, 0));
        both(root.get("size_excluded_before")).forEach(w -> addUse(w, Role.NO_SIZE_BEFORE, 0, 0));
        both(root.get("size_kept_before")).forEach(w -> addUse(w, Role.NO_SIZE_BEFORE, 1, 0));
        both(root.get("size_excluded_after")).forEach(w -> addUse(w, Role.NO_SIZE_AFTER, 0, 0));
        both(root.get("lesion_turns")).forEach(w -> addUse(w, Role.NEXT_LESION, 0, 0));
    }

    private void addCue(JsonNode node, String word, boolean chinese) {
        String grade = node.path("grade").asText("");
        Set<ConceptKind> kinds = EnumSet.noneOf(ConceptKind.class);
        strings(node.path("kinds"))
                .forEach(k -> kinds.add(ConceptKind.valueOf(k.toUpperCase(Locale.ROOT))));
        addUse(word, Role.CUE, cues.size(), 0);
        cues.add(
                new Cue(
                        Cue.Effect.valueOf(node.get("effect").asText().toUpperCase(Locale.ROOT)),
                        Cue.Direction.valueOf(
                                node.get("direction").asText().toUpperCase(Locale.ROOT)),
                        grade.isEmpty() ? null : Grade.valueOf(grade.toUpperCase(Locale.ROOT)),
                        kinds,
                        chinese,
                        node.path("exclusion").asBoolean()));
    }

    private void addUse(String keyword, Role role, int index, int part) {
        uses.computeIfAbsent(keyword, k -> new ArrayList<>()).add(new Use(role, index, part));
    }

    private static List<String> both(JsonNode node) {
        List<String> all = new ArrayList<>(strings(node.get("zh")));
        all.addAll(strings(node.get("en")));
        return all;
    }

    private static List<String> strings(@Nullable JsonNode node) {
        List<String> all = new ArrayList<>();
        if (node != null) {
            node.forEach(n -> all.add(n.asText()));
        }
        return all;
    }

    private static JsonNode read(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        Vocabulary.class.getResourceAsStream(name),
                        name + " is missing from the jar")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
