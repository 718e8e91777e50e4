// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.reference.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Cox line of the {@code reference_results.csv} files of the survival benchmarks, the Mayo
 * PBC and the MSK ICC tables equals R's survival 3.5-3 (10 digits). Which columns enter is read
 * from the names of the reference's own coefficients. The data are read in place.
 */
class CoxBenchmarkDataReferenceTest {
    @TempDir private Path folder;

    @Test
    void deepSurvFiles() throws IOException {
        Lines lines = new Lines("survival-benchmarks");
        for (String name : List.of("metabric", "rotterdam_gbsg", "support", "whas")) {
            Columns train = columns("survival-benchmarks", name + "_train.csv", "t", "e", "1");
            Columns test = columns("survival-benchmarks", name + "_test.csv", "t", "e", "1");
            CoxFit fit = lines.fit(name, "Cox efron train, all x", train, i -> true, Ties.EFRON);
            lines.fit(name, "Cox breslow train, all x", train, i -> true, Ties.BRESLOW);
            int[] all = IntStream.range(0, test.size()).toArray();
            double[] risk =
                    Arrays.stream(test.matrix(fit.names(), all))
                            .mapToDouble(fit::linearPredictor)
                            .toArray();
            lines.meet(
                    name,
                    "Cox efron fitted on train, scored on test",
                    "C-index (Harrell, survival::concordance)",
                    Concordance.harrell(test.outcomes(all), risk).estimate());
        }
        Columns veteran = columns("survival-benchmarks", "veteran.csv", "time", "status", "1");
        lines.fit("veteran", "Cox efron full", veteran, i -> true, Ties.EFRON);
        lines.fit("veteran", "Cox breslow full", veteran, i -> true, Ties.BRESLOW);
        Columns lung = columns("survival-benchmarks", "lung.csv", "time", "status", "2");
        lines.fit("lung", "Cox efron age+sex+ph.ecog", lung, i -> true, Ties.EFRON);
        Columns rossi = columns("survival-benchmarks", "rossi.csv", "week", "arrest", "1");
        lines.fit("rossi", "Cox efron full", rossi, i -> true, Ties.EFRON);
        lines.requireAllSeen();
    }

    @Test
    void mayoPbc() throws IOException {
        Lines lines = new Lines("pbc-mayo");
        Columns pbc = columns("pbc-mayo", "pbc.csv", "time", "status", "2");
        double[] arm = pbc.numbers("trt");
        lines.fit("pbc", "Cox efron Mayo model, 418 rows", pbc, i -> true, Ties.EFRON);
        lines.fit(
                "pbc",
                "Cox efron Mayo model, 312 trial rows",
                pbc,
                i -> !Double.isNaN(arm[i]),
                Ties.EFRON);
        lines.requireAllSeen();
    }

    @Test
    void mskIcc() throws IOException {
        Lines lines = new Lines("icc-msk-2021");
        Path commas = folder.resolve("patients.csv");
        List<String> tabs =
                Files.readAllLines(data().resolve("icc-msk-2021/data_clinical_patient.txt"));
        Files.write(
                commas, tabs.stream().map(l -> l.replace(",", ";").replace('\t', ',')).toList());
        Columns icc = new Columns(CsvTable.read(commas), "OS_MONTHS", "OS_STATUS", "1:DECEASED");
        lines.fit(
                "icc-msk-2021",
                "Cox efron OS ~ age + male + resected + cirrhosis",
                icc,
                i -> true,
                Ties.EFRON);
        lines.requireAllSeen();
    }

    private static Path data() {
        String data = System.getProperty("liver.data", "");
        Assumptions.assumeFalse(
                data.isBlank(), "the tables are read in place: set -Dliver.data to run this");
        return Path.of(data);
    }

    private static Columns columns(
            String folder, String file, String time, String event, String happened)
            throws IOException {
        return new Columns(
                CsvTable.read(data().resolve(folder).resolve(file)), time, event, happened);
    }

    /** A table whose covariates are named as R names them. */
    private static final class Columns {
        private final CsvTable table;
        private final double[] time;
        private final boolean[] event;

        Columns(CsvTable table, String time, String event, String happened) {
            this.table = table;
            this.time = table.numbers(time);
            String[] status = table.text(event);
            this.event = new boolean[status.length];
            for (int i = 0; i < status.length; i++) {
                this.event[i] = status[i].equals(happened);
            }
        }

        int size() {
            return table.size();
        }

