// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A messy folder becomes volumes in the right place, or says why not. */
class DicomFolderTest {
    @TempDir Path folder;

    private DicomSeries only() throws IOException {
        DicomFolder scan = DicomFolder.scan(folder);
        assertThat(scan.series()).hasSize(1);
        return scan.series().get(0);
    }

    @Test
    void slicesAreSortedByPositionWhateverTheirNames() throws IOException {
        DicomWriter.slice(10, 300).write(folder.resolve("a/x"));
        DicomWriter.slice(0, 100).write(folder.resolve("z.dcm"));
        DicomWriter.slice(5, 200).write(folder.resolve("b/c/0001"));

        Volume volume = only().readVolume();

        assertThat(volume.at(0, 0, 0)).isEqualTo(2 * 100f - 1000);
        assertThat(volume.at(1, 0, 1)).isEqualTo(2 * 201f - 1000);
        assertThat(volume.at(0, 1, 2)).isEqualTo(2 * 304f - 1000);
        Grid grid = volume.grid();
        assertThat(grid.toPatient(1, 1, 1))
                .containsExactly(new double[] {-9.3, -19.2, 5}, within(1e-9));
    }

    @Test
    void everythingThatIsNoSliceIsLeftOut() throws IOException {
        for (int z = 0; z < 4; z++) {
            DicomWriter.slice(z, z).write(folder.resolve("s" + z));
        }
        DicomWriter.slice(50, 0)
                .text(Tag.SERIES_INSTANCE_UID, "UI", "9")
                .text(Tag.IMAGE_TYPE, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER")
                .write(folder.resolve("loc"));
        new DicomWriter().text(Tag.MODALITY, "CS", "SR").write(folder.resolve("report"));
        DicomWriter.slice(50, 0).text(Tag.MODALITY, "CS", "OT").write(folder.resolve("other"));
        DicomWriter.slice(50, 0).u16(Tag.SAMPLES_PER_PIXEL, 3).write(folder.resolve("colour"));
        Files.writeString(folder.resolve("LICENSE"), "text");
        Files.write(folder.resolve("DICOMDIR"), new byte[200]);
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.writeString(folder.resolve("broken.dcm"), "not an image");

        DicomFolder scan = DicomFolder.scan(folder);

        assertThat(scan.series()).hasSize(1);
        assertThat(scan.series().get(0).slices()).isEqualTo(4);
        assertThat(scan.skipped())
                .containsOnlyKeys(
                        "localiser",
                        "no image (SR)",
                        "other modality (OT)",
                        "colour image",
                        "not DICOM",
                        "directory file");
        assertThat(scan.problems())
                .extracting(FileProblem::file)
                .containsExactly("broken.dcm", "empty");
        assertThat(scan.problems().get(0).reason()).startsWith("not a DICOM file");
        assertThat(scan.problems().get(1).reason()).startsWith("is empty");
        assertThat(scan.series("1.2.3")).isPresent();
        assertThat(scan.series("none")).isEmpty();
    }

    /** 定位 is said of planning CTs for radiotherapy as well as of localisers. */
    @ParameterizedTest
    @CsvSource({
        "定位CT 静脉期, false",
        "Abd 定位后 portal, false",
        "放疗定位, false",
        "定位像, true",
        "腹部定位片, true",
        "定位相 1.0, true",
        "三平面定位, true",
        "定位, true",
        "Scout 1.0, true",
        "3-PLANE LOCALIZER, true",
        "Topogram  0.6, true",
    })
    void localisersAreToldByWords(String description, boolean localiser) throws IOException {
        for (int z = 0; z < 4; z++) {
            DicomWriter.slice(z, 0)
                    .text(Tag.SPECIFIC_CHARACTER_SET, "CS", "ISO_IR 192")
                    .text(Tag.SERIES_DESCRIPTION, "LO", description)
                    .write(folder.resolve("s" + z));
        }

        assertThat(DicomFolder.scan(folder).series()).hasSize(localiser ? 0 : 1);
    }

    /** What no rule of DICOM bounds may hold a name, and is printed by inspect or in findings. */
    @Test
    void namesInThePlaceOfCodesAreNotPassedOn() throws IOException {
        new DicomWriter().text(Tag.MODALITY, "CS", "ZHANG^SAN").write(folder.resolve("a"));
        DicomWriter.slice(0, 0).text(Tag.MODALITY, "CS", "ZHANG_SAN").write(folder.resolve("b"));
        DicomWriter.slice(0, 0)
                .syntax("ZHANG.SAN")
                .text(Tag.PATIENT_NAME, "PN", "Zhang^San")
                .text(Tag.SERIES_NUMBER, "IS", "ZHANG")
                .text(Tag.SERIES_DESCRIPTION, "LO", "ZHANG SAN, liver")
                .text(Tag.PROTOCOL_NAME, "LO", "portal phase of Zhang")
                .write(folder.resolve("c"));

        DicomFolder scan = DicomFolder.scan(folder);

        assertThat(scan.skipped())
                .containsOnlyKeys("no image (unknown)", "other modality (unknown)");
        DicomSeries series = scan.series().get(0);
        String printed =
                series.label()
                        + series.number()
                        + series.transferSyntax()
                        + series.phase().orElseThrow().evidence()
                        + series.problems();
        assertThat(printed)
                .contains("series without number", "(0018,1030)")
                .doesNotContainIgnoringCase("zhang");
        assertThatThrownBy(() -> MaskObject.read(folder.resolve("a")))
                .hasMessageContaining("\"unknown\"");
    }

    @Test
    void aMissingSliceIsToldAndRefused() throws IOException {
        for (double z : new double[] {0, 2.5, 5, 10, 12.5}) {
            DicomWriter.slice(z, 0).write(folder.resolve("s" + z));
        }

        DicomSeries series = only();

        assertThat(series.problems()).singleElement().asString().startsWith("1 slices are missing");
        assertThat(series.grid()).isEmpty();
        assertThatThrownBy(series::readVolume)
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("gap after 5.00 mm");
    }

    @Test
    void unevenSpacingIsTold() throws IOException {
        for (double z : new double[] {0, 2.5, 5, 8.2, 10.7}) {
            DicomWriter.slice(z, 0).write(folder.resolve("s" + z));
        }

        assertThat(only().problems())
                .singleElement()
                .asString()
                .contains("differ from the spacing");
    }

    @Test
    void mixedOrientationIsTold() throws IOException {
        DicomWriter.slice(0, 0).write(folder.resolve("a"));
        DicomWriter.slice(1, 0)
                .text(Tag.ORIENTATION, "DS", "0\\1\\0\\0\\0\\-1")
                .write(folder.resolve("b"));

        assertThat(only().problems()).singleElement().asString().contains("orientation");
    }

    @Test
    void differingSizeAndSpacingAndMissingPositionAreTold() throws IOException {
        DicomWriter.slice(0, 0).write(folder.resolve("a"));
        DicomWriter.slice(1, 0).u16(Tag.ROWS, 4).write(folder.resolve("b"));
        DicomWriter.slice(2, 0).text(Tag.PIXEL_SPACING, "DS", "1\\1").write(folder.resolve("c"));
        DicomWriter.slice(3, 0).without(Tag.POSITION).write(folder.resolve("d"));

        assertThat(only().problems()).isNotEmpty();
        assertThat(only().problems().toString()).contains("(0020,0032)");
    }

    @Test
    void oneObjectUnderTwoNamesCountsOnce() throws IOException {
        for (int z = 0; z < 3; z++) {
            DicomWriter.slice(z, z).write(folder.resolve("a" + z));
            DicomWriter.slice(z, z).write(folder.resolve("b" + z));
        }

        assertThat(only().slices()).isEqualTo(3);
        assertThat(only().problems()).isEmpty();
    }

    @Test
    void anotherImageInTheSamePlaceIsTold() throws IOException {
        for (int z = 0; z < 3; z++) {
            DicomWriter.slice(z, 0).write(folder.resolve("a" + z));
            DicomWriter.slice(z, 7).write(folder.resolve("b" + z));
        }

        assertThat(only().problems().toString()).contains("lie where another slice lies");
    }

    @Test
    void phasesWithinOneSeriesAreSplitByTheirTag() throws IOException {
        for (int z = 0; z < 3; z++) {
            for (int t = 1; t < 3; t++) {
                DicomWriter.slice(z, 50 * t)
                        .text(Tag.ACQUISITION_NUMBER, "IS", "" + t)
                        .write(folder.resolve("a" + t + z));
            }
        }

        DicomFolder scan = DicomFolder.scan(folder);

        assertThat(scan.series()).extracting(DicomSeries::uid).containsExactly("1.2.3", "1.2.3#2");
        assertThat(scan.series().get(1).readVolume().at(0)).isEqualTo(2 * 100f - 1000);
    }

    @Test
    void aTiltedGantryGivesAShearedGrid() throws IOException {
        for (int n = 0; n < 4; n++) {
            DicomWriter.slice(n, 0)
                    .text(Tag.POSITION, "DS", "0\\" + 0.5 * n + "\\" + 2.0 * n)
                    .text(Tag.SOP_INSTANCE_UID, "UI", "7." + n)
                    .write(folder.resolve("t" + n));
        }

        Grid grid = only().grid().orElseThrow();

        assertThat(grid.toPatient(0, 0, 3)).containsExactly(new double[] {0, 1.5, 6}, within(1e-9));
    }

    @Test
    void monochrome1MrIsInverted() throws IOException {
        for (int z = 0; z < 2; z++) {
            DicomWriter.slice(z, 10)
                    .text(Tag.MODALITY, "CS", "MR")
                    .text(Tag.PHOTOMETRIC, "CS", "MONOCHROME1")
                    .text(Tag.RESCALE_SLOPE, "DS", "1")
                    .text(Tag.RESCALE_INTERCEPT, "DS", "0")
                    .write(folder.resolve("m" + z));
        }

        assertThat(only().readVolume().at(0)).isEqualTo(65535f - 10);
    }

    @Test
    void theFolderOfThePhaseGoesBeforeTheDescription() throws IOException {
        for (int z = 0; z < 2; z++) {
            DicomWriter.slice(z, 0).write(folder.resolve("ct_arterial/" + z));
        }

        PhaseGuess guess = only().phase().orElseThrow();

        assertThat(guess.phase()).isEqualTo(Phase.CT_ARTERIAL);
        assertThat(guess.confidence()).isEqualTo(1);
        assertThat(only().folder()).isEqualTo(Path.of("ct_arterial"));
    }

    @Test
    void orderOfAcquisitionNamesWhatDescriptionsDoNot() throws IOException {
        String[] times = {"100000", "100500.5", "100530", "100800"};
        for (int s = 0; s < 4; s++) {
            for (int z = 0; z < 2; z++) {
                DicomWriter w =
                        DicomWriter.slice(z, s)
                                .text(Tag.SERIES_INSTANCE_UID, "UI", "5." + s)
                                .text(Tag.SERIES_DESCRIPTION, "LO", "Liver 5.0 B30f")
                                .text(Tag.SERIES_NUMBER, "IS", "" + s)
                                .text(Tag.ACQUISITION_TIME, "TM", times[s]);
                if (s > 0) {
                    w.text(Tag.CONTRAST_AGENT, "LO", "Iohexol");
                }
                w.write(folder.resolve(s + "-" + z));
            }
        }

        DicomFolder scan = DicomFolder.scan(folder);

        assertThat(scan.series())
                .extracting(s -> s.phase().orElseThrow().phase())
                .containsExactly(
                        Phase.CT_NON_CONTRAST,
                        Phase.CT_ARTERIAL,
                        Phase.CT_PORTAL,
                        Phase.CT_DELAYED);
    }

    @Test
    void enhancedFramesBecomeSlicesWithTheirOwnRescale() throws IOException {
        DicomWriter[] frames = new DicomWriter[3];
        for (int f = 0; f < 3; f++) {
            frames[f] =
                    new DicomWriter()
                            .sequence(
                                    Tag.PLANE_POSITION_SEQUENCE,
                                    new DicomWriter()
                                            .text(Tag.POSITION, "DS", "0\\0\\" + (20 - 4 * f)))
                            .sequence(
                                    Tag.PIXEL_VALUE_SEQUENCE,
                                    new DicomWriter()
                                            .text(Tag.RESCALE_SLOPE, "DS", "" + (f + 1))
                                            .text(Tag.RESCALE_INTERCEPT, "DS", "-5"));
        }
        DicomWriter shared =
                new DicomWriter()
                        .sequence(
                                Tag.PLANE_ORIENTATION_SEQUENCE,
                                new DicomWriter().text(Tag.ORIENTATION, "DS", "1\\0\\0\\0\\1\\0"))
                        .sequence(
                                Tag.PIXEL_MEASURES_SEQUENCE,
                                new DicomWriter().text(Tag.PIXEL_SPACING, "DS", "1\\1"));
        new DicomWriter()
                .text(Tag.MODALITY, "CS", "CT")
                .text(Tag.SERIES_INSTANCE_UID, "UI", "4")
                .text(Tag.NUMBER_OF_FRAMES, "IS", "3")
                .image(1, 2, 16, 16, false)
                .sequence(Tag.SHARED_GROUPS, shared)
                .sequence(Tag.PER_FRAME_GROUPS, frames)
                .pixels16(new short[] {1, 1, 2, 2, 3, 3})
                .write(folder.resolve("e"));

        Volume volume = only().readVolume();

        assertThat(volume.grid().spacingMm(2)).isCloseTo(4, within(1e-9));
        assertThat(volume.toArray()).containsExactly(4, 4, -1, -1, -4, -4);
    }

    @Test
    void framesWithoutPositionsAreLeftOut() throws IOException {
        Files.copy(
                Samples.folder("dicom-transfer-syntaxes").resolve("emri_small.dcm"),
                folder.resolve("e"));

        assertThat(DicomFolder.scan(folder).skipped()).containsKey("multi-frame without positions");
    }

    @Test
    void chineseDescriptionsAreReadInEveryCoding() throws IOException {
        java.nio.charset.Charset gb = java.nio.charset.Charset.forName("GB18030");
        for (int z = 0; z < 2; z++) {
            DicomWriter.slice(z, 0)
                    .charset(z == 0 ? gb : StandardCharsets.UTF_8)
                    .text(Tag.SERIES_INSTANCE_UID, "UI", "8." + z)
                    .text(Tag.SERIES_DESCRIPTION, "LO", "动脉期")
                    .write(folder.resolve("c" + z));
        }

        assertThat(DicomFolder.scan(folder).series())
                .extracting(DicomSeries::description)
                .containsExactly("动脉期", "动脉期");
    }

    private static void series(Path where, int number, String description) throws IOException {
        for (int z = 0; z < 4; z++) {
            DicomWriter.slice(z, z)
                    .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2." + number)
                    .text(Tag.SERIES_NUMBER, "IS", "" + number)
                    .text(Tag.SERIES_DESCRIPTION, "LO", description)
                    .write(where.resolve(number + "_" + z));
        }
    }

    @Test
    void whatTheStudyNamesGoesBeforeEverythingElse() throws IOException {
        series(folder.resolve("ct_delayed"), 1, "Portal venous");
        series(folder, 2, "ABD 2.5mm A/P+C");
        series(folder, 3, "Arterial");
        java.util.Map<String, Phase> named = new java.util.LinkedHashMap<>();
        named.put("abd*a/p*", Phase.CT_ARTERIAL);
        named.put("*", Phase.CT_NON_CONTRAST);
        named.put("1.2.1", Phase.CT_PORTAL);

        DicomFolder scan = DicomFolder.scan(folder, DicomReader.builtIn(), named);

        assertThat(scan.series())
                .extracting(s -> s.phase().orElseThrow().phase())
                .containsExactly(Phase.CT_PORTAL, Phase.CT_ARTERIAL, Phase.CT_NON_CONTRAST);
        assertThat(scan.series().get(1).phase().orElseThrow().confidence()).isEqualTo(1);
        assertThat(scan.series().get(1).phase().orElseThrow().evidence())
                .isEqualTo("named by the study (abd*a/p*)");
    }

    @Test
    void aStudysNamesReachThePatientsVolumes() throws IOException {
        series(folder, 1, "Portal venous");
        series(folder, 2, "xyz");

        var volumes =
                io.github.livermm.imaging.encoder.PatientVolumes.read(
                        folder,
                        null,
                        java.util.Map.of("1.2.1", "ct_delayed", "X?Z", "ct_portal"),
                        (file, reason) -> assertThat(reason).contains("\"phases\""));

        assertThat(volumes.images()).containsOnlyKeys(Phase.CT_DELAYED);
    }

    @Test
    void aCodingThatIsNotDecodedIsTold() throws IOException {
        for (int z = 0; z < 2; z++) {
            DicomWriter.slice(z, z)
                    .syntax("1.2.840.10008.1.2.4.201")
                    .fragments(new byte[10])
                    .write(folder.resolve("h" + z));
        }

        assertThat(only().problems())
                .containsExactly(
                        "2 of 2 slices cannot be used (h0: pixels in transfer syntax"
                                + " 1.2.840.10008.1.2.4.201 (High-Throughput JPEG"
                                + " 2000 Lossless) are not decoded)");
    }

    @Test
    void linksOutOfTheFolderAreNeverFollowed(@TempDir Path other) throws IOException {
        series(folder, 1, "Portal venous");
        series(other, 2, "elsewhere");
        Files.createSymbolicLink(folder.resolve("file"), other.resolve("2_0"));
        Files.createSymbolicLink(folder.resolve("folder"), other);
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        DicomFolder scan = DicomFolder.scan(folder);

        assertThat(scan.series()).extracting(DicomSeries::uid).containsExactly("1.2.1");
        assertThat(scan.series().get(0).slices()).isEqualTo(4);
        assertThat(scan.problems())
                .extracting(FileProblem::file)
                .containsExactly("file", "folder", "loop");
        assertThat(scan.problems()).allMatch(p -> p.reason().startsWith("is a link"));
    }

    /** Padding is a value like any other: it is scaled, and stays the lowest. */
    @Test
    void paddingKeepsItsValue() throws IOException {
        short[] pixels = new short[12];
        java.util.Arrays.fill(pixels, (short) 1000);
        pixels[0] = -2000;
        pixels[1] = -1990;
        for (int z = 0; z < 2; z++) {
            DicomWriter.slice(z, 0)
                    .u16(Tag.PIXEL_REPRESENTATION, 1)
                    .u16(Tag.PIXEL_PADDING, -2000)
                    .u16(0x00280121, -1990)
                    .pixels16(pixels)
                    .write(folder.resolve("s" + z));
        }

        Volume volume = only().readVolume();

        assertThat(volume.at(0, 0, 0)).isEqualTo(2 * -2000f - 1000);
        assertThat(volume.at(1, 0, 1)).isEqualTo(2 * -1990f - 1000);
        assertThat(volume.at(2, 0, 1)).isEqualTo(2 * 1000f - 1000);
    }

    @Test
    void eachFrameHasItsOwnRescale() throws IOException {
        DicomWriter[] groups = new DicomWriter[3];
        for (int f = 0; f < 3; f++) {
            groups[f] =
                    new DicomWriter()
                            .sequence(
                                    Tag.PLANE_POSITION_SEQUENCE,
                                    new DicomWriter().text(Tag.POSITION, "DS", "0\\0\\" + 5 * f))
                            .sequence(
                                    Tag.PIXEL_VALUE_SEQUENCE,
                                    new DicomWriter()
                                            .text(Tag.RESCALE_SLOPE, "DS", "" + (f + 1) * 0.5)
                                            .text(Tag.RESCALE_INTERCEPT, "DS", "" + -100 * f));
        }
        short[] pixels = new short[36];
        java.util.Arrays.fill(pixels, (short) 40);
        DicomWriter.slice(0, 0)
                .without(Tag.POSITION)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "3")
                .sequence(Tag.PER_FRAME_GROUPS, groups)
                .pixels16(pixels)
                .write(folder.resolve("enhanced"));

        Volume volume = only().readVolume();

        assertThat(volume.at(0, 0, 0)).isEqualTo(20f);
        assertThat(volume.at(0, 0, 1)).isEqualTo(-60f);
        assertThat(volume.at(3, 2, 2)).isEqualTo(-140f);
        assertThat(volume.grid().spacingMm(2)).isEqualTo(5);
    }

