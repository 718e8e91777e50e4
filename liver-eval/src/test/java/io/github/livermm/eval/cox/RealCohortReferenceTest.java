// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.KaplanMeier;
import io.github.livermm.eval.LogRank;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.reference.CsvTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Kaplan-Meier, log-rank, Cox, C and the test of proportional hazards on real liver cohorts equal
 * what R's survival 3.5-3 gave ({@code reference_results.csv} beside the data, 10 digits). The data
 * are read in place.
 */
class RealCohortReferenceTest {
    @Test
    void tcgaLiver() throws IOException {
        CsvTable table = table("tcga-liver", "tcga_cdr_outcomes.csv");
        Expected expected = new Expected("tcga-liver");
        String[] type = table.text("type");
        for (String endpoint : List.of("OS", "PFI", "DSS")) {
            double[] time = table.numbers(endpoint + ".time");
            double[] event = table.numbers(endpoint);
            int[] rows =
                    IntStream.range(0, time.length)
                            .filter(i -> !Double.isNaN(time[i]) && !Double.isNaN(event[i]))
                            .toArray();
            expected.curves(
                    "Kaplan-Meier " + endpoint + " by type (days)",
                    "type",
                    rows,
                    i -> type[i],
                    time,
                    event);
            expected.logRank("log-rank " + endpoint + " by type", rows, i -> type[i], time, event);
        }
        double[] age = table.numbers("age_at_initial_pathologic_diagnosis");
        String[] gender = table.text("gender");
        String[] stage = table.text("ajcc_pathologic_tumor_stage");
        for (String endpoint : List.of("OS", "PFI")) {
            double[] time = table.numbers(endpoint + ".time");
            double[] event = table.numbers(endpoint);
            int[] rows =
                    IntStream.range(0, time.length)
                            .filter(i -> type[i].equals("LIHC") && stage[i].startsWith("Stage"))
                            .filter(i -> !Double.isNaN(age[i]) && !Double.isNaN(time[i]))
                            .toArray();
            Map<String, double[]> columns = new LinkedHashMap<>();
            columns.put("age", age);
            columns.put("male", flag(gender, g -> g.equals("MALE")));
            columns.put(
                    "adv", flag(stage, s -> s.startsWith("Stage III") || s.startsWith("Stage IV")));
            expected.cox(
                    "Cox efron " + endpoint + " ~ age + male + stage III/IV",
                    rows,
                    time,
                    event,
                    columns);
        }
        expected.requireAllSeen();
    }

    @Test
    void hccTace() throws IOException {
        CsvTable table = table("hcc-tace-seg", "clinical.csv");
        Expected expected = new Expected("hcc-tace-seg");
        double[] os = table.numbers("OS");
        double[] death = table.numbers("Death_1_StillAliveorLostToFU_0");
        double[] ttp = table.numbers("TTP");
        double[] progressed = table.numbers("Censored_0_progressed_1");
        String[] bclc = table.text("BCLC");
        int[] all = IntStream.range(0, os.length).toArray();
        expected.curves("Kaplan-Meier OS (weeks)", "", all, i -> "all", os, death);
        expected.curves("Kaplan-Meier TTP (weeks)", "", all, i -> "all", ttp, progressed);
        expected.curves("Kaplan-Meier OS by BCLC (weeks)", "bclc", all, i -> bclc[i], os, death);
        expected.logRank("log-rank OS by BCLC", all, i -> bclc[i], os, death);
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("age", table.numbers("age"));
        columns.put("cpsA", flag(table.text("CPS"), c -> c.equals("A")));
        columns.put("lafp", Arrays.stream(table.numbers("AFP")).map(Math::log1p).toArray());
        columns.put("pvt", table.numbers("Portal Vein Thrombosis"));
        columns.put("bclcC", flag(bclc, b -> b.equals("Stage-C") || b.equals("Stage-D")));
        expected.cox(
                "Cox efron OS ~ age + ChildPugh A + log(1+AFP) + PVT + BCLC C/D",
                all,
                os,
                death,
                columns);
        expected.cox("Cox efron TTP ~ same", all, ttp, progressed, columns);
        expected.requireAllSeen();
    }

    private static CsvTable table(String folder, String file) throws IOException {
        return CsvTable.read(folder(folder).resolve(file));
    }

    private static Path folder(String name) {
        String data = System.getProperty("liver.data", "");
        Assumptions.assumeFalse(
                data.isBlank(), "the cohorts are read in place: set -Dliver.data to run this");
        return Path.of(data).resolve(name);
    }

    private static double[] flag(String[] text, Predicate<String> yes) {
        return Arrays.stream(text).mapToDouble(t -> yes.test(t) ? 1 : 0).toArray();
    }

    private static SurvivalOutcomes outcomes(int[] rows, double[] time, double[] event) {
        double[] t = Arrays.stream(rows).mapToDouble(i -> time[i]).toArray();
        int[] e = Arrays.stream(rows).map(i -> (int) event[i]).toArray();
        return SurvivalOutcomes.of(t, e);
    }

    /** The lines of a results file, each to be met once. */
    private static final class Expected {
        private final Map<String, Double> values = new HashMap<>();

        Expected(String folder) throws IOException {
            CsvTable table = table(folder, "reference_results.csv");
            String[] analysis = table.text("analysis");
            String[] quantity = table.text("quantity");
            double[] value = table.numbers("value");
            for (int k = 0; k < value.length; k++) {
                values.put(analysis[k] + "|" + quantity[k], value[k]);
            }
        }

        void meet(String analysis, String quantity, double found) {
            String key = analysis + "|" + quantity;
            double expected = Objects.requireNonNull(values.remove(key), key);
            if (Double.isNaN(expected)) {
                assertThat(found).as(key).isNaN();
            } else {
                assertThat(found)
                        .as(key)
                        .isCloseTo(expected, within(1e-9 + 2e-9 * Math.abs(expected)));
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
                String analysis,
                int[] rows,
                IntFunction<String> group,
                double[] time,
                double[] event) {
            List<String> names = Arrays.stream(rows).mapToObj(group).distinct().sorted().toList();
            int[] codes = Arrays.stream(rows).map(i -> names.indexOf(group.apply(i))).toArray();
            LogRank test = LogRank.of(outcomes(rows, time, event), codes);
            meet(analysis, "chi2", test.statistic());
            meet(analysis, "df", test.degreesOfFreedom());
            meet(analysis, "p", test.p());
        }

        void cox(
                String analysis,
                int[] rows,
                double[] time,
                double[] event,
                Map<String, double[]> columns) {
            List<String> names = new ArrayList<>(columns.keySet());
            double[][] x = new double[rows.length][names.size()];
            for (int j = 0; j < names.size(); j++) {
                double[] column = Objects.requireNonNull(columns.get(names.get(j)));
                for (int k = 0; k < rows.length; k++) {
                    x[k][j] = column[rows[k]];
                }
            }
            SurvivalOutcomes outcomes = outcomes(rows, time, event);
            CoxData data = CoxData.of(outcomes, x, names);
            CoxFit fit = CoxRegression.fit(data);
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
            values.remove(analysis + "|PH test global p (cox.zph, km)");
            values.remove(analysis + "|PH test global p");
        }
    }
}
