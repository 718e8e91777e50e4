// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small file cannot ask for much memory, whatever its header declares, and a cut one is told. */
class PixelBoundsTest {
    private static final String JPEG_2000 = "1.2.840.10008.1.2.4.90";
    private static final String RLE = "1.2.840.10008.1.2.5";
    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
    private static final long MEGABYTE = 1 << 20;

    @TempDir Path folder;

    /** An enhanced image whose frames lie 1 mm apart, without pixels. */
    private static DicomWriter enhanced(int frames, int size) {
        DicomWriter[] groups = new DicomWriter[frames];
        for (int n = 0; n < frames; n++) {
            groups[n] =
                    new DicomWriter()
                            .sequence(
                                    Tag.SEGMENT_IDENTIFICATION,
                                    new DicomWriter().u16(Tag.REFERENCED_SEGMENT, 1))
                            .sequence(
                                    Tag.PLANE_POSITION_SEQUENCE,
                                    new DicomWriter().text(Tag.POSITION, "DS", "0\\0\\" + n));
        }
        DicomWriter shared =
                new DicomWriter()
                        .sequence(
                                Tag.PLANE_ORIENTATION_SEQUENCE,
                                new DicomWriter().text(Tag.ORIENTATION, "DS", "1\\0\\0\\0\\1\\0"))
                        .sequence(
                                Tag.PIXEL_MEASURES_SEQUENCE,
                                new DicomWriter().text(Tag.PIXEL_SPACING, "DS", "1\\1"));
        return new DicomWriter()
                .text(Tag.MODALITY, "CS", "CT")
                .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.3")
                .text(Tag.NUMBER_OF_FRAMES, "IS", String.valueOf(frames))
                .sequence(Tag.SHARED_GROUPS, shared)
                .sequence(Tag.PER_FRAME_GROUPS, groups)
                .image(size, size, 16, 16, true);
    }

    private static byte[][] fragments(int count, int length) {
        return new byte[count][length];
    }

    /** What is allocated counts, garbage too, so that the collector cannot hide it. */
    private static void refusedWithLittleMemory(ThrowingCallable reading, String reason) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(reading).isInstanceOf(DicomException.class).hasMessageContaining(reason);

