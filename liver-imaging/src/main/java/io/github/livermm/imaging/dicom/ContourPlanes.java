// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The contours of a region by plane, and the slices of an image that each plane stands for. A plane
 * reaches half way to a neighbouring one, and half the usual distance of planes where it has none.
 * Places along the slices are in slices.
 */
final class ContourPlanes {
    /** A contour may lie so far off a plane, and a plane off a slice: positions are rounded. */
    static final double FLAT = 0.05;

    /** Planes up to this many times their usual distance apart are neighbours. */
    private static final double NEIGHBOURS = 1.5;

    /** The thickest slices of abdominal CT and MR; planes farther apart are two pieces. */
    private static final double FARTHEST_MM = 10;

    private static final int LISTED = 12;

    /** One closed contour in voxel indices, x and y alternating. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Contour(double at, double[] points) {}

    /** The contours of a plane; it stands for the slices from one up to, but without, another. */
    private record Plane(double at, List<double[]> contours, int from, int to) {}

    private final Grid image;
    private final List<Plane> planes = new ArrayList<>();
    private final List<Integer> bare = new ArrayList<>();

    ContourPlanes(List<Contour> contours, Grid image) {
        this.image = image;
        List<List<Contour>> groups = grouped(contours);
        double[] at = groups.stream().mapToDouble(g -> g.get(0).at()).toArray();
        double farthest = Math.max(1, FARTHEST_MM / image.spacingMm(2));
        double usual = usualGap(at, farthest);
        double low = at.length == 0 ? 0 : at[0] - usual / 2;
        for (int n = 0; n < at.length; n++) {
            double next = n + 1 < at.length ? at[n + 1] : Double.POSITIVE_INFINITY;
            boolean touch = next - at[n] <= Math.min(NEIGHBOURS * usual, farthest);
            double high = touch ? (at[n] + next) / 2 : at[n] + usual / 2;
            List<double[]> points = groups.get(n).stream().map(Contour::points).toList();
            planes.add(new Plane(at[n], points, slice(low), slice(high)));
            low = touch ? high : next - usual / 2;
            if (next - at[n] <= farthest) {
                IntStream.range(slice(high), slice(low)).forEach(bare::add);
            }
        }
    }

    /** The first slice at or above a place, within the image or just behind it. */
    private int slice(double at) {
        return (int) Math.max(0, Math.min(image.depth(), Math.ceil(at - FLAT)));
    }

    private static List<List<Contour>> grouped(List<Contour> contours) {
        List<List<Contour>> groups = new ArrayList<>();
        double at = Double.NEGATIVE_INFINITY;
        for (Contour c : contours.stream().sorted(Comparator.comparing(Contour::at)).toList()) {
            if (!(c.at() - at <= FLAT)) {
                groups.add(new ArrayList<>());
                at = c.at();
            }
            groups.get(groups.size() - 1).add(c);
        }
        return groups;
    }

    /** The median distance of planes, at least a slice; distances of two pieces do not count. */
    private static double usualGap(double[] at, double farthest) {
        double[] gaps =
                IntStream.range(1, at.length)
                        .mapToDouble(n -> at[n] - at[n - 1])
                        .filter(gap -> gap <= farthest)
                        .sorted()
                        .toArray();
        return gaps.length == 0 ? 1 : Math.max(1, gaps[(gaps.length - 1) / 2]);
    }

    /** Says what lies outside the image and what lies between its slices. */
    void tell(Misfits misfits) throws DicomException {
        List<Integer> filled = new ArrayList<>();
        int outside = 0;
        int beside = 0;
        int between = 0;
        for (Plane p : planes) {
            if (!(p.at() > -0.5 - FLAT && p.at() < image.depth() - 0.5 + FLAT)) {
                outside++;
            } else {
                between += Math.abs(p.at() - Math.rint(p.at())) > 2 * FLAT ? 1 : 0;
                beside += (int) p.contours().stream().filter(this::isBeside).count();
            }
            IntStream.range(p.from(), p.to())
                    .filter(k -> Math.abs(k - p.at()) > 0.5 + FLAT)
                    .forEach(filled::add);
        }
        if (outside > 0) {
            misfits.change(outside + " planes of contours lie outside the image");
        }
        if (beside > 0) {
            misfits.change(beside + " contours reach beyond the rows or columns of the image");
        }
        if (between > 0) {
            misfits.change(
                    between + " planes of contours lie between slices, the nearest has them");
        }
        if (!filled.isEmpty()) {
            misfits.change(listed(filled) + " no contour of their own, but the nearest one");
        }
        if (!bare.isEmpty()) {
            misfits.remark(listed(bare) + " no contour, though others lie near on both sides");
        }
    }

    /** Whether the centre of a voxel outside the image could lie inside. */
    private boolean isBeside(double[] points) {
        for (int n = 0; n < points.length; n += 2) {
            boolean inside = points[n] > -1 && points[n] <= image.width();
            if (!(inside && points[n + 1] > -1 && points[n + 1] <= image.height())) {
                return true;
            }
        }
        return false;
    }

    private static String listed(List<Integer> slices) {
        int more = slices.size() - LISTED;
        return slices.stream()
                .limit(LISTED)
                .map(String::valueOf)
                .collect(
                        Collectors.joining(
                                ", ",
                                "slices ",
                                (more > 0 ? " and " + more + " more" : "")
                                        + " (the first is 0) have"));
    }

    void fill(float[] voxels) {
        int slice = image.width() * image.height();
        for (Plane plane : planes) {
            if (plane.from() < plane.to()) {
                boolean[] inside =
                        EvenOddFill.inside(plane.contours(), image.width(), image.height());
                for (int n = plane.from() * slice; n < plane.to() * slice; n++) {
                    voxels[n] = inside[n % slice] ? 1 : 0;
                }
            }
        }
    }
}
