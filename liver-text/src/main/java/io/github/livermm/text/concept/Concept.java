// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the lexicon.
 *
 * @param id English name in lower_snake_case, such as {@code rim_aphe}
 * @param kind what it tells
 * @param fixedOrgan organ that the concept itself names (splenomegaly: spleen), null when the text
 *     around a mention tells
 * @since 0.1.0
 */
public record Concept(String id, ConceptKind kind, @Nullable String fixedOrgan) {
    /**
     * The organ that the concept itself names.
     *
     * @return empty when the text around a mention tells
     */
    public Optional<String> organ() {
        return Optional.ofNullable(fixedOrgan);
    }
}
