// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.volume.Volume;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that nothing planted into a header is in the bytes that are written, wherever it was
 * hidden, and that image, geometry and references stay.
 */
class DeidentifierTest {
    private static final byte[] KEY = "a key for tests, 26 bytes.".getBytes(StandardCharsets.UTF_8);
    private static final Charset GB = Charset.forName("GB18030");
    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";

    /** Whatever an attacker would search for; none of it is part of a longer harmless word. */
    private static final List<String> SECRETS =
            List.of(
                    "zhangsan",
                    "张三丰",
                    "mrn-778899",
                    "19511203",
                    "acc44556",
                    "wolffson",
                    "hedwig",
                    "lindenallee",
                    "5550199",
                    "privatus",
                    "1.2.276.99.1",
                    "1.2.276.99.2");

    @TempDir Path folder;

    private static DicomDataset hostile(double z) {
        DicomDataset code =
                new DicomDataset(GB)
                        .text(0x00080100, "SH", "T-62000")
                        .text(0x00080104, "LO", "Liver of Wolffson")
                        .text(0x00090010, "LO", "Privatus nested");
        DicomDataset request =
                new DicomDataset(GB)
                        .text(0x00401400, "LT", "call 5550199 at Lindenallee")
                        .sequence(0x00081032, code);
        DicomDataset reference =
                new DicomDataset(GB)
                        .text(0x00081150, "UI", CT)
                        .text(0x00081155, "UI", "1.2.276.99.1.100");
        short[] pixels = new short[13];
        for (int n = 0; n < 12; n++) {
            pixels[n] = (short) (100 * n - 500);
        }
        // a letter pair behind the last pixel
        pixels[12] = 0x4848;
        return new DicomDataset(GB)
                .text(Tag.SPECIFIC_CHARACTER_SET, "CS", "GB18030")
                .text(Tag.IMAGE_TYPE, "CS", "ORIGINAL", "PRIMARY", "AXIAL")
                .text(Tag.SOP_CLASS_UID, "UI", CT)
                .text(Tag.SOP_INSTANCE_UID, "UI", "1.2.276.99.1." + Math.round(z))
                .text(0x00080020, "DA", "20240229")
                .text(0x00080021, "DA", "20240302")
                .text(0x0008002A, "DT", "20240229101530.5+0800")
                .text(0x00080030, "TM", "101500")
                .text(Tag.ACCESSION_NUMBER, "SH", "ACC44556")
                .text(Tag.MODALITY, "CS", "CT")
                .text(0x00080070, "LO", "Maker")
                .text(0x00080080, "LO", "Sankt Hedwig")
                .text(0x00080090, "PN", "Wolffson^Greta")
                .text(0x00081010, "SH", "CT-HEDWIG")
                .text(Tag.SERIES_DESCRIPTION, "LO", "Portal ZHANGSAN")
                .sequence(0x00081140, reference)
                .sequence(0x00082218, code)
                .text(0x00090010, "LO", "PRIVATUS")
                .text(0x00091001, "LO", "Zhangsan MRN-778899")
                .sequence(0x00091002, request)
                .bytes(0x00091003, "UN", "Privatus".getBytes(StandardCharsets.UTF_8))
                .text(Tag.PATIENT_NAME, "PN", "ZHANGSAN^=张三丰")
                .text(Tag.PATIENT_ID, "LO", "MRN-778899")
                .text(Tag.PATIENT_BIRTH_DATE, "DA", "19511203")
                .text(0x00100040, "CS", "M")
                .text(0x00101010, "AS", "072Y")
                .bytes(0x00101040, "UN", "Lindenallee".getBytes(StandardCharsets.UTF_8))
                .text(0x00102154, "SH", "5550199")
                .text(0x00104000, "LT", "张三丰, Lindenallee")
                .text(0x00180015, "CS", "MRN-778899")
                .text(0x00180022, "CS", "HELICAL")
                .text(0x00180060, "DS", "Wolffson")
                .text(0x00181000, "LO", "SN-Privatus")
                .text(0x00181030, "LO", "张三丰肝脏")
                .text(0x00181150, "IS", "5550199 ask")
                .text(0x00181151, "IS", "250")
                .text(0x00185100, "CS", "HFS")
                .text(Tag.STUDY_INSTANCE_UID, "UI", "1.2.276.99.2")
                .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.276.99.2.1")
                .text(0x00200010, "SH", "ACC44556")
                .text(0x00200052, "UI", "1.2.276.99.2.2")
                .text(0x00204000, "LT", "see Wolffson")
                .decimal(Tag.POSITION, -10, -20, z)
                .decimal(Tag.ORIENTATION, 1, 0, 0, 0, 1, 0)
                .unsignedShort(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC, "CS", "MONOCHROME2")
                .unsignedShort(Tag.ROWS, 3)
                .unsignedShort(Tag.COLUMNS, 4)
                .decimal(Tag.PIXEL_SPACING, 0.8, 0.7)
                .unsignedShort(Tag.BITS_ALLOCATED, 16)
                .unsignedShort(Tag.BITS_STORED, 16)
                .unsignedShort(Tag.HIGH_BIT, 15)
                .unsignedShort(Tag.PIXEL_REPRESENTATION, 1)
                .decimal(Tag.RESCALE_INTERCEPT, -1000)
                .decimal(Tag.RESCALE_SLOPE, 2)
                .bytes(0x00282000, "OB", new byte[] {1, 2})
                .text(0x0032000C, "CS", "SANKT HEDWIG")
                .sequence(0x00400275, request)
                .text(0x0040A123, "PN", "Wolffson^G")
                .text(0x00480102, "DS", "1")
                .bytes(0x50003000, "OW", "Privatus".getBytes(StandardCharsets.UTF_8))
                .bytes(0x60003000, "OW", "Privatus".getBytes(StandardCharsets.UTF_8))
                .text(0x60004000, "LT", "Privatus")
                .text(0x7FE10010, "LO", "Privatus")
                .pixels(pixels);
    }

