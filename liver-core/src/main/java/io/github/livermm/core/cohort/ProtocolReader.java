// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.livermm.core.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Protocol} from {@code study.json}, noting every problem of the file itself. */
final class ProtocolReader {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    static final Set<String> KEYS =
            Set.of(
                    "schema",
                    "name",
                    "id",
                    "centre",
                    "age",
                    "report_language",
                    "report_headings",
                    "report_headings_by_centre",
                    "columns",
                    "missing",
                    "diagnosis",
                    "endpoints",
                    "surgery",
                    "eligibility",
                    "segments",
                    "phases",
                    "horizons_months",
                    "seed",
                    "missing_indicator",
                    "derived",
                    "comparators",
                    "splits",
                    "folds",
                    "pool_centres_under",
                    "laboratory_complete_share",
                    "laboratory",
                    "report",
                    "image");

    private static final List<String> GROUPS = List.of("benign", "hcc", "icc", "other_malignant");
    private static final List<Rule> DIAGNOSTIC =
            List.of(
                    Rule.AGE_18_80,
                    Rule.IMAGES,
                    Rule.CONTRAST_CT_OR_MR,
                    Rule.LABORATORY_COMPLETE,
                    Rule.REPORT,
                    Rule.PATHOLOGY);
    private static final List<Rule> PROGNOSTIC =
            List.of(
                    Rule.DIAGNOSTIC,
                    Rule.MALIGNANT,
                    Rule.RADICAL_HEPATECTOMY,
                    Rule.OUTCOME_KNOWN,
                    Rule.POTENTIAL_FOLLOW_UP_24_MONTHS);

    private final Fields root;

    private ProtocolReader(Fields root) {
        this.root = root;
    }