    /** An inverted 12-bit signed image: the darkest stored value is the brightest shown. */
    @Test
    void monochrome1IsInvertedWithinItsBitsAndItsSlope() throws IOException {
        for (int z = 0; z < 2; z++) {
            DicomWriter.slice(z, 0)
                    .text(Tag.MODALITY, "CS", "MR")
                    .text(Tag.PHOTOMETRIC, "CS", "MONOCHROME1")
                    .u16(Tag.BITS_STORED, 12)
                    .u16(Tag.HIGH_BIT, 11)
                    .u16(Tag.PIXEL_REPRESENTATION, 1)
                    .write(folder.resolve("m" + z));
        }

        Volume volume = only().readVolume();

        // stored n becomes -1 - n, then slope 2 and intercept -1000
        assertThat(volume.at(0)).isEqualTo(2 * -1f - 1000);
        assertThat(volume.at(5)).isEqualTo(2 * -6f - 1000);
    }

    private byte[] cut(DicomWriter slice) {
        byte[] whole = slice.bytes();
        return java.util.Arrays.copyOf(whole, whole.length - 10);
    }

    @Test
    void oneUidInSeveralPlacesIsNoCopyAndIsTold() throws IOException {
        for (int z = 0; z < 6; z++) {
            DicomWriter.slice(z, z)
                    .text(Tag.SOP_INSTANCE_UID, "UI", "7." + z / 2)
                    .write(folder.resolve("s" + z));
        }

        assertThat(only().slices()).isEqualTo(6);
        assertThat(only().problems())
                .singleElement()
                .asString()
                .startsWith("3 slices carry the SOP Instance UID (0008,0018) of another");
        assertThat(only().readVolume(Mismatch.RESAMPLE).volume().grid().depth()).isEqualTo(6);
    }

