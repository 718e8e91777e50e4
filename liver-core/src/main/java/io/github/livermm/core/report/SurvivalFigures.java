// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalEvaluation;
import io.github.livermm.eval.plot.CalibrationPlot;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.KaplanMeierPlot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Pictures and figures of time-to-event targets for the report. */
final class SurvivalFigures {
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
        return KaplanMeierPlot.byGroup(
                        title + " by third of predicted risk, " + model,
                        "Months since surgery",
                        title,
                        s.outcomes(),
                        group,
                        GROUPS)
                .figure();
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
