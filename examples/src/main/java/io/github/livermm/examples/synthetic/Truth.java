// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well anybody could do: the AUC of the exact posterior and the concordance of the exact
 * expected linear predictor for each set of modalities, by simulation from the model itself.
 *
 * @param draws number of simulated patients
 * @param targets for each target and set of modalities (or {@value #COMPLETE}) the bound
 */
record Truth(int draws, Map<String, Map<String, Bound>> targets) {
    /** Number of simulated patients in {@code truth.json}. */
    static final int DRAWS = 100_000;

    /**
     * The whole linear predictor, microvascular invasion included: known to nobody before surgery.
     */
    static final String COMPLETE = "complete_linear_predictor";

    private static final int BATCHES = 20;
    private static final double SHORTEST_MONTHS = 24.3;
    private static final double LONGEST_MONTHS = 96;

    /**
     * One figure with the standard error of the simulation.
     *
     * @param estimate mean over the batches
     * @param error standard error of that mean
     */
    record Bound(double estimate, double error) {}

    /** The bound of one target and set. */
    Bound bound(String target, String set) {
        Bound bound = targets.getOrDefault(target, Map.of()).get(set);
        if (bound == null) {
            throw new IllegalArgumentException("no bound of " + target + " for " + set);
        }
        return bound;
    }

    /** Simulates; the same seed and number of draws give the same figures. */
    static Truth simulate(LatentModel model, int draws, long seed) {
        List<Set<Modality>> sets = Modality.sets();
        Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            simulateBatch(model, draws / BATCHES, RandomStream.of(seed, batch), sets, figures);
        }
        Map<String, Map<String, Bound>> targets = new LinkedHashMap<>();
        figures.forEach(
                (target, bySet) -> {
                    Map<String, Bound> bounds = new LinkedHashMap<>();
                    bySet.forEach((set, values) -> bounds.put(set, summary(values)));
                    targets.put(target, bounds);
                });
        return new Truth(draws, targets);
    }

    private static Bound summary(List<Double> values) {
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        int n = values.size();
        return new Bound(mean, Math.sqrt(squares / (n - 1) / n));
    }

    private static void simulateBatch(
            LatentModel model,
            int n,
            RandomStream random,
            List<Set<Modality>> sets,
            Map<String, Map<String, List<Double>>> figures) {
        double[] priors = Stratum.ALL.stream().mapToDouble(Stratum::prior).toArray();
        int[] strata = new int[n];
        double[][] values = new double[n][];
        double[][][] logDensities = new double[n][][];
        double[] complete = new double[n];
        Outcome[] outcomes = new Outcome[n];
        for (int i = 0; i < n; i++) {
            strata[i] = random.weighted(priors);
            values[i] = model.draw(random, strata[i]);
            logDensities[i] = model.logDensities(values[i]);
            Diagnosis diagnosis = Stratum.ALL.get(strata[i]).diagnosis();
            double invasion = model.drawInvasion(random, values[i]);
            complete[i] = model.linearPredictor(values[i], strata[i], invasion);
            if (diagnosis.malignant()) {
                Centre centre = Centre.draw(diagnosis, random);
                double months = random.uniform(SHORTEST_MONTHS, LONGEST_MONTHS);
                double logHazard = complete[i] + centre.logHazard();
                outcomes[i] = Outcome.draw(diagnosis, logHazard, centre, months, random);
            }
        }
        for (Set<Modality> set : sets) {
            View view = model.view(set);
            double[] malignant = new double[n];
            double[] hcc = new double[n];
            double[] risk = new double[n];
            for (int i = 0; i < n; i++) {
                double[] posterior = view.posterior(logDensities[i]);
                malignant[i] = LatentModel.malignant(posterior);
                hcc[i] = LatentModel.hccVersusIcc(posterior);
                risk[i] = view.expectedPredictor(values[i], posterior);
            }
            String key = Modality.key(set);
            record(figures, "malignant", key, auc(malignant, strata, Truth::isMalignant));
            record(figures, "hcc_vs_icc", key, auc(hcc, strata, Truth::isHcc));
            record(figures, "pfs", key, concordance(risk, outcomes, true));
            record(figures, "os", key, concordance(risk, outcomes, false));
        }
        record(figures, "pfs", COMPLETE, concordance(complete, outcomes, true));
        record(figures, "os", COMPLETE, concordance(complete, outcomes, false));
    }

    private static void record(
            Map<String, Map<String, List<Double>>> figures,
            String target,
            String set,
            double figure) {
        figures.computeIfAbsent(target, t -> new LinkedHashMap<>())
                .computeIfAbsent(set, s -> new ArrayList<>())
                .add(figure);
    }

    /** The class of a stratum for one target: 1, 0, or -1 when the target does not apply. */
    private interface Label {
        int of(Diagnosis diagnosis);
    }

    private static int isMalignant(Diagnosis diagnosis) {
        return diagnosis.malignant() ? 1 : 0;
    }

    private static int isHcc(Diagnosis diagnosis) {
        return diagnosis == Diagnosis.HCC ? 1 : diagnosis == Diagnosis.ICC ? 0 : -1;
    }

    private static double auc(double[] score, int[] strata, Label label) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < score.length; i++) {
            int y = label.of(Stratum.ALL.get(strata[i]).diagnosis());
            if (y >= 0) {
                rows.add(new double[] {score[i], y});
            }
        }
        return auc(rows);
    }

    /** Mann-Whitney statistic of rows (score, 0 or 1); ties count one half. */
    static double auc(List<double[]> rows) {
        List<double[]> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(row -> row[0]));
        double negatives = 0;
        double positives = 0;
        double wins = 0;
        int i = 0;
        while (i < sorted.size()) {
            double here = 0;
            double negativesHere = 0;
            int j = i;
            for (; j < sorted.size() && sorted.get(j)[0] == sorted.get(i)[0]; j++) {
                here += sorted.get(j)[1];
                negativesHere += 1 - sorted.get(j)[1];
            }
            wins += here * (negatives + negativesHere / 2);
            positives += here;
            negatives += negativesHere;
            i = j;
        }
        return wins / (positives * negatives);
    }

    private static double concordance(double[] risk, Outcome[] outcomes, boolean pfs) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < risk.length; i++) {
            Outcome outcome = outcomes[i];
            if (outcome != null) {
                double time = pfs ? outcome.pfsMonths() : outcome.osMonths();
                boolean event = pfs ? outcome.pfsEvent() : outcome.osEvent();
                rows.add(new double[] {time, event ? 1 : 0, risk[i]});
            }
        }
        return concordance(rows);
    }

    /**
     * Harrell's concordance of rows (time, event, risk): ties in risk count one half, two events at
     * the same time are not compared, an event and a censoring at the same time are. O(n log n).
     */
    static double concordance(List<double[]> rows) {
        double[] risks = rows.stream().mapToDouble(row -> row[2]).sorted().distinct().toArray();
        int[] counts = new int[risks.length + 1];
        List<double[]> sorted = new ArrayList<>(rows);
        // latest first; at one time the censored before the events, which are compared with them
        sorted.sort(
                Comparator.<double[]>comparingDouble(row -> -row[0])
                        .thenComparingDouble(row -> row[1]));
        double concordant = 0;
        double comparable = 0;
        int seen = 0;
        int i = 0;
        while (i < sorted.size()) {
            double[] first = sorted.get(i);
            int j = i;
            while (j < sorted.size()
                    && sorted.get(j)[0] == first[0]
                    && sorted.get(j)[1] == first[1]) {
                j++;
            }
            for (int k = i; k < j && first[1] == 1; k++) {
                int rank = Arrays.binarySearch(risks, sorted.get(k)[2]) + 1;
                int below = countUpTo(counts, rank - 1);
                int equal = countUpTo(counts, rank) - below;
                concordant += below + equal / 2.0;
                comparable += seen;
            }
            for (int k = i; k < j; k++) {
                count(counts, Arrays.binarySearch(risks, sorted.get(k)[2]) + 1);
                seen++;
            }
            i = j;
        }
        return concordant / comparable;
    }

    private static void count(int[] counts, int rank) {
        for (int i = rank; i < counts.length; i += i & -i) {
            counts[i]++;
        }
    }

    private static int countUpTo(int[] counts, int rank) {
        int sum = 0;
        for (int i = rank; i > 0; i -= i & -i) {
            sum += counts[i];
        }
        return sum;
    }
}
