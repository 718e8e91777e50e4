// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import io.github.livermm.examples.real.Analyte.Band;
import io.github.livermm.examples.real.Analyte.Outcome;
import io.github.livermm.examples.real.Analyte.Reading;
import io.github.livermm.examples.real.Analyte.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The liver cancers of The Cancer Genome Atlas as a study. Outcomes, age, sex and histology come
 * from the curated outcome table, laboratory values from the clinical form of each project, which
 * is joined by the bar code.
 *
 * <p>Only what both forms hold becomes a predictor. Post-operative findings are written with that
 * role; the site code is an identifier. Mixed, fibrolamellar, hilar and distal tumours are left
 * out, each with a counted reason.
 */
final class TcgaLiver {
    /** Sites with fewer hepatocellular patients than this are one group. */
    static final int SMALLEST_SITE = 15;

    private static final String BAR_CODE = "bcr_patient_barcode";
    private static final String HEPATOCELLULAR = "Hepatocellular Carcinoma";

    /** Words that stand for "missing" in the outcome table. */
    private static final Set<String> MISSING =
            Set.of(
                    "",
                    "#N/A",
                    "[Not Available]",
                    "[Discrepancy]",
                    "[Not Applicable]",
                    "[Unknown]",
                    "[Not Evaluated]");

