// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;

/**
 * A DICOM structure set (RTSTRUCT): closed contours in planes. A voxel belongs to a region when its
 * centre lies inside an odd number of the contours of its plane, so a contour within another one is
 * a hole, and contours apart from each other add up. Points and open contours enclose nothing.
 *
 * @since 0.1.0
 */
public final class DicomStructureSet implements MaskObject {
    /** Contours within this part of the slice spacing lie in one plane. */
    private static final double FLAT = 0.05;

    private final DicomFile file;
    private final String name;

    private DicomStructureSet(DicomFile file) {
        this.file = file;
        this.name = DicomFile.name(file.path());
    }

    static DicomStructureSet of(DicomFile file) {
        return new DicomStructureSet(file);
    }

    @Override
    public List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        for (DataSet roi : file.data().items(Tag.STRUCTURE_SET_ROIS)) {
            roi.number(Tag.ROI_NUMBER)
                    .ifPresent(
                            n ->
                                    regions.add(
                                            new Region(
                                                    (int) n,
                                                    roi.text(Tag.ROI_NAME).orElse(""),
                                                    type((int) n))));
        }
        return List.copyOf(regions);
    }

    private String type(int number) {
        return file.data().items(Tag.ROI_OBSERVATIONS).stream()
                .filter(o -> o.number(Tag.REFERENCED_ROI).orElse(-1) == number)
                .flatMap(o -> o.text(Tag.ROI_TYPE).stream())
                .findFirst()
                .orElse("");
    }

    @Override
    public NavigableSet<String> referencedSeries() {
        return MaskObject.seriesWithin(
                file.data(),
                Tag.REFERENCED_FRAMES_OF_REFERENCE,
                Tag.RT_REFERENCED_STUDY,
                Tag.RT_REFERENCED_SERIES);
    }

    @Override
    public Placed on(int number, Grid image, Mismatch otherwise) throws DicomException {
        Map<Long, List<double[]>> planes = planes(number, image);
        int[] lost = {0};
        int[] moved = {0};
        Volume volume = Volume.filled(image, voxels -> fill(planes, image, voxels, lost, moved));
        List<String> remarks = new ArrayList<>();
        if (lost[0] > 0) {
            remarks.add(lost[0] + " planes of contours lie outside the image");
        }
        if (moved[0] > 0) {
            remarks.add(moved[0] + " planes of contours were moved to the nearest slice");
        }
        if (!remarks.isEmpty() && otherwise == Mismatch.REFUSE) {
            throw new DicomException(name + ": region " + number + ": " + remarks.get(0));
        }
        return new Placed(volume, remarks);
    }

    /** Contours in voxel indices (x, y alternating), by plane in parts of the slice spacing. */
    private Map<Long, List<double[]>> planes(int number, Grid image) throws DicomException {
        Map<Long, List<double[]>> planes = new TreeMap<>();
        for (DataSet roi : file.data().items(Tag.ROI_CONTOURS)) {
            if (roi.number(Tag.REFERENCED_ROI).orElse(-1) != number) {
                continue;
            }
            for (DataSet contour : roi.items(Tag.CONTOURS)) {
                String kind = contour.text(Tag.CONTOUR_TYPE).orElse("CLOSED_PLANAR");
                if (kind.startsWith("CLOSED")) {
                    add(contour.numbers(Tag.CONTOUR_DATA), image, planes);
                }
            }
        }
        return planes;
    }

    private void add(double[] points, Grid image, Map<Long, List<double[]>> planes)
            throws DicomException {
        if (points.length % 3 != 0 || points.length == 0) {
            throw new DicomException(
                    name
                            + ": Contour Data (3006,0050) has "
                            + points.length
                            + " numbers, allowed are 3 per point");
        }
        double[] flat = new double[points.length / 3 * 2];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < points.length / 3; n++) {
            double[] at = image.toIndex(points[3 * n], points[3 * n + 1], points[3 * n + 2]);
            flat[2 * n] = at[0];
            flat[2 * n + 1] = at[1];
            low = Math.min(low, at[2]);
            high = Math.max(high, at[2]);
        }
        if (!(high - low <= 2 * FLAT)) {
            throw new DicomException(
                    name
                            + ": a contour (3006,0050) does not lie in one slice of the image; convert"
                            + " it with the image it was drawn on");
        }
        long plane = Math.round((low + high) / 2 / FLAT);
        planes.computeIfAbsent(plane, p -> new ArrayList<>()).add(flat);
    }

    private static void fill(
            Map<Long, List<double[]>> planes, Grid image, float[] voxels, int[] lost, int[] moved) {
        boolean[] slice = new boolean[image.width() * image.height()];
        for (Map.Entry<Long, List<double[]>> plane : planes.entrySet()) {
            double at = plane.getKey() * FLAT;
            long k = Math.round(at);
            if (k < 0 || k >= image.depth()) {
                lost[0]++;
                continue;
            }
            moved[0] += Math.abs(at - k) > 2 * FLAT ? 1 : 0;
            java.util.Arrays.fill(slice, false);
            plane.getValue().forEach(c -> flip(c, slice, image.width(), image.height()));
            int from = (int) k * slice.length;
            for (int n = 0; n < slice.length; n++) {
                if (slice[n]) {
                    voxels[from + n] = 1;
                }
            }
        }
    }

    /** Inverts every voxel whose centre lies inside a contour, line by line. */
    private static void flip(double[] contour, boolean[] slice, int width, int height) {
        int points = contour.length / 2;
        for (int n = 0; n < points; n++) {
            int m = (n + 1) % points;
            double x0 = contour[2 * n];
            double y0 = contour[2 * n + 1];
            double x1 = contour[2 * m];
            double y1 = contour[2 * m + 1];
            // an edge covers the lines from its lower end up to, but without, its upper end
            int from = (int) Math.max(0, Math.ceil(Math.min(y0, y1)));
            int to = (int) Math.min(height, Math.ceil(Math.max(y0, y1)));
            for (int y = from; y < to; y++) {
                double x = x0 + (y - y0) / (y1 - y0) * (x1 - x0);
                int first = (int) Math.max(0, Math.min(width, Math.ceil(x)));
                for (int i = y * width + first; i < (y + 1) * width; i++) {
                    slice[i] = !slice[i];
                }
            }
        }
    }
}
