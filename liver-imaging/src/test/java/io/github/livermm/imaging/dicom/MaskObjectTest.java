// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.volume.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contours and segments of known shape on a small grid of 10 x 8 x 4 voxels. */
class MaskObjectTest {
    private static final Grid IMAGE =
            Grid.of(
                    new int[] {10, 8, 4},
                    new double[] {0.5, 0.5, 2},
                    new double[] {100, 200, -30},
                    new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    @TempDir Path folder;

    /** A rectangle in voxel indices, one vertex per corner. */
    private static DicomWriter box(double x0, double y0, double x1, double y1, double z) {
        StringBuilder text = new StringBuilder();
        double[][] corners = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
        for (double[] c : corners) {
            text.append(text.length() == 0 ? "" : "\\")
                    .append(100 + 0.5 * c[0])
                    .append('\\')
                    .append(200 + 0.5 * c[1])
                    .append('\\')
                    .append(-30 + 2 * z);
        }
        return new DicomWriter()
                .text(Tag.CONTOUR_TYPE, "CS", "CLOSED_PLANAR")
                .text(Tag.CONTOUR_DATA, "DS", text.toString());
    }

    private MaskObject structures(DicomWriter... contours) throws IOException {
        DicomWriter series = new DicomWriter().text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.3");
        return MaskObject.read(
                new DicomWriter()
                        .text(Tag.MODALITY, "CS", "RTSTRUCT")
                        .sequence(
                                Tag.REFERENCED_FRAMES_OF_REFERENCE,
                                new DicomWriter()
                                        .sequence(
                                                Tag.RT_REFERENCED_STUDY,
                                                new DicomWriter()
                                                        .sequence(
                                                                Tag.RT_REFERENCED_SERIES, series)))
                        .sequence(
                                Tag.STRUCTURE_SET_ROIS,
                                new DicomWriter()
                                        .text(Tag.ROI_NUMBER, "IS", "4")
                                        .text(Tag.ROI_NAME, "LO", "Liver"))
                        .sequence(
                                Tag.ROI_CONTOURS,
                                new DicomWriter()
                                        .text(Tag.REFERENCED_ROI, "IS", "4")
                                        .sequence(Tag.CONTOURS, contours))
                        .write(folder.resolve("rt.dcm")));
    }

    private static String slice(MaskObject.Placed placed, int k) {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < 8; j++) {
            for (int i = 0; i < 10; i++) {
                text.append(placed.volume().at(i, j, k) > 0 ? '#' : '.');
            }
            text.append('/');
        }
        return text.toString();
    }

    @Test
    void aContourWithinAnotherIsAHoleAndOneBesideItAddsUp() throws IOException {
        MaskObject rt =
                structures(
                        box(0.5, 0.5, 5.5, 5.5, 1), // 5 x 5
                        box(1.5, 1.5, 3.5, 3.5, 1), // hole of 2 x 2
                        box(6.5, 5.5, 8.5, 6.5, 1), // two beside it
                        box(0.5, 0.5, 1.5, 1.5, 2));

        MaskObject.Placed liver = rt.on(4, IMAGE, Mismatch.REFUSE);

        assertThat(rt.regions()).containsExactly(new MaskObject.Region(4, "Liver", ""));
        assertThat(rt.referencedSeries()).containsExactly("1.2.3");
        assertThat(liver.remarks()).isEmpty();
        assertThat(slice(liver, 1))
                .isEqualTo(
                        "........../.#####..../.#..##..../.#..##..../.#####..../.#####..../"
                                + ".......##./........../");
        assertThat(slice(liver, 2)).startsWith("........../.#......../..........");
        assertThat(slice(liver, 0)).doesNotContain("#");
    }

    @Test
    void centresOnAnEdgeBelongToOneSideOnly() throws IOException {
        MaskObject.Placed both =
                structures(box(1, 1, 4, 4, 0), box(4, 1, 7, 4, 0)).on(4, IMAGE, Mismatch.REFUSE);

        assertThat(slice(both, 0)).startsWith("........../.######.../.######.../.######.../....");
    }

