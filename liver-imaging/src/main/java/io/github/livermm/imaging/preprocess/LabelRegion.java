// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.mask.LesionRule;
import io.github.livermm.imaging.volume.Grid;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Place and size of one or several labels of a mask in the patient.
 *
 * @param labels the labels
 * @param voxels its voxels
 * @param lesions labels of 2 and up in the mask
 * @param centre middle of its box, LPS mm
 * @param extentMm longest side of its box
 * @param diameterMm largest distance of two of its voxels, plus one voxel
 * @param volumeMl its volume
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LabelRegion(
        Set<Integer> labels,
        int voxels,
        int lesions,
        double[] centre,
        double extentMm,
        double diameterMm,
        double volumeMl) {
    /** The lesion that a rule chooses, else the liver, else null. */
    static @Nullable LabelRegion of(LabelMap mask, LesionRule rule) {
        if (mask.sizes().isEmpty()) {
            return null;
        }
        Set<Integer> lesions = mask.lesions(rule);
        return measure(mask, lesions.isEmpty() ? Set.of(LabelMap.LIVER) : lesions);
    }

    /** The liver with its lesions; null when the mask is empty. */
    static @Nullable LabelRegion liver(LabelMap mask) {
        return mask.sizes().isEmpty() ? null : measure(mask, mask.sizes().keySet());
    }

    boolean isLesion() {
        return !labels.contains(LabelMap.LIVER);
    }

    boolean contains(int label) {
        return labels.contains(label);
    }

    private static LabelRegion measure(LabelMap mask, Set<Integer> labels) {
        int voxels = labels.stream().mapToInt(l -> mask.sizes().getOrDefault(l, 0)).sum();
        double[][] directions = directions();
        double[] low = new double[directions.length];
        double[] high = new double[directions.length];
        java.util.Arrays.fill(low, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(high, Double.NEGATIVE_INFINITY);
        Grid grid = mask.grid();
        int v = 0;
        for (int k = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++) {
                    if (labels.contains(mask.at(v++))) {
                        double[] p = grid.toPatient(i, j, k);
                        for (int d = 0; d < directions.length; d++) {
                            double[] u = directions[d];
                            double at = u[0] * p[0] + u[1] * p[1] + u[2] * p[2];
                            low[d] = Math.min(low[d], at);
                            high[d] = Math.max(high[d], at);
                        }
                    }
                }
            }
        }
        double voxel = Math.min(grid.spacingMm(0), Math.min(grid.spacingMm(1), grid.spacingMm(2)));
        double[] centre = new double[3];
        double extent = 0;
        double diameter = 0;
        for (int d = 0; d < directions.length; d++) {
            if (d < 3) {
                centre[d] = (low[d] + high[d]) / 2;
                extent = Math.max(extent, high[d] - low[d]);
            }
            diameter = Math.max(diameter, high[d] - low[d]);
        }
        return new LabelRegion(
                Set.copyOf(labels),
                voxels,
                mask.lesions(LesionRule.ALL).size(),
                centre,
                extent + voxel,
                diameter + voxel,
                voxels * grid.voxelMm3() / 1000);
    }

    /** The axes first, then directions spread over the half sphere, 12 degrees apart or less. */
    private static double[][] directions() {
        int spread = 120;
        double[][] out = new double[3 + spread][];
        for (int a = 0; a < 3; a++) {
            out[a] = new double[] {a == 0 ? 1 : 0, a == 1 ? 1 : 0, a == 2 ? 1 : 0};
        }
        double golden = Math.PI * (3 - Math.sqrt(5));
        for (int n = 0; n < spread; n++) {
            double z = (n + 0.5) / spread;
            double r = Math.sqrt(1 - z * z);
            out[3 + n] = new double[] {r * Math.cos(golden * n), r * Math.sin(golden * n), z};
        }
        return out;
    }
}
