// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.HorizonScore;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.KaplanMeier;
import io.github.livermm.eval.LogRank;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.reference.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** The lines of a results file, each to be met once. */
final class CohortResults {
    private final Map<String, Double> values;
    private final String dataset;

    private CohortResults(Map<String, Double> values, String dataset) {
        this.values = values;
        this.dataset = dataset;
    }

    static CohortResults of(String folder) throws IOException {
        CsvTable table = table(folder, "reference_results.csv");
        String[] dataset = table.text("dataset");
        String[] analysis = table.text("analysis");
        String[] quantity = table.text("quantity");
        double[] value = table.numbers("value");
        Map<String, Double> values = new HashMap<>();
        for (int k = 0; k < value.length; k++) {
            values.put(dataset[k] + "|" + analysis[k] + "|" + quantity[k], value[k]);
        }
        return new CohortResults(values, dataset[0]);
    }

    /** The lines of one of several data sets in the file. */
    CohortResults dataset(String name) {
        return new CohortResults(values, name);
    }

    static CsvTable table(String folder, String file) throws IOException {
        return CsvTable.read(folder(folder).resolve(file));
    }

    /** A table with tabs, after comment lines. */
    static CsvTable tabbed(String folder, String file) throws IOException {
        Path copy = Files.createTempFile("cohort", ".csv");
        try {
            List<String> lines =
                    Files.readAllLines(folder(folder).resolve(file)).stream()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.replace(',', ';').replace('\t', ','))
                            .toList();
            Files.write(copy, lines);
            return CsvTable.read(copy);
        } finally {
            Files.delete(copy);
        }
    }

    private static Path folder(String name) {
        String data = System.getProperty("liver.data", "");
        Assumptions.assumeFalse(
                data.isBlank(), "the cohorts are read in place: set -Dliver.data to run this");
        return Path.of(data).resolve(name);
    }

    /** The rows without a missing value. */
    static int[] complete(Map<String, double[]> columns, int rows) {
        return IntStream.range(0, rows)
                .filter(i -> columns.values().stream().noneMatch(c -> Double.isNaN(c[i])))
                .toArray();
    }

    private static SurvivalOutcomes outcomes(int[] rows, double[] time, double[] event) {
        double[] t = Arrays.stream(rows).mapToDouble(i -> time[i]).toArray();
        int[] e = Arrays.stream(rows).map(i -> (int) event[i]).toArray();
        return SurvivalOutcomes.of(t, e);
    }

    private static double[][] matrix(int[] rows, Map<String, double[]> columns) {
        List<double[]> list = List.copyOf(columns.values());
        double[][] x = new double[rows.length][list.size()];
        for (int k = 0; k < rows.length; k++) {
            for (int j = 0; j < list.size(); j++) {
                x[k][j] = list.get(j)[rows[k]];
            }
        }
        return x;
    }

    /** C of a fit on other rows. */
    void scored(
            String analysis,
            CoxFit fit,
            int[] rows,
            double[] time,
            double[] event,
            Map<String, double[]> columns) {
        double[] risk =
                Arrays.stream(matrix(rows, columns)).mapToDouble(fit::linearPredictor).toArray();
        meet(
                analysis,
                "C-index (Harrell, survival::concordance)",
                Concordance.harrell(outcomes(rows, time, event), risk).estimate());
    }

    /** AUC(t) and Brier(t) of a fit at every horizon that the file has. */
    void scores(
            String analysis,
            CoxFit fit,
            int[] rows,
            double[] time,
            double[] event,
            Map<String, double[]> columns) {
        String prefix = dataset + "|" + analysis + "|Brier null model at ";
        List<String> horizons =
                values.keySet().stream()
                        .filter(k -> k.startsWith(prefix))
                        .map(k -> k.substring(prefix.length()))
                        .toList();
        assertThat(horizons).as(prefix).hasSize(3);
        double[][] x = matrix(rows, columns);
        for (String horizon : horizons) {
            double t = Double.parseDouble(horizon);
            double[] risk = Arrays.stream(x).mapToDouble(r -> 1 - fit.survival(r, t)).toArray();
            HorizonScore score = HorizonScore.of(outcomes(rows, time, event), risk, t);
            meet(analysis, "time-dependent AUC (IPCW, KM) at " + horizon, score.auc());
            meet(analysis, "Brier (IPCW, KM) at " + horizon, score.brier());
            meet(analysis, "Brier null model at " + horizon, score.nullBrier());
        }
    }

    void meet(String analysis, String quantity, double found) {
        String key = dataset + "|" + analysis + "|" + quantity;
        // coxph stops at a change of 1e-9 in the likelihood, which leaves this much in what follows
        double relative =
                quantity.startsWith("PH") ? 1e-6 : quantity.startsWith("coef") ? 1e-7 : 2e-9;
        double expected = Objects.requireNonNull(values.remove(key), key);
        if (Double.isNaN(expected)) {
            assertThat(found).as(key).isNaN();
        } else {
            assertThat(found)
                    .as(key)
                    .isCloseTo(expected, within(1e-9 + relative * Math.abs(expected)));
        }
    }

    void requireAllSeen() {
        assertThat(values.keySet()).isEmpty();
    }

    void curves(
            String analysis,
            String variable,
            int[] rows,
            IntFunction<String> group,
            double[] time,
            double[] event) {
        for (String name : Arrays.stream(rows).mapToObj(group).distinct().sorted().toList()) {
            int[] part = Arrays.stream(rows).filter(i -> group.apply(i).equals(name)).toArray();
            SurvivalOutcomes outcomes = outcomes(part, time, event);
            Interval median = KaplanMeier.of(outcomes).median();
            String label = variable.isEmpty() ? "[all]" : "[" + variable + "=" + name + "]";
            meet(analysis, "n " + label, outcomes.size());
            meet(analysis, "events " + label, outcomes.events());
            meet(analysis, "median " + label, median.estimate());
            meet(analysis, "median lower 95 (log) " + label, median.lower());
            meet(analysis, "median upper 95 (log) " + label, median.upper());
        }
    }

    void logRank(
            String analysis, int[] rows, IntFunction<String> group, double[] time, double[] event) {
        List<String> names = Arrays.stream(rows).mapToObj(group).distinct().sorted().toList();
        int[] codes = Arrays.stream(rows).map(i -> names.indexOf(group.apply(i))).toArray();
        LogRank test = LogRank.of(outcomes(rows, time, event), codes);
        meet(analysis, "chi2", test.statistic());
        meet(analysis, "df", test.degreesOfFreedom());
        meet(analysis, "p", test.p());
    }

    CoxFit cox(
            String analysis,
            int[] rows,
            double[] time,
            double[] event,
            Map<String, double[]> columns) {
        List<String> names = List.copyOf(columns.keySet());
        double[][] x = matrix(rows, columns);
        SurvivalOutcomes outcomes = outcomes(rows, time, event);
        CoxData data = CoxData.of(outcomes, x, names);
        Ties ties = analysis.contains("breslow") ? Ties.BRESLOW : Ties.EFRON;
        CoxFit fit = CoxRegression.fit(data, CoxOptions.defaults().withTies(ties));
        meet(analysis, "n", fit.n());
        meet(analysis, "events", fit.events());
        meet(analysis, "loglik null", fit.logLikelihoodNull());
        meet(analysis, "loglik fitted", fit.logLikelihood());
        for (int j = 0; j < names.size(); j++) {
            meet(analysis, "coef " + names.get(j), fit.coefficients()[j]);
            meet(analysis, "se " + names.get(j), fit.standardErrors()[j]);
        }
        double[] risk = Arrays.stream(x).mapToDouble(fit::linearPredictor).toArray();
        meet(
                analysis,
                "C-index (Harrell, survival::concordance)",
                Concordance.harrell(outcomes, risk).estimate());
        CoxTest global =
                CoxDiagnostics.of(data, fit)
                        .proportionalHazards(TimeTransform.KAPLAN_MEIER)
                        .global();
        meet(analysis, "PH test global chi2 (cox.zph, km)", global.statistic());
        return fit;
    }
}
