// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks acquired in one series become volumes of their own, and one volume stays one. */
class SeriesSplitTest {
    @TempDir Path folder;

    private DicomFolder scan() throws IOException {
        return DicomFolder.scan(folder);
    }

    /** Every stack is a volume of slices whose first pixel is the value given. */
    private void checkStacks(int depth, double... firstPixels) throws IOException {
        DicomFolder scan = scan();
        assertThat(scan.series()).hasSize(firstPixels.length);
        for (int n = 0; n < firstPixels.length; n++) {
            DicomSeries stack = scan.series().get(n);
            assertThat(stack.problems()).isEmpty();
            assertThat(stack.uid()).isEqualTo(n == 0 ? "1.2.3" : "1.2.3#" + (n + 1));
            var volume = stack.readVolume();
            assertThat(volume.grid().depth()).isEqualTo(depth);
            for (int k = 0; k < depth; k++) {
                assertThat((double) volume.at(0, 0, k)).isEqualTo(firstPixels[n]);
            }
        }
    }

    private DicomWriter slice(double z, int value, int n) {
        return DicomWriter.slice(z, value)
                .text(Tag.RESCALE_SLOPE, "DS", "1")
                .text(Tag.RESCALE_INTERCEPT, "DS", "0")
                .text(Tag.SOP_INSTANCE_UID, "UI", "5." + n);
    }

    /** Together the slices of two phases would be one clean volume of half the spacing. */
    @Test
    void acquisitionsBetweenEachOtherAreTwoVolumes() throws IOException {
        for (double offset : new double[] {2.5, 1}) {
            for (int n = 0; n < 20; n++) {
                int a = n / 10;
                slice(5 * (n % 10) + a * offset, 50 + 100 * a, n)
                        .text(Tag.ACQUISITION_NUMBER, "IS", "" + (a + 1))
                        .write(folder.resolve("s" + n));
            }
            checkStacks(10, 50, 150);
        }
    }

    @Test
    void aMissingSliceDoesNotKeepPhasesTogether() throws IOException {
        for (double offset : new double[] {2.5, 1, 0}) {
            for (int n = 0; n < 20; n++) {
                int a = n / 10;
                if (n != 14) {
                    slice(5 * (n % 10) + a * offset, 50 + 100 * a, n)
                            .text(Tag.ACQUISITION_NUMBER, "IS", "" + (a + 1))
                            .write(folder.resolve("s" + n));
                }
            }
            DicomFolder scan = scan();
            assertThat(scan.series()).hasSize(2);
            assertThat(scan.series().get(0).problems()).isEmpty();
            assertThat(scan.series().get(1).problems())
                    .singleElement()
                    .asString()
                    .startsWith("1 slices are missing");
        }
    }

    /** Slices that follow each other in groups, as one turn of the gantry gives them. */
    @Test
    void turnsOfOneScanStayOneVolume() throws IOException {
        for (int n = 0; n < 20; n++) {
            slice(5 * n, 7, n)
                    .text(Tag.ACQUISITION_NUMBER, "IS", "" + (n / 4 + 1))
                    .write(folder.resolve("s" + n));
        }
        checkStacks(20, 7);
    }

    /** Slices of odd and even number are often taken in one breath-hold each. */
    @Test
    void oddAndEvenSlicesOfTwoTimesStayOneVolume() throws IOException {
        for (int n = 0; n < 20; n++) {
            slice(5 * n, 7, n)
                    .text(Tag.ACQUISITION_TIME, "TM", n % 2 == 0 ? "100000" : "100020")
                    .write(folder.resolve("s" + n));
        }
        checkStacks(20, 7);
    }

    @Test
    void waterAndFatOfTwoPhasesAreFourVolumes() throws IOException {
        for (double offset : new double[] {0, 2.5}) {
            for (int n = 0; n < 40; n++) {
                int stack = n / 10;
                slice(5 * (n % 10) + (stack / 2) * offset, stack, n)
                        .text(
                                Tag.IMAGE_TYPE,
                                "CS",
                                "ORIGINAL\\PRIMARY\\DIXON\\" + (stack % 2 == 0 ? "F" : "W"))
                        .text(Tag.ACQUISITION_NUMBER, "IS", "" + (stack / 2 + 9))
                        .write(folder.resolve("s" + n));
            }
            DicomFolder scan = scan();
            assertThat(scan.series()).hasSize(4).allMatch(s -> s.problems().isEmpty());
            for (DicomSeries s : scan.series()) {
                float first = s.readVolume().at(0, 0, 0);
                for (int k = 0; k < 10; k++) {
                    assertThat(s.readVolume().at(0, 0, k)).isEqualTo(first);
                }
            }
        }
    }

    @Test
    void passesAreToldApartByTheTimeOfEverySlice() throws IOException {
        for (int n = 0; n < 20; n++) {
            slice(5 * (n % 10), n / 10 * 100, n)
                    .text(Tag.ACQUISITION_TIME, "TM", String.format("10%02d%02d", n / 10, n % 10))
                    .write(folder.resolve("s" + n));
        }
        checkStacks(10, 0, 100);
    }

    @Test
    void aSingleSliceOfAnotherAcquisitionIsSetApart() throws IOException {
        for (int n = 0; n < 21; n++) {
            slice(n < 20 ? 5 * n : 50, n < 20 ? 7 : 9, n)
                    .text(Tag.ACQUISITION_NUMBER, "IS", n < 20 ? "1" : "2")
                    .write(folder.resolve("s" + n));
        }
        DicomFolder scan = scan();
        assertThat(scan.series()).extracting(DicomSeries::slices).containsExactly(20, 1);
        assertThat(scan.series().get(0).problems()).isEmpty();
    }

