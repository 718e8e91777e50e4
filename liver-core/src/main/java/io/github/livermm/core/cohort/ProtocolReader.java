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

    /** Names of modalities and fusion strategies. */
    private static final List<String> RESERVED =
            List.of("image", "clinical", "report", "late", "concat", "gated", "attention");

    private static final List<String> GROUPS = List.of("benign", "hcc", "icc", "other_malignant");
    private static final List<Double> HORIZONS = List.of(12.0, 24.0, 36.0, 60.0);
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
        List<Column> columns = columns();
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
                        plan(endpoints),
                        segments(),
                        reportHeadings(),
                        phases());
        checkReservedColumns(protocol);
        checkRules(protocol);
        checkDerived(protocol);
        return protocol;
    }

    private Set<String> missingWords() {
        Set<String> words = new HashSet<>(root.texts("missing"));
        words.add("");
        return words;
    }

    private List<Column> columns() {
        List<Column> out = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields fields : root.objects("columns", "name", true)) {
            Column column = column(fields);
            if (!column.name().isEmpty() && !names.add(column.name())) {
                fields.problem("name", "declared twice; keep one declaration");
            }
            out.add(column);
        }
        return out;
    }

    private static Column column(Fields fields) {
        fields.checkKeys(
                Set.of(
                        "name",
                        "role",
                        "type",
                        "unit",
                        "unit_by_centre",
                        "levels",
                        "limits",
                        "scale",
                        "upper_normal",
                        "quantity",
                        "preoperative"));
        String name = fields.text("name", "");
        Role role =
                fields.has("role")
                        ? fields.choice("role", Role.class, Role.IGNORE)
                        : noRole(fields);
        ColumnType type = fields.choice("type", ColumnType.class, ColumnType.CATEGORY);
        boolean used = role == Role.PREDICTOR || role == Role.SUBGROUP;
        if (used && !fields.has("type")) {
            fields.problem("type", "missing; state \"number\" or \"category\"");
        }
        if (role == Role.SUBGROUP && type == ColumnType.NUMBER) {
            fields.problem("type", "a subgroup is a category; add a column of words to the table");
        }
        if (role == Role.PREDICTOR
                && Postoperative.named(name)
                && !fields.flag("preoperative", false)) {
            fields.problem(
                    "role",
                    "found \"predictor\", but the name says that this is known only after surgery;"
                            + " set \"role\": \"postoperative\" (if it was known before surgery,"
                            + " such as from a biopsy, add \"preoperative\": true)");
        }
        List<String> levels = fields.texts("levels");
        if (used && type == ColumnType.CATEGORY && fields.has("levels") && levels.size() < 2) {
            fields.problem("levels", "found " + levels.size() + ", needed are at least 2 words");
        }
        Column.Measure measure =
                type == ColumnType.NUMBER ? measure(fields, name, role) : Column.Measure.NONE;
        return new Column(name, role, type, measure, levels);
    }

    private static Role noRole(Fields fields) {
        fields.problem("role", "missing; state what the column is for, such as \"predictor\"");
        return Role.IGNORE;
    }

    private static Column.Measure measure(Fields fields, String name, Role role) {
        String unit = fields.optionalText("unit");
        String stated = fields.optionalText("quantity");
        Quantity quantity = Quantity.named(stated == null ? name : stated).orElse(null);
        if (stated != null && quantity == null) {
            fields.problem(
                    "quantity",
                    "found "
                            + Problems.quote(stated)
                            + ", allowed are "
                            + String.join(
                                    ", ", Quantity.all().stream().map(Quantity::id).toList()));
        }
        if (unit == null && role == Role.PREDICTOR && !fields.has("unit")) {
            fields.problem(
                    "unit",
                    "missing; state the unit of the numbers"
                            + (quantity == null
                                    ? ", or \"ratio\", \"points\" or \"count\" when they have none"
                                    : ", such as \"" + quantity.units().get(0) + "\""));
        }
        Map<String, String> byCentre = new LinkedHashMap<>();
        Fields centres = fields.object("unit_by_centre", false);
        if (centres != null) {
            for (String centre : centres.keys()) {
                String other = centres.optionalText(centre);
                if (other != null && unit != null) {
                    byCentre.put(centre, other);
                    checkConvertible(centres, centre, unit, other, quantity);
                }
            }
        }
        String scale = fields.optionalText("scale");
        if (scale != null && !Set.of("linear", "log").contains(scale)) {
            fields.problem("scale", "found " + Problems.quote(scale) + ", allowed are linear, log");
        }
        return new Column.Measure(
                unit == null ? "" : unit,
                byCentre,
                limits(fields),
                "log".equals(scale),
                fields.optionalText("upper_normal"),
                stated);
    }

    private static void checkConvertible(
            Fields centres, String centre, String unit, String other, @Nullable Quantity quantity) {
        if (Quantity.plainUnit(unit).equals(Quantity.plainUnit(other))) {
            return;
        }
        if (quantity == null) {
            centres.problem(
                    centre,
                    "no conversion from "
                            + other
                            + " to "
                            + unit
                            + " is known for this column; say what it measures with \"quantity\", or"
                            + " convert the values in the table");
        } else if (quantity.factor(other, unit).isEmpty()) {
            centres.problem(
                    centre,
                    "no conversion from "
                            + other
                            + " to "
                            + unit
                            + " is known for "
                            + quantity.id()
                            + ", known are "
                            + String.join(", ", quantity.units()));
        }
    }

    private static @Nullable Limits limits(Fields fields) {
        if (!fields.has("limits")) {
            return null;
        }
        JsonNode pair = fields.raw("limits");
        if (!pair.isArray()
                || pair.size() != 2
                || !pair.get(0).isNumber()
                || !pair.get(1).isNumber()
                || !(pair.get(0).asDouble() <= pair.get(1).asDouble())) {
            fields.problem("limits", "allowed are two numbers, the smaller one first");
            return null;
        }
        return new Limits(pair.get(0).asDouble(), pair.get(1).asDouble());
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

    private ModellingPlan plan(List<Endpoint> endpoints) {
        List<String> targets = new ArrayList<>(List.of("malignant", "hcc_vs_icc"));
        endpoints.forEach(e -> targets.add(e.id()));
        Map<String, SplitKind> splits = new LinkedHashMap<>();
        Fields fields = root.object("splits", false);
        if (fields != null) {
            for (String target : fields.keys()) {
                if (!targets.contains(target)) {
                    fields.problem(
                            target, "unknown target, allowed are " + String.join(", ", targets));
                }
                splits.put(target, fields.choice(target, SplitKind.class, SplitKind.STRATIFIED));
            }
        }
        return new ModellingPlan(
                new ModellingPlan.Splits(
                        splits,
                        (int) root.whole("folds", ModellingPlan.Splits.FOLDS, 2, 100),
                        (int)
                                root.whole(
                                        "pool_centres_under",
                                        ModellingPlan.Splits.POOL_CENTRES_UNDER,
                                        0,
                                        100_000)),
                horizons(),
                root.flag("missing_indicator", false),
                derived(),
                comparators(),
                root.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                report(),
                image());
    }

    private ImagePlan image() {
        ImagePlan standard = ImagePlan.defaults();
        Fields fields = root.object("image", false);
        if (fields == null) {
            return standard;
        }
        fields.checkKeys(
                Set.of(
                        "lesion",
                        "view",
                        "margin_mm",
                        "masks",
                        "mr_scale",
                        "bias_correction",
                        "alignment"));
        ImagePlan.Region region = standard.region();
        return new ImagePlan(
                new ImagePlan.Region(
                        fields.choice("lesion", ImagePlan.Lesion.class, region.lesion()),
                        fields.choice("view", ImagePlan.View.class, region.view()),
                        fields.number("margin_mm", region.marginMm(), 0, 100),
                        fields.choice("masks", ImagePlan.Masks.class, region.masks())),
                fields.choice("mr_scale", ImagePlan.MrScale.class, standard.mrScale()),
                fields.choice(
                        "bias_correction",
                        ImagePlan.BiasCorrection.class,
                        standard.biasCorrection()),
                fields.choice("alignment", ImagePlan.Alignment.class, standard.alignment()));
    }

    private ReportPlan report() {
        ReportPlan standard = ReportPlan.defaults();
        Fields fields = root.object("report", false);
        if (fields == null) {
            return standard;
        }
        fields.checkKeys(Set.of("encoder", "view", "model"));
        ReportPlan plan =
                new ReportPlan(
                        fields.choice("encoder", ReportPlan.Encoder.class, standard.encoder()),
                        fields.choice("view", ReportPlan.View.class, standard.view()),
                        fields.optionalText("model"));
        boolean transformer = plan.encoder() == ReportPlan.Encoder.TRANSFORMER;
        if (transformer && plan.model() == null) {
            fields.problem(
                    "model",
                    "missing; name the folder that holds model.onnx and vocab.txt, relative to the"
                            + " study folder");
        }
        if (!transformer && plan.model() != null) {
            fields.problem(
                    "model",
                    "is for \"encoder\": \"transformer\" only; take it out, or change the encoder");
        }
        return plan;
    }

    private List<DerivedScore> derived() {
        List<DerivedScore> out = new ArrayList<>();
        for (String word : root.texts("derived")) {
            out.add(root.choose("derived", word, DerivedScore.class, DerivedScore.ALBI));
        }
        return out;
    }

    private List<ComparatorModel> comparators() {
        List<ComparatorModel> out = new ArrayList<>();
        Fields fields = root.object("comparators", false);
        if (fields != null) {
            for (String name : fields.keys()) {
                List<String> features = fields.texts(name);
                if (features.isEmpty() || RESERVED.contains(name)) {
                    fields.problem(
                            name,
                            "allowed is a list of at least one feature, under a name other than "
                                    + String.join(", ", RESERVED));
                } else {
                    out.add(new ComparatorModel(name, features));
                }
            }
        }
        return out;
    }

    private List<Double> horizons() {
        if (!root.has("horizons_months")) {
            return HORIZONS;
        }
        List<Double> out = new ArrayList<>();
        JsonNode list = root.raw("horizons_months");
        boolean right = list.isArray() && !list.isEmpty();
        for (JsonNode item : list) {
            double last = out.isEmpty() ? 0 : out.get(out.size() - 1);
            right &= item.isNumber() && item.asDouble() > last;
            out.add(item.asDouble());
        }
        if (!right) {
            root.problem(
                    "horizons_months",
                    "allowed is a list of ascending months above 0, such as [12, 24]");
            return HORIZONS;
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

    /** What is to be predicted, and who treats whom, may not be a predictor. */
    private void checkReservedColumns(Protocol protocol) {
        Map<String, String> reserved = new LinkedHashMap<>();
        TableLayout table = protocol.table();
        reserved.put(table.id(), "names the patient; set \"role\": \"identifier\"");
        if (table.centre() != null) {
            reserved.put(table.centre(), "names the centre; set \"role\": \"identifier\"");
        }
        if (protocol.diagnosis() != null) {
            reserved.put(
                    protocol.diagnosis().column(),
                    "is the diagnosis itself; set \"role\": \"outcome\"");
        }
        for (Endpoint e : protocol.endpoints()) {
            String what = "is the outcome " + e.id() + " itself; set \"role\": \"outcome\"";
            reserved.put(e.timeColumn(), what);
            reserved.put(e.eventColumn(), what);
        }
        Surgery surgery = protocol.surgery();
        if (surgery != null) {
            for (String column : new String[] {surgery.typeColumn(), surgery.dateColumn()}) {
                if (column != null) {
                    reserved.put(
                            column,
                            "tells of the surgery that followed; set \"role\": \"postoperative\"");
                }
            }
        }
        for (int i = 0; i < protocol.columns().size(); i++) {
            Column column = protocol.columns().get(i);
            String why = reserved.get(column.name());
            if (column.role() == Role.PREDICTOR && why != null) {
                root.problem(
                        "columns[" + i + "] (" + column.name() + "), role",
                        "found \"predictor\", but the column " + why);
            }
        }
    }

    /** A score whose values stand nowhere would be missing for everybody. */
    private void checkDerived(Protocol protocol) {
        for (DerivedScore score : protocol.plan().derived()) {
            if (protocol.column(score.word()).isPresent()) {
                root.problem(
                        "derived", score.word() + " is a column as well; rename or remove the one");
            }
            for (String need : score.needs()) {
                Column source = protocol.source(need).orElse(null);
                if (source == null || (need.equals("sex") && Protocol.female(source).isEmpty())) {
                    root.problem(
                            "derived",
                            score.word()
                                    + " needs "
                                    + need
                                    + ", which no predictor measures; declare its column as a"
                                    + " predictor (say what it is with \"quantity\"), or take "
                                    + score.word()
                                    + " out");
                } else if (score.needsUpperNormal()
                        && need.equals("ggt")
                        && source.measure().upperNormal() == null) {
                    root.problem(
                            "derived",
                            score.word()
                                    + " needs the upper limit of normal of "
                                    + source.name()
                                    + "; name its column with \"upper_normal\"");
                }
            }
        }
    }

    /** A rule that cannot be asked would exclude everybody or nobody. */
    private void checkRules(Protocol protocol) {
        Set<Rule> rules = new LinkedHashSet<>(protocol.eligibility().diagnostic());
        rules.addAll(protocol.eligibility().prognostic());
        Surgery surgery = protocol.surgery();
        for (Rule rule : rules) {
            String needed =
                    switch (rule) {
                        case AGE_18_80 -> protocol.table().age() == null ? "age" : "";
                        case PATHOLOGY, MALIGNANT ->
                                protocol.diagnosis() == null ? "diagnosis" : "";
                        case OUTCOME_KNOWN -> protocol.endpoints().isEmpty() ? "endpoints" : "";
                        case RADICAL_HEPATECTOMY ->
                                surgery == null
                                                || surgery.typeColumn() == null
                                                || surgery.radical().isEmpty()
                                        ? "surgery, type and radical"
                                        : "";
                        case POTENTIAL_FOLLOW_UP_24_MONTHS ->
                                surgery == null
                                                || surgery.dateColumn() == null
                                                || surgery.dataLock() == null
                                        ? "surgery, date and data_lock"
                                        : "";
                        case IMAGES, CONTRAST_CT_OR_MR, LABORATORY_COMPLETE, REPORT, DIAGNOSTIC ->
                                "";
                    };
            if (!needed.isEmpty()) {
                root.problem(
                        "eligibility",
                        "the rule "
                                + rule.word()
                                + " needs \""
                                + needed
                                + "\", which is missing; add it, or list the rules of \"eligibility\""
                                + " without it");
            }
        }
    }
}