    @Test
    void ofTwoCopiesTheCompleteOneIsKept() throws IOException {
        for (int z = 0; z < 4; z++) {
            DicomWriter.slice(z, z).write(folder.resolve("s" + z));
        }
        Files.write(folder.resolve("!copy"), cut(DicomWriter.slice(2, 2)));

        assertThat(only().problems()).isEmpty();
        assertThat(only().readVolume().at(0, 0, 2)).isEqualTo(2 * 2f - 1000);
    }

    @Test
    void aSliceThatIsCutOffIsTakenAsMissing() throws IOException {
        for (int z = 0; z < 6; z++) {
            DicomWriter.slice(5 * z, 10 * z).write(folder.resolve("s" + z));
        }
        Files.write(folder.resolve("s3"), cut(DicomWriter.slice(15, 30)));
        DicomSeries series = only();

        assertThat(series.slices()).isEqualTo(5);
        assertThat(series.grid()).isEmpty();
        assertThat(series.problems()).hasSize(2);
        assertThat(series.problems().get(0))
                .startsWith("1 of 6 slices cannot be used (s3: Pixel Data (7FE0,0010) holds 14");
        assertThat(series.problems().get(1)).startsWith("1 slices are missing");
        DicomSeries.Evened evened = series.readVolume(Mismatch.RESAMPLE);
        assertThat(evened.volume().at(0, 0, 3)).isEqualTo(2 * 30f - 1000);
        assertThat(evened.remarks()).anyMatch(r -> r.contains("s3"));
    }

