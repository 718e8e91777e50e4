// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.StudyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Assigns each patient to one fold of a cross-validation. A fold number answers "in which fold is
 * this patient predicted"; the model of that fold is trained on all other folds. One entry is one
 * patient, so that no patient can stand on both sides.
 *
 * @since 0.1.0
 */
public final class Folds {
    private Folds() {}

    /**
     * Folds of nearly equal size with nearly equal shares of each stratum. Each stratum is shuffled
     * and dealt out in turn, going on where the stratum before it stopped, so that fold sizes
     * differ by at most one, and so do the counts of each stratum. Cost O(n log n).
     *
     * @param strata the stratum of each patient, such as the diagnosis, in the order of the cohort
     * @param folds number of folds, from 2 to the number of patients
     * @param seed seed of the shuffles; the same order, strata and seed give the same folds
     * @return one fold number per patient, from 0
     * @throws IllegalArgumentException when the number of folds is outside its range
     */
    public static int[] stratified(List<String> strata, int folds, long seed) {
        if (folds < 2 || folds > strata.size()) {
            throw new IllegalArgumentException(
                    "folds is "
                            + folds
                            + ", allowed is 2 to the number of patients, "
                            + strata.size());
        }
        Map<String, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < strata.size(); i++) {
            members.computeIfAbsent(strata.get(i), k -> new ArrayList<>()).add(i);
        }
        Random random = new Random(seed);
        int[] fold = new int[strata.size()];
        int next = 0;
        for (List<Integer> stratum : members.values()) {
            Collections.shuffle(stratum, random);
            for (int patient : stratum) {
                fold[patient] = next++ % folds;
            }
        }
        return fold;
    }

    /**
     * One fold per centre, so that every patient is predicted by a model that never saw the
     * patient's hospital. Centres with few patients share one fold.
     *
     * @param centres centre of each patient, in the order of the cohort
     * @param poolUnder a centre with fewer patients than this joins the pooled fold; 0 pools none
     * @return one fold number per patient, from 0: centres in the order of their names, the pooled
     *     fold last
     * @throws StudyException when fewer than two folds result
     */
    public static int[] leaveOneCentreOut(List<String> centres, int poolUnder) {
        Map<String, Integer> size = new TreeMap<>();
        centres.forEach(c -> size.merge(c, 1, Integer::sum));
        TreeSet<String> alone = new TreeSet<>(size.keySet());
        alone.removeIf(c -> size.getOrDefault(c, 0) < poolUnder);
        List<String> order = List.copyOf(alone);
        int folds = order.size() + (order.size() < size.size() ? 1 : 0);
        if (folds < 2) {
            throw new StudyException(
                    "study.json, splits: leave_one_centre_out leaves "
                            + folds
                            + " fold of "
                            + size.size()
                            + " centres, needed are at least 2; lower \"pool_centres_under\" (now "
                            + poolUnder
                            + ") or split \"stratified\"");
        }
        return centres.stream()
                .mapToInt(c -> alone.contains(c) ? Collections.binarySearch(order, c) : folds - 1)
                .toArray();
    }
}
