// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one prognostic model on one cohort: concordance, and at each horizon AUC, Brier
 * score, observed over expected, calibration slope and ICI. Use it for the survival block of a
 * report. It compares no models: see {@link Concordance#difference} and {@link HorizonScore}.
 *
 * @param n patients
 * @param events events
 * @param cIndex Harrell's C, infinitesimal jackknife limits
 * @param unoC Uno's C up to the last horizon that follow-up reaches
 * @param ibs Brier score integrated over the horizons by the trapezoid rule, bootstrap limits
 * @param horizons the figures at each horizon
 * @param notes why a figure is undefined
 * @since 0.1.0
 */
public record SurvivalEvaluation(
        int n,
        int events,
        Interval cIndex,
        Interval unoC,
        Interval ibs,
        List<Horizon> horizons,
        List<String> notes) {
    /** Enough for bias-corrected limits of secondary figures; each replicate fits a Cox model. */
    private static final int REPLICATES = 200;

    /** A cohort too large to resample a model fit 200 times within seconds. */
    private static final int MOST_RESAMPLED_ROWS = 20_000;

    private static final double LEVEL = 0.95;

    /** Copies the lists. */
    public SurvivalEvaluation {
        horizons = List.copyOf(horizons);
        notes = List.copyOf(notes);
    }

    /**
     * The figures at one horizon.
     *
     * @param time the horizon, in the unit of follow-up
     * @param auc time-dependent AUC
     * @param brier Brier score
     * @param ipa index of prediction accuracy, 1 - Brier/Brier(null)
     * @param observedToExpected observed over mean predicted risk
     * @param slope calibration slope
     * @param ici integrated calibration index, bootstrap limits
     * @since 0.1.0
     */
    public record Horizon(
            double time,
            Interval auc,
            Interval brier,
            double ipa,
            Interval observedToExpected,
            Interval slope,
            Interval ici) {
        private Horizon withAuc(Interval other) {
            return new Horizon(time, other, brier, ipa, observedToExpected, slope, ici);
        }
    }

    /**
     * Evaluates risks and survival probabilities.
     *
     * @param outcomes follow-up
     * @param risk one number per patient, higher = worse, such as a linear predictor
     * @param horizons ascending positive times; may be empty
     * @param survivalAtHorizons patients x horizons, in [0, 1]; NaN where the model gives none: the
     *     figures at a horizon are then those of the patients who have one
     * @param seed of the bootstrap; the same seed gives the same limits for any number of threads
     * @return the evaluation; undefined figures are NaN with a note
     * @throws IllegalArgumentException if lengths differ or a value is not allowed
     */
    public static SurvivalEvaluation of(
            SurvivalOutcomes outcomes,
            double[] risk,
            double[] horizons,
            double[][] survivalAtHorizons,
            long seed) {
        int n = outcomes.size();
        Rows.requireSameLength("outcomes", n, "risk", risk.length);
        Rows.requireSameLength("outcomes", n, "survivalAtHorizons", survivalAtHorizons.length);
        requireHorizons(horizons);
        double[][] survival = new double[n][];
        for (int i = 0; i < n; i++) {
            Rows.requireSameLength(
                    "horizons",
                    horizons.length,
                    "survivalAtHorizons row " + (i + 1),
                    survivalAtHorizons[i].length);
            survival[i] = survivalAtHorizons[i].clone();
        }
        List<String> notes = new ArrayList<>();
        Concordance harrell = Concordance.harrell(outcomes, risk);
        if (Double.isNaN(harrell.estimate())) {
            notes.add(
                    "c_index, uno_c: no comparable pair among "
                            + n
                            + " patients with "
                            + outcomes.events()
                            + " events");
        }
        double tau = Double.POSITIVE_INFINITY;
        for (double horizon : horizons) {
            tau = horizon <= outcomes.lastTime() ? horizon : tau;
        }
        List<Horizon> rows = new ArrayList<>();
        for (int h = 0; h < horizons.length; h++) {
            int column = h;
            double[] events = Arrays.stream(survival).mapToDouble(s -> 1 - s[column]).toArray();
            rows.add(at(outcomes, events, horizons[h], seed, notes));
        }
        return new SurvivalEvaluation(
                n,
                outcomes.events(),
                harrell.interval(),
                Concordance.uno(outcomes, risk, tau).interval(),
                integrated(outcomes, horizons, survival, seed, notes),
                rows,
                notes);
    }

    private static void requireHorizons(double[] horizons) {
        double last = 0;
        for (double horizon : horizons) {
            if (!(horizon > last)) {
                throw new IllegalArgumentException(
                        "horizons "
                                + Arrays.toString(horizons)
                                + " must be positive and ascending");
            }
            last = horizon;
        }
    }

    private static Horizon at(
            SurvivalOutcomes outcomes,
            double[] risk,
            double horizon,
            long seed,
            List<String> notes) {
        int[] known = known(risk);
        String where = "horizon " + plain(horizon) + ": ";
        if (known.length < risk.length) {
            notes.add(
                    where
                            + (risk.length - known.length)
                            + " of "
                            + risk.length
                            + " patients have no survival probability and are left out");
        }
        SurvivalOutcomes part = outcomes.select(known);
        double[] some = Rows.pick(risk, known);
        HorizonScore score = HorizonScore.of(part, some, horizon);
        HorizonCalibration calibration = HorizonCalibration.of(part, some, horizon);
        if (known.length == 0 || horizon > part.lastTime()) {
            notes.add(where + "after the last time of follow-up, nothing is defined");
        } else {
            if (Double.isNaN(score.auc())) {
                notes.add(where + "auc needs patients with the event by then and free of it");
            }
            if (Double.isNaN(calibration.slope().estimate())) {
                notes.add(where + "slope and ici need an event and risks that vary");
            } else if (Double.isNaN(calibration.ici())) {
                notes.add(where + "ici needs risks of at least three levels");
            }
        }
        return new Horizon(
                horizon,
                score.aucInterval(),
                score.brierInterval(),
                score.ipa(),
                calibration.observedToExpected(),
                calibration.slope(),
                ici(part, some, horizon, calibration.ici(), seed));
    }

    private static Interval ici(
            SurvivalOutcomes outcomes, double[] risk, double horizon, double ici, long seed) {
        if (Double.isNaN(ici)) {
            return Interval.undefined("Cox on a spline of log(-log(1-risk))");
        }
        if (outcomes.size() > MOST_RESAMPLED_ROWS) {
            return new Interval(
                    ici, Double.NaN, Double.NaN, "more than 20000 rows: no bootstrap limits");
        }
        return bootstrapped(
                ici,
                outcomes,
                seed,
                rows ->
                        HorizonCalibration.of(outcomes.select(rows), Rows.pick(risk, rows), horizon)
                                .ici());
    }

    private static Interval integrated(
            SurvivalOutcomes outcomes,
            double[] horizons,
            double[][] survival,
            long seed,
            List<String> notes) {
        int reached = 0;
        while (reached < horizons.length && horizons[reached] <= outcomes.lastTime()) {
            reached++;
        }
        double[] grid = Arrays.copyOf(horizons, reached);
        boolean complete =
                Arrays.stream(survival)
                        .flatMapToDouble(row -> Arrays.stream(row, 0, grid.length))
                        .noneMatch(Double::isNaN);
        if (reached < 2 || !complete) {
            notes.add(
                    "ibs: needs two horizons within follow-up and a survival probability of every"
                            + " patient at each");
            return Interval.undefined("trapezoid rule");
        }
        double ibs = integrated(outcomes, grid, survival);
        if (outcomes.size() > MOST_RESAMPLED_ROWS) {
            return new Interval(
                    ibs, Double.NaN, Double.NaN, "more than 20000 rows: no bootstrap limits");
        }
        return bootstrapped(
                ibs,
                outcomes,
                seed,
                rows -> {
                    double[][] drawn = new double[rows.length][];
                    for (int k = 0; k < rows.length; k++) {
                        drawn[k] = survival[rows[k]];
                    }
                    return integrated(outcomes.select(rows), grid, drawn);
                });
    }

    private static double integrated(
            SurvivalOutcomes outcomes, double[] grid, double[][] survival) {
        double[] brier = new double[grid.length];
        for (int h = 0; h < grid.length; h++) {
            int column = h;
            double[] risk = Arrays.stream(survival).mapToDouble(s -> 1 - s[column]).toArray();
            brier[h] = HorizonScore.of(outcomes, risk, grid[h]).brier();
        }
        return IntegratedBrier.TRAPEZOID.of(grid, brier);
    }

    private static Interval bootstrapped(
            double estimate,
            SurvivalOutcomes outcomes,
            long seed,
            ToDoubleFunction<int[]> statistic) {
        BootstrapDistribution distribution =
                Bootstrap.of(REPLICATES, seed)
                        .stratifiedBy(outcomes.eventInPlace())
                        .distribution(outcomes.size(), statistic);
        Limits limits = distribution.biasCorrected(LEVEL);
        return new Interval(
                estimate,
                Math.min(estimate, limits.lower()),
                Math.max(estimate, limits.upper()),
                "bootstrap, bias-corrected, stratified, " + REPLICATES + " replicates");
    }

    private static int[] known(double[] risk) {
        int[] rows = new int[risk.length];
        int m = 0;
        for (int i = 0; i < risk.length; i++) {
            if (!Double.isNaN(risk[i])) {
                rows[m++] = i;
            }
        }
        return Arrays.copyOf(rows, m);
    }

    /**
     * The same evaluation of predictions out of fold: the limits of C and of the AUC at each
     * horizon are widened.
     *
     * @param correction how many patients were judged and how many trained each model
     * @return a copy
     */
    public SurvivalEvaluation crossValidated(CrossValidationCorrection correction) {
        return new SurvivalEvaluation(
                n,
                events,
                correction.share(cIndex),
                correction.share(unoC),
                ibs,
                horizons.stream().map(h -> h.withAuc(correction.share(h.auc))).toList(),
                notes);
    }

    /**
     * The block of the metrics file.
     *
     * @return an unmodifiable ordered map with the keys {@code n, events, c_index, uno_c, ibs,
     *     horizons {<time>: {auc, brier, ipa, o_e, slope, ici}}}; undefined values are {@code
     *     null}, their reasons in {@link #notes()}
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("n", n);
        map.put("events", events);
        map.put("c_index", cIndex.toMap());
        map.put("uno_c", unoC.toMap());
        map.put("ibs", ibs.toMap());
        Map<String, @Nullable Object> byTime = new LinkedHashMap<>();
        for (Horizon horizon : horizons) {
            Map<String, @Nullable Object> block = new LinkedHashMap<>();
            block.put("auc", horizon.auc().toMap());
            block.put("brier", horizon.brier().toMap());
            block.put("ipa", Double.isFinite(horizon.ipa()) ? horizon.ipa() : null);
            block.put("o_e", horizon.observedToExpected().toMap());
            block.put("slope", horizon.slope().toMap());
            block.put("ici", horizon.ici().toMap());
            byTime.put(plain(horizon.time()), Collections.unmodifiableMap(block));
        }
        map.put("horizons", Collections.unmodifiableMap(byTime));
        return Collections.unmodifiableMap(map);
    }

    private static String plain(double time) {
        return time == Math.rint(time) && Math.abs(time) < 1e15
                ? String.valueOf((long) time)
                : String.valueOf(time);
    }
}
