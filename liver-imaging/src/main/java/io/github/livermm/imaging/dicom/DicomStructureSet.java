// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.dicom.ContourPlanes.Contour;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * A DICOM structure set (RTSTRUCT): closed contours in planes. A voxel belongs to a region when its
 * centre lies inside an odd number of the contours of its plane, so a contour within another one is
 * a hole, and contours apart from each other add up. Points and open contours enclose nothing.
 * Where the slices of the image are closer together than the planes of the contours, a slice has
 * those of the nearest plane, half the distance of planes away at most. Costs O(lines crossed by an
 * edge, summed over edges, and voxels).
 *
 * @since 0.1.0
 */
public final class DicomStructureSet implements MaskObject {
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
        Misfits misfits = new Misfits(name + ": region " + number, otherwise);
        ContourPlanes planes = new ContourPlanes(contours(number, image, misfits), image);
        planes.tell(misfits);
        return misfits.placed(Volume.filled(image, planes::fill));
    }

    private List<Contour> contours(int number, Grid image, Misfits misfits) throws DicomException {
        List<Contour> contours = new ArrayList<>();
        int idle = 0;
        for (DataSet roi : file.data().items(Tag.ROI_CONTOURS)) {
            if (roi.number(Tag.REFERENCED_ROI).orElse(-1) != number) {
                continue;
            }
            for (DataSet contour : roi.items(Tag.CONTOURS)) {
                double[] points = points(contour);
                String kind = contour.text(Tag.CONTOUR_TYPE).orElse("CLOSED_PLANAR");
                if (kind.startsWith("CLOSED") && points.length >= 9) {
                    contours.add(contour(points, image));
                } else {
                    idle++;
                }
            }
        }
        if (idle > 0) {
            misfits.remark(idle + " contours are open or of fewer than three points, left out");
        }
        return contours;
    }

    private double[] points(DataSet contour) throws DicomException {
        double[] points = contour.numbers(Tag.CONTOUR_DATA);
        boolean damaged = points.length == 0 && contour.text(Tag.CONTOUR_DATA).isPresent();
        if (damaged || points.length % 3 != 0) {
            throw new DicomException(
                    name
                            + ": Contour Data (3006,0050) has "
                            + points.length
                            + " numbers, allowed are 3 per point");
        }
        return points;
    }

    private Contour contour(double[] points, Grid image) throws DicomException {
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
        if (!(high - low <= 2 * ContourPlanes.FLAT)) {
            throw new DicomException(
                    name
                            + ": a contour (3006,0050) does not lie in one slice of the image; convert"
                            + " it with the image it was drawn on");
        }
        return new Contour((low + high) / 2, flat);
    }
}
