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

    void takeConcept(String concept) {
        cyst |= concept.equals("cyst");
        solid |= concept.equals("mass") || concept.equals("nodule") || concept.equals("aphe");
    }

    Lesion build() {
        return new Lesion(section, count, sizeCm, segment, cyst && !solid);
    }
}
