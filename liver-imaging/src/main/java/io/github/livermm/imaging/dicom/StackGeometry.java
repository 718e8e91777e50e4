// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Slices sorted by position along their normal, and what keeps them from being a volume: each is
 * compared with the first one, and its position in space with {@code first + number * step}.
 * Instance numbers are not used: exports renumber them.
 */
final class StackGeometry {
    /** Positions this near are the same place, mm. */
    static final double SAME_MM = 0.01;

    /** How far a slice may lie from its place, as part of the step and of a pixel: rounding. */
    private static final double PART = 0.1;

    /** What positions of one decimal may be off in space, mm. */
    private static final double ROUNDED_MM = 0.15;

    /** By how much cosines, and pixel spacing as a part of it, may differ: rounding. */
    private static final double ROUNDING = 1e-3;

    private static final int MOST_MISSING = 1_000_000;

    private final List<Slice> slices;
    private final List<String> problems = new ArrayList<>();
    private final boolean coherent;
    private double step = Double.NaN;
    private int repeated;
    private int missing;
    private @Nullable Grid grid;

    StackGeometry(List<Slice> unsorted) {
        double[] normal = unsorted.get(0).normal();
        slices = normal == null ? List.copyOf(unsorted) : sorted(unsorted, normal);
        compareWithFirst(normal);
        coherent = problems.isEmpty();
        if (coherent && normal != null) {
            judge(normal);
        }
    }

    private static List<Slice> sorted(List<Slice> unsorted, double[] normal) {
        return unsorted.stream()
                .sorted(
                        Comparator.<Slice>comparingDouble(s -> s.along(normal))
                                .thenComparing(s -> s.file().path())
                                .thenComparingInt(Slice::frame))
                .toList();
    }

    List<Slice> slices() {
        return slices;
    }

    List<String> problems() {
        return problems;
    }

    /** Whether all slices have one size and orientation, so that they can be resampled. */
    boolean isCoherent() {
        return coherent;
    }

    /** Whether the slices would be an even stack if the missing ones were there. */
    boolean isEvenButForGaps() {
        return problems.size() == (missing > 0 ? 1 : 0) && missing < slices.size();
    }

    /** Slices that lie where another one lies. */
    int repeated() {
        return repeated;
    }

    /**
     * The usual distance of neighbours along the normal, mm; that of one slice is its thickness.
     */
    double stepMm() {
        return step;
    }

    /** Where the voxels lie; the step is that of the positions, so that a tilted gantry is kept. */
    @Nullable Grid grid() {
        return grid;
    }

    /** The grid of the first slice alone; null when the slices differ. */
    @Nullable Grid firstGrid() {
        double[] normal = slices.get(0).normal();
        return normal == null || !coherent ? null : grid(Slice.times(thickness(), normal), 1);
    }

    /** Angle between the line through the slices and their normal, degrees. */
    double tiltDegrees() {
        double[] normal = slices.get(0).normal();
        if (!coherent || normal == null) {
            return 0;
        }
        double[] line = slices.get(0).to(slices.get(slices.size() - 1));
        double length = Math.sqrt(Slice.dot(line, line));
        return length > 0
                ? Math.toDegrees(Math.acos(Math.min(1, Slice.dot(line, normal) / length)))
                : 0;
    }

    private void compareWithFirst(double @Nullable [] normal) {
        Slice first = slices.get(0);
        if (normal == null || first.position() == null || first.spacing() == null) {
            problems.add(
                    "Image Position (0020,0032), Image Orientation (0020,0037) or Pixel Spacing"
                            + " (0028,0030) is missing or not valid");
            return;
        }
        if (differ(s -> new double[] {s.file().rows(), s.file().columns()}, 0, 0)) {
            problems.add("slices differ in rows or columns");
        }
        if (differ(Slice::orientation, ROUNDING, 0)) {
            problems.add("slices differ in orientation (0020,0037)");
        }
        if (differ(Slice::spacing, 0, ROUNDING)) {
            problems.add("slices differ in Pixel Spacing (0028,0030)");
        }
        if (slices.stream().anyMatch(s -> s.position() == null)) {
            problems.add("Image Position (0020,0032) is missing in some slices");
        }
    }

    /** Whether any slice differs from the first by more than it may, at most or in part. */
    private boolean differ(Function<Slice, double @Nullable []> of, double most, double part) {
        double[] first = of.apply(slices.get(0));
        for (Slice s : slices) {
            double[] other = of.apply(s);
            if (first == null || other == null) {
                return true;
            }
            for (int n = 0; n < first.length; n++) {
                if (!(Math.abs(other[n] - first[n]) <= most + part * Math.abs(first[n]))) {
                    return true;
                }
            }
        }
        return false;
    }

