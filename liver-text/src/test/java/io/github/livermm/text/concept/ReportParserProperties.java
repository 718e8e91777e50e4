// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.text.TextArbitraries;
import io.github.livermm.text.report.NormalizedText;
import io.github.livermm.text.report.Report;
import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves for any text that there is a result, that spans quote it, and that masking masks. */
class ReportParserProperties {
    private static final int MEGABYTE = 1 << 20;

    @Provide
    Arbitrary<String> unicode() {
        return TextArbitraries.unicode();
    }

    @Provide
    Arbitrary<String> reports() {
        return TextArbitraries.reports();
    }

    @Property(tries = 300)
    void anyTextGivesAResult(@ForAll("unicode") String text) {
        assertThat(ReportParser.bundled().parse(new Report(text)).mentions()).isNotNull();
    }

    @Property(tries = 300)
    void offsetsPointAtTheWording(@ForAll("reports") String text) {
        Report report = new Report(text);

        for (Mention mention : ReportParser.bundled().parse(report).mentions()) {
            String quoted = report.quote(mention.start(), mention.end());
            if (mention.concept().id().equals("segment")
                    && quoted.matches("(?i)s?([1-8１-８]|[iv]+|[Ⅰ-Ⅷⅰ-ⅷ])[ab]?")) {
                continue; // one number of a list such as S5/8 is no segment by itself
            }
            ParsedReport again = ReportParser.bundled().parse(new Report(quoted));
            assertThat(again.mentions())
                    .as("mentions in the span of %s", mention.concept().id())
                    .anyMatch(m -> m.concept().equals(mention.concept()));
        }
    }

    @Property(tries = 300)
    void maskingLeavesNoLabelWord(@ForAll("reports") String text) {
        LabelMask once = LabelMask.of(new Report(text), LabelMask.Treatment.MASKED);
        Report masked = new Report(once.maskedText());

        assertThat(LabelMask.of(masked, LabelMask.Treatment.MASKED).spans()).isEmpty();
        assertThat(ReportParser.bundled().parse(masked).mentions())
                .noneMatch(m -> m.concept().kind().isLabel());
        assertThat(masked.text().codePointCount(0, masked.text().length()))
                .isEqualTo(text.codePointCount(0, text.length()));
    }

    @Property(tries = 300)
    void sizesArePositiveAndBelowTheLimit(@ForAll("reports") String text) {
        assertThat(SizeScanner.sizes(NormalizedText.of(text).value()))
                .allMatch(s -> s.largestCm() > 0 && s.largestCm() <= SizeScanner.MAX_CM);
    }

    /** A quadratic rule would need hours; the limit is far above what the machine needs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "肿块不明显",
                "未见",
                "动脉期",
                "动脉期明显",
                "强化",
                "1x",
                "1.2x3.4cm,",
                "s1/",
                "no ",
                "?",
                "\n",
                "肝",
                "is not seen ",
                "nodule ",
                "HCC",
                "考虑肝癌",
                "或",
                "findings:",
                "hypointense ",
                "病灶1cm，",
                "。",
                "5.",
                "previously ",
                "has been been ",
                "a",
                "，",
                "癌",
                "不能",
                "不能排除",
                "cannot be excluded ",
                "favor cyst, ",
                "1 (ap) x ",
                "(",
                "2cm in s5, "
            })
    void aLongRunOfOnePieceIsReadInBoundedTime(String piece) {
        String text = piece.repeat(MEGABYTE / 8 / piece.length());

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> ReportParser.bundled().parse(new Report(text)));
    }

    /** A megabyte of any characters: controls, ideographs, halves of surrogate pairs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aMegabyteOfAnyUnicodeIsReadInBoundedTime(long seed) {
        java.util.Random random = new java.util.Random(seed);
        char[] text = new char[MEGABYTE];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) random.nextInt(random.nextInt(4) == 0 ? 0x80 : 0x10000);
        }

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> ReportParser.bundled().parse(new Report(new String(text))));
    }

    /** The same with pieces in changing order. */
    @ParameterizedTest
    @ValueSource(longs = 1)
    void aMegabyteOfShuffledPiecesIsReadInBoundedTime(long seed) {
        String[] pieces = {
            "肿块", "未见", "不明显", " cm", "3.2", "动脉期", "强化", "no ", "cyst", "肝", "s8", "段", "无"
        };
        java.util.Random random = new java.util.Random(seed);
        StringBuilder text = new StringBuilder();
        IntStream.range(0, MEGABYTE / 3)
                .forEach(i -> text.append(pieces[random.nextInt(pieces.length)]));

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> ReportParser.bundled().parse(new Report(text.toString())));
    }
}
