// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that what is written is read back; the synthetic study's own reader is the second eye. */
class DicomDatasetTest {
    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesComeBack(boolean implicitVr) throws IOException {
        Charset gb = Charset.forName("GB18030");
        DicomDataset item =
                new DicomDataset(gb)
                        .decimal(Tag.POSITION, -158.75, 0, 1.0 / 3)
                        .text(0x0008103E, "LO", "x");
        byte[] bytes =
                new DicomDataset(gb)
                        .text(Tag.SPECIFIC_CHARACTER_SET, "CS", "GB18030")
                        .text(Tag.SOP_CLASS_UID, "UI", CT)
                        .text(Tag.SOP_INSTANCE_UID, "UI", Uids.of("one"))
                        .text(Tag.SERIES_DESCRIPTION, "LO", "动脉期")
                        .unsignedShort(Tag.ROWS, 1)
                        .unsignedShort(Tag.COLUMNS, 2)
                        .unsignedShort(Tag.BITS_ALLOCATED, 16)
                        .unsignedShort(Tag.PIXEL_REPRESENTATION, 1)
                        .sequence(Tag.PLANE_POSITION_SEQUENCE, item, item)
                        .pixels(new short[] {-1024, 3071})
                        .file(implicitVr);

        DicomFile file = DicomFile.read(Files.write(folder.resolve("a.dcm"), bytes));

        assertThat(file.data().text(Tag.SERIES_DESCRIPTION)).contains("动脉期");
        assertThat(file.data().items(Tag.PLANE_POSITION_SEQUENCE))
                .hasSize(2)
                .allSatisfy(
                        i ->
                                assertThat(i.numbers(Tag.POSITION))
                                        .containsExactly(-158.75, 0, 0.333333333));
        assertThat(file.transferSyntax())
                .startsWith("1.2.840.10008.1.2" + (implicitVr ? " " : "."));
        assertThat(file.storedValues(0)).containsExactly(-1024, 3071);
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
                .hasMessageContaining("0008,0016");
    }

    @Test
    void identifiersDependOnEveryName() {
        assertThat(Uids.of("a", 1)).isEqualTo(Uids.of("a", 1)).isNotEqualTo(Uids.of("a", 2));
    }
}
