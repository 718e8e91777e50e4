// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wording that changes the status of mentions near it.
 *
 * @param effect what it makes of them
 * @param direction where they stand
 * @param grade grade of an uncertain cue
 * @param kinds kinds of concept it acts on, empty for all
 * @param chinese whether its scope ends at a Chinese comma
 * @param exclusion whether "cannot" before it turns it into doubt
 */
record Cue(
        Effect effect,
        Direction direction,
        @Nullable Grade grade,
        Set<ConceptKind> kinds,
        boolean chinese,
        boolean exclusion) {
    /** What remains of an exclusion that cannot be made. */
    Cue doubted() {
        return new Cue(
                Effect.UNCERTAIN, Direction.EITHER, Grade.NOT_EXCLUDED, kinds, chinese, false);
    }

    /** What a cue does. */
    enum Effect {
        NEGATION,
        UNCERTAIN,
        HISTORICAL,
        /** Looks like a cue and is none; takes the place of the shorter cue inside it. */
        NONE
    }

    /** Where the mentions stand that a cue acts on. */
    enum Direction {
        FORWARD,
        BACKWARD,
        /** Forward when a mention follows in its scope, else backward. */
        EITHER,
        /** The nearest mention on both sides. */
        BETWEEN,
        /** The whole sentence. */
        SENTENCE
    }

    boolean actsOn(ConceptKind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }
}
