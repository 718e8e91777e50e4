// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.BinaryEvaluation;
import io.github.livermm.eval.CalibrationCurve;
import io.github.livermm.eval.ConfusionTable;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.LogisticRegression;
import io.github.livermm.eval.OperatingPoint;
import io.github.livermm.eval.ProportionInterval;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.WeightedRoc;
import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The block of one score of a yes-or-no target, whatever kind of score and of rows it is. */
final class BinaryFigures {
    private static final int REPLICATES = 1000;
    private static final int CURVE_REPLICATES = 200;
    private static final int CURVE_POINTS = 40;

    /** A table too large to resample a logistic fit 1000 times within a minute. */
    private static final int MANY_ROWS = 20_000;

    private final BinaryScored rows;
    private final double @Nullable [] weights;
    private final int @Nullable [] clusters;
    private final double threshold;

    private BinaryFigures(
            BinaryScored rows,
            double @Nullable [] weights,
            int @Nullable [] clusters,
            double threshold) {
        this.rows = rows;
        this.weights = weights;
        this.clusters = clusters;
        this.threshold = threshold;
    }

    static BinaryEvaluation of(
            BinaryScored rows, RowColumns columns, double threshold, String from, long seed) {
        if (columns.manner().isEmpty() || rows.size() == 0) {
            return rows.probabilities
                    ? BinaryEvaluation.of(rows.positive, rows.score, threshold, from, seed)
                    : ofScores(rows, threshold, from);
        }
        return new BinaryFigures(rows, columns.weights, columns.clusters, threshold)
                .resampled(columns.manner(), from, seed);
    }

    /** Scores that are no probabilities have no calibration and no Brier score. */
    private static BinaryEvaluation ofScores(BinaryScored rows, double threshold, String from) {
        ConfusionTable table = ConfusionTable.of(rows.positive, rows.score, threshold);
        ProportionInterval wilson = ProportionInterval.WILSON;
        double level = Scored.LEVEL;
        List<String> notes = notes(rows);
        return new BinaryEvaluation(
                rows.size(),
                rows.events(),
                rows.discrimination(),
                table.accuracy(wilson, level),
                table.sensitivity(wilson, level),
                table.specificity(wilson, level),
                table.ppv(wilson, level),
                table.npv(wilson, level),
                threshold,
                from,
                none(),
                none(),
                none(),
                none(),
                notes);
    }

    private static Interval none() {
        return Interval.undefined("the score is no probability");
    }

    private static List<String> notes(BinaryScored rows) {
        List<String> notes = new ArrayList<>();
        int events = rows.events();
        if (events == 0 || events == rows.size()) {
            notes.add(
                    "no "
                            + (events == 0 ? "positive" : "negative")
                            + " row: auc"
                            + (rows.probabilities ? " and calibration are" : " is")
                            + " undefined");
        }
        if (!rows.probabilities) {
            notes.add(
                    "scores outside [0, 1] are no probabilities: brier and calibration are"
                            + " undefined");
        }
        return notes;
    }

    /** The threshold with the largest Youden index; the first of equals, NaN with one class. */
    static double youden(BinaryScored rows) {
        List<OperatingPoint> best = RocCurve.of(rows.positive, rows.score).youden();
        return best.isEmpty() ? Double.NaN : best.get(0).threshold();
    }

    private BinaryEvaluation resampled(String manner, String from, long seed) {
        int n = rows.size();
        List<String> notes = notes(rows);
        int replicates = n > MANY_ROWS ? CURVE_REPLICATES : REPLICATES;
        String method = "bootstrap percentile, " + manner + ", " + replicates + " replicates";
        List<BootstrapDistribution> found = plan(replicates, seed).distributions(n, this::figures);
        List<Interval> figures = new ArrayList<>();
        for (BootstrapDistribution one : found) {
            Limits limits = one.percentile(Scored.LEVEL);
            figures.add(
                    Double.isNaN(one.estimate())
                            ? Interval.undefined(method)
                            : new Interval(one.estimate(), limits.lower(), limits.upper(), method));
        }
        if (weights != null) {
            notes.add("ici has no weighted definition here: it is undefined");
        }
        return new BinaryEvaluation(
                n,
                rows.events(),
                figures.get(0),
                figures.get(1),
                figures.get(2),
                figures.get(3),
                figures.get(4),
                figures.get(5),
                threshold,
                from,
                figures.get(6),
                figures.get(7),
                figures.get(8),
                weights == null && rows.probabilities
                        ? ici(manner, seed)
                        : Interval.undefined(
                                weights == null ? "the score is no probability" : "weighted rows"),
                notes);
    }

