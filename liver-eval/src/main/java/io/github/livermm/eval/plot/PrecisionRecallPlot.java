// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.WeightedRoc;
import io.github.livermm.eval.plot.Canvas.Dash;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;

/**
 * Precision against recall as steps (no value is made up between two thresholds), with the average
 * precision in the legend and the prevalence, which a useless score reaches, as a line.
 *
 * @since 0.1.0
 */
public final class PrecisionRecallPlot {
    private static final double WIDTH = 460;
    private static final double SIDE = 370;
    private static final double LEFT = 70;

    private final String title;
    private final List<Series> series;
    private final boolean prevalence;

    private record Series(String name, WeightedRoc curve) {}

    private PrecisionRecallPlot(String title, List<Series> series, boolean prevalence) {
        this.title = title;
        this.series = series;
        this.prevalence = prevalence && !series.isEmpty();
    }

    /**
     * A plot without curves.
     *
     * @param title above the plot
     * @return the plot
     */
    public static PrecisionRecallPlot of(String title) {
        return new PrecisionRecallPlot(title, List.of(), true);
    }

    /**
     * The same plot with one more curve.
     *
     * @param name in the legend
     * @param curve left out of the drawing when there is no positive row
     * @return the plot
     */
    public PrecisionRecallPlot withCurve(String name, WeightedRoc curve) {
        List<Series> more = new ArrayList<>(series);
        more.add(new Series(name, curve));
        return new PrecisionRecallPlot(title, List.copyOf(more), true);
    }

    /**
     * The same plot without the line of the prevalence, for curves of different targets.
     *
     * @return the plot
     */
    public PrecisionRecallPlot withoutPrevalence() {
        return new PrecisionRecallPlot(title, series, false);
    }

    /**
     * The drawing.
     *
     * @return the figure
     */
    public Figure figure() {
        return new Figure(this::layout);
    }

    private Figure.Drawing layout(Language words) {
        Heading heading = Heading.of(words.text(title), List.of(), WIDTH);
        Axes axes = new Axes(LEFT, heading.height(), SIDE, SIDE, 0, 1, 0, 1);
        Legend legend = new Legend(LEFT, axes.bottom() + 58, WIDTH - LEFT - 16);
        List<String> spoken = new ArrayList<>();
        Pen useless = new Pen(Palette.MUTED, 1.4, Dash.DASHED);
        for (int s = 0; s < series.size(); s++) {
            Series one = series.get(s);
            String text =
                    words.text(
                            "{0}: average precision {1}",
                            one.name(), words.number(one.curve().averagePrecision(), 3));
            legend.add(text, Palette.pen(s));
            spoken.add(text);
        }
        if (prevalence) {
            legend.add(
                    words.text(
                            "Prevalence {0}", words.number(series.get(0).curve().prevalence(), 3)),
                    useless);
        }
        return new Figure.Drawing(
                words.text(title),
                words.text("Precision-recall curves") + ". " + String.join("; ", spoken),
                WIDTH,
                legend.bottom() + 8,
                canvas -> {
                    heading.draw(canvas);
                    List<Double> ticks = Axes.ticks(0, 1, 5);
                    axes.drawX(canvas, ticks, words.text("Recall (sensitivity)"));
                    axes.drawY(canvas, ticks, words.text("Precision (positive predictive value)"));
                    if (prevalence) {
                        double at = axes.y(series.get(0).curve().prevalence());
                        canvas.line(axes.left(), at, axes.right(), at, useless);
                    }
                    for (int s = 0; s < series.size(); s++) {
                        draw(canvas, axes, series.get(s).curve(), Palette.pen(s));
                    }
                    legend.draw(canvas);
                });
    }

    /** Thresholds descend, recall rises: each precision holds from the recall before to its own. */
    private static void draw(Canvas canvas, Axes axes, WeightedRoc curve, Pen pen) {
        double[] precision = curve.precision();
        double[] recall = curve.recall();
        if (Double.isNaN(curve.averagePrecision())) {
            return;
        }
        List<double[]> points = new ArrayList<>();
        boolean rising = recall.length > 1 && recall[recall.length - 1] > recall[0];
        double before = 0;
        for (int k = 0; k < recall.length; k++) {
            int i = rising ? k : recall.length - 1 - k;
            if (recall[i] > before) {
                points.add(new double[] {before, precision[i]});
                points.add(new double[] {recall[i], precision[i]});
                before = recall[i];
            }
        }
        canvas.path(
                points.stream().mapToDouble(p -> axes.x(p[0])).toArray(),
                points.stream().mapToDouble(p -> axes.y(p[1])).toArray(),
                pen);
    }
}