    private static final Map<String, String> PATHOLOGY =
            Map.of(HEPATOCELLULAR, "hcc", "Cholangiocarcinoma; intrahepatic", "icc");

    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "Hepatocholangiocarcinoma (Mixed)", "mixed_hepatocholangiocarcinoma",
                    "Fibrolamellar Carcinoma", "fibrolamellar_carcinoma",
                    "Cholangiocarcinoma; hilar/perihilar", "hilar_cholangiocarcinoma",
                    "Cholangiocarcinoma; distal", "distal_cholangiocarcinoma");

    private static final Analyte ALBUMIN =
            new Analyte(
                    "albumin",
                    List.of(
                            new Unit("g/dL", "1", new Band(2.5, 4.0), new Band(4.0, 6.0)),
                            new Unit("g/L", "10", new Band(25, 40), new Band(40, 60)),
                            new Unit("mg/dL", "1000", new Band(2500, 4000), new Band(4000, 6000))));

    /** One unit: ng/mL, the same as ug/L, on both forms; every upper limit stated is 6 to 44. */
    private static final Analyte AFP =
            new Analyte("afp", List.of(new Unit("ng/mL", "1", new Band(0, 10), new Band(5, 50))));

    private static final Analyte PLATELETS =
            new Analyte(
                    "platelets",
                    List.of(
                            new Unit("10^3/uL", "1", new Band(100, 200), new Band(300, 700)),
                            new Unit("/uL", "1000", new Band(1e5, 2e5), new Band(3e5, 7e5))));

    /** 1 mg/dL of bilirubin (molar mass 584.66 g/mol) is 17.104 umol/L. */
    private static final Analyte BILIRUBIN =
            new Analyte(
                    "bilirubin",
                    List.of(
                            new Unit("mg/dL", "1", new Band(0, 1.0), new Band(0.8, 2.0)),
                            new Unit("umol/L", "17.104", new Band(0, 8), new Band(14, 35))));

    /** 1 mg/dL of creatinine (molar mass 113.12 g/mol) is 88.40 umol/L. */
    private static final Analyte CREATININE =
            new Analyte(
                    "creatinine",
                    List.of(
                            new Unit("mg/dL", "1", new Band(0, 1.3), new Band(0.8, 2.0)),
                            new Unit("umol/L", "88.40", new Band(30, 110), new Band(70, 180))));

    /**
     * Two quantities under one name: the ratio and the time. A time becomes a ratio only with the
     * laboratory's own constants, which the forms do not hold, so each has a column of its own.
     */
    private static final Analyte PROTHROMBIN =
            new Analyte(
                    "prothrombin",
                    List.of(
                            new Unit("INR", "1", new Band(0, 2.0), new Band(1.0, 3.0)),
                            new Unit("seconds", "1", new Band(8, 13), new Band(10, 16))));

    /**
     * Where a form keeps a quantity.
     *
     * @param analyte the quantity
     * @param value column of the value
     * @param lower column of the lower limit of normal
     * @param upper column of the upper limit of normal
     */
    private record Field(Analyte analyte, String value, String lower, String upper) {
        static Field of(String prefix, Analyte analyte, String value, String lower, String upper) {
            return new Field(analyte, prefix + value, prefix + lower, prefix + upper);
        }
    }

    /** The measured bilirubin stands under the name of a limit: a known mislabel of this form. */
    private static final List<Field> HEPATOCELLULAR_FORM =
            List.of(
                    lihc(
                            ALBUMIN,
                            "laboratory_procedure_albumin_result_specified_value",
                            "laboratory_procedure_albumin_result_lower_limit_of_normal_value",
                            "laboratory_procedure_albumin_result_upper_limit_of_normal_value"),
                    lihc(
                            AFP,
                            "laboratory_procedure_alpha_fetoprotein_outcome_value",
                            "laboratory_procedure_alpha_fetoprotein_outcome_lower_limit_of_normal_value",
                            "laboratory_procedure_alpha_fetoprotein_outcome_upper_limit_of_normal_value"),
                    lihc(
                            PLATELETS,
                            "lab_procedure_platelet_result_specified_value",
                            "laboratory_prcoedure_platelet_result_lower_limit_of_normal_value",
                            "laboratory_prcoedure_platelet_result_upper_limit_of_normal_value"),
                    lihc(
                            BILIRUBIN,
                            "laboratory_procedure_total_bilirubin_result_specified_upper_limit_of_normal_value",
                            "laboratory_procedure_total_bilirubin_result_specified_lower_limit_of_normal_value",
                            "laboratory_procedure_total_bilirubin_result_upper_limit_normal_value"),
                    lihc(
                            CREATININE,
                            "hematology_serum_creatinine_laboratory_result_value_in_mg_dl",
                            "laboratory_procedure_creatinine_result_lower_limit_of_normal_value",
                            "laboratory_procedure_creatinine_result_upper_limit_of_normal_value"),
                    lihc(
                            PROTHROMBIN,
                            "laboratory_procedure_prothrombin_time_result_value",
                            "laboratory_procedure_international_normalization_ratio_result_lower_limit_of_normal_value",
                            "laboratory_procedure_international_normalization_ratio_result_upper_limit_of_normal_value"));

    /** Here, too, the measured bilirubin stands under the name of a limit. */
    private static final List<Field> CHOLANGIO_FORM =
            List.of(
                    chol(
                            ALBUMIN,
                            "albumin_result_specified_value",
                            "albumin_result_lower_limit",
                            "albumin_result_upper_limit"),
                    chol(
                            AFP,
                            "fetoprotein_outcome_value",
                            "fetoprotein_outcome_lower_limit",
                            "fetoprotein_outcome_upper_limit"),
                    chol(
                            PLATELETS,
                            "platelet_result_count",
                            "platelet_result_lower_limit",
                            "platelet_result_upper_limit"),
                    chol(
                            BILIRUBIN,
                            "bilirubin_upper_limit",
                            "bilirubin_lower_limit",
                            "total_bilirubin_upper_limit"),
                    chol(
                            CREATININE,
                            "creatinine_value_in_mg_dl",
                            "creatinine_lower_level",
                            "creatinine_upper_limit"),
                    chol(
                            PROTHROMBIN,
                            "prothrombin_time_result_value",
                            "inter_norm_ratio_lower_limit",
                            "intern_norm_ratio_upper_limit"));

    private final SourceTable outcomes;
    private final Map<String, Form> forms;
    private final StudyFolder study = new StudyFolder();

    /** A clinical form: its table, its rows by bar code, and where it keeps each quantity. */
    private record Form(SourceTable table, Map<String, Integer> rows, List<Field> fields) {
        static Form read(Path file, List<Field> fields) throws IOException {
            SourceTable table = SourceTable.read(file);
            return new Form(table, table.index("patient." + BAR_CODE), fields);
        }
    }

    TcgaLiver(Path dataDir) throws IOException {
        outcomes = SourceTable.read(dataDir.resolve("tcga_cdr_outcomes.csv"));
        forms =
                Map.of(
                        "LIHC",
                        Form.read(dataDir.resolve("tcga_clinical_lihc.csv"), HEPATOCELLULAR_FORM),
                        "CHOL",
                        Form.read(dataDir.resolve("tcga_clinical_chol.csv"), CHOLANGIO_FORM));
    }

    private static Field lihc(Analyte analyte, String value, String lower, String upper) {
        return Field.of("patient.", analyte, value, lower, upper);
    }

    private static Field chol(Analyte analyte, String value, String lower, String upper) {
        return Field.of("patient.primary_pathology.", analyte, value, lower, upper);
    }

    StudyFolder convert() throws IOException {
        Set<String> largeSites = largeSites();
        for (int row = 0; row < outcomes.size(); row++) {
            study.count("patients_in_outcome_table", outcomes.cell(row, "type"));
            if (progressionFreeDeath(row)) {
                study.count("deaths_that_pfi_does_not_count", "outcome_table");
            }
            String histology = outcomes.cell(row, "histological_type");
            if (LEFT_OUT.containsKey(histology)) {
                study.exclude(outcomes.cell(row, BAR_CODE), LEFT_OUT.get(histology));
            } else if (PATHOLOGY.containsKey(histology)) {
                study.add(patient(row, PATHOLOGY.get(histology), largeSites));
            } else {
                throw outcomes.unexpected(row, "histological_type", "a known histology");
            }
        }
        return study;
    }

    private Set<String> largeSites() throws IOException {
        Map<String, Integer> sizes = new HashMap<>();
        for (int row = 0; row < outcomes.size(); row++) {
            if (outcomes.cell(row, "histological_type").equals(HEPATOCELLULAR)) {
                sizes.merge(site(row), 1, Integer::sum);
            }
        }
        sizes.values().removeIf(size -> size < SMALLEST_SITE);
        return sizes.keySet();
    }

    /** The tissue source site: the second field of the bar code. */
    private String site(int row) throws IOException {
        String[] fields = outcomes.cell(row, BAR_CODE).split("-", -1);
        if (fields.length != 3) {
            throw outcomes.unexpected(row, BAR_CODE, "three fields, as in TCGA-XX-XXXX");
        }
        return fields[1];
    }

    private Map<String, String> patient(int row, String pathology, Set<String> largeSites)
            throws IOException {
        String id = outcomes.cell(row, BAR_CODE);
        String type = outcomes.cell(row, "type");
        boolean hepatocellular = pathology.equals("hcc");
        if (hepatocellular != type.equals("LIHC")) {
            throw outcomes.unexpected(row, "type", "LIHC for hcc and CHOL for icc");
        }
        study.count("patients", pathology);

        Map<String, String> patient = new LinkedHashMap<>();
        patient.put("patient_id", id);
        patient.put("cohort", type);
        patient.put("site", site(row));
        patient.put("site_group", largeSites.contains(site(row)) ? site(row) : "pooled");
        study.count("site_group", pathology, patient.get("site_group"));
        patient.put("age", wholeNumber(row, "age_at_initial_pathologic_diagnosis"));
        patient.put("sex", sex(row));
        laboratory(id, type, pathology, patient);
        patient.put("pathology", pathology);
        patient.put("stage", word(row, "ajcc_pathologic_tumor_stage"));
        patient.put("grade", word(row, "histological_grade"));
        patient.put("residual_tumour", word(row, "residual_tumor"));
        if (hepatocellular) {
            endpoint(row, "OS", "os", patient);
            endpoint(row, "PFI", "pfi", patient);
        } else {
            for (String column : List.of("os_days", "os_event", "pfi_days", "pfi_event")) {
                patient.put(column, "");
            }
        }
        if (progressionFreeDeath(row)) {
            study.count("deaths_that_pfi_does_not_count", pathology);
        }
        if (!outcomes.cell(row, "Redaction").isEmpty()) {
            study.count("marked_as_redacted_by_the_source_and_kept", pathology);
        }
        return patient;
    }

    private String sex(int row) throws IOException {
        String sex = outcomes.cell(row, "gender");
        return switch (sex) {
            case "FEMALE" -> "F";
            case "MALE" -> "M";
            default -> throw outcomes.unexpected(row, "gender", "FEMALE or MALE");
        };
    }

    private void laboratory(String id, String type, String pathology, Map<String, String> patient)
            throws IOException {
        Form form = forms.get(type);
        if (form == null) {
            throw new IOException("no clinical form is known for the project " + type);
        }
        Integer row = form.rows().get(id);
        List<String> ratioAndTime = new ArrayList<>(List.of("", ""));
        for (Field field : form.fields()) {
            Analyte analyte = field.analyte();
            Reading reading =
                    row == null
                            ? analyte.read("", "", "")
                            : analyte.read(
                                    form.table().cell(row, field.value()),
                                    form.table().cell(row, field.lower()),
                                    form.table().cell(row, field.upper()));
            note(id, pathology, analyte, reading);
            if (analyte.equals(PROTHROMBIN)) {
                ratioAndTime.set(reading.unit().equals("seconds") ? 1 : 0, reading.written());
            } else {
                patient.put(analyte.column(), reading.written());
            }
        }
        patient.put("inr", ratioAndTime.get(0));
        patient.put("prothrombin_seconds", ratioAndTime.get(1));
        patient.put("laboratory_form", row == null ? "no" : "yes");
        study.count("laboratory_form", pathology, row == null ? "no" : "yes");
    }

    private void note(String id, String pathology, Analyte analyte, Reading reading) {
        String outcome = reading.outcome().name().toLowerCase(Locale.ROOT);
        String counted = reading.unit().isEmpty() ? outcome : outcome + " (" + reading.unit() + ")";
        study.count("laboratory", analyte.column(), pathology, counted);
        if (reading.outcome() == Outcome.ABSENT || reading.outcome() == Outcome.KEPT) {
            return;
        }
        String found =
                "%s (normal %s to %s)"
                        .formatted(
                                reading.raw(),
                                reading.lower().isEmpty() ? "?" : reading.lower(),
                                reading.upper().isEmpty() ? "?" : reading.upper());
        study.change(id, analyte.column(), found, reading.written(), counted);
    }

    private String word(int row, String column) throws IOException {
        String word = outcomes.cell(row, column);
        if (!MISSING.contains(word)) {
            return word;
        }
        study.count("missing_words", column, word.isEmpty() ? "(empty)" : word);
        return "";
    }

    private String wholeNumber(int row, String column) throws IOException {
        String word = word(row, column);
        try {
            return word.isEmpty() ? "" : Analyte.plain(new BigDecimal(word));
        } catch (NumberFormatException e) {
            throw outcomes.unexpected(row, column, "a number or a word for missing");
        }
    }

    /** A time of 0 or less follows nobody: the outcome is unknown then, and so is the event. */
    private void endpoint(int row, String column, String id, Map<String, String> patient)
            throws IOException {
        String time = wholeNumber(row, column + ".time");
        String event = wholeNumber(row, column);
        if (!Set.of("0", "1", "").contains(event)) {
            throw outcomes.unexpected(row, column, "0.0, 1.0 or a word for missing");
        }
        String known = "known";
        if (time.isEmpty() || event.isEmpty()) {
            known = "unknown: time or event is missing";
        } else if (new BigDecimal(time).signum() <= 0) {
            known = "unknown: time is 0 or less";
        }
        study.count("endpoints", id, known);
        if (known.equals("known")) {
            study.count("endpoints", id, event.equals("1") ? "events" : "censored");
        } else {
            study.change(
                    outcomes.cell(row, BAR_CODE),
                    id,
                    "time %s, event %s".formatted(time.isEmpty() ? "?" : time, event),
                    "",
                    known);
        }
        patient.put(id + "_days", known.equals("known") ? time : "");
        patient.put(id + "_event", known.equals("known") ? event : "");
    }

    /** Died, and not counted as an event of the progression-free interval. */
    private boolean progressionFreeDeath(int row) throws IOException {
        return outcomes.cell(row, "OS").equals("1.0") && outcomes.cell(row, "PFI").equals("0.0");
    }
}
