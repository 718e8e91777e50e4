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

    void takeSize(@Nullable Double cm) {
        if (cm != null && (sizeCm == null || cm > sizeCm)) {
            sizeCm = cm;
        }
    }

    void takeSegment(@Nullable String named) {
        if (segment == null) {
            segment = named;
        }
    }

    void takeCount(@Nullable Integer stated) {
        if (count == null) {
            count = stated;
        }
    }

    void takeNature(LesionRules.Sentence sentence) {
        cyst |= sentence.cyst;
        solid |= sentence.solid;
    }

    Lesion build() {
        return new Lesion(section, count, sizeCm, segment, cyst && !solid);
    }
}