    private Path written(byte[] file, RetainOption... options) throws IOException {
        Path from = Files.write(folder.resolve("in.dcm"), file);
        Path to = folder.resolve("out.dcm");
        Deidentifier.withKey(KEY).keeping(Set.of(options)).write(from, to);
        return to;
    }

    private static void assertSilent(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (Charset charset : List.of(StandardCharsets.UTF_8, GB)) {
            String text = new String(bytes, charset).toLowerCase(Locale.ROOT);
            assertThat(SECRETS).noneMatch(text::contains);
        }
    }

    @Test
    void pixelsOfFloatsAreCarried() throws IOException {
        byte[] values = new byte[12 * 4];
        values[46] = (byte) 0x80;
        values[47] = 0x3F; // 1.0 in the last pixel
        byte[] in =
                DicomWriter.slice(0, 0)
                        .text(Tag.SOP_CLASS_UID, "UI", CT)
                        .without(Tag.PIXEL_DATA)
                        .u16(Tag.BITS_ALLOCATED, 32)
                        .raw(Tag.FLOAT_PIXELS, "OF", values, values.length)
                        .bytes();

        Path out = written(in);

        float[] read = new float[12];
        DicomFile.read(out).scaled(0, 1, 0, read, 0);
        assertThat(read).startsWith(0, 0).endsWith(0, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingPlantedIsLeft(boolean implicitVr) throws IOException {
        byte[] in = hostile(5).file(implicitVr);
        // the preamble is free for anything
        System.arraycopy("ZHANGSAN".getBytes(StandardCharsets.UTF_8), 0, in, 3, 8);

        Path out = written(in);

        assertSilent(out);
        DicomFile file = DicomFile.read(out);
        assertThat(file.storedValues(0)).isEqualTo(DicomFile.read(out).storedValues(0));
        assertThat(file.storedValues(0)[11]).isEqualTo(600);
        assertThat(Objects.requireNonNull(file.data().get(Tag.PIXEL_DATA)).length()).isEqualTo(24);
        assertThat(file.data().text(0x00181151)).contains("250");
        assertThat(file.data().text(0x00180022)).contains("HELICAL");
        assertThat(file.data().text(0x00120062)).contains("YES");
        assertThat(file.data().items(0x00120064))
                .extracting(i -> i.text(0x00080100).orElse(""))
                .containsExactly("113100");
        assertThat(file.data().text(0x00280303)).contains("REMOVED");
        assertThat(file.data().text(0x00080020)).isEmpty();
        assertThat(file.data().has(0x00180060)).as("text in place of a number").isFalse();
    }

    /** A name that is also a code, and a patient number that is also the rescale intercept. */
    @Test
    void whatMakesTheVolumeStaysWhateverThePatientIsCalled() throws IOException {
        DicomDataset data =
                hostile(5)
                        .text(Tag.PATIENT_NAME, "PN", "Ct^Hfs^^Mr")
                        .text(Tag.PATIENT_ID, "LO", "-1000")
                        .text(0x00181152, "IS", "-1000")
                        .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.276.99.19511203");

        DicomFile file = DicomFile.read(written(data.file(false)));

        assertThat(file.modality()).isEqualTo("CT");
        assertThat(file.data().number(Tag.RESCALE_INTERCEPT)).hasValue(-1000);
        assertThat(file.data().has(0x00181152)).isFalse();
        assertThat(file.data().text(Tag.SERIES_INSTANCE_UID)).isPresent();
    }

    /** The table names 620 elements; a text in each of them is replaced or goes. */
    @Test
    void everyElementOfTheTableLosesItsValue() throws IOException {
        DicomDataset data =
                new DicomDataset(StandardCharsets.UTF_8)
                        .text(Tag.SOP_CLASS_UID, "UI", CT)
                        .text(Tag.SOP_INSTANCE_UID, "UI", "1.2.276.99.1");
        List<Integer> planted = new ArrayList<>();
        for (String[] row : table("confidentiality-profile.tsv")) {
            int tag = Integer.parseUnsignedInt(row[0].replace('x', '0'), 16);
            String vr = DataDictionary.representation(tag).orElse("");
            if (tag >>> 16 > 7 && Set.of("LO", "SH", "LT", "ST", "UT", "PN", "CS").contains(vr)) {
                data.text(tag, vr, "wolffson");
                planted.add(tag);
            }
        }

        Path out = written(data.file(false));

        assertThat(planted).hasSizeGreaterThan(250);
        assertSilent(out);
    }

    /** The dictionary names some 700 further free texts; in those the patient's own name goes. */
    @Test
    void theOwnNameIsFoundInEveryOtherText() throws IOException {
        DicomDataset data =
                new DicomDataset(StandardCharsets.UTF_8)
                        .text(Tag.SOP_CLASS_UID, "UI", CT)
                        .text(Tag.SOP_INSTANCE_UID, "UI", "1.2.276.99.1")
                        .text(Tag.PATIENT_NAME, "PN", "Wolffson^Greta");
        int planted = 0;
        for (String[] row : table("data-dictionary.tsv")) {
            int tag = Integer.parseUnsignedInt(row[0].replace('x', '0'), 16);
            if (tag >>> 16 > 7
                    && tag != Tag.PATIENT_NAME
                    && Set.of("LO", "SH", "LT", "ST", "UT", "UC", "CS").contains(row[1])) {
                data.text(tag, row[1], "by Wolffson, 2nd");
                planted++;
            }
        }

        Path out = written(data.text(Tag.SPECIFIC_CHARACTER_SET, "CS", "ISO_IR 192").file(false));

        assertThat(planted).isGreaterThan(1000);
        assertThat(DicomFile.read(out).data().elements())
                .filteredOn(e -> new String(e.value(), StandardCharsets.UTF_8).contains("olff"))
                .extracting(e -> Tag.name(e.tag()))
                .isEmpty();
        assertSilent(out);
    }

    private static List<String[]> table(String resource) throws IOException {
        try (var in = DataDictionary.class.getResourceAsStream(resource);
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(in), StandardCharsets.US_ASCII))) {
            return lines.lines().filter(l -> !l.startsWith("#")).map(l -> l.split("\t")).toList();
        }
    }

