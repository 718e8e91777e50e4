// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the bytes of a DICOM file against a reader of their own. */
class DicomDatasetTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesComeBack(boolean implicitVr) {
        Charset gb = Charset.forName("GB18030");
        byte[] bytes =
                new DicomDataset(gb)
                        .text(DicomTags.SOP_CLASS_UID, "UI", DicomTags.CT_IMAGE_STORAGE)
                        .text(DicomTags.SOP_INSTANCE_UID, "UI", Uids.of("one"))
                        .text(DicomTags.SERIES_DESCRIPTION, "LO", "动脉期")
                        .decimal(DicomTags.IMAGE_POSITION, -158.75, 0, 1.0 / 3)
                        .unsignedShort(DicomTags.ROWS, 1)
                        .pixels(new short[] {-1024, 3071})
                        .file(implicitVr);

        DicomFile file = DicomFile.parse(bytes);

        assertThat(file.string(DicomTags.SERIES_DESCRIPTION, gb)).isEqualTo("动脉期");
        assertThat(file.numbers(DicomTags.IMAGE_POSITION)).containsExactly(-158.75, 0, 0.333333333);
        assertThat(file.unsignedShort(DicomTags.ROWS)).isEqualTo(1);
        assertThat(file.bytes(DicomTags.PIXEL_DATA)).containsExactly(0, -4, -1, 11);
    }

    @Test
    void decimalStringsFitSixteenCharacters() {
        assertThat(DicomDataset.decimalString(-0.104528463267653)).isEqualTo("-0.104528463");
        assertThat(DicomDataset.decimalString(-123456.123456789)).hasSizeLessThanOrEqualTo(16);
        assertThat(DicomDataset.decimalString(0)).isEqualTo("0");
    }

    @Test
    void fileWithoutClassIsRefused() {
        DicomDataset empty = new DicomDataset(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> empty.file(false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("00080016");
    }

    @Test
    void identifiersDependOnEveryName() {
        assertThat(Uids.of("a", 1)).isEqualTo(Uids.of("a", 1)).isNotEqualTo(Uids.of("a", 2));
    }
}
