// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import io.github.livermm.core.cohort.Folds;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.survival.deep.DeepSurv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Real cohorts with liver disease, out of fold: Cox, elastic-net Cox and DeepSurv on the same
 * folds. Predictors are those known before treatment; medians for missing values, scales and
 * penalties come from the training folds; linear predictors are centred fold by fold before they
 * are pooled. The network's options are fixed beforehand, since a few hundred patients cannot
 * choose them.
 */
final class LiverPrognosis {
    /** The names of the cohorts, in the order in which they are run. */
    static final List<String> COHORTS = List.of("tcga_lihc", "hcc_tace", "msk_icc", "mayo_pbc");

    private static final int FOLDS = 10;

    private final Path data;
    private final Path studies;
    private final int seeds;

    LiverPrognosis(Path data, Path studies, int seeds) {
        this.data = data;
        this.studies = studies;
        this.seeds = seeds;
    }

    /** One predictor: how a cell becomes a number, NaN where it is empty. */
    private record Predictor(String column, java.util.function.ToDoubleFunction<String> value) {
        double of(SourceTable table, int row) throws IOException {
            String cell = table.cell(row, column);
            return cell.isEmpty() ? Double.NaN : value.applyAsDouble(cell);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this class
    private record Cohort(double[][] x, SurvivalOutcomes outcomes) {}

    /** Writes the rows of a Markdown table for one cohort, by its name among {@link #COHORTS}. */
    void run(String cohort, Consumer<String> out) throws IOException {
        switch (cohort) {
            case "tcga_lihc" -> tcga(out);
            case "hcc_tace" -> tace(out);
            case "msk_icc" -> msk(out);
            case "mayo_pbc" -> pbc(out);
            default -> throw new IllegalArgumentException(cohort + " is not among " + COHORTS);
        }
    }

    private void tcga(Consumer<String> out) throws IOException {
        SourceTable tcga = SourceTable.read(studies.resolve("tcga-liver/patients.csv"));
        List<Predictor> seven =
                List.of(
                        number("age"),
                        is("sex", "M"),
                        number("albumin"),
                        log("afp"),
                        number("platelets"),
                        number("bilirubin"),
                        number("creatinine"));
        evaluate(
                out,
                "TCGA-LIHC OS",
                cohort(tcga, "cohort=LIHC", seven, "os_days", "os_event", "1"));
        evaluate(
                out,
                "TCGA-LIHC PFI",
                cohort(tcga, "cohort=LIHC", seven, "pfi_days", "pfi_event", "1"));
    }

    private void tace(Consumer<String> out) throws IOException {
        SourceTable tace = SourceTable.read(studies.resolve("hcc-tace/patients.csv"));
        List<Predictor> ten =
                List.of(
                        number("age"),
                        is("sex", "M"),
                        is("child_pugh", "A"),
                        log("afp"),
                        is("portal_vein_thrombosis", "yes"),
                        number("tumour_size"),
                        is("nodules", "multiple"),
                        is("vascular_invasion", "yes"),
                        is("metastasis", "yes"),
                        is("cirrhosis", "yes"));
        evaluate(out, "HCC-TACE-Seg OS", cohort(tace, "", ten, "os_days", "os_event", "1"));
        evaluate(out, "HCC-TACE-Seg TTP", cohort(tace, "", ten, "ttp_days", "ttp_event", "1"));
    }

    private void msk(Consumer<String> out) throws IOException {
        SourceTable icc =
                SourceTable.read(data.resolve("icc-msk-2021/data_clinical_patient.txt"), '\t');
        // not DZ_EXTENT: among the resected, "Metastatic disease" is the pathologist's positive
        // node
        // (42 of 42, and 2 of the 167 without one), which nobody knows before the operation
        List<Predictor> preoperative =
                List.of(
                        number("AGE"),
                        is("SEX", "Male"),
                        number("BMI"),
                        number("DIABETES_STATUS"),
                        number("HEP_B"),
                        number("HEP_C"),
                        number("CIRRHOSIS"),
                        is("SMOKING_STATUS", "Never smoked"),
                        is("ECOG_BIN", "0"),
                        log("CA19"));
        evaluate(
                out,
                "MSK ICC OS",
                cohort(icc, "", preoperative, "OS_MONTHS", "OS_STATUS", "1:DECEASED"));
        evaluate(
                out,
                "MSK ICC RFS, resected",
                cohort(icc, "", preoperative, "RFS_MONTHS", "RFS_STATUS", "1:RELAPSED"));
    }

    private void pbc(Consumer<String> out) throws IOException {
        SourceTable pbc = SourceTable.read(data.resolve("pbc-mayo/pbc.csv"));
        List<Predictor> mayo =
                List.of(
                        number("age"),
                        is("sex", "m"),
                        log("bili"),
                        number("edema"),
                        log("protime"),
                        log("albumin"),
                        number("platelet"));
        evaluate(out, "Mayo PBC, death", cohort(pbc, "", mayo, "time", "status", "2"));
    }

    private void evaluate(Consumer<String> out, String name, Cohort cohort) {
        Map<String, SurvivalMethod> methods = new LinkedHashMap<>();
        methods.put("Cox", SurvivalMethod.cox());
        methods.put("elastic-net Cox", SurvivalMethod.elasticNet());
        methods.put(
                "DeepSurv",
                SurvivalMethod.deepSurv(
                        DeepSurv.defaults()
                                .withMembers(3)
                                .withHidden(16)
                                .withDropout(0.3)
                                .withWeightDecay(0.1)
                                .withBatchSize(Integer.MAX_VALUE)));
        for (Map.Entry<String, SurvivalMethod> method : methods.entrySet()) {
            List<SurvivalFigures> figures = new ArrayList<>();
            for (int seed = 1; seed <= seeds; seed++) {
                figures.add(outOfFold(method.getValue(), cohort, seed));
            }
            out.accept(
                    "| %s | %d | %d | %s | %s |"
                            .formatted(
                                    name,
                                    cohort.outcomes.size(),
                                    cohort.outcomes.events(),
                                    method.getKey(),
                                    SurvivalFigures.cells(figures)));
        }
    }

    private static SurvivalFigures outOfFold(SurvivalMethod method, Cohort cohort, long seed) {
        int n = cohort.x.length;
        double[] horizons = SurvivalFigures.horizons(cohort.outcomes);
        double[] risk = new double[n];
        double[][] survival = new double[n][];
        int[] fold = Folds.stratified(SurvivalMethod.strata(cohort.outcomes), FOLDS, seed);
        for (int k = 0; k < FOLDS; k++) {
            int held = k;
            int[] in = IntStream.range(0, n).filter(i -> fold[i] != held).toArray();
            double[] medians = medians(DeepSurvSearch.rows(cohort.x, in));
            double[][] x =
                    Arrays.stream(cohort.x).map(r -> filled(r, medians)).toArray(double[][]::new);
            SurvivalMethod.Fitted model =
                    method.fit(DeepSurvSearch.rows(x, in), cohort.outcomes.select(in), seed);
            double centre =
                    IntStream.of(in)
                            .mapToDouble(i -> model.linearPredictor(x[i]))
                            .average()
                            .orElse(0);
            for (int i = 0; i < n; i++) {
                if (fold[i] == k) {
                    double[] row = x[i];
                    risk[i] = model.linearPredictor(row) - centre;
                    survival[i] =
                            Arrays.stream(horizons).map(t -> model.survival(row, t)).toArray();
                }
            }
        }
        return SurvivalFigures.of(cohort.outcomes, risk, survival, horizons);
    }

    private static double[] medians(double[][] x) {
        double[] medians = new double[x[0].length];
        for (int j = 0; j < medians.length; j++) {
            int column = j;
            double[] known =
                    Arrays.stream(x)
                            .mapToDouble(r -> r[column])
                            .filter(v -> !Double.isNaN(v))
                            .sorted()
                            .toArray();
            medians[j] = (known[(known.length - 1) / 2] + known[known.length / 2]) / 2;
        }
        return medians;
    }

    private static double[] filled(double[] row, double[] medians) {
        double[] filled = row.clone();
        for (int j = 0; j < filled.length; j++) {
            filled[j] = Double.isNaN(filled[j]) ? medians[j] : filled[j];
        }
        return filled;
    }

    /** The rows that pass {@code column=value} and have the outcome, with positive times. */
    private static Cohort cohort(
            SourceTable table,
            String filter,
            List<Predictor> predictors,
            String time,
            String event,
            String happened)
            throws IOException {
        List<double[]> x = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        List<Integer> events = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            String[] rule = filter.split("=");
            boolean in = rule.length < 2 || table.cell(i, rule[0]).equals(rule[1]);
            String t = table.cell(i, time);
            if (!in || t.isEmpty() || !(Double.parseDouble(t) > 0)) {
                continue;
            }
            double[] row = new double[predictors.size()];
            for (int j = 0; j < row.length; j++) {
                row[j] = predictors.get(j).of(table, i);
            }
            x.add(row);
            times.add(Double.parseDouble(t));
            events.add(table.cell(i, event).equals(happened) ? 1 : 0);
        }
        return new Cohort(
                x.toArray(double[][]::new),
                SurvivalOutcomes.of(
                        times.stream().mapToDouble(d -> d).toArray(),
                        events.stream().mapToInt(e -> e).toArray()));
    }

    private static Predictor number(String column) {
        return new Predictor(column, Double::parseDouble);
    }

    private static Predictor log(String column) {
        return new Predictor(column, cell -> Math.log(Double.parseDouble(cell) + 0.1));
    }

    private static Predictor is(String column, String value) {
        return new Predictor(column, cell -> cell.equals(value) ? 1 : 0);
    }
}