    private void enhanced(int frames, IntFunction<DicomWriter> group) throws IOException {
        DicomWriter[] groups = new DicomWriter[frames];
        short[] pixels = new short[12 * frames];
        for (int f = 0; f < frames; f++) {
            groups[f] = group.apply(f);
            java.util.Arrays.fill(pixels, 12 * f, 12 * f + 12, (short) (f / 5));
        }
        slice(0, 0, 0)
                .text(Tag.MODALITY, "CS", "MR")
                .text(Tag.SERIES_DESCRIPTION, "LO", "")
                .without(Tag.POSITION)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "" + frames)
                .sequence(Tag.PER_FRAME_GROUPS, groups)
                .pixels16(pixels)
                .write(folder.resolve("e"));
    }

    private static DicomWriter at(String position) {
        return new DicomWriter()
                .sequence(
                        Tag.PLANE_POSITION_SEQUENCE,
                        new DicomWriter().text(Tag.POSITION, "DS", position));
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    private static byte[] f64(double value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    }

    @Test
    void framesOfSeveralTimesAreVolumesOfTheirOwn() throws IOException {
        enhanced(
                15,
                f ->
                        at("0\\0\\" + 4 * (f % 5))
                                .sequence(
                                        Tag.FRAME_CONTENT_SEQUENCE,
                                        new DicomWriter()
                                                .text(Tag.STACK_ID, "SH", "1")
                                                .raw(
                                                        Tag.TEMPORAL_POSITION_INDEX,
                                                        "UL",
                                                        u32(f / 5 + 1),
                                                        4)));
        checkStacks(5, 0, 1, 2);
    }

    @Test
    void framesOfSeveralWeightingsAreVolumesOfTheirOwn() throws IOException {
        enhanced(
                10,
                f ->
                        at("0\\0\\" + 4 * (f % 5))
                                .sequence(
                                        Tag.MR_DIFFUSION_SEQUENCE,
                                        new DicomWriter()
                                                .raw(
                                                        Tag.DIFFUSION_B_VALUE,
                                                        "FD",
                                                        f64(f / 5 * 800),
                                                        8)));
        checkStacks(5, 0, 1);
        assertThat(scan().series().get(1).phase().orElseThrow().phase().id()).isEqualTo("mr_dwi");
        assertThat(scan().series().get(0).phase()).isEmpty();
    }

    @Test
    void framesOfSeveralEchoesAndTypesAreVolumesOfTheirOwn() throws IOException {
        enhanced(
                20,
                f ->
                        at("0\\0\\" + 4 * (f % 5))
                                .sequence(
                                        Tag.MR_ECHO_SEQUENCE,
                                        new DicomWriter()
                                                .raw(
                                                        Tag.EFFECTIVE_ECHO_TIME,
                                                        "FD",
                                                        f64(f < 10 ? 1.2 : 2.4),
                                                        8))
                                .sequence(
                                        Tag.MR_FRAME_TYPE_SEQUENCE,
                                        new DicomWriter()
                                                .text(
                                                        Tag.FRAME_TYPE,
                                                        "CS",
                                                        "ORIGINAL\\PRIMARY\\T1\\"
                                                                + (f / 5 % 2 == 0 ? "A" : "B"))));
        checkStacks(5, 0, 1, 2, 3);
    }

    @Test
    void stacksOfTwoPlanesAreVolumesOfTheirOwn() throws IOException {
        enhanced(
                10,
                f ->
                        at(f < 5 ? "0\\0\\" + 4 * f : "0\\" + 4 * (f - 5) + "\\200")
                                .sequence(
                                        Tag.PLANE_ORIENTATION_SEQUENCE,
                                        new DicomWriter()
                                                .text(
                                                        Tag.ORIENTATION,
                                                        "DS",
                                                        f < 5
                                                                ? "1\\0\\0\\0\\1\\0"
                                                                : "1\\0\\0\\0\\0\\-1"))
                                .sequence(
                                        Tag.FRAME_CONTENT_SEQUENCE,
                                        new DicomWriter()
                                                .text(Tag.STACK_ID, "SH", f < 5 ? "1" : "2")));
        checkStacks(5, 0, 1);
    }

    @Test
    void framesWithoutTheirGroupsAreTold() throws IOException {
        enhanced(10, f -> at("0\\0\\" + 4 * f));
        DicomWriter[] groups = new DicomWriter[5];
        for (int f = 0; f < 5; f++) {
            groups[f] = at("0\\0\\" + f);
        }
        slice(0, 0, 0)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "10")
                .sequence(Tag.PER_FRAME_GROUPS, groups)
                .pixels16(new short[120])
                .write(folder.resolve("e"));

        assertThat(scan().series()).isEmpty();
        assertThat(scan().problems())
                .containsExactly(
                        new FileProblem("e", "5 functional groups (5200,9230) for 10 frames"));
    }

    /** The header of a frame still knows whose name the header of the file holds. */
    @Test
    void namesInTheHeaderOfAnEnhancedFileStayOutOfLabels() throws IOException {
        slice(0, 0, 0)
                .text(Tag.PATIENT_NAME, "PN", "ZHANG^SAN")
                .text(Tag.SERIES_DESCRIPTION, "LO", "LIVER ZHANG SAN")
                .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
                .sequence(Tag.PER_FRAME_GROUPS, at("0\\0\\0"), at("0\\0\\4"))
                .pixels16(new short[24])
                .write(folder.resolve("e"));

        assertThat(scan().series().get(0).label()).isEqualTo("series 2");
    }
}