    private Bootstrap plan(int replicates, long seed) {
        Bootstrap plain = Bootstrap.of(replicates, seed);
        return clusters == null ? plain.stratifiedBy(rows.positive) : plain.clusteredBy(clusters);
    }

    private Interval ici(String manner, long seed) {
        String method = "bootstrap percentile, " + manner + ", " + CURVE_REPLICATES + " replicates";
        CalibrationCurve curve = CalibrationCurve.of(rows.positive, rows.score, 1000);
        if (!curve.defined()) {
            return Interval.undefined(method);
        }
        Limits limits =
                plan(CURVE_REPLICATES, seed)
                        .distribution(
                                rows.size(),
                                drawn ->
                                        CalibrationCurve.of(
                                                        Scored.pick(rows.positive, drawn),
                                                        Scored.pick(rows.score, drawn),
                                                        CURVE_POINTS)
                                                .ici())
                        .percentile(Scored.LEVEL);
        return new Interval(curve.ici(), limits.lower(), limits.upper(), method);
    }

    /** AUC, accuracy, sensitivity, specificity, PPV, NPV, Brier, intercept, slope. */
    private double[] figures(int[] drawn) {
        boolean[] y = Scored.pick(rows.positive, drawn);
        double[] s = Scored.pick(rows.score, drawn);
        double[] w =
                weights == null
                        ? Arrays.stream(drawn).mapToDouble(i -> 1).toArray()
                        : Scored.pick(weights, drawn);
        double tp = 0;
        double fp = 0;
        double fn = 0;
        double tn = 0;
        double brier = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            boolean called = s[i] >= threshold;
            tp += y[i] && called ? w[i] : 0;
            fp += !y[i] && called ? w[i] : 0;
            fn += y[i] && !called ? w[i] : 0;
            tn += !y[i] && !called ? w[i] : 0;
            double error = s[i] - (y[i] ? 1 : 0);
            brier += w[i] * error * error;
            total += w[i];
        }
        double[] calibration = calibration(y, s, w);
        return new double[] {
            WeightedRoc.of(y, s, w).auc(),
            (tp + tn) / total,
            tp / (tp + fn),
            tn / (tn + fp),
            tp / (tp + fp),
            tn / (tn + fn),
            rows.probabilities ? brier / total : Double.NaN,
            calibration[0],
            calibration[1]
        };
    }

    /** Calibration in the large and slope; rows predicted exactly 0 or 1 take no part. */
    private double[] calibration(boolean[] y, double[] p, double[] w) {
        double[] undefined = {Double.NaN, Double.NaN};
        if (!rows.probabilities) {
            return undefined;
        }
        int[] inside =
                IntStream.range(0, p.length)
                        .filter(i -> p[i] > 0 && p[i] < 1 && w[i] > 0)
                        .toArray();
        boolean[] event = Scored.pick(y, inside);
        boolean both = false;
        for (boolean one : event) {
            both |= one != event[0];
        }
        if (!both) {
            return undefined;
        }
        double[] weight = Scored.pick(w, inside);
        double[] logit =
                Arrays.stream(inside).mapToDouble(i -> Math.log(p[i] / (1 - p[i]))).toArray();
        double[][] x = new double[inside.length][];
        Arrays.setAll(x, i -> new double[] {logit[i]});
        LogisticRegression large =
                LogisticRegression.fit(new double[inside.length][0], event, 0, weight, logit);
        LogisticRegression joint = LogisticRegression.fit(x, event, 0, weight, null);
        return new double[] {
            large.intercept(),
            joint.converged() && !joint.separated() ? joint.coefficients()[0] : Double.NaN
        };
    }
}
