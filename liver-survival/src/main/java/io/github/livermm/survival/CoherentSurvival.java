// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival;

import java.util.ArrayList;
import java.util.List;

/**
 * Two curves of one patient in which progression-free survival never lies above overall survival,
 * as it must, because a death ends both. Use it on curves of models that were fitted apart.
 *
 * <p>Where PFS lies above OS, both become their mean: the nearest pair of values, in squared
 * distance, that keeps the order. Curves that never rise still never rise, since min(p, (p+o)/2)
 * and max(o, (p+o)/2) of falling p and o fall. Curves in the right order are not touched, and the
 * ranking by linear predictor stays what it was.
 *
 * @param progressionFree PFS at the horizons
 * @param overall OS at the same horizons
 * @since 0.1.0
 */
public record CoherentSurvival(List<Double> progressionFree, List<Double> overall) {
    /** Copies the lists. */
    public CoherentSurvival {
        progressionFree = List.copyOf(progressionFree);
        overall = List.copyOf(overall);
    }

    /**
     * Projects two curves.
     *
     * @param progressionFree PFS at the horizons, in [0, 1]
     * @param overall OS at the same horizons, in [0, 1]
     * @return coherent curves
     * @throws IllegalArgumentException if the numbers of horizons differ
     */
    public static CoherentSurvival project(List<Double> progressionFree, List<Double> overall) {
        if (progressionFree.size() != overall.size()) {
            throw new IllegalArgumentException(
                    "progressionFree has "
                            + progressionFree.size()
                            + " horizons, overall "
                            + overall.size());
        }
        List<Double> p = new ArrayList<>();
        List<Double> o = new ArrayList<>();
        for (int k = 0; k < overall.size(); k++) {
            double mean = (progressionFree.get(k) + overall.get(k)) / 2;
            p.add(Math.min(progressionFree.get(k), mean));
            o.add(Math.max(overall.get(k), mean));
        }
        return new CoherentSurvival(p, o);
    }
}
