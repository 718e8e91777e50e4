// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the files that concern the study as a whole: protocol, truth and latent values. */
final class StudyFiles {
    /** Changes whenever the same seed would give another study. */
    static final int GENERATOR_VERSION = 1;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private StudyFiles() {}

    private static void write(Path file, ObjectNode json) throws IOException {
        String text = JSON.writeValueAsString(json).replace("\r\n", "\n") + "\n";
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    // ---- study.json --------------------------------------------------------------------------

    static void writeProtocol(Path study, long seed) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("schema", 1).put("name", "synthetic").put("id", "patient_id");
        json.put("centre", "hospital").put("age", "age").put("report_language", "auto");
        addColumns(json.putArray("columns"));
        strings(json.putArray("missing"), List.of("", "NA", "-999"));
        ObjectNode diagnosis = json.putObject("diagnosis").put("column", "pathology");
        strings(
                diagnosis.putArray("benign"),
                List.of(
                        "haemangioma",
                        "fnh",
                        "adenoma",
                        "angiomyolipoma",
                        "inflammatory_pseudotumour"));
        strings(diagnosis.putArray("hcc"), List.of("hcc"));
        strings(diagnosis.putArray("icc"), List.of("icc"));
        strings(diagnosis.putArray("other_malignant"), List.of("metastasis", "chcc_cca"));
        ArrayNode endpoints = json.putArray("endpoints");
        for (String id : List.of("pfs", "os")) {
            endpoints
                    .addObject()
                    .put("id", id)
                    .put("time", id + "_months")
                    .put("event", id + "_event")
                    .put("event_value", "1")
                    .put("censored_value", "0")
                    .put("unit", "months")
                    .put("includes_death", true);
        }
        ObjectNode surgery = json.putObject("surgery").put("type", "surgery");
        strings(surgery.putArray("radical"), List.of("radical_hepatectomy"));
        surgery.put("date", "surgery_date");
        surgery.put("data_lock", SyntheticPatient.DATA_LOCK.toString());
        ObjectNode eligibility = json.putObject("eligibility");
        strings(eligibility.putArray("diagnostic"), rules(false));
        ArrayNode prognostic = eligibility.putArray("prognostic").add("diagnostic");
        prognostic.add("malignant");
        strings(prognostic, rules(true));
        json.putObject("segments").put("Liver", 1).put("Lesion", 2);
        json.putArray("horizons_months").add(12).add(24).add(36).add(60);
        ObjectNode comparators = json.putObject("comparators");
        strings(comparators.putArray("tumour_markers"), List.of("afp", "ca19_9"));
        strings(comparators.putArray("size"), List.of("log_diameter_mm"));
        json.put("seed", seed);
        write(study.resolve("study.json"), json);
    }

    private static List<String> rules(boolean prognostic) {
        return Planted.rules(prognostic).stream().map(Planted::rule).toList();
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static ObjectNode column(ArrayNode columns, String name, String role, String type) {
        return columns.addObject().put("name", name).put("role", role).put("type", type);
    }

    private static void addColumns(ArrayNode columns) {
        ObjectNode age = column(columns, "age", "predictor", "number").put("unit", "years");
        age.putArray("limits").add(0).add(120);
        ObjectNode sex = column(columns, "sex", "predictor", "category");
        strings(sex.putArray("levels"), List.of("F", "M"));
        ObjectNode hbsag = column(columns, "hbsag", "predictor", "category");
        strings(hbsag.putArray("levels"), List.of("negative", "positive"));
        for (Laboratory laboratory : Laboratory.values()) {
            addLaboratory(columns, laboratory);
        }
        ObjectNode mvi = column(columns, "mvi", "postoperative", "category");
        strings(mvi.putArray("levels"), List.of("M0", "M1", "M2"));
        ObjectNode grade = column(columns, "edmondson", "postoperative", "category");
        strings(grade.putArray("levels"), List.of("I", "II", "III", "IV"));
        ObjectNode neoadjuvant = column(columns, "neoadjuvant", "subgroup", "category");
        strings(neoadjuvant.putArray("levels"), List.of("no", "yes"));
    }

    private static void addLaboratory(ArrayNode columns, Laboratory laboratory) {
        ObjectNode node = column(columns, laboratory.column(), "predictor", "number");
        node.put("unit", laboratory.unit());
        List<Centre> others =
                Centre.ALL.stream()
                        .filter(c -> !laboratory.unitAt(c).equals(laboratory.unit()))
                        .toList();
        if (!others.isEmpty()) {
            ObjectNode byCentre = node.putObject("unit_by_centre");
            others.forEach(centre -> byCentre.put(centre.name(), laboratory.unitAt(centre)));
        }
        if (laboratory.log()) {
            node.put("scale", "log");
        }
        if (laboratory == Laboratory.AFP || laboratory == Laboratory.ALT) {
            node.put("upper_normal", laboratory.column() + "_uln");
        }
        node.putArray("limits").add(laboratory.low()).add(laboratory.high());
    }

    // ---- truth.json --------------------------------------------------------------------------

    static void writeTruth(Path study, long seed, List<SyntheticPatient> patients, Truth truth)
            throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("schema", 1).put("generator_version", GENERATOR_VERSION).put("seed", seed);
        json.put("patients", patients.size()).put("draws", truth.draws());
        json.put(
                "definition",
                "auc: exact posterior given the latent variables that the set of modalities"
                        + " renders; c_index: Harrell's C of the expected linear predictor given"
                        + " them, in radically resected malignant patients under the study's"
                        + " follow-up; complete_linear_predictor adds microvascular invasion;"
                        + " error: standard error of the simulation");
        ObjectNode targets = json.putObject("targets");
        truth.targets()
                .forEach(
                        (target, bySet) -> {
                            boolean survival = bySet.containsKey(Truth.COMPLETE);
                            ObjectNode node = targets.putObject(target);
                            bySet.forEach(
                                    (set, bound) ->
                                            node.putObject(set)
                                                    .put(
                                                            survival ? "c_index" : "auc",
                                                            bound.estimate())
                                                    .put("error", bound.error()));
                        });
        json.set("flow", flow(patients));
        write(study.resolve("truth.json"), json);
    }

