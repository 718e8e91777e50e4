// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves the normal form of what reports write in several ways, and the way back. */
class NormalizedTextTest {
    @ParameterizedTest
    @CsvSource({
        "Ｓ５段,s5段",
        "５．３㎝,5.3cm",
        "53×41㎜,53x41mm",
        "0.5～1.2cm,0.5-1.2cm",
        "ＤＷＩ,dwi",
        "Ⅷ段,viii段",
        "3.2　cm,3.2 cm",
        "bull’s-eye,bull's-eye",
        "ill–defined,ill-defined",
        "结节？,结节?"
    })
    void writesTheSameThingOneWay(String written, String normal) {
        assertThat(NormalizedText.of(written).value()).isEqualTo(normal);
    }

    @Test
    void keepsTheChineseCommaAndSemicolon() {
        assertThat(NormalizedText.of("肝，脾；肾").value()).isEqualTo("肝，脾；肾");
    }

    @Test
    void dropsZeroWidthCharactersAndJoinsBlanks() {
        NormalizedText text = NormalizedText.of("\uFEFFa\u200B  \t b \r\n c");

        assertThat(text.value()).isEqualTo("a b\nc");
    }

    @Test
    void offsetsCountCodePointsOfTheOriginal() {
        NormalizedText text = NormalizedText.of("😀５㎝");

        assertThat(text.value()).isEqualTo("😀5cm");
        assertThat(text.originalStart(2)).isEqualTo(1);
        assertThat(text.originalEnd(5)).isEqualTo(3);
        assertThat(text.indexAt(2)).isEqualTo(3);
    }
}
