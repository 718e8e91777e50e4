// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the slices of one series by position along their normal and says what keeps them from being
 * a volume. Instance numbers are not used: exports renumber them.
 */
final class SliceStack {
    /** Positions this near are the same place, mm. */
    private static final double SAME_MM = 0.01;

    /** Scanners round positions; a tenth of the spacing is more than rounding. */
    private static final double EVEN = 0.1;

    /** Attributes that tell apart stacks acquired in one series, tried in this order. */
    private static final List<Integer> STACK_KEYS =
            List.of(
                    Tag.TEMPORAL_POSITION,
                    Tag.ACQUISITION_NUMBER,
                    Tag.TRIGGER_TIME,
                    Tag.DIFFUSION_B_VALUE,
                    Tag.ECHO_TIME,
                    Tag.ACQUISITION_TIME,
                    Tag.IMAGE_TYPE);

    private final List<Slice> slices;
    private final List<String> problems = new ArrayList<>();
    private final @Nullable Grid grid;
    private boolean coherent;

    SliceStack(List<Slice> unsorted) {
        List<Slice> kept = distinct(unsorted);
        double[] normal = kept.get(0).normal();
        if (normal != null) {
            kept.sort(
                    Comparator.<Slice>comparingDouble(s -> s.along(normal))
                            .thenComparing(s -> s.file().path())
                            .thenComparingInt(Slice::frame));
        }
        slices = List.copyOf(kept);
        grid = check(normal);
    }

    List<Slice> slices() {
        return slices;
    }

    List<String> problems() {
        return problems;
    }

    @Nullable Grid grid() {
        return grid;
    }

    /** Whether all slices have one size and orientation, so that they can be resampled. */
    boolean isCoherent() {
        return coherent;
    }

    /** Angle between the line through the slices and their normal, degrees. */
    double tiltDegrees() {
        double[] normal = slices.get(0).normal();
        double[] p = slices.get(0).position();
        double[] q = slices.get(slices.size() - 1).position();
        if (normal == null || p == null || q == null || slices.size() < 2) {
            return 0;
        }
        double length = Math.hypot(Math.hypot(q[0] - p[0], q[1] - p[1]), q[2] - p[2]);
        double up = slices.get(slices.size() - 1).along(normal) - slices.get(0).along(normal);
        return length > 0 ? Math.toDegrees(Math.acos(Math.min(1, up / length))) : 0;
    }

    /** Splits slices that lie several times in one place into stacks, where a tag tells how. */
    static List<List<Slice>> split(List<Slice> slices) {
        if (!overlapping(distinct(slices))) {
            return List.of(slices);
        }
        for (int key : STACK_KEYS) {
            java.util.Map<String, List<Slice>> stacks = new java.util.TreeMap<>();
            for (Slice s : slices) {
                String value = s.file().data().text(key).orElse("");
                stacks.computeIfAbsent(value, v -> new ArrayList<>()).add(s);
            }
            boolean separate =
                    stacks.size() > 1
                            && stacks.values().stream()
                                    .allMatch(s -> s.size() > 1 && !overlapping(distinct(s)));
            if (separate) {
                return List.copyOf(stacks.values());
            }
        }
        return List.of(slices);
    }

    private static boolean overlapping(List<Slice> slices) {
        double[] normal = slices.get(0).normal();
        if (normal == null) {
            return false;
        }
        double[] at = slices.stream().mapToDouble(s -> s.along(normal)).sorted().toArray();
        for (int n = 1; n < at.length; n++) {
            if (at[n] - at[n - 1] < SAME_MM) {
                return true;
            }
        }
        return false;
    }

    /** Drops copies of one object: exports hold them under two names. */
    private static List<Slice> distinct(List<Slice> slices) {
        Set<String> seen = new HashSet<>();
        List<Slice> kept = new ArrayList<>();
        for (Slice s : slices) {
            String uid = s.file().data().text(Tag.SOP_INSTANCE_UID).orElse("");
            if (uid.isEmpty() || seen.add(uid + "#" + s.frame())) {
                kept.add(s);
            }
        }
        return kept;
    }