        long asked = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(asked).isLessThan(40 * MEGABYTE);
    }

    private void volumeIsRefused(DicomWriter writer, String reason) throws IOException {
        Path file = writer.write(folder.resolve("a.dcm"));
        assertThat(Files.size(file)).isLessThan(20_000);
        refusedWithLittleMemory(
                () -> DicomFolder.scan(folder).series().get(0).readVolume(), reason);
        refusedWithLittleMemory(
                () -> DicomFolder.scan(folder).series().get(0).readVolume(Mismatch.RESAMPLE),
                reason);
        refusedWithLittleMemory(() -> DicomFile.read(file).allStoredValues(), reason);
    }

    @Test
    void plainFramesThatAreNotThereAreRefused() throws IOException {
        volumeIsRefused(
                enhanced(28, 8192).pixels(new byte[256]),
                "a.dcm: Pixel Data (7FE0,0010) holds 256 bytes, 28 frames of 8192 x 8192 pixels"
                        + " need 3758096384");
    }

    @Test
    void compressedFramesThatAreNotThereAreRefused() throws IOException {
        volumeIsRefused(
                enhanced(28, 2048).syntax(RLE).fragments(fragments(3, 100)),
                "holds 3 fragments for 28 frames");
        volumeIsRefused(
                enhanced(28, 2048).syntax(JPEG_2000).fragments(fragments(28, 100)),
                "2800 compressed bytes of Pixel Data (7FE0,0010) cannot be 28 frames of 2048");
    }

    @Test
    void slicesThatAreNotThereAreRefused() throws IOException {
        for (int z = 0; z < 28; z++) {
            DicomWriter.slice(z, 0)
                    .u16(Tag.ROWS, 8192)
                    .u16(Tag.COLUMNS, 8192)
                    .write(folder.resolve("s" + z));
        }

        refusedWithLittleMemory(
                () -> DicomFolder.scan(folder).series().get(0).readVolume(), "need 134217728");
    }

    @Test
    void segmentsThatAreNotThereAreRefused() throws IOException {
        Path file =
                enhanced(28, 8192)
                        .text(Tag.MODALITY, "CS", "SEG")
                        .image(8192, 8192, 1, 1, false)
                        .sequence(
                                Tag.SEGMENT_SEQUENCE, new DicomWriter().u16(Tag.SEGMENT_NUMBER, 1))
                        .pixels(new byte[64])
                        .write(folder.resolve("seg.dcm"));
        Grid image =
                Grid.of(
                        new int[] {4, 4, 4},
                        new double[] {1, 1, 1},
                        new double[] {0.5, 0, 0},
                        new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

        refusedWithLittleMemory(
                () -> MaskObject.read(file).on(1, image, Mismatch.RESAMPLE), "need 234881024");
    }

    /** 30 MB of empty elements are 30 kB deflated. */
    @Test
    void aDeflatedHeaderIsBounded() throws IOException {
        byte[] elements = DicomWriter.slice(0, 0).without(Tag.PIXEL_DATA).dataSet();
        byte[] header = Arrays.copyOf(elements, 30_000_000);
        Path file = deflated(header);
        assertThat(Files.size(file)).isLessThan(40_000);

        assertThatThrownBy(() -> DicomFile.read(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("deflated header is larger than 16777216 bytes");
    }

    /** Nothing is held of pixels that the header does not declare. */
    @Test
    void deflatedBytesBehindThePixelsAreNotInflated() throws IOException {
        byte[] slice = DicomWriter.slice(0, 7).dataSet();
        Path file = deflated(Arrays.copyOf(slice, 100_000_000));

        assertThat(DicomFile.read(file).storedValues(0)).startsWith(7, 8, 9);
        assertThat(DicomFile.read(file).fault()).isEmpty();
    }

    private Path deflated(byte[] data) throws IOException {
        DicomWriter empty = new DicomWriter().syntax(DEFLATED);
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(data);
        deflater.finish();
        byte[] chunk = new byte[1 << 16];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(empty.bytes());
        while (!deflater.finished()) {
            out.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        return Files.write(folder.resolve("deflated.dcm"), out.toByteArray());
    }

    @Test
    void aVolumeBeyondTheMemoryOfJavaSaysHowMuchItNeeds() {
        long most = Runtime.getRuntime().maxMemory();

        assertThatThrownBy(() -> JavaHeap.require("series 3", most + MEGABYTE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("series 3 needs " + ((most >> 20) + 2) + " MB")
                .hasMessageContaining("-Xmx");
    }

    private boolean isComplete(byte[] bytes) throws IOException {
        return DicomFile.read(Files.write(folder.resolve("c.dcm"), bytes)).fault().isEmpty();
    }

    @Test
    void aFileThatEndsWithinItsPixelsIsNotComplete() throws IOException {
        byte[] slice = DicomWriter.slice(0, 0).bytes();
        assertThat(isComplete(slice)).isTrue();
        assertThat(isComplete(Arrays.copyOf(slice, slice.length - 2))).isFalse();
        assertThat(isComplete(DicomWriter.slice(0, 0).pixels(new byte[22]).bytes())).isFalse();
        assertThat(isComplete(DicomWriter.slice(0, 0).pixels(new byte[26]).bytes())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "8, true", "9, false", "100, false"})
    void aFileThatEndsWithinAFragmentIsNotComplete(int cut, boolean complete) throws IOException {
        byte[] coded = DicomWriter.slice(0, 0).syntax(RLE).fragments(new byte[200]).bytes();

        assertThat(isComplete(Arrays.copyOf(coded, coded.length - cut))).isEqualTo(complete);
    }

    @Test
    void aDeflatedFileThatEndsWithinItsPixelsIsNotComplete() throws IOException {
        byte[] slice = DicomWriter.slice(0, 0).dataSet();

        assertThat(DicomFile.read(deflated(slice)).fault()).isEmpty();
        byte[] cut = Arrays.copyOf(slice, slice.length - 2);
        assertThat(DicomFile.read(deflated(cut)).fault()).contains("holds 22 bytes");
    }

    /** An icon compressed within the header, as cameras and viewers write it. */
    @ParameterizedTest
    @ValueSource(strings = {"OB", "OW", "OF"})
    void encapsulatedValuesOfTheHeaderArePassedOver(String vr) throws IOException {
        byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 1, 2, 3, 4};
        DicomWriter icon =
                new DicomWriter()
                        .u16(Tag.ROWS, 8)
                        .encapsulated(Tag.PIXEL_DATA, vr, new byte[0], jpeg, jpeg);
        DicomWriter slice =
                DicomWriter.slice(0, 7)
                        .text(Tag.SOP_CLASS_UID, "UI", "1.2.9")
                        .encapsulated(0x00091010, vr, new byte[4], jpeg)
                        .sequence(0x00880200, icon)
                        .sequence(Tag.REFERENCED_SERIES, icon, icon);
        Path from = slice.write(folder.resolve("in/a.dcm"));

        Volume volume = DicomFolder.scan(folder).series().get(0).readVolume();

        assertThat(volume.at(0)).isEqualTo(2 * 7f - 1000);
        DicomFile file = DicomFile.read(from);
        assertThat(file.rows()).isEqualTo(3);
        assertThat(file.data().items(Tag.REFERENCED_SERIES)).hasSize(2);

        Path to = folder.resolve("clean.dcm");
        Deidentifier.withNewKey().write(from, to);
        assertThat(new String(Files.readAllBytes(to), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(jpeg, StandardCharsets.ISO_8859_1));
        assertThat(DicomFile.read(to).storedValues(0)).startsWith(7, 8);
    }

    @Test
    void aDamagedFragmentOfAnIconIsRefused() throws IOException {
        DicomWriter icon = new DicomWriter().raw(Tag.PIXEL_DATA, "OB", new byte[16], -1);
        Path file = DicomWriter.slice(0, 7).sequence(0x00880200, icon).write(folder.resolve("a"));

        assertThatThrownBy(() -> DicomFile.read(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("fragment");
    }
}