    @Test
    void planesBetweenSlicesAreMovedOnlyWhenAsked() throws IOException {
        MaskObject rt = structures(box(0.5, 0.5, 5.5, 5.5, 1.3), box(0.5, 0.5, 2.5, 2.5, 7));

        assertThatThrownBy(() -> rt.on(4, IMAGE, Mismatch.REFUSE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("outside the image");
        assertThat(rt.on(4, IMAGE, Mismatch.RESAMPLE).remarks())
                .containsExactly(
                        "1 planes of contours lie outside the image",
                        "1 planes of contours lie between slices, the nearest has them");
    }

    /** The same 2 x 2 box at the given places along the slices. */
    private MaskObject boxesAt(double... z) throws IOException {
        return structures(
                java.util.Arrays.stream(z)
                        .mapToObj(k -> box(0.5, 0.5, 2.5, 2.5, k))
                        .toArray(DicomWriter[]::new));
    }

    private static List<Integer> slices(MaskObject.Placed placed) {
        return slices(placed, 4);
    }

    /** Which slices have voxels, all of them so many. */
    private static List<Integer> slices(MaskObject.Placed placed, int each) {
        Grid grid = placed.volume().grid();
        List<Integer> found = new ArrayList<>();
        for (int k = 0; k < grid.depth(); k++) {
            int count = 0;
            for (int n = 0; n < 80; n++) {
                count += placed.volume().at(80 * k + n) > 0 ? 1 : 0;
            }
            assertThat(count).isIn(0, each);
            if (count > 0) {
                found.add(k);
            }
        }
        return found;
    }

    private static Grid slicesOf(int depth, double mm) {
        return Grid.of(
                new int[] {10, 8, depth},
                new double[] {0.5, 0.5, mm},
                IMAGE.origin(),
                IMAGE.direction());
    }

    @Test
    void slicesBetweenPlanesOfContoursHaveTheNearestOrAreRefused() throws IOException {
        MaskObject everySecond = boxesAt(1, 3, 5, 7);
        Grid image = slicesOf(12, 2);

        MaskObject.Placed filled = everySecond.on(4, image, Mismatch.RESAMPLE);

        assertThat(slices(filled)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(filled.remarks())
                .containsExactly(
                        "slices 0, 2, 4, 6 (the first is 0) have no contour of their own, but the"
                                + " nearest one");
        assertThatThrownBy(() -> everySecond.on(4, image, Mismatch.REFUSE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("region 4: slices 0, 2, 4, 6 (the first is 0)");
    }

    @Test
    void contoursOfThickSlicesFillThinOnes() throws IOException {
        MaskObject thick = boxesAt(0, 1.25, 2.5, 3.75); // every 2.5 mm

        assertThat(slices(thick.on(4, slicesOf(20, 1), Mismatch.RESAMPLE)))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void contoursOfThinSlicesGoToThickOnesOnce() throws IOException {
        MaskObject thin = boxesAt(0, 0.2, 0.4, 0.6, 0.8, 1, 1.2);

        assertThat(slices(thin.on(4, IMAGE, Mismatch.RESAMPLE))).containsExactly(0, 1);
    }

    @Test
    void piecesOfARegionStayApart() throws IOException {
        Grid image = slicesOf(40, 2);

        MaskObject.Placed near = boxesAt(1, 2, 3, 6, 7).on(4, image, Mismatch.REFUSE);
        MaskObject.Placed far = boxesAt(1, 31).on(4, image, Mismatch.REFUSE);

        assertThat(slices(near)).containsExactly(1, 2, 3, 6, 7);
        assertThat(near.remarks())
                .containsExactly(
                        "slices 4, 5 (the first is 0) have no contour, though others lie near on"
                                + " both sides");
        assertThat(slices(far)).containsExactly(1, 31);
        assertThat(far.remarks()).isEmpty();
    }

    @Test
    void aHoleMayLieAHairBesideThePlaneOfItsContour() throws IOException {
        // both sides of every border at which places could be rounded apart
        for (double z = 0.9125; z < 1.09; z += 0.0125) {
            MaskObject rt =
                    structures(
                            box(0.5, 0.5, 5.5, 5.5, z - 0.00004),
                            box(1.5, 1.5, 3.5, 3.5, z + 0.00004));

            assertThat(slice(rt.on(4, IMAGE, Mismatch.REFUSE), 1))
                    .startsWith("........../.#####..../.#..##..../.#..##..../.#####..../");
        }
    }

    @Test
    void contoursBesideTheImageAreRefusedOrCounted() throws IOException {
        MaskObject reaching = structures(box(-3, 1.5, 1.5, 2.5, 0), box(0.5, 6.5, 1.5, 9.5, 1));
        MaskObject touching = structures(box(-0.5, -0.5, 9.5, 7.5, 0));
        MaskObject beside = structures(box(1000, 0.5, 1005, 5.5, 1));

        assertThatThrownBy(() -> reaching.on(4, IMAGE, Mismatch.REFUSE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("2 contours reach beyond the rows or columns");
        assertThat(reaching.on(4, IMAGE, Mismatch.RESAMPLE).remarks())
                .containsExactly("2 contours reach beyond the rows or columns of the image");
        assertThat(touching.on(4, IMAGE, Mismatch.REFUSE).remarks()).isEmpty();
        assertThatThrownBy(() -> beside.on(4, IMAGE, Mismatch.RESAMPLE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("no voxel of the image lies inside (1 contours reach");
    }

    private static DicomWriter contour(String kind, String points) {
        return new DicomWriter()
                .text(Tag.CONTOUR_TYPE, "CS", kind)
                .text(Tag.CONTOUR_DATA, "DS", points);
    }

    @Test
    void contoursThatEncloseNothingAreLeftOutAndSaid() throws IOException {
        DicomWriter open = contour("OPEN_PLANAR", "101\\201\\-30\\102\\201\\-30\\102\\202\\-30");
        DicomWriter point = contour("CLOSED_PLANAR", "101\\201\\-30");
        DicomWriter none = new DicomWriter().text(Tag.CONTOUR_TYPE, "CS", "CLOSED_PLANAR");

        MaskObject.Placed rest =
                structures(open, box(0.5, 0.5, 2.5, 2.5, 1), point, none)
                        .on(4, IMAGE, Mismatch.REFUSE);

        assertThat(slices(rest)).containsExactly(1);
        assertThat(rest.remarks())
                .containsExactly("3 contours are open or of fewer than three points, left out");
        MaskObject onlyOpen = structures(open, open);
        assertThatThrownBy(() -> onlyOpen.on(4, IMAGE, Mismatch.RESAMPLE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("no voxel of the image lies inside (2 contours are open");
        MaskObject damaged = structures(contour("CLOSED_PLANAR", "101\\x\\-30"));
        assertThatThrownBy(() -> damaged.on(4, IMAGE, Mismatch.RESAMPLE))
                .hasMessageContaining("(3006,0050)");
    }

    @Test
    void fillingCostsCrossingsAndNotTheirProductWithTheWidth() {
        int edges = 2001; // the last one lies in a line and crosses none
        double[] zigzag = new double[2 * edges];
        for (int n = 0; n < edges; n++) {
            zigzag[2 * n] = 0.3 + n % 7;
            zigzag[2 * n + 1] = n % 2 == 0 ? 0 : 50;
        }

        for (int width : new int[] {10, 100, 1000}) {
            long[] turns = {0};
            EvenOddFill.crossings(zigzag, width, 50, n -> turns[0]++);

            assertThat(turns[0]).isEqualTo(50L * (edges - 1));
        }
    }

    @Test
    void contoursThatCrossSlicesAreRefused() throws IOException {
        DicomWriter oblique =
                new DicomWriter()
                        .text(Tag.CONTOUR_TYPE, "CS", "CLOSED_PLANAR")
                        .text(
                                Tag.CONTOUR_DATA,
                                "DS",
                                "100\\200\\-30\\102\\200\\-28\\101\\202\\-26");
        MaskObject rt = structures(oblique);

        assertThatThrownBy(() -> rt.on(4, IMAGE, Mismatch.RESAMPLE))
                .hasMessageContaining("(3006,0050)");
    }

    private static DicomWriter frame(int segment, double z) {
        return new DicomWriter()
                .sequence(
                        Tag.PLANE_POSITION_SEQUENCE,
                        new DicomWriter().text(Tag.POSITION, "DS", "101\\200.5\\" + z))
                .sequence(
                        Tag.SEGMENT_IDENTIFICATION,
                        new DicomWriter().u16(Tag.REFERENCED_SEGMENT, segment));
    }

    @Test
    void overlappingSegmentsInAnyOrderOfFramesGoToTheirPlaces() throws IOException {
        // 3 x 3 pixels at (2, 1): bits of three frames follow each other without padding
        int bits = 0b111111111 | 0b000010000 << 9 | 0b000000001 << 18;
        byte[] packed = {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)};
        DicomWriter geometry =
                new DicomWriter()
                        .sequence(
                                Tag.PLANE_ORIENTATION_SEQUENCE,
                                new DicomWriter().text(Tag.ORIENTATION, "DS", "1\\0\\0\\0\\1\\0"))
                        .sequence(
                                Tag.PIXEL_MEASURES_SEQUENCE,
                                new DicomWriter().text(Tag.PIXEL_SPACING, "DS", "0.5\\0.5"));
        MaskObject seg =
                MaskObject.read(
                        new DicomWriter()
                                .text(Tag.MODALITY, "CS", "SEG")
                                .text(Tag.SEGMENTATION_TYPE, "CS", "BINARY")
                                .text(Tag.NUMBER_OF_FRAMES, "IS", "3")
                                .image(3, 3, 1, 1, false)
                                .sequence(Tag.SHARED_GROUPS, geometry)
                                .sequence(
                                        Tag.PER_FRAME_GROUPS,
                                        frame(2, -26),
                                        frame(1, -26),
                                        frame(1, -30))
                                .pixels(packed)
                                .write(folder.resolve("seg.dcm")));

        MaskObject.Placed one = seg.on(1, IMAGE, Mismatch.REFUSE);
        MaskObject.Placed two = seg.on(2, IMAGE, Mismatch.REFUSE);

        assertThat(slice(one, 2)).startsWith("........../........../...#......");
        assertThat(slice(one, 0)).startsWith("........../..#.......");
        assertThat(slice(one, 1)).doesNotContain("#");
        assertThat(slice(two, 2)).startsWith("........../..###...../..###...../..###.....");
    }

    private static DicomWriter measures(int tag, double mm) {
        DicomWriter own =
                new DicomWriter()
                        .text(Tag.PIXEL_SPACING, "DS", "0.5\\0.5")
                        .text(Tag.SLICE_THICKNESS, "DS", "6");
        return new DicomWriter()
                .sequence(Tag.PIXEL_MEASURES_SEQUENCE, own.text(tag, "DS", "" + mm));
    }

    /** A full frame of 3 x 3 pixels, 0.3 pixels beside those of the image unless exact. */
    private static DicomWriter full(double x, double y, String z, int segment) {
        return new DicomWriter()
                .sequence(
                        Tag.PLANE_POSITION_SEQUENCE,
                        new DicomWriter().text(Tag.POSITION, "DS", x + "\\" + y + "\\" + z))
                .sequence(
                        Tag.SEGMENT_IDENTIFICATION,
                        new DicomWriter().u16(Tag.REFERENCED_SEGMENT, segment));
    }

    private MaskObject segments(DicomWriter shared, String orientation, DicomWriter... frames)
            throws IOException {
        byte[] ones = new byte[frames.length * 9 / 8 + 2];
        java.util.Arrays.fill(ones, (byte) -1);
        return MaskObject.read(
                new DicomWriter()
                        .text(Tag.MODALITY, "CS", "SEG")
                        .text(Tag.SEGMENTATION_TYPE, "CS", "BINARY")
                        .text(Tag.NUMBER_OF_FRAMES, "IS", "" + frames.length)
                        .image(3, 3, 1, 1, false)
                        .sequence(
                                Tag.SHARED_GROUPS,
                                shared.sequence(
                                        Tag.PLANE_ORIENTATION_SEQUENCE,
                                        new DicomWriter().text(Tag.ORIENTATION, "DS", orientation)))
                        .sequence(
                                Tag.SEGMENT_SEQUENCE,
                                new DicomWriter()
                                        .u16(Tag.SEGMENT_NUMBER, 2)
                                        .text(Tag.SEGMENT_LABEL, "LO", "Tumor"))
                        .sequence(Tag.PER_FRAME_GROUPS, frames)
                        .pixels(ones)
                        .write(Files.createTempFile(folder, "seg", ".dcm")));
    }

    /** Frames of segment 2 beside the voxels, at places along the slices of 2 mm. */
    private MaskObject framesAt(DicomWriter shared, double... slices) throws IOException {
        return segments(
                shared,
                "1\\0\\0\\0\\1\\0",
                java.util.Arrays.stream(slices)
                        .mapToObj(k -> full(101.15, 200.5, "" + (-30 + 2 * k), 2))
                        .toArray(DicomWriter[]::new));
    }

    private static final Grid DEEP = slicesOf(60, 2);

    private static List<Integer> resampled(MaskObject seg) throws IOException {
        return slices(seg.on(2, DEEP, Mismatch.RESAMPLE), 9);
    }

    @Test
    void framesFarApartDoNotTouch() throws IOException {
        DicomWriter thin = measures(Tag.SLICE_THICKNESS, 2);

        assertThat(resampled(framesAt(thin, 4, 44))).containsExactly(4, 44);
        assertThat(resampled(framesAt(thin, 40, 0, 1))).containsExactly(0, 1, 40);
        assertThat(resampled(framesAt(thin, 3, 3, 4, 6))).containsExactly(3, 4, 6);
        assertThat(framesAt(thin, 4, 44).on(2, DEEP, Mismatch.RESAMPLE).remarks())
                .singleElement()
                .asString()
                .startsWith("resampled (nearest) from 2 stacks of frames, the first 3 x 3 x 1");
    }

    @Test
    void framesAreAsThickAsStatedOrAsTheirGap() throws IOException {
        DicomWriter none =
                new DicomWriter()
                        .sequence(
                                Tag.PIXEL_MEASURES_SEQUENCE,
                                new DicomWriter().text(Tag.PIXEL_SPACING, "DS", "0.5\\0.5"));
        DicomWriter perFrame = full(101.15, 200.5, "-20", 2);
        perFrame.sequence(
                Tag.PIXEL_MEASURES_SEQUENCE,
                new DicomWriter()
                        .text(Tag.PIXEL_SPACING, "DS", "0.5\\0.5")
                        .text(Tag.SLICE_THICKNESS, "DS", "10"));

        assertThat(resampled(framesAt(measures(Tag.SLICE_THICKNESS, 6), 5)))
                .containsExactly(4, 5, 6);
        assertThat(resampled(framesAt(measures(Tag.SPACING_BETWEEN_SLICES, 2), 5)))
                .containsExactly(5);
        assertThat(resampled(segments(none, "1\\0\\0\\0\\1\\0", perFrame)))
                .containsExactly(3, 4, 5, 6, 7);
        assertThat(resampled(framesAt(none, 3, 6, 9))).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(resampled(framesAt(none, 5))).containsExactly(5);
    }

    /** Frames of segment 2 on the voxels, at places along the slices of 2 mm. */
    private MaskObject onVoxels(DicomWriter shared, int... slices) throws IOException {
        return segments(
                shared,
                "1\\0\\0\\0\\1\\0",
                java.util.Arrays.stream(slices)
                        .mapToObj(k -> full(101, 200.5, "" + (-30 + 2 * k), 2))
                        .toArray(DicomWriter[]::new));
    }

    @Test
    void framesOfThickSlicesLeaveNoThinOneEmpty() throws IOException {
        MaskObject thick = onVoxels(measures(Tag.SPACING_BETWEEN_SLICES, 6), 4, 7, 10);
        MaskObject one = onVoxels(measures(Tag.SPACING_BETWEEN_SLICES, 6), 5);

        assertThat(resampled(thick)).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(resampled(onVoxels(measures(Tag.SLICE_THICKNESS, 6), 4, 7)))
                .containsExactly(3, 4, 5, 6, 7, 8);
        assertThat(resampled(one)).containsExactly(4, 5, 6);
        assertThatThrownBy(() -> thick.on(2, DEEP, Mismatch.REFUSE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("its frames are 6.00 mm apart, those of the image 2.00 mm");
    }

    @Test
    void framesOfOverlappingOrLackingSlicesStayOnTheirVoxels() throws IOException {
        // slices of 6 mm every 2 mm; slices of 2 mm of which some show nothing
        assertThat(resampled(onVoxels(measures(Tag.SLICE_THICKNESS, 6), 4, 5, 8)))
                .containsExactly(4, 5, 8);
        assertThat(resampled(onVoxels(measures(Tag.SLICE_THICKNESS, 6), 4))).containsExactly(4);
        assertThat(resampled(onVoxels(measures(Tag.SLICE_THICKNESS, 2), 4, 9)))
                .containsExactly(4, 9);
    }

    @Test
    void roundedPositionsAreAnEvenStack() throws IOException {
        DicomWriter[] frames = new DicomWriter[48];
        for (int n = 0; n < frames.length; n++) {
            String z = String.format(java.util.Locale.ROOT, "%.2f", -30 + 0.625 * n);
            frames[n] = full(101.15, 200.5, z, 2);
        }

        MaskObject seg = segments(measures(Tag.SLICE_THICKNESS, 0.62), "1\\0\\0\\0\\1\\0", frames);

        assertThat(resampled(seg)).hasSize(15).startsWith(0).endsWith(14);
    }

    @Test
    void tiltedFramesAreAnEvenStackToo() throws IOException {
        DicomWriter[] frames = new DicomWriter[4];
        for (int n = 0; n < frames.length; n++) {
            frames[n] = full(101.15, 200 + 0.5 * n, "" + (-30 + 2 * n), 2);
        }

        MaskObject.Placed tilted =
                segments(measures(Tag.SLICE_THICKNESS, 2), "1\\0\\0\\0\\1\\0", frames)
                        .on(2, IMAGE, Mismatch.RESAMPLE);

        assertThat(slice(tilted, 0)).startsWith("..###...../..###...../..###...../..........");
        assertThat(slice(tilted, 3)).startsWith("........../........../........../..###.....");
    }

    @Test
    void orientationsAndPositionsMayBeRounded() throws IOException {
        MaskObject seg =
                segments(
                        measures(Tag.SLICE_THICKNESS, 2),
                        "0.99999\\0.0001\\-0.0002\\-0.0001\\0.99999\\0.0001",
                        full(101.004, 199.998, "-27.99", 2));

        MaskObject.Placed placed = seg.on(2, IMAGE, Mismatch.REFUSE);

        assertThat(slices(placed, 9)).containsExactly(1);
        assertThat(placed.remarks()).isEmpty();
    }

    @Test
    void aSegmentOutsideTheImageIsCountedOrRefused() throws IOException {
        DicomWriter thin = measures(Tag.SLICE_THICKNESS, 2);
        MaskObject partly = framesAt(thin, 58, 59, 60, 61);
        MaskObject far = framesAt(thin, 1000, 1001);
        MaskObject exact = segments(thin, "1\\0\\0\\0\\1\\0", full(101, 200.5, "5000", 2));

        MaskObject.Placed rest = partly.on(2, DEEP, Mismatch.RESAMPLE);

        assertThat(slices(rest, 9)).containsExactly(58, 59);
        assertThat(rest.remarks()).contains("18 voxels lie outside the image");
        for (Mismatch rule : Mismatch.values()) {
            assertThatThrownBy(() -> far.on(2, DEEP, rule)).isInstanceOf(DicomException.class);
            assertThatThrownBy(() -> exact.on(2, DEEP, rule)).isInstanceOf(DicomException.class);
        }
        assertThatThrownBy(() -> far.on(2, DEEP, Mismatch.RESAMPLE))
                .hasMessageContaining("segment 2: no voxel of the image lies inside (")
                .hasMessageContaining("18 voxels lie outside the image");
        assertThatThrownBy(() -> far.on(7, DEEP, Mismatch.RESAMPLE))
                .hasMessageContaining("segment 7: no voxel of the image lies inside (it is empty");
    }

    @Test
    void framesOfASegmentThatNothingDescribesAreARegionWithoutName() throws IOException {
        MaskObject seg =
                segments(
                        measures(Tag.SLICE_THICKNESS, 2),
                        "1\\0\\0\\0\\1\\0",
                        full(101, 200.5, "-30", 9),
                        full(101, 200.5, "-30", 1));

        assertThat(seg.regions())
                .containsExactly(
                        new MaskObject.Region(1, "", ""),
                        new MaskObject.Region(2, "Tumor", ""),
                        new MaskObject.Region(9, "", ""));
        assertThat(slices(seg.on(9, IMAGE, Mismatch.REFUSE), 9)).containsExactly(0);
    }

    @Test
    void scatteredFramesVisitTheImageABoundedNumberOfTimes() throws IOException {
        DicomWriter[] tiles = new DicomWriter[65];
        for (int n = 0; n < tiles.length; n++) {
            tiles[n] = full(101.15 + 10 * n, 200.5, "-30", 2);
        }

        MaskObject seg = segments(measures(Tag.SLICE_THICKNESS, 2), "1\\0\\0\\0\\1\\0", tiles);

        assertThat(slices(seg.on(2, slicesOf(2, 2), Mismatch.RESAMPLE), 9)).containsExactly(0);
        assertThatThrownBy(() -> seg.on(2, slicesOf(1, 2), Mismatch.RESAMPLE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("its frames lie scattered in 65 stacks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HCC",
                "hcc_1",
                "HCC2",
                "Liver tumor",
                "GTV",
                "GTVp 1",
                "Liver_GTV",
                "肝癌",
                "病灶1",
                "metastases",
                "cyst",
                "ring-enhancing lesion",
                "peripheral nodule",
                "周围型肝癌",
                "segment VI superior mass",
                "non-enhancing tumour",
                "FNH"
            })
    void namesOfLesions(String label) {
        assertThat(new MaskObject.Region(1, label, "").isLesion()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Liver",
                "LIVER_",
                "肝脏",
                "肝",
                "whole liver",
                "Liver without vessels",
                "肝脏（去除血管）",
                "Liver (excl. gallbladder)",
                "Hepar"
            })
    void namesOfTheLiver(String label) {
        MaskObject.Region region = new MaskObject.Region(1, label, "");

        assertThat(region.isLiver()).isTrue();
        assertThat(region.isLesion()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Liver-GTV",
                "Liver - GTV1",
                "liver\u2013gtv",
                "肝脏-GTV",
                "Liver-PTV",
                "PTV_liver",
                "Liver minus tumor",
                "liver without lesions",
                "Liver excl. HCC",
                "non-tumorous liver",
                "tumor-free liver",
                "非肿瘤肝",
                "肝脏除外病灶",
                "除肿瘤外的肝脏",
                "肝（去除肿瘤）",
                "peritumoral ring",
                "peri-tumoural liver",
                "tumor_ring",
                "liver rim",
                "tumour margin 5 mm",
                "瘤周",
                "瘤周10mm",
                "癌旁肝组织",
                "病灶周围",
                "Cystic duct",
                "liver_vessels",
                "肝静脉",
                "Spleen"
            })
    void namesOfNeither(String label) {
        MaskObject.Region region = new MaskObject.Region(1, label, "");

        assertThat(region.isLesion()).isFalse();
        assertThat(region.isLiver()).isFalse();
        assertThat(new MaskObject.Region(1, "", label).isLesion()).isFalse();
    }
}
