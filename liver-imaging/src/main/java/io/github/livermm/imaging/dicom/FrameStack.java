// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neighbouring frames of a segment as an even stack. Frames that are not stored are empty, so
 * frames farther apart make stacks of their own, each as thick as its frames.
 *
 * @param grid where the frames lie
 * @param frames as stored, in no particular order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrameStack(Grid grid, int[] frames) {
    /** Frames up to this many thicknesses apart are neighbours. */
    static final double NEIGHBOURS = 1.5;

    /** Part of a slice by which a border may be rounded. */
    private static final double HAIR = 1e-6;

    /** Of a frame of which nothing tells how thick it is. */
    static final double UNKNOWN_MM = 1;

    /**
     * The stacks of a segment, in order of place.
     *
     * @param frames its frames, at least one
     * @param thicknessMm of a frame as stated, perhaps infinite; no more than the smallest gap
     *     counts
     */
    static List<FrameStack> of(List<Slice> frames, double thicknessMm) throws DicomException {
        Slice any = frames.get(0);
        double[] normal = normal(any);
        List<Slice> sorted = new ArrayList<>(frames);
        sorted.sort(Comparator.comparingDouble(s -> s.along(normal)));
        double thickness = Math.min(thicknessMm, smallestGap(frames));
        thickness = Double.isFinite(thickness) ? thickness : UNKNOWN_MM;
        List<FrameStack> stacks = new ArrayList<>();
        int from = 0;
        for (int n = 1; n <= sorted.size(); n++) {
            if (n == sorted.size() || !touch(sorted.get(n - 1), sorted.get(n), normal, thickness)) {
                stacks.add(even(sorted.subList(from, n), normal, thickness));
                from = n;
            }
        }
        return stacks;
    }

    /** The smallest distance of two places along the normal, mm; infinite for a single place. */
    static double smallestGap(List<Slice> frames) throws DicomException {
        double[] normal = normal(frames.get(0));
        double[] at = frames.stream().mapToDouble(s -> s.along(normal)).sorted().toArray();
        return IntStream.range(1, at.length)
                .mapToDouble(n -> at[n] - at[n - 1])
                .filter(gap -> gap > StackGeometry.SAME_MM)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static boolean touch(Slice a, Slice b, double[] normal, double thickness)
            throws DicomException {
        double apart = distance(a, b);
        boolean ahead = b.along(normal) - a.along(normal) > StackGeometry.SAME_MM;
        return apart <= StackGeometry.SAME_MM || (ahead && apart <= NEIGHBOURS * thickness);
    }

    private static double distance(Slice a, Slice b) throws DicomException {
        double[] p = FramePlace.position(a);
        double[] q = FramePlace.position(b);
        return Math.hypot(Math.hypot(p[0] - q[0], p[1] - q[1]), p[2] - q[2]);
    }

    private static FrameStack even(List<Slice> frames, double[] normal, double thickness)
            throws DicomException {
        Slice first = frames.get(0);
        int steps = 0;
        for (int n = 1; n < frames.size(); n++) {
            steps += distance(frames.get(n - 1), frames.get(n)) > StackGeometry.SAME_MM ? 1 : 0;
        }
        double[] from = FramePlace.position(first);
        double[] to = FramePlace.position(frames.get(frames.size() - 1));
        double[] step = new double[3];
        for (int r = 0; r < 3; r++) {
            step[r] = steps == 0 ? normal[r] * thickness : (to[r] - from[r]) / steps;
        }
        Grid grid = FramePlace.stack(first, step, steps + 1);
        for (Slice s : frames) {
            if (!FramePlace.of(s, grid).exact()) {
                throw new DicomException(
                        DicomFile.name(first.file().path())
                                + ": its frames are no even stack of one orientation");
            }
        }
        return new FrameStack(grid, frames.stream().mapToInt(Slice::frame).toArray());
    }

    /** The slices of an image that the stack touches: the first, and the one behind the last. */
    int[] slices(Grid image) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int corner = 0; corner < 8; corner++) {
            double[] p =
                    grid.toPatient(
                            (corner & 1) * grid.width() - 0.5,
                            (corner >> 1 & 1) * grid.height() - 0.5,
                            (corner >> 2) * grid.depth() - 0.5);
            double k = image.toIndex(p[0], p[1], p[2])[2];
            low = Math.min(low, k);
            high = Math.max(high, k);
        }
        int from = (int) Math.max(0, Math.ceil(low - HAIR));
        return new int[] {from, (int) Math.min(image.depth(), Math.floor(high + HAIR) + 1)};
    }

    static double[] normal(Slice frame) throws DicomException {
        double[] normal = frame.normal();
        if (normal == null) {
            throw new DicomException(
                    DicomFile.name(frame.file().path())
                            + ": a frame has no orientation (0020,0037)");
        }
        return normal;
    }
}
