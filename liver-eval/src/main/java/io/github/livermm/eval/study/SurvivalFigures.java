// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.ConcordanceOptions;
import io.github.livermm.eval.HorizonCalibration;
import io.github.livermm.eval.HorizonScore;
import io.github.livermm.eval.IntegratedBrier;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalEvaluation;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.TimeWeight;
import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The block of one risk of an endpoint, with competing events, weights or clusters too. */
final class SurvivalFigures {
    private static final int REPLICATES = 200;

    private final CompetingOutcomes outcomes;
    private final double[] risk;
    private final double[] horizons;
    private final double[][] probability;
    private final RowColumns columns;
    private final List<String> notes = new ArrayList<>();

    private SurvivalFigures(
            CompetingOutcomes outcomes,
            double[] risk,
            double[] horizons,
            double[][] probability,
            RowColumns columns) {
        this.outcomes = outcomes;
        this.risk = risk;
        this.horizons = horizons;
        this.probability = probability;
        this.columns = columns;
    }

    /** Probabilities are those of the event by each horizon, rows x horizons. */
    static SurvivalEvaluation of(
            CompetingOutcomes outcomes,
            double[] risk,
            double[] horizons,
            double[][] probability,
            RowColumns columns,
            long seed) {
        boolean competing = SurvivalScored.competing(outcomes);
        if (!competing && columns.manner().isEmpty()) {
            double[][] survival = new double[risk.length][];
            Arrays.setAll(survival, i -> Arrays.stream(probability[i]).map(p -> 1 - p).toArray());
            return SurvivalEvaluation.of(outcomes.causeOnly(1), risk, horizons, survival, seed);
        }
        return new SurvivalFigures(outcomes, risk, horizons, probability, columns)
                .evaluate(competing, seed);
    }

    private SurvivalEvaluation evaluate(boolean competing, long seed) {
        SurvivalOutcomes times = SurvivalScored.outliving(outcomes);
        double tau = Double.POSITIVE_INFINITY;
        for (double horizon : horizons) {
            tau = horizon <= outcomes.anyCause().lastTime() ? horizon : tau;
        }
        ConcordanceOptions options = ConcordanceOptions.defaults();
        if (columns.weights != null) {
            options = options.withWeights(columns.weights);
        }
        Interval c = concordance(times, options, competing ? "Wolbers" : "Harrell");
        if (Double.isNaN(c.estimate())) {
            notes.add("c_index: no comparable pair among " + risk.length + " patients");
        }
        Interval uno = Interval.undefined("Uno's C is not defined here with competing events");
        if (competing) {
            notes.add(
                    "competing events: c_index is that of Wolbers et al. (2009), a row with a"
                            + " competing event outlives everybody; uno_c, slope and ici are"
                            + " undefined");
        } else {
            ConcordanceOptions byUno = options.withTimeWeight(TimeWeight.UNO);
            uno = concordance(times, Double.isInfinite(tau) ? byUno : byUno.withTau(tau), "Uno");
        }
        List<SurvivalEvaluation.Horizon> rows = new ArrayList<>();
        Interval ibs = Interval.undefined("trapezoid rule");
        if (columns.weights != null && horizons.length > 0) {
            notes.add(
                    "weights: auc, brier, o_e, slope and ici at a horizon and ibs have no weighted"
                            + " definition here: they are undefined");
            for (double horizon : horizons) {
                rows.add(undefined(horizon, "weighted rows"));
            }
        } else {
            List<Interval> figures = figures(seed);
            for (int h = 0; h < horizons.length; h++) {
                rows.add(row(h, figures));
            }
            ibs = figures.get(figures.size() - 1);
        }
        if (Double.isNaN(ibs.estimate())) {
            notes.add(
                    "ibs: needs two horizons within follow-up and a probability of every row at"
                            + " each");
        }
        return new SurvivalEvaluation(
                risk.length, outcomes.causeOnly(1).events(), c, uno, ibs, rows, notes);
    }

