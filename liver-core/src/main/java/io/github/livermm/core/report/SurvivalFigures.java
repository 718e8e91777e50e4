// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.eval.ConfidenceScale;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.KaplanMeier;
import io.github.livermm.eval.LogRank;
import io.github.livermm.eval.SurvivalEvaluation;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.plot.CalibrationPlot;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.KaplanMeierPlot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Pictures and figures of time-to-event targets for the report. */
final class SurvivalFigures {
    private static final double LEVEL = 0.95;
    private static final Interval UNDEFINED = Interval.undefined("no horizon");
    private static final List<String> GROUPS = List.of("low risk", "middle", "high risk");

    private SurvivalFigures() {}

    /** Kaplan-Meier curves of the thirds of predicted risk. */
    static Figure thirds(String title, String model, TargetEvaluation.Survival s) {
        double[] sorted = s.risk().clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int[] group = new int[n];
        for (int i = 0; i < n; i++) {
            group[i] = s.risk()[i] < sorted[n / 3] ? 0 : s.risk()[i] < sorted[2 * n / 3] ? 1 : 2;
        }
        double[] ticks = KaplanMeierPlot.roundTicks(s.outcomes().lastTime());
        KaplanMeierPlot plot =
                KaplanMeierPlot.of(
                        title + " by third of predicted risk, " + model,
                        "Months since surgery",
                        title,
                        ticks);
        for (int g = 0; g < GROUPS.size(); g++) {
            int current = g;
            int[] rows = IntStream.range(0, n).filter(i -> group[i] == current).toArray();
            if (rows.length > 0) {
                plot = withGroup(plot, GROUPS.get(g), s.outcomes().select(rows), ticks);
            }
        }
        LogRank test = LogRank.of(s.outcomes(), group);
        return plot.withLine("log-rank p " + Figures.pValue(test.p())).figure();
    }

    /** Calibration at one horizon, by its index; the horizon must lie within the follow-up. */
    static Figure calibration(String model, TargetEvaluation.Survival s, int horizon) {
        SurvivalEvaluation.Horizon at = s.figures().horizons().get(horizon);
        double[] risk = Arrays.stream(s.survival()).mapToDouble(row -> 1 - row[horizon]).toArray();
        return CalibrationPlot.atHorizon(
                        "Calibration of "
                                + model
                                + " at "
                                + Figures.number(at.time(), 0)
                                + " months",
                        s.outcomes(),
                        risk,
                        at.time())
                .withLine("O/E " + Figures.interval(at.observedToExpected(), 2))
                .withLine("slope " + Figures.interval(at.slope(), 2))
                .figure();
    }

    private static KaplanMeierPlot withGroup(
            KaplanMeierPlot plot, String name, SurvivalOutcomes outcomes, double[] ticks) {
        KaplanMeier km = KaplanMeier.of(outcomes);
        double[] censored =
                IntStream.range(0, outcomes.size())
                        .filter(i -> !outcomes.event(i))
                        .mapToDouble(outcomes::time)
                        .toArray();
        return plot.withGroup(
                name,
                km.times(),
                km.survival(),
                km.lower(ConfidenceScale.LOG_LOG, LEVEL),
                km.upper(ConfidenceScale.LOG_LOG, LEVEL),
                censored,
                Arrays.stream(ticks).mapToLong(t -> Math.round(km.atRisk(t))).toArray());
    }

    /** Observed over expected at the second horizon, or the calibration intercept. */
    static Interval level(TargetEvaluation evaluation) {
        return evaluation instanceof TargetEvaluation.Survival s
                ? second(s).map(SurvivalEvaluation.Horizon::observedToExpected).orElse(UNDEFINED)
                : ((TargetEvaluation.Binary) evaluation).figures().calibrationIntercept();
    }

    /** Calibration slope at the second horizon, or overall. */
    static Interval slope(TargetEvaluation evaluation) {
        return evaluation instanceof TargetEvaluation.Survival s
                ? second(s).map(SurvivalEvaluation.Horizon::slope).orElse(UNDEFINED)
                : ((TargetEvaluation.Binary) evaluation).figures().calibrationSlope();
    }

    private static Optional<SurvivalEvaluation.Horizon> second(TargetEvaluation.Survival s) {
        List<SurvivalEvaluation.Horizon> horizons = s.figures().horizons();
        return horizons.isEmpty()
                ? Optional.empty()
                : Optional.of(horizons.get(Math.min(1, horizons.size() - 1)));
    }
}