    @Test
    void aSliceInACodingThatIsNotDecodedIsTakenAsMissing() throws IOException {
        for (int z = 0; z < 6; z++) {
            DicomWriter slice = DicomWriter.slice(5 * z, 10 * z);
            if (z == 3) {
                slice.syntax("1.2.840.10008.1.2.4.201").fragments(new byte[10]);
            }
            slice.write(folder.resolve("s" + z));
        }

        assertThat(only().problems().get(0))
                .startsWith("1 of 6 slices cannot be used (s3: pixels in transfer syntax")
                .contains("(High-Throughput JPEG 2000 Lossless) are not decoded");
        assertThat(only().readVolume(Mismatch.RESAMPLE).volume().at(0, 0, 3))
                .isEqualTo(2 * 30f - 1000);
    }

    /** What is wrong inside a compressed slice is found by decoding only. */
    @Test
    void aSliceThatFailsToDecodeIsTakenAsMissing() throws IOException {
        for (int z = 0; z < 6; z++) {
            DicomWriter slice = DicomWriter.slice(5 * z, 10 * z);
            if (z == 3) {
                slice.syntax("1.2.840.10008.1.2.5").fragments(new byte[10]);
            }
            slice.write(folder.resolve("s" + z));
        }
        DicomSeries series = only();

        assertThat(series.problems()).isEmpty();
        assertThatThrownBy(series::readVolume).hasMessageContaining("s3");
        assertThatThrownBy(() -> series.readVolume(Mismatch.REFUSE)).hasMessageContaining("s3");
        DicomSeries.Evened evened = series.readVolume(Mismatch.RESAMPLE);
        assertThat(evened.volume().at(0, 0, 3)).isEqualTo(2 * 30f - 1000);
        assertThat(evened.remarks()).anyMatch(r -> r.startsWith("1 of 6 slices cannot be used"));
    }

