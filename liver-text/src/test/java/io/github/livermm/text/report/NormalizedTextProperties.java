// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.text.TextArbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Proves for any text that the normal form is final and its offsets lead back. */
class NormalizedTextProperties {
    @Provide
    Arbitrary<String> unicode() {
        return TextArbitraries.unicode();
    }

    @Provide
    Arbitrary<String> reports() {
        return TextArbitraries.reports();
    }

    @Property(tries = 500)
    void normalisingTwiceChangesNothing(@ForAll("unicode") String text) {
        String once = NormalizedText.of(text).value();

        assertThat(NormalizedText.of(once).value()).isEqualTo(once);
    }

    @Property(tries = 300)
    void offsetsRiseAndStayInside(@ForAll("reports") String text) {
        NormalizedText normalized = NormalizedText.of(text);
        int length = text.codePointCount(0, text.length());

        int last = 0;
        for (int i = 0; i < normalized.value().length(); i++) {
            assertThat(normalized.originalStart(i)).isBetween(last, length);
            assertThat(normalized.originalEnd(i + 1))
                    .isBetween(normalized.originalStart(i), length);
            last = normalized.originalStart(i);
        }
    }

    @Property(tries = 200)
    void sectionsFollowEachOtherInside(@ForAll("reports") String text) {
        int last = 0;
        for (Section section : ReportSections.of(NormalizedText.of(text)).all()) {
            assertThat(section.start()).isGreaterThanOrEqualTo(last);
            assertThat(section.end()).isGreaterThan(section.start());
            last = section.end();
        }
        assertThat(last).isLessThanOrEqualTo(text.codePointCount(0, text.length()));
    }
}
