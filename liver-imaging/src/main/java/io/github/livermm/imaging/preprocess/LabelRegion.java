// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.mask.LesionRule;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private static final int BACKGROUND = 0;
    private static final int LIVER = 1;

    /** The lesion that a rule chooses, else the liver, else null. */
    static @Nullable LabelRegion of(Volume mask, LesionRule rule) {
        SortedMap<Integer, Integer> sizes = sizes(mask);
        if (sizes.isEmpty()) {
            return null;
        }
        SortedMap<Integer, Integer> lesions = sizes.tailMap(LIVER + 1);
        Set<Integer> chosen = lesions.isEmpty() ? Set.of(LIVER) : chosen(lesions, rule);
        return measure(mask, chosen, sizes, lesions.size());
    }

    /** The liver with its lesions; null when the mask is empty. */
    static @Nullable LabelRegion liver(Volume mask) {
        SortedMap<Integer, Integer> sizes = sizes(mask);
        return sizes.isEmpty()
                ? null
                : measure(mask, sizes.keySet(), sizes, sizes.tailMap(LIVER + 1).size());
    }

    private static SortedMap<Integer, Integer> sizes(Volume mask) {
        SortedMap<Integer, Integer> sizes = new TreeMap<>();
        for (int v = 0; v < mask.grid().voxels(); v++) {
            int label = Math.round(mask.at(v));
            if (label > BACKGROUND) {
                sizes.merge(label, 1, Integer::sum);
            }
        }
        return sizes;
    }

    /** Of equally large lesions the one with the lowest label. */
    private static Set<Integer> chosen(SortedMap<Integer, Integer> lesions, LesionRule rule) {
        return switch (rule) {
            case ALL -> Set.copyOf(lesions.keySet());
            case INDEX -> Set.of(lesions.firstKey());
            case LARGEST -> {
                int best = lesions.firstKey();
                for (Map.Entry<Integer, Integer> e : lesions.entrySet()) {
                    best = e.getValue() > lesions.getOrDefault(best, 0) ? e.getKey() : best;
                }
                yield Set.of(best);
            }
        };
    }

    boolean isLesion() {
        return !labels.contains(LIVER);
    }

    boolean contains(float value) {
        return labels.contains(Math.round(value));
    }

    private static LabelRegion measure(
            Volume mask, Set<Integer> labels, Map<Integer, Integer> sizes, int lesions) {
        int voxels = labels.stream().mapToInt(l -> sizes.getOrDefault(l, 0)).sum();
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
                    if (labels.contains(Math.round(mask.at(v++)))) {
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
                lesions,
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