        /** A column, its logarithm, or the indicator of a word. */
        double[] numbers(String name) {
            if (name.startsWith("log(")) {
                return Arrays.stream(numbers(name.substring(4, name.length() - 1)))
                        .map(Math::log)
                        .toArray();
            }
            if (name.startsWith("celltype")) {
                return indicator("celltype", name.substring("celltype".length()));
            }
            return switch (name) {
                case "male" -> indicator("SEX", "Male");
                case "res" -> indicator("TREATMENT_GROUP", "Resected");
                default -> table.numbers(name);
            };
        }

        private double[] indicator(String column, String word) {
            return Arrays.stream(table.text(column))
                    .mapToDouble(w -> w.isEmpty() ? Double.NaN : w.equals(word) ? 1 : 0)
                    .toArray();
        }

        double[][] matrix(List<String> names, int[] rows) {
            double[][] x = new double[rows.length][names.size()];
            for (int j = 0; j < names.size(); j++) {
                double[] column = numbers(names.get(j));
                for (int k = 0; k < rows.length; k++) {
                    x[k][j] = column[rows[k]];
                }
            }
            return x;
        }

        SurvivalOutcomes outcomes(int[] rows) {
            boolean[] happened = new boolean[rows.length];
            for (int k = 0; k < rows.length; k++) {
                happened[k] = event[rows[k]];
            }
            return SurvivalOutcomes.of(
                    Arrays.stream(rows).mapToDouble(i -> time[i]).toArray(), happened);
        }

        int[] complete(List<String> names, IntPredicate wanted) {
            double[][] x = matrix(names, IntStream.range(0, size()).toArray());
            return IntStream.range(0, size())
                    .filter(wanted)
                    .filter(i -> !Double.isNaN(time[i]))
                    .filter(i -> Arrays.stream(x[i]).noneMatch(Double::isNaN))
                    .toArray();
        }
    }

    /** The Cox lines of a results file, each to be met once. */
    private static final class Lines {
        private final Map<String, Double> values = new LinkedHashMap<>();

        Lines(String folder) throws IOException {
            CsvTable table = CsvTable.read(data().resolve(folder).resolve("reference_results.csv"));
            String[] dataset = table.text("dataset");
            String[] analysis = table.text("analysis");
            String[] quantity = table.text("quantity");
            double[] value = table.numbers("value");
            for (int k = 0; k < value.length; k++) {
                if (analysis[k].startsWith("Cox")) {
                    values.put(dataset[k] + "|" + analysis[k] + "|" + quantity[k], value[k]);
                }
            }
        }

        void meet(String dataset, String analysis, String quantity, double found) {
            String key = dataset + "|" + analysis + "|" + quantity;
            double expected = Objects.requireNonNull(values.remove(key), key);
            assertThat(found).as(key).isCloseTo(expected, within(1e-9 + 2e-8 * Math.abs(expected)));
        }

        void requireAllSeen() {
            assertThat(values.keySet()).isEmpty();
        }

        CoxFit fit(String dataset, String analysis, Columns columns, IntPredicate rows, Ties ties) {
            String prefix = dataset + "|" + analysis + "|coef ";
            List<String> names = new ArrayList<>();
            for (String key : values.keySet()) {
                if (key.startsWith(prefix)) {
                    names.add(key.substring(prefix.length()));
                }
            }
            int[] used = columns.complete(names, rows);
            double[][] x = columns.matrix(names, used);
            SurvivalOutcomes outcomes = columns.outcomes(used);
            CoxData data = CoxData.of(outcomes, x, names);
            CoxFit fit = CoxRegression.fit(data, CoxOptions.defaults().withTies(ties));
            meet(dataset, analysis, "n", fit.n());
            meet(dataset, analysis, "events", fit.events());
            meet(dataset, analysis, "loglik null", fit.logLikelihoodNull());
            meet(dataset, analysis, "loglik fitted", fit.logLikelihood());
            for (int j = 0; j < names.size(); j++) {
                meet(dataset, analysis, "coef " + names.get(j), fit.coefficients()[j]);
                meet(dataset, analysis, "se " + names.get(j), fit.standardErrors()[j]);
            }
            meet(
                    dataset,
                    analysis,
                    "C-index (Harrell, survival::concordance)",
                    Concordance.harrell(
                                    outcomes,
                                    Arrays.stream(x).mapToDouble(fit::linearPredictor).toArray())
                            .estimate());
            meet(
                    dataset,
                    analysis,
                    "PH test global chi2 (cox.zph, km)",
                    CoxDiagnostics.of(data, fit)
                            .proportionalHazards(TimeTransform.KAPLAN_MEIER)
                            .global()
                            .statistic());
            return fit;
        }
    }
}
