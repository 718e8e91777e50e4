// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is fixed for the cohort as a whole before any patient is drawn: the number of patients of
 * each diagnosis (quotas, so that the rare ICC are never too few) and those who fail a rule.
 */
final class CohortPlan {
    private static final double LEAST_ICC_SHARE = 0.1;

    /** The part of the plan that concerns one patient. */
    record Place(Diagnosis diagnosis, Centre centre, Planted planted) {}

    private CohortPlan() {}

    static List<Place> draw(int patients, long seed) {
        RandomStream random = RandomStream.of(seed, -1);
        List<Diagnosis> diagnoses = quotas(patients);
        random.shuffle(diagnoses);
        List<Place> places = new ArrayList<>();
        for (Diagnosis diagnosis : diagnoses) {
            places.add(new Place(diagnosis, Centre.draw(diagnosis, random), Planted.NONE));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < patients; i++) {
            order.add(i);
        }
        random.shuffle(order);
        for (boolean prognostic : new boolean[] {false, true}) {
            for (Planted rule : Planted.rules(prognostic)) {
                plant(rule, rule.count(patients), order, places);
            }
        }
        return List.copyOf(places);
    }

    /** Largest remainders, then ICC lifted to its least number at the expense of HCC. */
    private static List<Diagnosis> quotas(int patients) {
        int[] counts = new int[Diagnosis.values().length];
        List<Diagnosis> byRemainder = new ArrayList<>(List.of(Diagnosis.values()));
        int placed = 0;
        for (Diagnosis diagnosis : Diagnosis.values()) {
            counts[diagnosis.column()] = (int) (diagnosis.share() * patients);
            placed += counts[diagnosis.column()];
        }
        byRemainder.sort(
                Comparator.comparingDouble(d -> counts[d.column()] - d.share() * patients));
        for (int i = 0; placed < patients; i++, placed++) {
            counts[byRemainder.get(i % byRemainder.size()).column()]++;
        }
        int lacking = (int) Math.ceil(LEAST_ICC_SHARE * patients) - counts[Diagnosis.ICC.column()];
        int moved = Math.min(Math.max(0, lacking), counts[Diagnosis.HCC.column()]);
        counts[Diagnosis.ICC.column()] += moved;
        counts[Diagnosis.HCC.column()] -= moved;
        List<Diagnosis> diagnoses = new ArrayList<>();
        for (Diagnosis diagnosis : Diagnosis.values()) {
            for (int i = 0; i < counts[diagnosis.column()]; i++) {
                diagnoses.add(diagnosis);
            }
        }
        return diagnoses;
    }

    private static void plant(Planted rule, int count, List<Integer> order, List<Place> places) {
        int left = count;
        for (int index : order) {
            Place place = places.get(index);
            boolean possible = !rule.prognostic() || place.diagnosis.malignant();
            if (left > 0 && possible && place.planted == Planted.NONE) {
                places.set(index, new Place(place.diagnosis, place.centre, rule));
                left--;
            }
        }
    }
}