    @Test
    void slicesOfTwoPatientsAreNeverOneSeries() throws IOException {
        for (int z = 0; z < 6; z++) {
            DicomWriter.slice(z, z)
                    .without(Tag.SERIES_INSTANCE_UID)
                    .without(Tag.STUDY_INSTANCE_UID)
                    .text(Tag.PATIENT_ID, "LO", z < 3 ? "Zhang" : "Wang")
                    .write(folder.resolve("s" + z));
        }

        DicomFolder scan = DicomFolder.scan(folder);

        assertThat(scan.series()).extracting(DicomSeries::slices).containsExactly(3, 3);
        assertThat(scan.series().get(0).problems())
                .containsExactly(
                        "Series Instance UID (0020,000E) is missing: slices of several series may"
                                + " be mixed");
        assertThat(scan.series()).extracting(DicomSeries::uid).containsExactly("", "#2");
    }

    @Test
    void oneSeriesUidInTwoStudiesIsTwoSeries() throws IOException {
        for (int z = 0; z < 6; z++) {
            DicomWriter.slice(z, z)
                    .text(Tag.STUDY_INSTANCE_UID, "UI", "1." + z / 3)
                    .write(folder.resolve("s" + z));
        }

        assertThat(DicomFolder.scan(folder).series())
                .extracting(DicomSeries::uid)
                .containsExactly("1.2.3", "1.2.3#2");
    }
}
