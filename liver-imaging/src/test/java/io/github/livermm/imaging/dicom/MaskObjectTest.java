// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.volume.Grid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** Which slices have voxels; they must be those of the box. */
    private static List<Integer> slices(MaskObject.Placed placed) {
        Grid grid = placed.volume().grid();
        List<Integer> found = new ArrayList<>();
        for (int k = 0; k < grid.depth(); k++) {
            int count = 0;
            for (int n = 0; n < 80; n++) {
                count += placed.volume().at(80 * k + n) > 0 ? 1 : 0;
            }
            assertThat(count).isIn(0, 4);
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
}
