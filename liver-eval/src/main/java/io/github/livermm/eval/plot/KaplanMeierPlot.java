// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.ConfidenceScale;
import io.github.livermm.eval.KaplanMeier;
import io.github.livermm.eval.LogRank;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Survival curves as steps with bands and censoring marks, and the numbers at risk below. It takes
 * outcomes, or plain arrays of steps, so that any estimate of survival can be drawn.
 *
 * @since 0.1.0
 */
public final class KaplanMeierPlot {
    private static final double LEVEL = 0.95;

    private final StepPlot steps;

    private KaplanMeierPlot(StepPlot steps) {
        this.steps = steps;
    }

    /**
     * A plot without groups.
     *
     * @param title above the plot
     * @param timeLabel below the time axis, with the unit, for example {@code "Months since
     *     surgery"}
     * @param survivalLabel beside the survival axis, for example {@code "Overall survival"}
     * @param ticks the times at which numbers at risk stand, ascending, from 0 to the end of the
     *     axis; at least two
     * @return the plot
     * @throws IllegalArgumentException when there are fewer than two ticks or they do not ascend
     */
    public static KaplanMeierPlot of(
            String title, String timeLabel, String survivalLabel, double... ticks) {
        return new KaplanMeierPlot(
                StepPlot.of(title, timeLabel, survivalLabel, "survival", 1, ticks));
    }

    /**
     * Kaplan-Meier curves of groups with log-log limits, ticks at round numbers, and the log-rank
     * test when there is more than one group.
     *
     * @param title above the plot
     * @param timeLabel below the time axis, with the unit
     * @param survivalLabel beside the survival axis
     * @param outcomes follow-up, at least one row and a time above 0
     * @param group the group of each row, from 0
     * @param names of the groups
     * @return the plot; a group without rows is left out
     * @throws IllegalArgumentException when lengths differ, a group has no name, or nobody was
     *     followed
     */
    public static KaplanMeierPlot byGroup(
            String title,
            String timeLabel,
            String survivalLabel,
            SurvivalOutcomes outcomes,
            int[] group,
            List<String> names) {
        if (group.length != outcomes.size()) {
            throw new IllegalArgumentException(
                    "outcomes have " + outcomes.size() + " rows, group has " + group.length);
        }
        if (outcomes.size() == 0 || !(outcomes.lastTime() > 0)) {
            throw new IllegalArgumentException("outcomes have no time above 0; nothing to draw");
        }
        for (int g : group) {
            if (g < 0 || g >= names.size()) {
                throw new IllegalArgumentException("group " + g + " has no name in " + names);
            }
        }
        KaplanMeierPlot plot = of(title, timeLabel, survivalLabel, roundTicks(outcomes.lastTime()));
        int drawn = 0;
        for (int g = 0; g < names.size(); g++) {
            int current = g;
            int[] rows =
                    IntStream.range(0, group.length).filter(i -> group[i] == current).toArray();
            if (rows.length > 0) {
                plot = plot.withGroup(names.get(g), outcomes.select(rows));
                drawn++;
            }
        }
        if (drawn < 2) {
            return plot;
        }
        LogRank test = LogRank.of(outcomes, group);
        return plot.withLine(
                "Log-rank test: chi-square {0}, {1} df, p {2}",
                Language.ENGLISH.number(test.statistic(), 1),
                test.degreesOfFreedom(),
                pValue(test.p()));
    }

    private static String pValue(double p) {
        return p < 0.001 ? "< 0.001" : "= " + Language.ENGLISH.number(p, 3);
    }

    /**
     * Ticks at round numbers for a plot up to a time.
     *
     * @param last the last time to show, above 0
     * @return about seven ticks from 0, the last at or above {@code last}
     */
    public static double[] roundTicks(double last) {
        for (double step : new double[] {1, 2, 3, 6, 12, 24, 36, 60, 120}) {
            if (last <= 7 * step && last > step) {
                int count = (int) Math.ceil(last / step) + 1;
                double[] ticks = new double[count];
                Arrays.setAll(ticks, k -> k * step);
                return ticks;
            }
        }
        List<Double> round = Axes.ticks(0, last, 6);
        double step = round.get(1);
        if (round.get(round.size() - 1) < last * (1 - 1e-12)) {
            round.add(round.size() * step);
        }
        return round.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * The same plot with a line of text below the title, such as the log-rank test.
     *
     * @param line the text, with places {@code {0}}, {@code {1}} for the parts
     * @param parts numbers, texts and intervals: see {@link Language#text}
     * @return the plot
     */
    public KaplanMeierPlot withLine(String line, Object... parts) {
        return new KaplanMeierPlot(steps.withLine(Phrase.of(line, parts)));
    }

    /**
     * The same plot with the Kaplan-Meier curve of one more group, with log-log limits.
     *
     * @param name in the legend and the table
     * @param outcomes follow-up of the group
     * @return the plot
     */
    public KaplanMeierPlot withGroup(String name, SurvivalOutcomes outcomes) {
        KaplanMeier curve = KaplanMeier.of(outcomes);
        return withGroup(
                name,
                curve.times(),
                curve.survival(),
                curve.lower(ConfidenceScale.LOG_LOG, LEVEL),
                curve.upper(ConfidenceScale.LOG_LOG, LEVEL),
                IntStream.range(0, outcomes.size())
                        .filter(i -> !outcomes.event(i))
                        .mapToDouble(outcomes::time)
                        .toArray(),
                Arrays.stream(steps.ticks()).mapToLong(t -> Math.round(curve.atRisk(t))).toArray());
    }

    /**
     * The same plot with one more group.
     *
     * @param name in the legend and the table
     * @param times the times of steps, ascending; survival is 1 before the first
     * @param survival the survival from each time on
     * @param lower the lower limit from each time on; {@code NaN} draws no band there
     * @param upper the upper limit from each time on; {@code NaN} draws no band there
     * @param censored times of censoring, drawn as ticks on the curve; may be empty
     * @param atRisk the number at risk at each tick of the plot
     * @return the plot
     * @throws IllegalArgumentException when lengths do not match or times do not ascend
     */
    public KaplanMeierPlot withGroup(
            String name,
            double[] times,
            double[] survival,
            double[] lower,
            double[] upper,
            double[] censored,
            long[] atRisk) {
        return new KaplanMeierPlot(
                steps.withGroup(
                        new StepPlot.Group(name, times, survival, lower, upper, censored, atRisk)));
    }

    /**
     * The drawing.
     *
     * @return the figure
     */
    public Figure figure() {
        return new Figure(steps::layout);
    }
}
