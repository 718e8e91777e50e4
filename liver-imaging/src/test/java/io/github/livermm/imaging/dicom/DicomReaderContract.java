// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every reader must do: pixels, segments and refusals against values that pydicom, DCMTK and
 * GDCM gave for the same files (see the ORIGIN.md beside them), and files made here.
 */
public abstract class DicomReaderContract {
    private static final Set<TransferSyntax> LOSSY =
            EnumSet.of(
                    TransferSyntax.JPEG_BASELINE,
                    TransferSyntax.JPEG_EXTENDED,
                    TransferSyntax.JPEG_SPECTRAL,
                    TransferSyntax.JPEG_PROGRESSIVE);
    private static final String IMPLICIT = "1.2.840.10008.1.2";

    @TempDir Path folder;

    /** The reader under test. */
    protected abstract DicomReader reader();

    private DicomFile file(byte[] bytes) throws IOException {
        return DicomFile.read(Files.write(folder.resolve("f.dcm"), bytes), reader());
    }

    @TestFactory
    Stream<DynamicTest> storedValuesEqualThoseOfOtherReaders() throws Exception {
        Path samples = Samples.folder("dicom-transfer-syntaxes");
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(samples.resolve("expected.csv"))) {
            String[] row = line.split(",", -1);
            Path sample = samples.resolve(row[0]);
            if (Files.exists(sample)) {
                tests.add(DynamicTest.dynamicTest(row[0], () -> sample(sample, row)));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(20);
        return tests.stream();
    }

    private void sample(Path path, String[] row) throws Exception {
        DicomFile file = DicomFile.read(path, reader());

        assertThat(file.transferSyntax()).startsWith(row[2] + " ");
        assertThat(file.modality()).isEqualTo(row[4]);
        assertThat(file.rows()).isEqualTo(Integer.parseInt(row[5]));
        assertThat(file.columns()).isEqualTo(Integer.parseInt(row[6]));
        assertThat(file.frames()).isEqualTo(Integer.parseInt(row[7]));
        List<int[]> frames = file.allStoredValues();
        IntSummaryStatistics seen =
                frames.stream().flatMapToInt(Arrays::stream).summaryStatistics();
        assertThat(seen.getAverage()).isCloseTo(Double.parseDouble(row[18]), within(0.01));
        if (LOSSY.contains(TransferSyntax.of(row[2]))) {
            // decoders may round differently
            assertThat(seen.getMin()).isCloseTo(Integer.parseInt(row[16]), within(2));
            assertThat(seen.getMax()).isCloseTo(Integer.parseInt(row[17]), within(2));
        } else {
            assertThat(DicomReferenceTest.sha256(frames)).isEqualTo(row[20]);
        }
    }

    @TestFactory
    Stream<DynamicTest> segmentsHaveTheVoxelsAndCentroidsOfTheTable() throws IOException {
        Path folder = Samples.folder("dicom-objects");
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("expected_segments.csv"))) {
            // the one label with a comma is quoted
            String[] row = line.replace("\"Neoplasm, Primary\"", "Neoplasm; Primary").split(",");
            Path file = folder.resolve(row[0]);
            if (Files.exists(file)) {
                tests.add(DynamicTest.dynamicTest(row[0] + "#" + row[5], () -> segment(file, row)));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(7);
        return tests.stream();
    }

    private void segment(Path file, String[] row) throws IOException {
        DicomSegmentation seg = (DicomSegmentation) MaskObject.read(file, reader());
        int number = Integer.parseInt(row[5]);
        String label = row[6].replace(';', ',');
        assertThat(seg.regions()).anyMatch(r -> r.number() == number && r.label().equals(label));
        assertThat(seg.isFractional()).isEqualTo(row[1].equals("FRACTIONAL"));
        int[] frames = seg.frames(number);
        assertThat(frames).hasSize(Integer.parseInt(row[7]));
        long inside = 0;
        double sum = 0;
        double[] centre = new double[3];
        for (int f : frames) {
            Volume frame = seg.frame(f);
            Grid grid = frame.grid();
            assertThat(grid.spacingMm(1)).isCloseTo(Double.parseDouble(row[13]), within(1e-6));
            assertThat(grid.spacingMm(0)).isCloseTo(Double.parseDouble(row[14]), within(1e-6));
            for (int n = 0; n < grid.voxels(); n++) {
                float v = frame.at(n);
                if (v != 0) {
                    inside++;
                    sum += v;
                    double[] p = grid.toPatient(n % grid.width(), n / grid.width(), 0);
                    for (int a = 0; a < 3; a++) {
                        centre[a] += p[a];
                    }
                }
            }
        }
        double most = seg.isFractional() ? 255 : 1;
        assertThat(inside).isEqualTo(Long.parseLong(row[8]));
        assertThat(sum * most).isCloseTo(Double.parseDouble(row[9]), within(1e-2));
        for (int a = 0; a < 3; a++) {
            assertThat(centre[a] / inside).isCloseTo(Double.parseDouble(row[10 + a]), within(1e-6));
        }
    }

    @TestFactory
    Stream<DynamicTest> malformedFilesAreReadOrRefused() throws IOException {
        Path samples = Samples.folder("dicom-malformed");
        try (Stream<Path> files = Files.list(samples)) {
            return files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList().stream()
                    .map(
                            f ->
                                    DynamicTest.dynamicTest(
                                            DicomFile.name(f), () -> readOrRefuse(f, reader())));
        }
    }

    static void readOrRefuse(Path path, DicomReader reader) throws IOException {
        try {
            DicomFile file = DicomFile.read(path, reader);
            if (file.hasPixels()) {
                file.allStoredValues();
            }
        } catch (DicomException refused) {
            assertThat(refused).hasMessageContaining(DicomFile.name(path));
        }
    }

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        Path samples = Samples.folder("dicom-transfer-syntaxes");
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("MR_small.dcm", "MR_small_implicit.dcm", "emri_small_RLE.dcm")) {
            seeds.add(Files.readAllBytes(samples.resolve(name)));
        }
        seeds.add(
                Files.readAllBytes(
                        Samples.folder("dicom-malformed").resolve("nested_priv_SQ.dcm")));
        Random random = new Random(1);
        for (int n = 0; n < 400; n++) {
            byte[] bytes = seeds.get(n % seeds.size()).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(Math.min(1500, bytes.length))] = (byte) random.nextInt();
            }
            int length = n % 5 == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
            Path path = Files.write(folder.resolve("m.dcm"), Arrays.copyOf(bytes, length));

            readOrRefuse(path, reader());
        }
    }

    @Test
    void slicesBecomeOneVolume() throws IOException {
        for (int z = 0; z < 3; z++) {
            DicomWriter.slice(2.5 * z, 100 * z).write(folder.resolve("s" + z));
        }

        DicomFolder scan = DicomFolder.scan(folder, reader());

        Volume volume = scan.series().get(0).readVolume();
        assertThat(scan.problems()).isEmpty();
        assertThat(volume.at(3, 2, 2)).isEqualTo(2 * 211f - 1000);
        assertThat(volume.grid().toPatient(3, 2, 2))
                .containsExactly(new double[] {-7.9, -18.4, 5}, within(1e-9));
    }

    /** Float Pixel Data and Double Float Pixel Data (PS3.3 C.7.6.24 and C.7.6.25). */
    @ParameterizedTest
    @CsvSource({"4, OF", "8, OD"})
    void pixelsOfFloatsBecomeAVolume(int bytes, String vr) throws IOException {
        for (int z = 0; z < 3; z++) {
            ByteBuffer values = ByteBuffer.allocate(12 * bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int n = 0; n < 12; n++) {
                double value = z + n / 8.0 - 0.5;
                if (bytes == 4) {
                    values.putFloat((float) value);
                } else {
                    values.putDouble(value);
                }
            }
            DicomWriter.slice(z, 0)
                    .without(Tag.PIXEL_DATA)
                    .without(Tag.BITS_STORED)
                    .without(Tag.HIGH_BIT)
                    .without(Tag.PIXEL_REPRESENTATION)
                    .u16(Tag.BITS_ALLOCATED, 8 * bytes)
                    .raw(
                            bytes == 4 ? Tag.FLOAT_PIXELS : Tag.DOUBLE_PIXELS,
                            vr,
                            values.array(),
                            12 * bytes)
                    .write(folder.resolve("s" + z));
        }

        DicomFolder scan = DicomFolder.scan(folder, reader());

        Volume volume = scan.series().get(0).readVolume();
        assertThat(volume.at(0)).isEqualTo(2 * -0.5f - 1000);
        assertThat(volume.at(3, 2, 2)).isEqualTo(2 * (2 + 11 / 8f - 0.5f) - 1000);
        DicomFile file = DicomFile.read(folder.resolve("s1"), reader());
        assertThat(file.fault()).isEmpty();
        assertThatThrownBy(() -> file.storedValues(0))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("Float Pixel Data (7FE0,000")
                .hasMessageContaining("whole numbers");
    }

    @Test
    void dataSetsWithoutFileHeaderAreRead() throws IOException {
        DicomWriter slice = DicomWriter.slice(1, 7);

        assertThat(file(slice.dataSet()).storedValues(0)).startsWith(7, 8, 9);
        assertThat(file(slice.dataSet()).transferSyntax())
                .isEqualTo("not stated (Explicit VR Little Endian)");
        assertThat(file(implicitSlice().dataSet()).storedValues(0)).containsExactly(258, 772);
    }

    private static DicomWriter implicitSlice() {
        return new DicomWriter()
                .syntax(IMPLICIT)
                .raw(Tag.MODALITY, "", new byte[] {'M', 'R'}, 2)
                .raw(Tag.SAMPLES_PER_PIXEL, "", new byte[] {1, 0}, 2)
                .raw(Tag.ROWS, "", new byte[] {1, 0}, 2)
                .raw(Tag.COLUMNS, "", new byte[] {2, 0}, 2)
                .raw(Tag.BITS_ALLOCATED, "", new byte[] {16, 0}, 2)
                .raw(Tag.PIXEL_DATA, "", new byte[] {2, 1, 4, 3}, 4);
    }

    /** A b value is a binary double, which the bytes of implicit VR do not tell. */
    @Test
    void binaryNumbersOfImplicitVrAreNumbers() throws IOException {
        byte[] value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(800).array();

        DicomFile file = file(implicitSlice().raw(Tag.DIFFUSION_B_VALUE, "", value, 8).bytes());

        assertThat(file.data().number(Tag.DIFFUSION_B_VALUE)).hasValue(800);
    }

    @Test
    void elementsOfNestedAndPrivateSequencesStayInside() throws IOException {
        DicomWriter inner = new DicomWriter().u16(Tag.ROWS, 999).text(Tag.MODALITY, "CS", "XX");
        DicomWriter slice =
                DicomWriter.slice(1, 7)
                        .text(0x00090010, "LO", "A VENDOR")
                        .sequence(
                                0x00091001,
                                new DicomWriter().sequence(0x00091002, inner, inner),
                                inner)
                        .sequence(Tag.REFERENCED_SERIES, new DicomWriter(), inner)
                        .raw(0x00290010, "UN", new byte[] {1, 2, 3, 4}, 4);

        DicomFile file = file(slice.bytes());

        assertThat(file.rows()).isEqualTo(3);
        assertThat(file.modality()).isEqualTo("CT");
        List<DataSet> items = file.data().items(0x00091001);
        assertThat(items).hasSize(2);
        assertThat(items.get(0).items(0x00091002)).hasSize(2);
        assertThat(items.get(1).unsigned16(Tag.ROWS)).hasValue(999);
        assertThat(file.data().items(Tag.REFERENCED_SERIES)).hasSize(2);
        assertThat(file.storedValues(0)).startsWith(7, 8);
    }

    @Test
    void sequencesOfUndefinedLengthWithinUnknownOnesAreRead() throws IOException {
        DicomFile file =
                DicomFile.read(
                        Samples.folder("dicom-malformed").resolve("nested_priv_SQ.dcm"), reader());

        DataSet inner = file.data().items(0x00010001).get(0).items(0x00010001).get(0);
        assertThat(inner.isEmpty()).isFalse();
    }

    @Test
    void framesOfADeflatedFileAreRead() throws IOException {
        byte[] pixels = new byte[2 * 6];
        for (int n = 0; n < 6; n++) {
            pixels[2 * n] = (byte) n;
        }
        DicomWriter w =
                new DicomWriter()
                        .syntax("1.2.840.10008.1.2.1.99")
                        .image(1, 2, 16, 16, false)
                        .text(Tag.NUMBER_OF_FRAMES, "IS", "3")
                        .pixels(pixels);
        byte[] data = w.dataSet();
        byte[] whole = w.bytes();
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(data);
        deflater.finish();
        byte[] packed = new byte[data.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(whole, 0, whole.length - data.length);
        out.write(packed, 0, length + length % 2);

        DicomFile file = file(out.toByteArray());

        assertThat(file.storedValues(2)).containsExactly(4, 5);
        assertThat(file.storedValues(0)).containsExactly(0, 1);
        List<Integer> order = new ArrayList<>();
        file.forEachFrame(new int[] {1, 0, 2}, (frame, stored) -> order.add(stored[0]));
        assertThat(order).containsExactly(2, 0, 4);
    }

    @Test
    void compressedFramesAreFoundByTheirOffsetTable() throws IOException {
        byte[] table =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(0).putInt(82).array();
        // each frame is one run of RLE in two fragments, the header and the run
        byte[] header =
                ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(64).array();
        DicomWriter w =
                new DicomWriter()
                        .syntax("1.2.840.10008.1.2.5")
                        .image(1, 2, 8, 8, false)
                        .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
                        .fragmentsBehind(
                                table, header, new byte[] {-1, 9}, header, new byte[] {-1, 5});

        DicomFile file = file(w.bytes());

        assertThat(file.storedValues(1)).containsExactly(5, 5);
        assertThat(file.storedValues(0)).containsExactly(9, 9);
    }

    @Test
    void longContoursAreKeptAndOtherLongValuesPassedOver() throws IOException {
        String contour = "1.25\\".repeat(20000) + "1";
        byte[] text = contour.getBytes(StandardCharsets.US_ASCII);
        byte[] even = Arrays.copyOf(text, text.length + text.length % 2);
        DicomFile file =
                file(
                        new DicomWriter()
                                .syntax(IMPLICIT)
                                .raw(Tag.MODALITY, "", new byte[] {'C', 'T'}, 2)
                                .raw(0x00091010, "", new byte[200_000], 200_000)
                                .raw(Tag.CONTOUR_DATA, "", even, even.length)
                                .bytes());

        assertThat(file.data().numbers(Tag.CONTOUR_DATA)).hasSize(20001).startsWith(1.25);
        assertThat(file.modality()).isEqualTo("CT");
    }

    @Test
    void whatIsNoImageIsRefusedByItsName() throws IOException {
        for (byte[] bytes :
                List.of(
                        new byte[0],
                        "PK some archive of another kind".getBytes(StandardCharsets.US_ASCII),
                        new byte[4000])) {
            assertThatThrownBy(() -> file(bytes))
                    .isInstanceOf(DicomException.class)
                    .hasMessageContaining("f.dcm");
        }
        assertThatThrownBy(() -> DicomFile.read(folder.resolve("none.dcm"), reader()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void lengthsBeyondTheFileAreRefused() throws IOException {
        byte[] bytes = new DicomWriter().raw(0x00091010, "UN", new byte[4], 0x70000000).bytes();

        assertThatThrownBy(() -> file(bytes))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("f.dcm");
    }

    @Test
    void sequencesThatNestTooDeepAreRefused() throws IOException {
        byte[] level = {
            0x08, 0, 0x15, 0x11, 'S', 'Q', 0, 0, -1, -1, -1, -1, -2, -1, 0, -32, -1, -1, -1, -1
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new DicomWriter().text(Tag.MODALITY, "CS", "CT").bytes());
        for (int n = 0; n < 200_000; n++) {
            out.writeBytes(level);
        }

        assertThatThrownBy(() -> file(out.toByteArray()))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("f.dcm");
    }

    @Test
    void shortPixelDataAreRefused() throws IOException {
        Path path = Samples.folder("dicom-malformed").resolve("MR_truncated.dcm");

        DicomFile file = DicomFile.read(path, reader());

        assertThatThrownBy(() -> file.storedValues(0))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("(7FE0,0010)");
    }

    @Test
    void threadsMayShareAReader() throws IOException {
        DicomReader shared = reader();
        Path path = DicomWriter.slice(1, 7).write(folder.resolve("t.dcm"));

        List<Integer> first =
                IntStream.range(0, 64)
                        .parallel()
                        .mapToObj(n -> firstValue(path, shared))
                        .distinct()
                        .toList();

        assertThat(first).containsExactly(7);
    }

    private static int firstValue(Path path, DicomReader shared) {
        try {
            return DicomFile.read(path, shared).storedValues(0)[0];
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