    @Test
    void uidsAreTheSameInEveryFileAndReference() throws IOException {
        DicomFile a = DicomFile.read(written(hostile(100).file(false)));
        DicomFile b = DicomFile.read(written(hostile(200).file(true)));

        assertThat(a.data().text(Tag.SERIES_INSTANCE_UID))
                .isEqualTo(b.data().text(Tag.SERIES_INSTANCE_UID))
                .hasValueSatisfying(u -> assertThat(u).startsWith("2.25.").hasSizeLessThan(65));
        assertThat(a.data().text(Tag.SOP_INSTANCE_UID))
                .isNotEqualTo(b.data().text(Tag.SOP_INSTANCE_UID));
        assertThat(b.data().items(0x00081140))
                .singleElement()
                .satisfies(
                        i -> {
                            assertThat(i.text(0x00081155))
                                    .isEqualTo(a.data().text(Tag.SOP_INSTANCE_UID));
                            assertThat(i.text(0x00081150)).contains(CT);
                        });
        assertThat(a.data().text(Tag.PATIENT_ID)).isEqualTo(b.data().text(Tag.PATIENT_ID));
        assertThat(Deidentifier.withNewKey().patient(a.data()))
                .isNotEqualTo(Deidentifier.withKey(KEY).patient(a.data()));
    }

