// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.reference.CsvTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Kaplan-Meier, log-rank, Cox, C, the test of proportional hazards and IPCW scores on real cohorts
 * equal what R's survival 3.5-3 and riskRegression 2022.11.28 gave ({@code reference_results.csv}
 * beside the data, 10 digits). The data are read in place.
 */
class RealCohortReferenceTest {
    @Test
    void tcgaLiver() throws IOException {
        CsvTable table = CohortResults.table("tcga-liver", "tcga_cdr_outcomes.csv");
        CohortResults expected = CohortResults.of("tcga-liver");
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
            expected.dataset("tcga-lihc")
                    .cox(
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
        CsvTable table = CohortResults.table("hcc-tace-seg", "clinical.csv");
        CohortResults expected = CohortResults.of("hcc-tace-seg");
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

    @Test
    void pbc() throws IOException {
        CsvTable table = CohortResults.table("pbc-mayo", "pbc.csv");
        CohortResults expected = CohortResults.of("pbc-mayo");
        double[] time = table.numbers("time");
        double[] death = flag(table.text("status"), s -> s.equals("2"));
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("age", table.numbers("age"));
        columns.put("edema", table.numbers("edema"));
        for (String name : List.of("bili", "albumin", "protime")) {
            double[] log = Arrays.stream(table.numbers(name)).map(Math::log).toArray();
            columns.put("log(" + name + ")", log);
        }
        int[] all = CohortResults.complete(columns, time.length);
        double[] arm = table.numbers("trt");
        int[] trial = Arrays.stream(all).filter(i -> !Double.isNaN(arm[i])).toArray();
        expected.cox("Cox efron Mayo model, 418 rows", all, time, death, columns);
        CoxFit fit =
                expected.cox("Cox efron Mayo model, 312 trial rows", trial, time, death, columns);
        expected.scores(
                "riskRegression::Score Mayo model 312 rows (apparent)",
                fit,
                trial,
                time,
                death,
                columns);
        int[] arms = IntStream.range(0, time.length).filter(i -> arm[i] > 0).toArray();
        IntFunction<String> group = i -> String.valueOf((int) arm[i]);
        expected.curves("Kaplan-Meier by trt", "trt", arms, group, time, death);
        expected.logRank("log-rank by trt", arms, group, time, death);
        expected.requireAllSeen();
    }

    @Test
    void iccMsk() throws IOException {
        CsvTable table = CohortResults.tabbed("icc-msk-2021", "data_clinical_patient.txt");
        CohortResults expected = CohortResults.of("icc-msk-2021");
        double[] time = table.numbers("OS_MONTHS");
        double[] death = flag(table.text("OS_STATUS"), s -> s.startsWith("1"));
        double[] free = table.numbers("RFS_MONTHS");
        double[] relapse = flag(table.text("RFS_STATUS"), s -> s.startsWith("1"));
        String[] group = table.text("TREATMENT_GROUP");
        int[] all = IntStream.range(0, time.length).toArray();
        String analysis = "Kaplan-Meier OS by treatment group (months)";
        expected.curves(analysis, "TREATMENT_GROUP", all, i -> group[i], time, death);
        expected.logRank("log-rank OS by treatment group", all, i -> group[i], time, death);
        int[] followed =
                IntStream.range(0, free.length).filter(i -> !Double.isNaN(free[i])).toArray();
        expected.curves("Kaplan-Meier RFS (months)", "", followed, i -> "all", free, relapse);
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("AGE", table.numbers("AGE"));
        columns.put("male", flag(table.text("SEX"), s -> s.equals("Male")));
        columns.put("res", flag(group, s -> s.equals("Resected")));
        columns.put("CIRRHOSIS", table.numbers("CIRRHOSIS"));
        expected.cox(
                "Cox efron OS ~ age + male + resected + cirrhosis",
                CohortResults.complete(columns, time.length),
                time,
                death,
                columns);
        expected.requireAllSeen();
    }

    @Test
    void hccMsk() throws IOException {
        CsvTable table = CohortResults.tabbed("hcc-msk-2018", "data_clinical_patient.txt");
        CohortResults expected = CohortResults.of("hcc-msk-2018");
        for (String[] endpoint :
                new String[][] {
                    {
                        "Kaplan-Meier PFS on sorafenib (months)",
                        "PFS_SORAFENIB_TREATMENT",
                        "PFS_STATUS_SORAFENIB_TREATMENT",
                        "Progressed or Deceased"
                    },
                    {
                        "Kaplan-Meier OS on sorafenib (months)",
                        "OS_SORAFENIB",
                        "OS_STATUS_SORAFENIB",
                        "DECEASED"
                    }
                }) {
            double[] time = table.numbers(endpoint[1]);
            double[] event = flag(table.text(endpoint[2]), s -> s.equals(endpoint[3]));
            int[] rows =
                    IntStream.range(0, time.length).filter(i -> !Double.isNaN(time[i])).toArray();
            expected.curves(endpoint[0], "", rows, i -> "all", time, event);
        }
        expected.requireAllSeen();
    }

    @Test
    void survivalBenchmarks() throws IOException {
        String folder = "survival-benchmarks";
        CohortResults expected = CohortResults.of(folder);
        for (String name : List.of("metabric", "rotterdam_gbsg", "support", "whas")) {
            CohortResults part = expected.dataset(name);
            Map<String, double[]> train = columns(CohortResults.table(folder, name + "_train.csv"));
            Map<String, double[]> test = columns(CohortResults.table(folder, name + "_test.csv"));
            double[] time = Objects.requireNonNull(train.remove("t"));
            double[] event = Objects.requireNonNull(train.remove("e"));
            int[] rows = IntStream.range(0, time.length).toArray();
            CoxFit fit = part.cox("Cox efron train, all x", rows, time, event, train);
            part.cox("Cox breslow train, all x", rows, time, event, train);
            double[] later = Objects.requireNonNull(test.remove("t"));
            double[] died = Objects.requireNonNull(test.remove("e"));
            int[] all = IntStream.range(0, later.length).toArray();
            part.scored("Cox efron fitted on train, scored on test", fit, all, later, died, test);
            part.scores("riskRegression::Score on test", fit, all, later, died, test);
            part.curves("Kaplan-Meier test", "", all, i -> "all", later, died);
        }
        veteran(expected.dataset("veteran"), CohortResults.table(folder, "veteran.csv"));
        lung(expected.dataset("lung"), CohortResults.table(folder, "lung.csv"));
        Map<String, double[]> rossi = columns(CohortResults.table(folder, "rossi.csv"));
        double[] week = Objects.requireNonNull(rossi.remove("week"));
        double[] arrest = Objects.requireNonNull(rossi.remove("arrest"));
        int[] rows = IntStream.range(0, week.length).toArray();
        expected.dataset("rossi").cox("Cox efron full", rows, week, arrest, rossi);
        expected.requireAllSeen();
    }

    private static void veteran(CohortResults expected, CsvTable table) {
        double[] time = table.numbers("time");
        double[] status = table.numbers("status");
        double[] arm = table.numbers("trt");
        int[] all = IntStream.range(0, time.length).toArray();
        IntFunction<String> group = i -> String.valueOf((int) arm[i]);
        expected.curves("Kaplan-Meier by trt", "trt", all, group, time, status);
        expected.logRank("log-rank by trt", all, group, time, status);
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("trt", arm);
        for (String cell : List.of("large", "smallcell", "squamous")) {
            columns.put("celltype" + cell, flag(table.text("celltype"), cell::equals));
        }
        for (String name : List.of("karno", "diagtime", "age", "prior")) {
            columns.put(name, table.numbers(name));
        }
        expected.cox("Cox efron full", all, time, status, columns);
        expected.cox("Cox breslow full", all, time, status, columns);
    }

    private static void lung(CohortResults expected, CsvTable table) {
        double[] time = table.numbers("time");
        double[] death = flag(table.text("status"), s -> s.equals("2"));
        double[] sex = table.numbers("sex");
        int[] all = IntStream.range(0, time.length).toArray();
        IntFunction<String> group = i -> String.valueOf((int) sex[i]);
        expected.curves("Kaplan-Meier by sex", "sex", all, group, time, death);
        expected.logRank("log-rank by sex", all, group, time, death);
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (String name : List.of("age", "sex", "ph.ecog")) {
            columns.put(name, table.numbers(name));
        }
        int[] complete = CohortResults.complete(columns, time.length);
        expected.cox("Cox efron age+sex+ph.ecog", complete, time, death, columns);
    }

    private static Map<String, double[]> columns(CsvTable table) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (String name : table.header()) {
            columns.put(name, table.numbers(name));
        }
        return columns;
    }

    private static double[] flag(String[] text, Predicate<String> yes) {
        return Arrays.stream(text).mapToDouble(t -> yes.test(t) ? 1 : 0).toArray();
    }
}