    private double thickness() {
        return slices.get(0).header().number(Tag.SLICE_THICKNESS).stream()
                .filter(t -> t > 0)
                .findFirst()
                .orElse(1);
    }

    /** Numbers the slices by their gaps, then compares each with the place of its number. */
    private void judge(double[] normal) {
        int gaps = slices.size() - 1;
        double[] gap = new double[gaps];
        for (int n = 0; n < gaps; n++) {
            gap[n] = slices.get(n + 1).along(normal) - slices.get(n).along(normal);
        }
        double[] sorted = Arrays.stream(gap).filter(g -> g >= SAME_MM).sorted().toArray();
        step = sorted.length == 0 ? thickness() : sorted[sorted.length / 2];
        long[] number = new long[gaps + 1];
        double where = Double.NaN;
        for (int n = 0; n < gaps; n++) {
            int steps = steps(gap[n]);
            if (steps > 1) {
                where = missing == 0 ? slices.get(n).along(normal) : where;
                missing = Math.min(MOST_MISSING, missing + steps - 1);
            }
            repeated += steps == 0 ? 1 : 0;
            number[n + 1] = number[n] + steps;
        }
        if (repeated > 0) {
            problems.add(repeated + " slices lie where another slice lies");
        }
        if (missing > 0) {
            tell(
                    "%d slices are missing (spacing %.3f mm, gap after %.2f mm)",
                    missing, step, where);
        }
        double[] line =
                number[gaps] == 0
                        ? Slice.times(step, normal)
                        : Slice.times(1.0 / number[gaps], slices.get(0).to(slices.get(gaps)));
        compareWithLine(line, number, normal);
        if (problems.isEmpty()) {
            grid = grid(line, slices.size());
        }
    }

    /** Steps that a gap spans: none in one place, several where slices are missing, else one. */
    private int steps(double gapMm) {
        if (gapMm < SAME_MM) {
            return 0;
        }
        double steps = gapMm / step;
        boolean whole = steps > 1.5 && Math.abs(steps - Math.rint(steps)) < PART;
        return whole ? (int) Math.min(MOST_MISSING, Math.rint(steps)) : 1;
    }

    private void compareWithLine(double[] line, long[] number, double[] normal) {
        double[] spacing = java.util.Objects.requireNonNull(slices.get(0).spacing());
        double up = Slice.dot(line, normal);
        Strays uneven = new Strays(PART * up);
        Strays beside = new Strays(Math.max(ROUNDED_MM, PART * Math.min(spacing[0], spacing[1])));
        for (int n = 0; n < number.length; n++) {
            double[] off = slices.get(0).to(slices.get(n));
            for (int r = 0; r < 3; r++) {
                off[r] -= number[n] * line[r];
            }
            double along = Slice.dot(off, normal);
            for (int r = 0; r < 3; r++) {
                off[r] -= along * normal[r];
            }
            double at = slices.get(n).along(normal);
            uneven.add(Math.abs(along), at);
            beside.add(Math.sqrt(Slice.dot(off, off)), at);
        }
        if (uneven.count > 0) {
            tell(
                    "%d slices differ from the spacing of %.3f mm by up to %.2f mm (first at %.2f"
                            + " mm)",
                    uneven.count, up, uneven.worst, uneven.first);
        }
        if (beside.count > 0) {
            tell(
                    "%d slices lie up to %.1f mm beside the line through the others (first at %.2f"
                            + " mm)",
                    beside.count, beside.worst, beside.first);
        }
    }

    /** Slices farther from their place than they may be. */
    private static final class Strays {
        private final double most;
        private int count;
        private double worst;
        private double first;

        Strays(double most) {
            this.most = most;
        }

        void add(double distance, double at) {
            if (!(distance <= most)) {
                first = count == 0 ? at : first;
                count++;
                worst = Math.max(worst, distance);
            }
        }
    }

    private void tell(String format, Object... values) {
        problems.add(String.format(Locale.ROOT, format, values));
    }

    private @Nullable Grid grid(double[] step, int depth) {
        Slice first = slices.get(0);
        double[] affine = first.affine(step);
        if (affine == null) {
            return null;
        }
        int[] size = {first.file().columns(), first.file().rows(), depth};
        try {
            return Grid.ofAffine(size, affine);
        } catch (IllegalArgumentException degenerate) {
            problems.add("the geometry is degenerate: " + degenerate.getMessage());
            return null;
        }
    }
}