    /** The flow that eligibility must find, in the form of {@code flow.json}. */
    private static ObjectNode flow(List<SyntheticPatient> patients) {
        List<Centre> centres =
                Centre.ALL.stream()
                        .filter(c -> patients.stream().anyMatch(p -> p.centre() == c))
                        .toList();
        ObjectNode flow = JSON.createObjectNode();
        ObjectNode diagnostic = flow.putObject("diagnostic");
        diagnostic.set("entered", perCentre(centres, patients));
        ArrayNode excluded = diagnostic.putArray("excluded");
        for (Planted rule : Planted.rules(false)) {
            addRule(excluded, rule.rule(), centres, having(patients, rule));
        }
        List<SyntheticPatient> diagnosed = patients.stream().filter(StudyFiles::diagnosed).toList();
        diagnostic.set("included", perCentre(centres, diagnosed));

        ObjectNode prognostic = flow.putObject("prognostic");
        prognostic.set("entered", perCentre(centres, patients));
        ArrayNode left = prognostic.putArray("excluded");
        addRule(left, "diagnostic", centres, patients.stream().filter(p -> !diagnosed(p)).toList());
        addRule(
                left,
                "malignant",
                centres,
                diagnosed.stream().filter(p -> !p.malignant()).toList());
        for (Planted rule : Planted.rules(true)) {
            addRule(left, rule.rule(), centres, having(patients, rule));
        }
        prognostic.set(
                "included",
                perCentre(
                        centres,
                        patients.stream()
                                .filter(p -> p.malignant() && p.place().planted() == Planted.NONE)
                                .toList()));
        return flow;
    }

    private static boolean diagnosed(SyntheticPatient patient) {
        Planted planted = patient.place().planted();
        return planted == Planted.NONE || planted.prognostic();
    }

    private static List<SyntheticPatient> having(List<SyntheticPatient> patients, Planted rule) {
        return patients.stream().filter(p -> p.place().planted() == rule).toList();
    }

    private static void addRule(
            ArrayNode rules, String rule, List<Centre> centres, List<SyntheticPatient> patients) {
        rules.addObject().put("rule", rule).set("count", perCentre(centres, patients));
    }

    private static ObjectNode perCentre(List<Centre> centres, List<SyntheticPatient> patients) {
        ObjectNode counts = JSON.createObjectNode();
        for (Centre centre : centres) {
            counts.put(centre.name(), patients.stream().filter(p -> p.centre() == centre).count());
        }
        return counts;
    }

    // ---- truth_patients.csv --------------------------------------------------------------------

    static void writeLatents(Path study, LatentModel model, List<SyntheticPatient> patients)
            throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("patient_id,centre,diagnosis,neoadjuvant,planted,scanner,");
        text.append(model.latents().stream().map(Latent::name).collect(Collectors.joining(",")));
        text.append(",invasion,linear_predictor,p_malignant,p_hcc_vs_icc,expected_predictor\n");
        for (SyntheticPatient patient : patients) {
            appendLatents(text, model, patient);
        }
        Files.writeString(
                study.resolve("truth_patients.csv"), text.toString(), StandardCharsets.UTF_8);
    }

    private static void appendLatents(
            StringBuilder text, LatentModel model, SyntheticPatient patient) {
        text.append(patient.id()).append(',').append(patient.centre()).append(',');
        text.append(lower(patient.place().diagnosis())).append(',');
        text.append(patient.neoadjuvant() ? "yes" : "no").append(',');
        text.append(
                patient.place().planted() == Planted.NONE ? "" : patient.place().planted().rule());
        text.append(',').append(lower(patient.scanner()));
        for (double value : patient.values()) {
            text.append(',').append(number(value));
        }
        text.append(',').append(number(patient.invasion()));
        text.append(',').append(number(patient.predictor()));
        if (patient.place().planted() == Planted.AGE_18_80) {
            // outside the model's ages nothing is expected of anybody
            text.append(",,,\n");
            return;
        }
        View all = model.view(Set.of(Modality.values()));
        double[] posterior = all.posterior(model.logDensities(patient.values()));
        text.append(',').append(number(LatentModel.malignant(posterior)));
        text.append(',').append(number(LatentModel.hccVersusIcc(posterior)));
        text.append(',')
                .append(number(all.expectedPredictor(patient.values(), posterior)))
                .append('\n');
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6f", value);
    }
}