    private @Nullable Grid check(double @Nullable [] normal) {
        Slice first = slices.get(0);
        if (normal == null || first.position() == null || first.spacing() == null) {
            problems.add(
                    "Image Position (0020,0032), Image Orientation (0020,0037) or Pixel Spacing"
                            + " (0028,0030) is missing or not valid");
            return null;
        }
        if (varies(s -> s.file().rows() + "x" + s.file().columns())) {
            problems.add("slices differ in rows or columns");
        }
        if (varies(s -> rounded(s.orientation(), 1000))) {
            problems.add("slices differ in orientation (0020,0037)");
        }
        if (varies(s -> rounded(s.spacing(), 1000))) {
            problems.add("slices differ in Pixel Spacing (0028,0030)");
        }
        if (slices.stream().anyMatch(s -> s.position() == null)) {
            problems.add("Image Position (0020,0032) is missing in some slices");
        }
        if (!problems.isEmpty()) {
            return null;
        }
        coherent = true;
        double step = slices.size() > 1 ? evenSpacing(normal) : thickness(first);
        return problems.isEmpty() ? grid(normal, step, slices.size()) : null;
    }

    /** The grid of the first slice alone. */
    @Nullable Grid firstGrid() {
        double[] normal = slices.get(0).normal();
        return normal == null || !coherent ? null : grid(normal, thickness(slices.get(0)), 1);
    }

    private boolean varies(Function<Slice, String> of) {
        return slices.stream().map(of).distinct().count() > 1;
    }

    private static String rounded(double @Nullable [] values, int parts) {
        StringBuilder text = new StringBuilder();
        if (values != null) {
            for (double v : values) {
                text.append(Math.round(v * parts)).append(' ');
            }
        }
        return text.toString();
    }

    private static double thickness(Slice only) {
        return only.file().data().number(Tag.SLICE_THICKNESS).stream()
                .filter(t -> t > 0)
                .findFirst()
                .orElse(1);
    }

    private double evenSpacing(double[] normal) {
        double[] gaps = new double[slices.size() - 1];
        for (int n = 0; n < gaps.length; n++) {
            gaps[n] = slices.get(n + 1).along(normal) - slices.get(n).along(normal);
        }
        double[] sorted = gaps.clone();
        java.util.Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        int same = 0;
        int missing = 0;
        int uneven = 0;
        double where = Double.NaN;
        for (int n = 0; n < gaps.length; n++) {
            double steps = gaps[n] / median;
            if (gaps[n] < SAME_MM) {
                same++;
            } else if (Math.abs(steps - 1) > EVEN) {
                where = slices.get(n).along(normal);
                boolean whole = steps > 1.5 && Math.abs(steps - Math.rint(steps)) < EVEN;
                missing += whole ? (int) Math.min(1e6, Math.rint(steps) - 1) : 0;
                uneven += whole ? 0 : 1;
            }
        }
        if (same > 0) {
            problems.add(same + " slices lie where another slice lies");
        }
        if (missing > 0) {
            problems.add(
                    String.format(
                            Locale.ROOT,
                            "%d slices are missing (spacing %.3f mm, gap after %.2f mm)",
                            missing,
                            median,
                            where));
        }
        if (uneven > 0) {
            problems.add(
                    String.format(
                            Locale.ROOT,
                            "%d gaps differ from the spacing of %.3f mm (after %.2f mm)",
                            uneven,
                            median,
                            where));
        }
        return median;
    }

    /** The step between slices is taken from their positions, so that a tilted gantry is kept. */
    private @Nullable Grid grid(double[] normal, double step, int depth) {
        Slice first = slices.get(0);
        Slice last = slices.get(depth - 1);
        double[] o = first.orientation();
        double[] p = first.position();
        double[] q = last.position();
        double[] s = first.spacing();
        if (o == null || p == null || q == null || s == null) {
            return null;
        }
        int n = depth - 1;
        double[] affine = new double[12];
        for (int r = 0; r < 3; r++) {
            affine[r * 4] = o[r] * s[1];
            affine[r * 4 + 1] = o[r + 3] * s[0];
            affine[r * 4 + 2] = n > 0 ? (q[r] - p[r]) / n : normal[r] * step;
            affine[r * 4 + 3] = p[r];
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
