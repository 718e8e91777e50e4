// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample formats, run-length coding and refusals of one file. */
class DicomFileTest {
    @TempDir Path folder;

    private DicomFile file(DicomWriter writer) throws IOException {
        return DicomFile.read(writer.write(folder.resolve("f.dcm")));
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8, false, 200, 200",
        "8, 8, true, 200, -56",
        "16, 12, false, 4095, 4095",
        "16, 12, true, 4095, -1",
        "16, 12, false, 61441, 1",
        "16, 16, true, 65535, -1",
        "32, 32, true, -5, -5",
        "32, 20, false, 1048575, 1048575",
    })
    void samplesFollowBitsStoredAndSign(
            int allocated, int stored, boolean signed, int sample, int expected)
            throws IOException {
        ByteBuffer b = ByteBuffer.allocate(2 * allocated / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < 2; n++) {
            switch (allocated) {
                case 8 -> b.put((byte) sample);
                case 16 -> b.putShort((short) sample);
                default -> b.putInt(sample);
            }
        }
        DicomWriter w = new DicomWriter().image(1, 2, allocated, stored, signed).pixels(b.array());

        assertThat(file(w).storedValues(0)).containsExactly(expected, expected);
    }

    /** 3 000 000 000 is no int: as a float it is right, as a stored value it is refused. */
    @ParameterizedTest
    @CsvSource({"CT, MONOCHROME2, 3e9", "CT, MONOCHROME1, 3e9", "MR, MONOCHROME1, 1294967295"})
    void unsignedSamplesOf32BitsAreNotNegative(String modality, String photometric, float expected)
            throws IOException {
        ByteBuffer b = ByteBuffer.allocate(2 * 4).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt((int) 3_000_000_000L).putInt((int) 3_000_000_000L);
        DicomFile file =
                file(
                        DicomWriter.slice(0, 0)
                                .image(1, 2, 32, 32, false)
                                .text(Tag.MODALITY, "CS", modality)
                                .text(Tag.PHOTOMETRIC, "CS", photometric)
                                .text(Tag.RESCALE_SLOPE, "DS", "1")
                                .text(Tag.RESCALE_INTERCEPT, "DS", "0")
                                .pixels(b.array()));

        Volume volume = DicomFolder.scan(folder).series().get(0).readVolume();

        assertThat(volume.toArray()).containsExactly(expected, expected);
        assertThatThrownBy(() -> file.storedValues(0))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("3000000000 exceeds 2^31 - 1");
    }

    @Test
    void floatsOfEitherByteOrderAreRead() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] value = ByteBuffer.allocate(8).order(order).putDouble(-2.75).array();
            boolean big = order == ByteOrder.BIG_ENDIAN;
            DicomReader reader =
                    path ->
                            DicomContent.of("1.2.840.10008.1.2.2", "1.2.840.10008.1.2.2")
                                    .element(Tag.ROWS, "US", false, new byte[] {1, 0})
                                    .element(Tag.COLUMNS, "US", false, new byte[] {1, 0})
                                    .pixels("OD", big, 8, 8, () -> new OneValue(value))
                                    .build();
            float[] out = new float[1];

            DicomFile.read(folder, reader).scaled(0, 2, 1, out, 0);

            assertThat(out).containsExactly(-4.5f);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record OneValue(byte[] value) implements PixelBytes {
        @Override
        public long available() {
            return value.length;
        }

        @Override
        public byte[] bytes(long from, long count) {
            return value;
        }

        @Override
        public List<byte[]> items() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void runsAndLiteralsAreUnpacked() throws IOException {
        // high bytes: run of 4 zeros; low bytes: literal 1 2, a no-op, run of 9 9
        byte[] high = {-3, 0};
        byte[] low = {1, 1, 2, -128, -1, 9};
        ByteBuffer b = ByteBuffer.allocate(64 + 8).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(2).putInt(64).putInt(66).position(64);
        b.put(high).put(low);
        DicomWriter w =
                new DicomWriter()
                        .syntax("1.2.840.10008.1.2.5")
                        .image(2, 2, 16, 16, false)
                        .fragments(b.array());

        assertThat(file(w).storedValues(0)).containsExactly(1, 2, 9, 9);
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 66", "2, 10, 66", "2, 64, 60", "2, 64, 500"})
    void damagedRunLengthHeadersAreRefused(int segments, int first, int second) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(segments).putInt(first).putInt(second);
        DicomFile file =
                file(
                        new DicomWriter()
                                .syntax("1.2.840.10008.1.2.5")
                                .image(2, 2, 16, 16, false)
                                .fragments(b.array()));

        assertThatThrownBy(() -> file.storedValues(0))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("RLE");
    }

    @Test
    void aTinyFileCannotAskForAHugeImage() throws IOException {
        for (String syntax : new String[] {"1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50"}) {
            ByteBuffer b = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
            b.putInt(2).putInt(64).putInt(66);
            DicomFile file =
                    file(
                            new DicomWriter()
                                    .syntax(syntax)
                                    .image(8000, 8000, 16, 16, false)
                                    .fragments(b.array()));

            assertThatThrownBy(() -> file.storedValues(0)).isInstanceOf(DicomException.class);
        }
        DicomFile file =
                file(new DicomWriter().image(65535, 65535, 16, 16, false).pixels(new byte[4]));
        assertThatThrownBy(() -> file.storedValues(0)).isInstanceOf(DicomException.class);
    }

    @Test
    void codingsThatAreNotDecodedAreNamed() throws IOException {
        DicomFile file =
                file(
                        new DicomWriter()
                                .syntax("1.2.840.10008.1.2.4.201")
                                .image(2, 2, 16, 16, false)
                                .fragments(new byte[10]));

        assertThatThrownBy(() -> file.storedValues(0))
                .hasMessageContaining("1.2.840.10008.1.2.4.201")
                .hasMessageContaining("High-Throughput JPEG 2000");
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "16, 0", "16, 17"})
    void impossibleBitsAreRefused(int allocated, int stored) throws IOException {
        DicomFile file =
                file(new DicomWriter().image(1, 1, allocated, stored, false).pixels(new byte[2]));

        assertThatThrownBy(() -> file.storedValues(0)).isInstanceOf(DicomException.class);
    }

    @Test
    void framesOutsideTheFileAreMisuse() throws IOException {
        DicomFile file = file(DicomWriter.slice(0, 0));

        assertThatThrownBy(() -> file.storedValues(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sequencesThatNestTooDeepAreRefused() throws IOException {
        java.io.ByteArrayOutputStream nested = new java.io.ByteArrayOutputStream();
        for (int n = 0; n < 5000; n++) {
            nested.writeBytes(
                    new byte[] {
                        0x08, 0, 0x15, 0x11, 'S', 'Q', 0, 0, -1, -1, -1, -1, -2, -1, 0, -32, -1, -1,
                        -1, -1
                    });
        }
        DicomWriter w = new DicomWriter().text(Tag.MODALITY, "CS", "CT");
        byte[] start = w.bytes();
        byte[] all = java.util.Arrays.copyOf(start, start.length + nested.size());
        System.arraycopy(nested.toByteArray(), 0, all, start.length, nested.size());
        Path file = Files.write(folder.resolve("deep.dcm"), all);

        assertThatThrownBy(() -> DicomFile.read(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("nest deeper");
    }

    @Test
    void aLengthBeyondTheFileIsRefusedWithItsTag() throws IOException {
        Path file =
                new DicomWriter()
                        .raw(0x00091010, "UN", new byte[4], 0x70000000)
                        .write(folder.resolve("long.dcm"));

        assertThatThrownBy(() -> DicomFile.read(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("(0009,1010) declares 1879048192 bytes");
    }

    @Test
    void chineseUnderItsEscapesAndLatinAreDecoded() {
        byte[] gb = "门脉期".getBytes(java.nio.charset.Charset.forName("GB2312"));
        byte[] escaped = new byte[gb.length + 4];
        System.arraycopy(new byte[] {0x1B, '$', ')', 'A'}, 0, escaped, 0, 4);
        System.arraycopy(gb, 0, escaped, 4, gb.length);
        byte[] set = "\\ISO 2022 IR 58".getBytes(StandardCharsets.US_ASCII);

        assertThat(CharacterSet.decode(escaped, set)).isEqualTo("门脉期");
        assertThat(CharacterSet.decode(new byte[] {'L', (byte) 0xE9, 'b'}, new byte[0]))
                .isEqualTo("Léb");
        assertThat(CharacterSet.decode("ab ".getBytes(StandardCharsets.US_ASCII), set))
                .isEqualTo("ab");
    }
}