    @Test
    void shiftedDatesKeepTheirIntervals() throws IOException {
        DicomFile file =
                DicomFile.read(written(hostile(5).file(false), RetainOption.DATES_SHIFTED));

        String study = file.data().text(0x00080020).orElseThrow();
        assertThat(study).isNotEqualTo("20240229").matches("20[12][0-9]{5}");
        java.time.format.DateTimeFormatter form = java.time.format.DateTimeFormatter.BASIC_ISO_DATE;
        assertThat(java.time.LocalDate.parse(study, form).plusDays(2).format(form))
                .isEqualTo(file.data().text(0x00080021).orElseThrow());
        assertThat(file.data().text(0x0008002A)).contains(study + "101530.5+0800");
        assertThat(file.data().text(0x00080030)).contains("101500");
        assertThat(file.data().text(Tag.PATIENT_BIRTH_DATE)).isEmpty();
        assertThat(file.data().text(0x00280303)).contains("MODIFIED");
    }

    @Test
    void optionsKeepTheirElementsOnly() throws IOException {
        DicomFile device =
                DicomFile.read(written(hostile(5).file(false), RetainOption.DEVICE_IDENTITY));
        DicomFile person =
                DicomFile.read(
                        written(hostile(5).file(false), RetainOption.PATIENT_CHARACTERISTICS));

        assertThat(device.data().text(0x00081010)).contains("CT-HEDWIG");
        assertThat(device.data().text(0x00181000)).contains("SN-Privatus");
        assertThat(device.data().text(0x00100040)).isEmpty();
        assertThat(person.data().text(0x00100040)).contains("M");
        assertThat(person.data().text(0x00101010)).contains("072Y");
        assertThat(person.data().text(0x00181000)).contains("REMOVED");
        assertThat(device.data().items(0x00120064)).hasSize(2);
    }

    /** The reference files of every transfer syntax, or those of them that the module ships. */
    static Stream<Path> transferSyntaxes() throws IOException {
        try (Stream<Path> files = Files.list(Samples.folder("dicom-transfer-syntaxes"))) {
            return files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList().stream();
        }
    }

    /** Every transfer syntax: the same pixels come back, and the compressed stream is the same. */
    @ParameterizedTest
    @MethodSource("transferSyntaxes")
    void pixelsStay(Path from) throws IOException {
        DicomFile before = DicomFile.read(from);
        DicomFile after = DicomFile.read(written(Files.readAllBytes(from)));

        assertThat(after.frames()).isEqualTo(before.frames());
        for (int f = 0; f < before.frames(); f++) {
            assertThat(after.storedValues(f)).isEqualTo(before.storedValues(f));
        }
    }

