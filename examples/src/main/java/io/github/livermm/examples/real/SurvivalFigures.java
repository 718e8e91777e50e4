// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.HorizonCalibration;
import io.github.livermm.eval.HorizonScore;
import io.github.livermm.eval.IntegratedBrier;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Figures of one set of predictions: Harrell's C, the Brier score integrated (trapezoid) over the
 * deciles of the event times, and calibration at their median.
 *
 * @param c Harrell's C
 * @param ibs integrated Brier score
 * @param observedToExpected at the median event time
 * @param slope calibration slope there
 * @param ici integrated calibration index there
 */
record SurvivalFigures(double c, double ibs, double observedToExpected, double slope, double ici) {
    /** The deciles of the event times, 0.1 to 0.9, without repeats. */
    static double[] horizons(SurvivalOutcomes outcomes) {
        double[] times = new double[outcomes.events()];
        for (int i = 0, m = 0; i < outcomes.size(); i++) {
            if (outcomes.event(i)) {
                times[m++] = outcomes.time(i);
            }
        }
        Arrays.sort(times);
        double[] deciles = new double[9];
        for (int k = 1; k <= 9; k++) {
            deciles[k - 1] = times[(times.length - 1) * k / 10];
        }
        return Arrays.stream(deciles).distinct().toArray();
    }

    /** Survival has one row per patient and one column per horizon. */
    static SurvivalFigures of(
            SurvivalOutcomes outcomes, double[] risk, double[][] survival, double[] horizons) {
        double[] brier = new double[horizons.length];
        HorizonCalibration middle = null;
        for (int h = 0; h < horizons.length; h++) {
            int column = h;
            double[] events = Arrays.stream(survival).mapToDouble(s -> 1 - s[column]).toArray();
            brier[h] = HorizonScore.of(outcomes, events, horizons[h]).brier();
            if (h == horizons.length / 2) {
                middle = HorizonCalibration.of(outcomes, events, horizons[h]);
            }
        }
        return new SurvivalFigures(
                Concordance.harrell(outcomes, risk).estimate(),
                IntegratedBrier.TRAPEZOID.of(horizons, brier),
                middle == null ? Double.NaN : middle.observedToExpected().estimate(),
                middle == null ? Double.NaN : middle.slope().estimate(),
                middle == null ? Double.NaN : middle.ici());
    }

    /** Cells of a Markdown row: mean and, for more than one, standard deviation. */
    static String cells(List<SurvivalFigures> figures) {
        return String.join(
                " | ",
                cell(figures, SurvivalFigures::c),
                cell(figures, SurvivalFigures::ibs),
                cell(figures, SurvivalFigures::observedToExpected),
                cell(figures, SurvivalFigures::slope),
                cell(figures, SurvivalFigures::ici));
    }

    private static String cell(
            List<SurvivalFigures> figures, ToDoubleFunction<SurvivalFigures> figure) {
        double mean = figures.stream().mapToDouble(figure).average().orElse(Double.NaN);
        double squares =
                figures.stream()
                        .mapToDouble(f -> Math.pow(figure.applyAsDouble(f) - mean, 2))
                        .sum();
        return figures.size() < 2
                ? String.format(Locale.ROOT, "%.3f", mean)
                : String.format(
                        Locale.ROOT,
                        "%.3f (%.3f)",
                        mean,
                        Math.sqrt(squares / (figures.size() - 1)));
    }
}
