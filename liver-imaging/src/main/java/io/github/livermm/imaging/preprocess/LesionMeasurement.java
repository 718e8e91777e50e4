// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Measures a lesion on the cut-out grid; see {@link LesionImage#measurements()}. */
final class LesionMeasurement {
    /** Rim and core by depth below the surface, as a share of the greatest depth. */
    private static final double RIM = 0.35;

    private static final double CORE = 0.6;
    private static final double MARGIN_MM = 4;

    private LesionMeasurement() {}

    static double[] of(
            @Nullable LabelRegion index,
            float[] lesion,
            float[] voxels,
            boolean[] present,
            int[] size,
            double[] spacing) {
        double[] out = new double[LesionImage.measurementNames().size()];
        Arrays.fill(out, Double.NaN);
        if (index == null || !index.isLesion()) {
            return out;
        }
        out[0] = Math.log(index.diameterMm());
        out[1] = Math.log(index.volumeMl());
        out[2] = Math.log(index.lesions());
        double ball = Math.PI / 6 * Math.pow(index.diameterMm(), 3) / 1000;
        out[3] = index.volumeMl() / ball;
        float[] depth = depth(lesion, size, spacing);
        double deepest = 0;
        for (float d : depth) {
            deepest = Math.max(deepest, d);
        }
        double least = Math.max(MARGIN_MM, Math.max(spacing[0], spacing[1]) * 1.01);
        for (Channel channel : Channel.values()) {
            if (present[channel.plane()] && deepest > 0) {
                int from = channel.plane() * lesion.length;
                int at = LesionImage.firstMeasurement(channel);
                double all = mean(voxels, from, depth, 0, deepest);
                double rim = mean(voxels, from, depth, 0, RIM * deepest);
                double core = mean(voxels, from, depth, CORE * deepest, deepest);
                out[at] = all;
                out[at + 1] = rim - core;
                out[at + 2] = deviation(voxels, from, depth, all);
                out[at + 3] = mean(voxels, from, depth, -least, -1e-9);
            }
        }
        return out;
    }

    /** Mean over the voxels whose depth lies in the range and that hold a number. */
    private static double mean(float[] voxels, int from, float[] depth, double low, double high) {
        double sum = 0;
        int n = 0;
        for (int v = 0; v < depth.length; v++) {
            boolean in = depth[v] >= low && depth[v] <= high && depth[v] != 0;
            if (in && !Float.isNaN(voxels[from + v])) {
                sum += voxels[from + v];
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    private static double deviation(float[] voxels, int from, float[] depth, double mean) {
        double sum = 0;
        int n = 0;
        for (int v = 0; v < depth.length; v++) {
            if (depth[v] > 0 && !Float.isNaN(voxels[from + v])) {
                double d = voxels[from + v] - mean;
                sum += d * d;
                n++;
            }
        }
        return Math.sqrt(sum / n);
    }

    /**
     * Distance in mm to the nearest voxel across the surface: positive inside, negative outside.
     */
    private static float[] depth(float[] lesion, int[] size, double[] spacing) {
        int w = size[0];
        int h = size[1];
        int[] border = new int[lesion.length];
        int count = 0;
        for (int v = 0; v < lesion.length; v++) {
            if (isBorder(lesion, v, size)) {
                border[count++] = v;
            }
        }
        float[] depth = new float[lesion.length];
        for (int v = 0; v < lesion.length; v++) {
            boolean inside = lesion[v] >= 0.5f;
            double nearest = Double.POSITIVE_INFINITY;
            for (int b = 0; b < count; b++) {
                int other = border[b];
                if (lesion[other] >= 0.5f != inside) {
                    double x = (other % w - v % w) * spacing[0];
                    double y = (other / w % h - v / w % h) * spacing[1];
                    double z = (other / w / h - v / w / h) * spacing[2];
                    nearest = Math.min(nearest, x * x + y * y + z * z);
                }
            }
            double d = Double.isInfinite(nearest) ? 0 : Math.sqrt(nearest);
            depth[v] = (float) (inside ? d : -d);
        }
        return depth;
    }

    private static boolean isBorder(float[] lesion, int v, int[] size) {
        int[] steps = {1, size[0], size[0] * size[1]};
        int[] at = {v % size[0], v / size[0] % size[1], v / size[0] / size[1]};
        boolean inside = lesion[v] >= 0.5f;
        for (int a = 0; a < 3; a++) {
            if (at[a] > 0 && lesion[v - steps[a]] >= 0.5f != inside) {
                return true;
            }
            if (at[a] < size[a] - 1 && lesion[v + steps[a]] >= 0.5f != inside) {
                return true;
            }
        }
        return false;
    }
}