    /** Null when the file is not a JSON object; every other problem still gives a protocol. */
    static @Nullable Protocol read(Path file, Problems problems) {
        if (!Files.isRegularFile(file)) {
            problems.add("study.json", "not found in the study folder; a study begins with it");
            return null;
        }
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            if (!tree.isObject()) {
                problems.add(
                        "study.json", "is not a JSON object; it begins with { and ends with }");
                return null;
            }
            return new ProtocolReader(new Fields(tree, "study.json", problems)).protocol();
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            problems.add(
                    "study.json",
                    "is not valid JSON"
                            + (location == null ? "" : " at line " + location.getLineNr())
                            + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("unreadable")
                            + "; correct the file there");
            return null;
        } catch (IOException e) {
            problems.add("study.json", "cannot be read; check the permissions of the file");
            return null;
        }
    }

    private Protocol protocol() {
        root.checkKeys(KEYS);
        long schema = root.whole("schema", Protocol.SCHEMA, 1, Integer.MAX_VALUE);
        if (schema != Protocol.SCHEMA) {
            root.problem(
                    "schema",
                    "found "
                            + schema
                            + ", this version reads 1; use a newer version of the library");
        }
        DiagnosisMap diagnosis = diagnosis();
        List<Endpoint> endpoints = endpoints();
        Surgery surgery = surgery();
        TableLayout table =
                new TableLayout(
                        root.text("id", "id"),
                        root.optionalText("centre"),
                        root.optionalText("age"),
                        missingWords());
        List<Column> columns = ColumnReader.read(root);
        Protocol protocol =
                new Protocol(
                        root.text("name", "study"),
                        table,
                        root.choice("report_language", ReportLanguage.class, ReportLanguage.AUTO),
                        columns,
                        diagnosis,
                        endpoints,
                        surgery,
                        eligibility(endpoints),
                        new PlanReader(root).plan(endpoints),
                        segments(),
                        reportHeadings(),
                        phases());
        new ProtocolCheck(root, protocol).check();
        return protocol;
    }

    private Set<String> missingWords() {
        Set<String> words = new HashSet<>(root.texts("missing"));
        words.add("");
        return words;
    }

    private @Nullable DiagnosisMap diagnosis() {
        Fields fields = root.object("diagnosis", false);
        if (fields == null) {
            return null;
        }
        fields.checkKeys(Set.of("column", "benign", "hcc", "icc", "other_malignant", "excluded"));
        Map<String, Diagnosis> words = new LinkedHashMap<>();
        Set<String> excluded = new LinkedHashSet<>(fields.texts("excluded"));
        for (String group : GROUPS) {
            Diagnosis diagnosis = Diagnosis.valueOf(group.toUpperCase(Locale.ROOT));
            for (String word : fields.texts(group)) {
                if (words.put(word, diagnosis) != null || excluded.contains(word)) {
                    fields.problem(
                            group,
                            Problems.quote(word) + " stands in two groups; keep it in one of them");
                }
            }
        }
        if (words.isEmpty()) {
            fields.problem(
                    "hcc", "no word in any of " + String.join(", ", GROUPS) + "; list the words");
        }
        return new DiagnosisMap(fields.text("column", ""), words, excluded);
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> out = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Fields fields : root.objects("endpoints", "id", false)) {
            fields.checkKeys(
                    Set.of(
                            "id",
                            "time",
                            "event",
                            "event_value",
                            "censored_value",
                            "unit",
                            "includes_death"));
            String id = fields.text("id", "endpoint");
            if (!id.matches("[a-z][a-z0-9_]*") || Set.of("malignant", "hcc_vs_icc").contains(id)) {
                fields.problem(
                        "id",
                        "found "
                                + Problems.quote(id)
                                + ", allowed are lower-case letters, digits and _, other than"
                                + " malignant and hcc_vs_icc");
            }
            if (!ids.add(id)) {
                fields.problem("id", "used twice; give each endpoint its own");
            }
            String event = fields.text("event_value", "1");
            String censored = fields.text("censored_value", "0");
            if (event.equals(censored)) {
                fields.problem("censored_value", "equals event_value; the two must differ");
            }
            if (!fields.has("unit")) {
                fields.problem("unit", "missing; state days, weeks, months or years");
            }
            out.add(
                    new Endpoint(
                            id,
                            fields.text("time", ""),
                            fields.text("event", ""),
                            event,
                            censored,
                            fields.choice("unit", TimeUnit.class, TimeUnit.MONTHS),
                            fields.flag("includes_death", false)));
        }
        return out;
    }

    private @Nullable Surgery surgery() {
        Fields fields = root.object("surgery", false);
        if (fields == null) {
            return null;
        }
        fields.checkKeys(Set.of("type", "radical", "date", "data_lock"));
        String lock = fields.optionalText("data_lock");
        LocalDate dataLock = null;
        if (lock != null) {
            try {
                dataLock = LocalDate.parse(lock);
            } catch (DateTimeException e) {
                dataLock = LocalDate.EPOCH; // so that no rule misses it as well
                fields.problem(
                        "data_lock",
                        "found " + Problems.quote(lock) + ", allowed is a date such as 2026-06-30");
            }
        }
        return new Surgery(
                fields.optionalText("type"),
                new LinkedHashSet<>(fields.texts("radical")),
                fields.optionalText("date"),
                dataLock);
    }

    private EligibilityRules eligibility(List<Endpoint> endpoints) {
        double share =
                root.number("laboratory_complete_share", EligibilityRules.LABORATORY_SHARE, 0, 1);
        EligibilityRules.LaboratoryForm form = laboratoryForm();
        Fields fields = root.object("eligibility", false);
        if (fields == null) {
            return new EligibilityRules(
                    DIAGNOSTIC, endpoints.isEmpty() ? List.of() : PROGNOSTIC, share, form);
        }
        fields.checkKeys(Set.of("diagnostic", "prognostic"));
        List<Rule> prognostic = rules(fields, "prognostic");
        if (!fields.has("prognostic") && !endpoints.isEmpty()) {
            prognostic = PROGNOSTIC;
        }
        if (!prognostic.isEmpty() && prognostic.get(0) != Rule.DIAGNOSTIC) {
            fields.problem(
                    "prognostic",
                    "begins with "
                            + prognostic.get(0).word()
                            + ", needed first is diagnostic; put it there");
        }
        List<Rule> diagnostic = rules(fields, "diagnostic");
        if (diagnostic.contains(Rule.DIAGNOSTIC)) {
            fields.problem("diagnostic", "holds the rule diagnostic itself; take it out");
        }
        return new EligibilityRules(
                fields.has("diagnostic") ? diagnostic : DIAGNOSTIC, prognostic, share, form);
    }

    private EligibilityRules.@Nullable LaboratoryForm laboratoryForm() {
        Fields fields = root.object("laboratory", false);
        if (fields == null) {
            return null;
        }
        fields.checkKeys(Set.of("column", "complete"));
        Set<String> complete = new LinkedHashSet<>(fields.texts("complete"));
        if (complete.isEmpty()) {
            fields.problem("complete", "no word; list the words for \"complete\"");
        }
        return new EligibilityRules.LaboratoryForm(fields.text("column", ""), complete);
    }

    private static List<Rule> rules(Fields fields, String key) {
        List<Rule> out = new ArrayList<>();
        for (String word : fields.texts(key)) {
            int before = out.size();
            for (Rule rule : Rule.values()) {
                if (rule.word().equals(word)) {
                    out.add(rule);
                }
            }
            if (out.size() == before) {
                fields.choose(key, word, Rule.class, Rule.DIAGNOSTIC);
            }
        }
        return out;
    }

    private Map<String, Integer> segments() {
        Map<String, Integer> out = new LinkedHashMap<>();
        Fields fields = root.object("segments", false);
        if (fields != null) {
            for (String name : fields.keys()) {
                out.put(name, (int) fields.whole(name, 1, 1, 65_535));
            }
        }
        return out;
    }

    private PhaseNames phases() {
        Map<String, Map<String, String>> byPatient = new LinkedHashMap<>();
        Fields patients = root.object("phases", false);
        if (patients != null) {
            for (String id : patients.keys()) {
                Fields series = patients.object(id, true);
                byPatient.put(id, series == null ? Map.of() : phases(series));
            }
        }
        return new PhaseNames(byPatient);
    }

    private static Map<String, String> phases(Fields series) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String key : series.keys()) {
            String phase = series.text(key, "");
            if (!phase.isEmpty() && !PhaseNames.PHASES.contains(phase)) {
                series.problem(
                        key,
                        "found "
                                + Problems.quote(phase)
                                + ", allowed are "
                                + String.join(", ", PhaseNames.PHASES));
            }
            names.put(key, phase);
        }
        return names;
    }

    private ReportHeadings reportHeadings() {
        Map<String, Map<String, List<String>>> byCentre = new LinkedHashMap<>();
        Fields centres = root.object("report_headings_by_centre", false);
        if (centres != null) {
            for (String centre : centres.keys()) {
                byCentre.put(centre, headings(centres.object(centre, true)));
            }
        }
        return new ReportHeadings(headings(root.object("report_headings", false)), byCentre);
    }

    private static Map<String, List<String>> headings(@Nullable Fields sections) {
        Map<String, List<String>> out = new LinkedHashMap<>();
        if (sections != null) {
            sections.checkKeys(Set.copyOf(ReportHeadings.SECTIONS));
            for (String section : sections.keys()) {
                List<String> words = sections.texts(section);
                if (words.stream().anyMatch(String::isBlank)) {
                    sections.problem(section, "holds a blank heading; take it out");
                }
                out.put(section, words);
            }
        }
        return out;
    }
}
