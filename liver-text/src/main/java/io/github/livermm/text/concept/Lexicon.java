// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The concepts that reports are searched for, with their Chinese and English wordings. The bundled
 * lexicon is the resource {@code lexicon.json} of this package.
 *
 * @since 0.1.0
 */
public final class Lexicon {
    private static final Lexicon BUNDLED = new Lexicon(Vocabulary.bundled());

    private final Map<String, Concept> concepts;

    private Lexicon(Vocabulary vocabulary) {
        Map<String, Concept> byId = new LinkedHashMap<>();
        vocabulary.concepts().forEach(c -> byId.put(c.id(), c));
        this.concepts = byId;
    }

    /**
     * The bundled lexicon.
     *
     * @return always the same one
     */
    public static Lexicon bundled() {
        return BUNDLED;
    }

    /**
     * Every concept.
     *
     * @return in the order of the data file
     */
    public List<Concept> concepts() {
        return List.copyOf(concepts.values());
    }

    /**
     * A concept by its id.
     *
     * @param id such as {@code washout}
     * @return empty when the lexicon has none of that id
     */
    public Optional<Concept> concept(String id) {
        return Optional.ofNullable(concepts.get(id));
    }
}