    private Interval concordance(SurvivalOutcomes times, ConcordanceOptions options, String name) {
        Concordance found = Concordance.of(times, risk, options);
        double se =
                columns.clusters == null
                        ? found.standardError()
                        : found.standardError(columns.clusters);
        double half = Scored.Z * se;
        String method = name + ", infinitesimal jackknife";
        return new Interval(
                found.estimate(),
                found.estimate() - half,
                found.estimate() + half,
                columns.manner().isEmpty() ? method : method + ", " + columns.manner());
    }

    private static SurvivalEvaluation.Horizon undefined(double horizon, String why) {
        Interval none = Interval.undefined(why);
        return new SurvivalEvaluation.Horizon(horizon, none, none, Double.NaN, none, none, none);
    }

    private SurvivalEvaluation.Horizon row(int h, List<Interval> figures) {
        String where = "horizon " + StudyNotes.plain(horizons[h]) + ": ";
        if (horizons[h] > outcomes.anyCause().lastTime()) {
            notes.add(where + "after the last time of follow-up, nothing is defined");
        } else if (Double.isNaN(figures.get(6 * h).estimate())) {
            notes.add(where + "auc needs rows with the event by then and free of it");
        }
        return new SurvivalEvaluation.Horizon(
                horizons[h],
                figures.get(6 * h),
                figures.get(6 * h + 1),
                figures.get(6 * h + 2).estimate(),
                figures.get(6 * h + 3),
                figures.get(6 * h + 4),
                figures.get(6 * h + 5));
    }

    /** Six figures of each horizon, then the integrated Brier score, resampled by cluster. */
    private List<Interval> figures(long seed) {
        Bootstrap plan = Bootstrap.of(REPLICATES, seed);
        String manner = columns.manner().isEmpty() ? "" : columns.manner() + ", ";
        String method = "bootstrap percentile, " + manner + REPLICATES + " replicates";
        if (columns.clusters != null) {
            plan = plan.clusteredBy(columns.clusters);
        }
        List<Interval> intervals = new ArrayList<>();
        for (BootstrapDistribution one : plan.distributions(risk.length, this::figuresOf)) {
            Limits limits = one.percentile(Scored.LEVEL);
            intervals.add(
                    Double.isNaN(one.estimate())
                            ? Interval.undefined(method)
                            : new Interval(one.estimate(), limits.lower(), limits.upper(), method));
        }
        return intervals;
    }

    private double[] figuresOf(int[] drawn) {
        CompetingOutcomes some = outcomes.select(drawn);
        boolean competing = SurvivalScored.competing(outcomes);
        double last = some.anyCause().lastTime();
        double[] figures = new double[6 * horizons.length + 1];
        Arrays.fill(figures, Double.NaN);
        List<Double> grid = new ArrayList<>();
        List<Double> brier = new ArrayList<>();
        for (int h = 0; h < horizons.length; h++) {
            int column = h;
            double[] p = Arrays.stream(drawn).mapToDouble(i -> probability[i][column]).toArray();
            if (Arrays.stream(p).anyMatch(Double::isNaN) || horizons[h] > last) {
                continue;
            }
            HorizonScore score = HorizonScore.of(some, p, horizons[h]);
            figures[6 * h] = score.auc();
            figures[6 * h + 1] = score.brier();
            figures[6 * h + 2] = score.ipa();
            figures[6 * h + 3] =
                    new SurvivalScored(some, p, horizons[h], p).observedToExpected().estimate();
            if (!competing) {
                HorizonCalibration calibration =
                        HorizonCalibration.of(some.causeOnly(1), p, horizons[h]);
                figures[6 * h + 4] = calibration.slope().estimate();
                figures[6 * h + 5] = calibration.ici();
            }
            grid.add(horizons[h]);
            brier.add(score.brier());
        }
        if (grid.size() > 1) {
            figures[6 * horizons.length] =
                    IntegratedBrier.TRAPEZOID.of(
                            grid.stream().mapToDouble(Double::doubleValue).toArray(),
                            brier.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return figures;
    }
}
