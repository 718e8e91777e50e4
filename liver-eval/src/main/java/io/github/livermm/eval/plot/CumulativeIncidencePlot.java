// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.CumulativeIncidence;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The share of patients that has had each kind of event by each time while the others compete
 * (Aalen-Johansen), as rising steps with the numbers at risk below. It takes outcomes, or plain
 * arrays of steps with limits of any estimate.
 *
 * @since 0.1.0
 */
public final class CumulativeIncidencePlot {
    private final StepPlot steps;

    private CumulativeIncidencePlot(StepPlot steps) {
        this.steps = steps;
    }

    /**
     * A plot without curves.
     *
     * @param title above the plot
     * @param timeLabel below the time axis, with the unit
     * @param ticks the times at which numbers at risk stand, ascending, from 0 to the end of the
     *     axis; at least two, see {@link KaplanMeierPlot#roundTicks(double)}
     * @return the plot
     * @throws IllegalArgumentException when there are fewer than two ticks or they do not ascend
     */
    public static CumulativeIncidencePlot of(String title, String timeLabel, double... ticks) {
        return new CumulativeIncidencePlot(
                StepPlot.of(title, timeLabel, "Cumulative incidence", "incidence", 0, ticks));
    }

    /**
     * The same plot with a line of text below the title, such as Gray's test.
     *
     * @param line the text, with places {@code {0}}, {@code {1}} for the parts
     * @param parts numbers, texts and intervals: see {@link Language#text}
     * @return the plot
     */
    public CumulativeIncidencePlot withLine(String line, Object... parts) {
        return new CumulativeIncidencePlot(steps.withLine(Phrase.of(line, parts)));
    }

    /**
     * The same plot with the incidence of one cause.
     *
     * @param name in the legend and the table
     * @param outcomes follow-up with causes
     * @param cause the cause, 1 or more
     * @return the plot
     * @throws IllegalArgumentException when there is no row
     */
    public CumulativeIncidencePlot withCause(String name, CompetingOutcomes outcomes, int cause) {
        CumulativeIncidence curve = CumulativeIncidence.of(outcomes, cause);
        double[] times = curve.times();
        double[] none = new double[times.length];
        Arrays.fill(none, Double.NaN);
        int n = outcomes.size();
        return withCurve(
                name,
                times,
                curve.incidence(),
                none,
                none,
                Arrays.stream(steps.ticks())
                        .mapToLong(
                                t ->
                                        IntStream.range(0, n)
                                                .filter(i -> outcomes.time(i) >= t)
                                                .count())
                        .toArray());
    }

    /**
     * The same plot with one more curve.
     *
     * @param name in the legend and the table
     * @param times the times of steps, ascending; incidence is 0 before the first
     * @param incidence the incidence from each time on
     * @param lower the lower limit from each time on; {@code NaN} draws no band there
     * @param upper the upper limit from each time on; {@code NaN} draws no band there
     * @param atRisk the number at risk at each tick of the plot
     * @return the plot
     * @throws IllegalArgumentException when lengths do not match or times do not ascend
     */
    public CumulativeIncidencePlot withCurve(
            String name,
            double[] times,
            double[] incidence,
            double[] lower,
            double[] upper,
            long[] atRisk) {
        return new CumulativeIncidencePlot(
                steps.withGroup(
                        new StepPlot.Group(
                                name, times, incidence, lower, upper, new double[0], atRisk)));
    }

    /**
     * The drawing; the axis ends at the fifth above the highest curve.
     *
     * @return the figure
     */
    public Figure figure() {
        double highest =
                steps.groups().stream()
                        .flatMapToDouble(g -> Arrays.stream(g.values()))
                        .max()
                        .orElse(1);
        double top = Math.min(1, Math.max(0.2, Math.ceil(highest * 5 + 1e-9) / 5));
        return new Figure(steps.withTop(top)::layout);
    }
}
