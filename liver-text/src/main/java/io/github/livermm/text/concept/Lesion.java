// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.report.SectionKind;
import org.jspecify.annotations.Nullable;

/**
 * One lesion of the liver, or one group that a report describes together.
 *
 * @param section section that describes it
 * @param count how many, null when the text does not say or says "multiple"
 * @param sizeCm largest axis given, in centimetres, null when none is
 * @param segment Couinaud segment as {@code S6}, null when none is named
 * @param cystic whether nothing but a cyst is described
 * @since 0.1.0
 */
public record Lesion(
        SectionKind section,
        @Nullable Integer count,
        @Nullable Double sizeCm,
        @Nullable String segment,
        boolean cystic) {}