    @Test
    void commentsInCompressedStreamsAreBlanked() {
        byte[] jpeg = {
            (byte) 0xFF,
            (byte) 0xD8,
            (byte) 0xFF,
            (byte) 0xFE,
            0,
            6,
            'N',
            'A',
            'M',
            'E',
            (byte) 0xFF,
            (byte) 0xDA,
            0,
            4,
            'N',
            'A'
        };
        byte[] j2k = {
            (byte) 0xFF,
            0x4F,
            (byte) 0xFF,
            0x64,
            0,
            8,
            0,
            1,
            'N',
            'A',
            'M',
            'E',
            (byte) 0xFF,
            (byte) 0x90,
            'N',
            'A'
        };

        CodestreamComments.blank(jpeg);
        CodestreamComments.blank(j2k);

        assertThat(Arrays.copyOfRange(jpeg, 6, 10)).containsOnly(' ');
        assertThat(Arrays.copyOfRange(jpeg, 14, 16)).containsExactly('N', 'A');
        assertThat(Arrays.copyOfRange(j2k, 8, 12)).containsOnly(' ');
        assertThat(Arrays.copyOfRange(j2k, 14, 16)).containsExactly('N', 'A');
    }

    @Test
    void annotatedPixelsAreRefusedAndNothingIsWritten() {
        byte[] file = hostile(1).text(Tag.BURNED_IN_ANNOTATION, "CS", "YES").file(false);

        assertThatThrownBy(() -> written(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("Burned In Annotation");
        assertThat(folder.resolve("out.dcm")).doesNotExist();
    }

    @Test
    void shortKeyIsRefused() {
        assertThatThrownBy(() -> Deidentifier.withKey(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15 bytes");
    }

    @Test
    void folderBecomesAStudyWithTheSameVolume() throws IOException {
        Path in = Files.createDirectories(folder.resolve("zhangsan/more"));
        for (int k = 0; k < 5; k++) {
            Files.write(in.resolve("zhangsan" + k), hostile(5 * k).file(k % 2 == 0));
        }
        Files.writeString(in.resolve("wolffson.txt"), "zhangsan");
        Files.write(in.resolve("report"), hostile(1).text(Tag.MODALITY, "CS", "SR").file(false));
        Path out = folder.resolve("study");

        DeidentifiedExport export =
                DeidentifiedExport.of(Deidentifier.withKey(KEY), folder.resolve("zhangsan"), out);

        assertThat(export.images()).isEqualTo(5);
        assertThat(export.problems()).isEmpty();
        assertThat(export.leftAside()).containsEntry("not DICOM", 1);
        Volume before = DicomFolder.scan(in).series().get(0).readVolume();
        DicomFolder again =
                DicomFolder.scan(out.resolve("images").toFile().listFiles()[0].toPath());
        Volume after = again.series().get(0).readVolume();
        assertThat(after.grid().matches(before.grid(), 1e-9)).isTrue();
        assertThat(after.toArray()).isEqualTo(before.toArray());
        assertThat(again.series().get(0).phase())
                .hasValueSatisfying(p -> assertThat(p.phase().id()).isEqualTo("ct_portal"));
        try (var files = Files.walk(out)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                assertThat(out.relativize(file).toString()).doesNotContain("zhangsan");
                if (Files.isRegularFile(file)) {
                    assertSilent(file);
                }
            }
        }
        assertThatThrownBy(
                        () ->
                                DeidentifiedExport.of(
                                        Deidentifier.withNewKey(), folder.resolve("zhangsan"), out))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    /** A segmentation still fits the image it was drawn on, under another UID. */
    @Test
    void masksKeepTheirImageAndTheirMeaning() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.copy(
                Samples.folder("dicom-objects").resolve("liver-seg/liver.dcm"),
                in.resolve("seg.dcm"));
        Path out = folder.resolve("study");

        DeidentifiedExport export = DeidentifiedExport.of(Deidentifier.withKey(KEY), in, out);

        assertThat(export.masks()).isEqualTo(1);
        MaskObject before = MaskObject.read(in.resolve("seg.dcm"));
        MaskObject after =
                MaskObject.read(
                        out.resolve("masks").toFile().listFiles()[0].toPath().resolve("00001.dcm"));
        assertThat(after.regions()).hasSameSizeAs(before.regions());
        assertThat(after.regions().get(0).isLiver()).isTrue();
        assertThat(after.referencedSeries())
                .containsExactly(new PseudonymKey(KEY).uid(before.referencedSeries().first()));
    }
}
