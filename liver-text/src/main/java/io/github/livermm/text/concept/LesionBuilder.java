// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.report.SectionKind;
import org.jspecify.annotations.Nullable;

/** Gathers what the sentences of a section say about one lesion. */
final class LesionBuilder {
    private final SectionKind section;
    private @Nullable Integer count;
    private @Nullable Double sizeCm;
    private @Nullable String segment;
    private boolean cyst;
    private boolean solid;

    LesionBuilder(SectionKind section) {
        this.section = section;
    }

    boolean isIn(SectionKind other) {
        return section == other;
    }

    /** Whether a sentence speaks of something else than the cysts described so far. */
    boolean endsAt(LesionRules.Sentence sentence) {
        return cyst && !solid && sentence.solid && !sentence.cyst;
    }

    boolean isMeasured() {
        return sizeCm != null;
    }

    void take(LesionRules.Part part) {
        Double cm = part.cm();
        if (cm != null && (sizeCm == null || cm > sizeCm)) {
            sizeCm = cm;
        }
        segment = segment == null ? part.segment() : segment;
        cyst |= part.cyst();
        solid |= part.solid();
    }

    void takeCount(@Nullable Integer stated) {
        if (count == null) {
            count = stated;
        }
    }

    /** A further lesion that the same sentence tells apart; one of the same kind counts there. */
    LesionBuilder divided(LesionRules.Part part) {
        LesionBuilder one = new LesionBuilder(section);
        if (part.cyst() == cyst) {
            one.count = 1;
            count = count == null || count < 2 ? count : Integer.valueOf(count - 1);
        }
        return one;
    }

    Lesion build() {
        return new Lesion(section, count, sizeCm, segment, cyst && !solid);
    }
}
