// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Patients with hepatocellular carcinoma before chemo-embolisation (HCC-TACE-Seg) as a study. Only
 * what was known before the treatment is written: readings at follow-up, the response and the drugs
 * given are left behind, and so are scores made from columns that are there already.
 */
final class HccTace {
    private static final BigDecimal DAYS_PER_WEEK = BigDecimal.valueOf(7);

    private static final Map<String, String> SEX = Map.of("1", "M", "2", "F");
    private static final Map<String, String> NO_YES = Map.of("0", "no", "1", "yes");
    private static final Map<String, String> HEPATITIS =
            Map.of(
                    "No virus", "none",
                    "HBV only", "hbv",
                    "HCV only", "hcv",
                    "HCV and HBV", "hbv_hcv");
    private static final Map<String, String> CHILD_PUGH = Map.of("A", "A", "B", "B", "C", "C");
    private static final Map<String, String> PERFORMANCE = Map.of("0", "0", "1", "1_2", "3", "3_4");
    private static final Map<String, String> NODULES =
            Map.of("uninodular", "single", "multinodular", "multiple");
    private static final Map<String, String> INVOLVEMENT =
            Map.of("< or = 50%", "up_to_half", ">50%", "over_half");
    private static final Map<String, String> GRADE =
            Map.of(
                    "Well differentiated", "well",
                    "Well-moderately differentiated", "well_to_moderate",
                    "Moderately differentiated", "moderate",
                    "Moderately-poorly differentiated", "moderate_to_poor",
                    "Poorly differentiated", "poor",
                    "NOT STATED", "",
                    "No biopsy", "");
    private static final Map<String, String> BCLC =
            Map.of("Stage-A", "A", "Stage-B", "B", "Stage-C", "C", "Stage-D", "D");

    private final SourceTable table;
    private final StudyFolder study = new StudyFolder();

    HccTace(Path dataDir) throws IOException {
        table = SourceTable.read(dataDir.resolve("clinical.csv"));
    }

    StudyFolder convert() throws IOException {
        for (int row = 0; row < table.size(); row++) {
            study.add(patient(row));
        }
        return study;
    }

    private Map<String, String> patient(int row) throws IOException {
        study.count("patients");
        Map<String, String> patient = new LinkedHashMap<>();
        patient.put("patient_id", table.cell(row, "TCIA_ID"));
        patient.put("centre", "single_centre");
        patient.put("age", number(row, "age", "age"));
        patient.put("sex", word(row, "Sex", "sex", SEX));
        patient.put("hepatitis", word(row, "hepatitis", "hepatitis", HEPATITIS));
        patient.put("smoking", word(row, "Smoking", "smoking", NO_YES));
        patient.put("alcohol", word(row, "Alcohol", "alcohol", NO_YES));
        patient.put("diabetes", word(row, "Diabetes", "diabetes", NO_YES));
        patient.put(
                "previous_cancer",
                word(row, "Personal history of cancer", "previous_cancer", NO_YES));
        patient.put("cirrhosis", word(row, "Evidence_of_cirh", "cirrhosis", NO_YES));
        patient.put("child_pugh", word(row, "CPS", "child_pugh", CHILD_PUGH));
        patient.put(
                "performance", word(row, "PS_bclc_0_0_1-2_1_3-4_3", "performance", PERFORMANCE));
        patient.put("tumour_size", number(row, "Tr_Size", "tumour_size"));
        patient.put("nodules", word(row, "tumor_nodul", "nodules", NODULES));
        patient.put(
                "vascular_invasion", word(row, "Vascular invasion", "vascular_invasion", NO_YES));
        patient.put(
                "portal_vein_thrombosis",
                word(row, "Portal Vein Thrombosis", "portal_vein_thrombosis", NO_YES));
        patient.put("metastasis", word(row, "Metastasis", "metastasis", NO_YES));
        patient.put("lymph_nodes", word(row, "Lymphnodes", "lymph_nodes", NO_YES));
        patient.put(
                "liver_involvement", word(row, "T_involvment", "liver_involvement", INVOLVEMENT));
        patient.put("afp", number(row, "AFP", "afp"));
        patient.put("grade", word(row, "Pathology", "grade", GRADE));
        patient.put("bclc", word(row, "BCLC", "bclc", BCLC));
        patient.put("diagnosis", "hcc");
        boolean died = endpoint(row, "OS", "Death_1_StillAliveorLostToFU_0", "os", patient);
        boolean progressed = endpoint(row, "TTP", "Censored_0_progressed_1", "ttp", patient);
        if (died && !progressed) {
            study.count("endpoints", "ttp", "censored and known to have died");
        }
        return patient;
    }

    private String word(int row, String source, String column, Map<String, String> words)
            throws IOException {
        String word = words.get(table.cell(row, source));
        if (word == null) {
            throw table.unexpected(
                    row, source, "one of " + words.keySet().stream().sorted().toList());
        }
        if (word.isEmpty()) {
            missing(row, source, column);
        }
        return word;
    }

    private String number(int row, String source, String column) throws IOException {
        String cell = table.cell(row, source);
        if (cell.isEmpty()) {
            missing(row, source, column);
            return "";
        }
        return Analyte.plain(decimal(row, source));
    }

    private void missing(int row, String source, String column) throws IOException {
        String cell = table.cell(row, source);
        study.count("missing", column, cell.isEmpty() ? "(empty)" : cell);
    }

    private BigDecimal decimal(int row, String source) throws IOException {
        try {
            return new BigDecimal(table.cell(row, source));
        } catch (NumberFormatException e) {
            throw table.unexpected(row, source, "a number");
        }
    }

    /**
     * Weeks become whole days: the table holds days divided by 7, rounded to its digits. True =
     * event.
     */
    private boolean endpoint(
            int row, String time, String event, String id, Map<String, String> patient)
            throws IOException {
        BigDecimal days =
                decimal(row, time).multiply(DAYS_PER_WEEK).setScale(0, RoundingMode.HALF_EVEN);
        if (days.signum() <= 0) {
            throw table.unexpected(row, time, "a time above 0 weeks");
        }
        String word = table.cell(row, event);
        if (!NO_YES.containsKey(word)) {
            throw table.unexpected(row, event, "0 or 1");
        }
        study.count("endpoints", id, word.equals("1") ? "events" : "censored");
        patient.put(id + "_days", days.toPlainString());
        patient.put(id + "_event", word);
        return word.equals("1");
    }
}
