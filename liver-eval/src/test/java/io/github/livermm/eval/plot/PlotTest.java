// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.eval.ClassTable;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.ConfusionTable;
import io.github.livermm.eval.DecisionCurve;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.RocBand;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.WeightedRoc;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that every plot is well-formed SVG with text as text, stays inside its frame, is the same
 * in every locale and paints; the pictures are left under {@code target/plots} to look at.
 */
class PlotTest {
    private static final Pattern TEXT =
            Pattern.compile(
                    "<text x=\"([-0-9.]+)\" y=\"([-0-9.]+)\"( transform=\"[^\"]*\")?"
                            + " font-size=\"([0-9.]+)\" fill=\"[^\"]*\"( font-weight=\"bold\")?"
                            + "( text-anchor=\"(\\w+)\")?>([^<]*)</text>");

    record Named(String name, Supplier<Figure> maker) {
        Figure figure() {
            return maker.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Named> figures() {
        return List.of(
                new Named("roc", PlotTest::roc),
                new Named("roc_one_class", PlotTest::rocOfOneClass),
                new Named("calibration", PlotTest::calibration),
                new Named("calibration_few", PlotTest::calibrationOfFew),
                new Named("kaplan_meier", PlotTest::survival),
                new Named("kaplan_meier_one", PlotTest::survivalOfOneGroup),
                new Named("forest", PlotTest::forest),
                new Named("flow", PlotTest::flow),
                new Named("decision", PlotTest::decision),
                new Named("precision_recall", PlotTest::precisionRecall),
                new Named("horizons", PlotTest::horizons),
                new Named("confusion", PlotTest::confusion),
                new Named("confusion_two", PlotTest::confusionOfTwo),
                new Named("kaplan_meier_by_group", PlotTest::survivalByGroup),
                new Named("cumulative_incidence", PlotTest::cumulativeIncidence),
                new Named("calibration_at_horizon", PlotTest::calibrationAtHorizon));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void isWellFormedAndTextStaysInside(Named named) throws Exception {
        Figure figure = named.figure();
        String svg = figure.svg();

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(svg).contains("<title>").contains("<desc>").doesNotContain("NaN");
        List<double[]> boxes = new ArrayList<>();
        Matcher matcher = TEXT.matcher(svg);
        int texts = 0;
        while (matcher.find()) {
            texts++;
            double[] box = box(matcher);
            assertThat(box[0]).as(matcher.group()).isGreaterThanOrEqualTo(0);
            assertThat(box[1]).as(matcher.group()).isGreaterThanOrEqualTo(0);
            assertThat(box[2]).as(matcher.group()).isLessThanOrEqualTo(figure.width());
            assertThat(box[3]).as(matcher.group()).isLessThanOrEqualTo(figure.height());
            for (double[] other : boxes) {
                boolean apart =
                        box[2] <= other[0]
                                || other[2] <= box[0]
                                || box[3] <= other[1]
                                || other[3] <= box[1];
                assertThat(apart).as("overlap of " + matcher.group()).isTrue();
            }
            boxes.add(box);
        }
        assertThat(texts).isEqualTo(svg.split("<text ", -1).length - 1).isPositive();
    }

    /** Left, top, right, bottom of the letters, without the space between lines. */
    private static double[] box(Matcher matcher) {
        double x = Double.parseDouble(matcher.group(1));
        double y = Double.parseDouble(matcher.group(2));
        double size = Double.parseDouble(matcher.group(4));
        String text = matcher.group(8).replace("&amp;", "&").replace("&lt;", "<");
        double width = TextWidth.of(text, size, matcher.group(5) != null);
        String anchor = matcher.group(7) == null ? "start" : matcher.group(7);
        double before = anchor.equals("start") ? 0 : anchor.equals("end") ? width : width / 2;
        if (matcher.group(3) != null) {
            return new double[] {x - 0.75 * size, y - (width - before), x, y + before};
        }
        return new double[] {x - before, y - 0.75 * size, x - before + width, y};
    }

    @ParameterizedTest
    @MethodSource("figures")
    void isTheSameInEveryLocale(Named named) {
        String english = named.figure().svg();
        Locale before = Locale.getDefault();

        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        String arabic;
        try {
            arabic = named.figure().svg();
        } finally {
            Locale.setDefault(before);
        }

        assertThat(arabic).isEqualTo(english);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void paintsAtTheSizeAskedFor(Named named) throws IOException {
        Assumptions.assumeTrue(hasFonts(), "this machine has no font; PNG needs one");
        byte[] png = named.figure().png(2);
        Path folder = Files.createDirectories(Path.of("target", "plots"));
        Files.write(folder.resolve(named.name() + ".png"), png);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(image.getWidth()).isEqualTo((int) Math.ceil(2 * named.figure().width()));
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x += 3) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertThat(colours).hasSizeGreaterThan(20);
    }

    private static boolean hasFonts() {
        try {
            return GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts().length > 0;
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    @Test
    void namesWhatDoesNotMatch() {
        assertThatThrownBy(() -> KaplanMeierPlot.of("t", "x", "y", 0))
                .hasMessageContaining("ticks has 1");
        assertThatThrownBy(() -> KaplanMeierPlot.of("t", "x", "y", 0, 0))
                .hasMessageContaining("ticks[1]");
        KaplanMeierPlot plot = KaplanMeierPlot.of("t", "x", "y", 0, 12);
        double[] one = {1};
        double[] none = {};
        assertThatThrownBy(() -> plot.withGroup("a", one, none, one, one, none, new long[2]))
                .hasMessageContaining("times, survival, lower and upper have 1, 0, 1 and 1");
        assertThatThrownBy(() -> plot.withGroup("a", one, one, one, one, none, new long[1]))
                .hasMessageContaining("atRisk has 1 values for 2 ticks");
        double[] equal = {1, 1};
        assertThatThrownBy(() -> plot.withGroup("a", equal, equal, equal, equal, none, new long[2]))
                .hasMessageContaining("times[1]");
        assertThatThrownBy(() -> ForestPlot.of("t", "x", 0.5, "n").withRow("a", point(0.5)))
                .hasMessageContaining("0 cells");
        assertThatThrownBy(() -> RocPlot.of("t").withBand(new RocBand(List.of())))
                .hasMessageContaining("no curve yet");
        assertThatThrownBy(() -> DecisionCurvePlot.of("t").figure())
                .hasMessageContaining("no model");
        assertThatThrownBy(
                        () ->
                                DecisionCurvePlot.of("t")
                                        .withModel("m", new DecisionCurve(0.5, List.of())))
                .hasMessageContaining("0 points");
        assertThatThrownBy(() -> HorizonPlot.of("t", "x", "y", 0).figure())
                .hasMessageContaining("no series");
        assertThatThrownBy(() -> HorizonPlot.of("t", "x", "y", 0).withSeries("m", one, List.of()))
                .hasMessageContaining("1 times and 0 values");
        ClassTable two = ClassTable.of(new int[] {0}, new int[] {1}, 2, null);
        assertThatThrownBy(() -> ConfusionPlot.of("t", List.of("a"), two))
                .hasMessageContaining("1 names for a table of 2");
        assertThatThrownBy(
                        () ->
                                KaplanMeierPlot.byGroup(
                                        "t",
                                        "x",
                                        "y",
                                        followUp().causeOnly(1),
                                        new int[200],
                                        List.of()))
                .hasMessageContaining("group 0 has no name");
        assertThatThrownBy(() -> flow().png(0)).hasMessageContaining("scale 0.0");
    }

    @Test
    void ticksAreRound() {
        assertThat(KaplanMeierPlot.roundTicks(58)).containsExactly(0, 12, 24, 36, 48, 60);
        assertThat(KaplanMeierPlot.roundTicks(0.4)).startsWith(0, 0.1).endsWith(0.4);
        assertThat(KaplanMeierPlot.roundTicks(5000)[0]).isZero();
        assertThat(Axes.ticks(0, 1, 5)).hasSize(6);
        assertThat(Axes.label(0.25, List.of(0.0, 0.25))).isEqualTo("0.25");
        assertThat(Axes.label(-0.0, List.of(0.0))).isEqualTo("0");
    }

    private static Interval point(double value) {
        return new Interval(value, value, value, "");
    }

    private static Figure roc() {
        boolean[] y = new boolean[200];
        double[] a = new double[200];
        double[] b = new double[200];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            y[i] = i % 3 == 0;
            a[i] = random.nextDouble() + (y[i] ? 0.5 : 0);
            b[i] = Math.rint(4 * (random.nextDouble() + (y[i] ? 0.2 : 0)));
        }
        RocCurve first = RocCurve.of(y, a);
        RocCurve second = RocCurve.of(y, b);
        return RocPlot.of("Malignant against benign: ROC <out of fold> & more")
                .withCurve(
                        "Fusion of image, clinical values and report",
                        first,
                        first.aucLogitInterval(0.95),
                        first.youden().get(0))
                .withBand(RocBand.of(y, a, 0.95, 200, 1))
                .withCurve("Report", second, second.aucLogitInterval(0.95))
                .figure();
    }

    private static Figure rocOfOneClass() {
        RocCurve curve = RocCurve.of(new boolean[] {true, true}, new double[] {1, 2});
        return RocPlot.of("One class")
                .withCurve("Fusion", curve, curve.aucLogitInterval(0.95))
                .figure();
    }

    private static Figure calibration() {
        SplittableRandom random = new SplittableRandom(2);
        boolean[] y = new boolean[400];
        double[] p = new double[400];
        for (int i = 0; i < 400; i++) {
            double u = random.nextDouble();
            p[i] = u * u;
            y[i] = random.nextDouble() < 0.1 + 0.8 * p[i];
        }
        return CalibrationPlot.of("Malignant against benign: calibration", y, p)
                .withLine(
                        "Calibration in the large 0.21 (-0.02 to 0.44), slope 0.81 (0.66 to 0.96)")
                .withLine("ICI 0.048 (0.021 to 0.072)")
                .figure();
    }

    private static Figure calibrationOfFew() {
        return CalibrationPlot.of(
                        "Few rows", new boolean[] {true, false, true}, new double[] {0, 0.5, 1})
                .figure();
    }

    private static Figure survival() {
        KaplanMeierPlot plot =
                KaplanMeierPlot.of(
                                "Overall survival by predicted risk, out of fold",
                                "Months since surgery",
                                "Overall survival",
                                KaplanMeierPlot.roundTicks(60))
                        .withLine("Log-rank chi-square 18.2 on 2 degrees of freedom, p = 0.0001");
        String[] names = {"Low risk", "Intermediate risk", "High risk, neoadjuvant therapy"};
        for (int g = 0; g < 3; g++) {
            int n = 40;
            double[] times = new double[n];
            double[] s = new double[n];
            double[] lower = new double[n];
            double[] upper = new double[n];
            for (int i = 0; i < n; i++) {
                times[i] = 1.4 * (i + 1);
                s[i] = Math.exp(-0.012 * (g + 1) * (i + 1));
                lower[i] = i == 0 ? Double.NaN : s[i] - 0.05;
                upper[i] = i == 0 ? Double.NaN : s[i] + 0.05;
            }
            plot =
                    plot.withGroup(
                            names[g],
                            times,
                            s,
                            lower,
                            upper,
                            new double[] {10, 20, 33.3, 58, 70},
                            new long[] {120, 98, 71, 50, 22, 4});
        }
        return plot.figure();
    }

    private static Figure survivalOfOneGroup() {
        return KaplanMeierPlot.of("Progression-free survival", "Months", "PFS", 0, 6, 12)
                .withGroup(
                        "All patients",
                        new double[0],
                        new double[0],
                        new double[0],
                        new double[0],
                        new double[] {7},
                        new long[] {3, 3, 0})
                .figure();
    }

    private static Figure precisionRecall() {
        boolean[] y = new boolean[200];
        double[] a = new double[200];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            y[i] = i % 5 == 0;
            a[i] = random.nextDouble() + (y[i] ? 0.4 : 0);
        }
        return PrecisionRecallPlot.of("Malignant against benign: precision and recall")
                .withCurve("Fusion", WeightedRoc.of(y, a, null))
                .withCurve("No positive row", WeightedRoc.of(new boolean[200], a, null))
                .figure();
    }

    private static Figure horizons() {
        double[] times = {12, 24, 36, 60};
        return HorizonPlot.of("AUC at each horizon", "Months", "AUC(t)", 0.5)
                .withSeries(
                        "Fusion",
                        times,
                        List.of(
                                new Interval(0.8, 0.7, 0.87, ""),
                                new Interval(0.78, 0.7, 0.85, ""),
                                new Interval(0.74, Double.NaN, Double.NaN, ""),
                                Interval.undefined("beyond follow-up")))
                .withSeries(
                        "Stage", times, List.of(point(0.6), point(0.62), point(0.6), point(0.55)))
                .figure();
    }

    private static Figure confusion() {
        ClassTable table =
                ClassTable.of(
                        new int[] {0, 0, 0, 1, 1, 2, 2, 2, 2},
                        new int[] {0, 0, 1, 1, 1, 2, 0, 2, 2},
                        4,
                        null);
        return ConfusionPlot.of(
                        "Lesion type",
                        List.of("benign", "hcc", "icc", "other malignant lesion"),
                        table)
                .figure();
    }

    private static Figure confusionOfTwo() {
        return ConfusionPlot.of("Calls at 0.5", new ConfusionTable(120, 14, 9, 260)).figure();
    }

    private static CompetingOutcomes followUp() {
        SplittableRandom random = new SplittableRandom(9);
        double[] time = new double[200];
        int[] cause = new int[200];
        for (int i = 0; i < 200; i++) {
            time[i] = 1 + Math.rint(-200 * (1 + i % 2) * Math.log(random.nextDouble())) / 10;
            cause[i] = random.nextInt(3);
        }
        return CompetingOutcomes.of(time, cause);
    }

    private static Figure survivalByGroup() {
        int[] group = new int[200];
        Arrays.setAll(group, i -> i % 2);
        return KaplanMeierPlot.byGroup(
                        "Recurrence-free survival by stage",
                        "Months since surgery",
                        "Free of recurrence",
                        followUp().causeOnly(1),
                        group,
                        List.of("Stage I", "Stage II", "Stage III (nobody)"))
                .figure();
    }

    private static Figure cumulativeIncidence() {
        return CumulativeIncidencePlot.of("Recurrence and death", "Months", 0, 12, 24, 36, 48)
                .withCause("Recurrence", followUp(), 1)
                .withCause("Death without recurrence", followUp(), 2)
                .withLine("Gray's test p {0}", 0.4)
                .figure();
    }

    private static Figure calibrationAtHorizon() {
        SplittableRandom random = new SplittableRandom(5);
        double[] risk = random.doubles(200).toArray();
        return CalibrationPlot.atHorizon(
                        "Calibration at 12 months", followUp().causeOnly(1), risk, 12)
                .withLine("O/E {0}", new Interval(0.9, 0.7, 1.2, ""))
                .figure();
    }

    @Test
    void labelsAreInChineseAndPixelsInWhatTheFontsHave() {
        Figure chinese = roc().in(Language.CHINESE);

        assertThat(chinese.svg()).contains("灵敏度", "1 - 特异度", "逐点 95 % 置信带", " 至 ");
        assertThat(chinese.svg()).contains("Fusion of image, clinical values and report");
        assertThat(roc().svg()).contains("Sensitivity").doesNotContain("灵敏度");
        Assumptions.assumeTrue(hasFonts(), "this machine has no font; PNG needs one");
        boolean same = Arrays.equals(chinese.png(1), roc().png(1));
        assertThat(same).isEqualTo(!Language.CHINESE.paintable());
    }

    @Test
    void phrasesKeepTheirPartsAndSentencesAreRecognised() {
        assertThat(Language.CHINESE.text("Slope {0}, ICI {1}", new Interval(1, 0.5, 1.5, ""), "x"))
                .isEqualTo("斜率 1.00（0.50 至 1.50），ICI x");
        assertThat(Language.CHINESE.text("a name of a centre")).isEqualTo("a name of a centre");
        assertThat(Language.ENGLISH.text("At time {0}", 12)).isEqualTo("At time 12");
        assertThat(Language.CHINESE.sentence("sex: 7 rows without a level"))
                .isEqualTo("sex：7 行缺少水平");
        assertThat(Language.CHINESE.sentence("never heard of")).isEqualTo("never heard of");
        assertThat(Language.ENGLISH.sentence("sex: 7 rows without a level")).startsWith("sex: 7");
        assertThat(Language.CHINESE.number(Double.NaN, 2)).isEqualTo("未定义");
        assertThat(TextWidth.wrap("阈值是在本数据上选取的", 10, false, 45))
                .containsExactly("阈值是在", "本数据上", "选取的");
    }

    @Test
    void aHundredThousandStepsStayASmallPicture() {
        int n = 100_000;
        double[] time = new double[n];
        Arrays.setAll(time, i -> i + 1.0);
        boolean[] event = new boolean[n];
        Arrays.fill(event, true);

        String svg =
                KaplanMeierPlot.of("Large", "Time", "Survival", 0, 50_000, 100_000)
                        .withGroup("All", SurvivalOutcomes.of(time, event))
                        .figure()
                        .svg();

        assertThat(svg.length()).isLessThan(400_000);
    }

    private static Figure forest() {
        return ForestPlot.of(
                        "HCC against ICC by centre and neoadjuvant therapy",
                        "AUC (95 % CI)",
                        0.5,
                        "n",
                        "events")
                .withRow("All patients", new Interval(0.86, 0.82, 0.90, ""), "540", "210")
                .withHeading("Centre")
                .withRow("North", new Interval(0.88, 0.80, 0.93, ""), "150", "61")
                .withRow("South", new Interval(0.81, 0.70, 0.89, ""), "140", "49")
                .withRow("A centre with one class", Interval.undefined(""), "9", "0")
                .withHeading("Neoadjuvant therapy")
                .withRow("no", new Interval(0.87, 0.82, 0.91, ""), "430", "170")
                .withRow("yes", new Interval(0.79, Double.NaN, Double.NaN, ""), "110", "40")
                .withNote("Interaction of {0}: p {1}", "neoadjuvant therapy", "= 0.412")
                .figure();
    }

    private static Figure decision() {
        SplittableRandom random = new SplittableRandom(3);
        boolean[] y = new boolean[300];
        double[] p = new double[300];
        double[] poor = new double[300];
        for (int i = 0; i < 300; i++) {
            p[i] = random.nextDouble();
            y[i] = random.nextDouble() < p[i] * p[i];
            poor[i] = random.nextDouble();
        }
        double[] thresholds = new double[81];
        Arrays.setAll(thresholds, k -> k / 100.0);
        return DecisionCurvePlot.of("Malignant against benign: net benefit")
                .withModel("Fusion", DecisionCurve.of(y, p, thresholds))
                .withModel("A useless model", DecisionCurve.of(y, poor, thresholds))
                .figure();
    }

    private static Figure flow() {
        return FlowPlot.of("Diagnostic cohort")
                .withBox("Patients in the study folder", 640)
                .withExclusion("Age outside 18 to 80 years", 12)
                .withExclusion("No contrast-enhanced CT or MR study", 9)
                .withExclusion(
                        "Laboratory values incomplete: more than half of the required values were"
                                + " missing",
                        14)
                .withBox("Diagnostic cohort", 605)
                .withExclusion("Benign or other malignant lesion", 260)
                .withBox("HCC or ICC", 345)
                .figure();
    }
}
