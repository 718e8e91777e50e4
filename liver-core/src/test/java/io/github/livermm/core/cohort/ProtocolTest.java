// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.StudyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of the documentation becomes what it says; every slip in it is named. */
class ProtocolTest {
    @TempDir private Path folder;

    private Protocol read(String json) {
        return Protocol.read(new StudyOnDisk(folder).protocol(json).folder().resolve("study.json"));
    }

    private List<String> problems(String json) {
        return catchThrowableOfType(StudyException.class, () -> read(json)).problems();
    }

    private List<String> problems(String old, String replacement) {
        Path file = new StudyOnDisk(folder).protocol(old, replacement).folder();
        return catchThrowableOfType(
                        StudyException.class, () -> Protocol.read(file.resolve("study.json")))
                .problems();
    }

    private void assertProblem(String old, String replacement, String... parts) {
        assertThat(problems(old, replacement)).singleElement().asString().contains(parts);
    }

    @Test
    void readsTheExampleOfTheDocumentation() {
        Protocol protocol = read(StudyOnDisk.example());

        assertThat(protocol.name()).isEqualTo("demo");
        assertThat(protocol.table())
                .isEqualTo(
                        new TableLayout("patient_id", "hospital", "age", Set.of("", "NA", "-999")));
        assertThat(protocol.reportLanguage()).isEqualTo(ReportLanguage.AUTO);
        assertThat(protocol.predictors())
                .extracting(Column::name)
                .containsExactly("age", "sex", "afp");
        Column afp = protocol.column("afp").orElseThrow();
        assertThat(afp.measure())
                .isEqualTo(
                        new Column.Measure(
                                "ng/mL",
                                Map.of("B", "IU/mL"),
                                new Limits(0, 1e6),
                                true,
                                "afp_uln",
                                null));
        assertThat(protocol.column("mvi").orElseThrow().role()).isEqualTo(Role.POSTOPERATIVE);
        DiagnosisMap diagnosis = Objects.requireNonNull(protocol.diagnosis());
        assertThat(diagnosis.words())
                .containsEntry("fnh", Diagnosis.BENIGN)
                .containsEntry("chcc_cca", Diagnosis.OTHER_MALIGNANT)
                .hasSize(6);
        assertThat(protocol.endpoints())
                .containsExactly(
                        new Endpoint(
                                "pfs", "pfs_months", "pfs_event", "1", "0", TimeUnit.MONTHS, true),
                        new Endpoint(
                                "os", "os_months", "os_event", "1", "0", TimeUnit.MONTHS, true));
        assertThat(protocol.surgery())
                .isEqualTo(
                        new Surgery(
                                "surgery",
                                Set.of("radical_hepatectomy"),
                                "surgery_date",
                                LocalDate.of(2026, 6, 30)));
        assertThat(protocol.eligibility().diagnostic())
                .containsExactly(
                        Rule.AGE_18_80,
                        Rule.IMAGES,
                        Rule.CONTRAST_CT_OR_MR,
                        Rule.LABORATORY_COMPLETE,
                        Rule.REPORT,
                        Rule.PATHOLOGY);
        assertThat(protocol.eligibility().prognostic()).hasSize(5).startsWith(Rule.DIAGNOSTIC);
        assertThat(protocol.segments()).isEqualTo(Map.of("Liver", 1, "Lesion", 2));
        assertThat(protocol.plan())
                .isEqualTo(
                        new ModellingPlan(
                                new ModellingPlan.Splits(Map.of(), 5, 15),
                                List.of(12.0, 24.0, 36.0, 60.0),
                                false,
                                List.of(),
                                List.of(),
                                1));
    }

    @Test
    void readsTheFurtherKeys() {
        Protocol protocol =
                read(
                        StudyOnDisk.example()
                                .replace(
                                        "\"seed\": 1",
                                        "\"seed\": 7, \"missing_indicator\": true, \"folds\": 10,"
                                                + " \"splits\": {\"os\": \"leave_one_centre_out\"},"
                                                + " \"pool_centres_under\": 20,"
                                                + " \"comparators\": {\"markers\": [\"afp\"]},"
                                                + " \"laboratory_complete_share\": 0.8,"
                                                + " \"laboratory\": {\"column\": \"form\","
                                                + " \"complete\": [\"yes\"]}, \"house_note\": {}"));

        ModellingPlan plan = protocol.plan();
        assertThat(plan.missingIndicator()).isTrue();
        assertThat(plan.seed()).isEqualTo(7);
        assertThat(plan.comparators())
                .containsExactly(new ComparatorModel("markers", List.of("afp")));
        assertThat(plan.splits().folds()).isEqualTo(10);
        assertThat(plan.splits().poolCentresUnder()).isEqualTo(20);
        assertThat(plan.splits().of("os")).isEqualTo(SplitKind.LEAVE_ONE_CENTRE_OUT);
        assertThat(plan.splits().of("pfs")).isEqualTo(SplitKind.STRATIFIED);
        assertThat(protocol.eligibility().laboratoryShare()).isEqualTo(0.8);
        assertThat(protocol.eligibility().laboratoryForm())
                .isEqualTo(new EligibilityRules.LaboratoryForm("form", Set.of("yes")));
    }

    @Test
    void choosesTheReportEncoder() {
        Protocol protocol =
                read(
                        StudyOnDisk.example()
                                .replace(
                                        "\"seed\": 1",
                                        "\"seed\": 1, \"report\": {\"encoder\": \"transformer\","
                                                + " \"view\": \"with_impression\", \"model\":"
                                                + " \"bert\"}"));

        assertThat(protocol.plan().report())
                .isEqualTo(
                        new ReportPlan(
                                ReportPlan.Encoder.TRANSFORMER,
                                ReportPlan.View.WITH_IMPRESSION,
                                "bert"));
        assertThat(read(StudyOnDisk.example()).plan().report()).isEqualTo(ReportPlan.defaults());
    }

    @Test
    void reportEncodersThatCannotBeAreNamed() {
        String seed = "\"seed\": 1";
        assertProblem(
                seed,
                "\"report\": {\"encoder\": \"transformer\"}",
                "report, model: missing; name the folder");
        assertProblem(
                seed,
                "\"report\": {\"model\": \"bert\"}",
                "report, model: is for \"encoder\": \"transformer\" only");
        assertProblem(
                seed,
                "\"report\": {\"view\": \"all\"}",
                "report, view: found \"all\", allowed are findings_masked, findings, masked");
    }

    @Test
    void choosesHowImagesArePrepared() {
        String image =
                "\"image\": {\"lesion\": \"all\", \"view\": \"ring\", \"margin_mm\": 5,"
                        + " \"mr_scale\": \"nyul\", \"bias_correction\": \"n4\","
                        + " \"alignment\": \"rigid\"}";

        Protocol protocol =
                read(StudyOnDisk.example().replace("\"seed\": 1", "\"seed\": 1, " + image));

        assertThat(protocol.plan().image())
                .isEqualTo(
                        new ImagePlan(
                                new ImagePlan.Region(
                                        ImagePlan.Lesion.ALL,
                                        ImagePlan.View.RING,
                                        5,
                                        ImagePlan.Masks.RESAMPLE),
                                ImagePlan.MrScale.NYUL,
                                ImagePlan.BiasCorrection.N4,
                                ImagePlan.Alignment.RIGID));
        assertThat(read(StudyOnDisk.example()).plan().image()).isEqualTo(ImagePlan.defaults());
        assertProblem(
                "\"seed\": 1",
                "\"image\": {\"mr_scale\": \"best\"}",
                "image, mr_scale: found \"best\", allowed are liver, percentile");
        assertProblem("\"seed\": 1", "\"image\": {\"margin_mm\": 200}", "image, margin_mm");
    }

    @Test
    void aShortProtocolHasDefaults() {
        Protocol protocol =
                read(
                        "{\"name\": \"n\", \"id\": \"i\", \"columns\": [], \"eligibility\": {\"diagnostic\": []}}");

        assertThat(protocol.diagnosis()).isNull();
        assertThat(protocol.surgery()).isNull();
        assertThat(protocol.endpoints()).isEmpty();
        assertThat(protocol.eligibility().prognostic()).isEmpty();
        assertThat(protocol.table().missing()).containsExactly("");
    }

    @Test
    void namesAColumnWithoutUnit() {
        assertProblem(
                "\"unit\": \"years\", ",
                "",
                "study.json, columns[0] (age), unit: missing",
                "such as \"years\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvi",
                "MVI",
                "Microvascular invasion",
                "satellite_nodules",
                "Edmondson-Steiner",
                "resection margin",
                "margin",
                "pTNM",
                "pathological stage",
                "LN status",
                "blood_loss",
                "operation_time",
                "grade",
                "微血管侵犯",
                "切缘情况",
                "术中出血"
            })
    void namesAPostoperativeColumnDeclaredAsPredictor(String name) {
        assertProblem(
                "{\"name\": \"mvi\", \"role\": \"postoperative\"",
                "{\"name\": \"" + name + "\", \"role\": \"predictor\"",
                "study.json, columns[3] (" + name + "), role: found \"predictor\"",
                "known only after surgery",
                "set \"role\": \"postoperative\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pt",
                "tnm",
                "bclc",
                "albi_grade",
                "ill_defined_margin",
                "hbv_dna",
                "tumour_size",
                "plt"
            })
    void preoperativeNamesMayBePredictors(String name) {
        assertThat(Postoperative.named(name)).isFalse();
    }

    @Test
    void aBiopsyMayBeAPredictorWhenTheProtocolSaysSo() {
        Protocol protocol =
                read(
                        StudyOnDisk.example()
                                .replace(
                                        "{\"name\": \"mvi\", \"role\": \"postoperative\"",
                                        "{\"name\": \"grade\", \"preoperative\": true, \"role\":"
                                                + " \"predictor\""));

        assertThat(protocol.predictors()).extracting(Column::name).contains("grade");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pathology", "pfs_event", "os_months", "hospital", "patient_id", "surgery"})
    void whatIsToBePredictedMayNotBeAPredictor(String name) {
        List<String> problems =
                problems(
                        "{\"name\": \"neoadjuvant\", \"role\": \"subgroup\"",
                        "{\"name\": \""
                                + name
                                + "\", \"preoperative\": true, \"role\": \"predictor\"");

        assertThat(problems).singleElement().asString().contains("columns[4] (" + name + "), role");
    }

    @Test
    void namesUnitsThatCannotBeConverted() {
        assertProblem(
                "{\"B\": \"IU/mL\"}",
                "{\"B\": \"g/dL\"}",
                "columns[2] (afp), unit_by_centre, B: no conversion from g/dL to ng/mL",
                "known are IU/mL, kIU/L, ng/mL, ug/L");
    }

    @Test
    void namesAnUnknownQuantityOfAColumnToConvert() {
        assertProblem(
                "\"name\": \"afp\"",
                "\"name\": \"marker\"",
                "columns[2] (marker), unit_by_centre, B",
                "say what it measures with \"quantity\"");
        assertThat(
                        read(StudyOnDisk.example()
                                        .replace(
                                                "\"name\": \"afp\"",
                                                "\"name\": \"marker\", \"quantity\": \"afp\""))
                                .column("marker"))
                .isPresent();
    }

    @Test
    void readsTheHeadingsOfReports() {
        ReportHeadings headings =
                read(StudyOnDisk.example()
                                .replace(
                                        "\"schema\": 1,",
                                        "\"schema\": 1, \"report_headings\": {\"findings\": [\"读片记录\"]},"
                                                + " \"report_headings_by_centre\": {\"B\":"
                                                + " {\"findings\": [\"See\"], \"impression\":"
                                                + " [\"Think\"]}},"))
                        .reportHeadings();

        assertThat(headings.at("A")).isEqualTo(Map.of("findings", List.of("读片记录")));
        assertThat(headings.at("B"))
                .isEqualTo(
                        Map.of("findings", List.of("读片记录", "See"), "impression", List.of("Think")));
        assertProblem(
                "\"schema\": 1,",
                "\"schema\": 1, \"report_headings\": {\"finding\": [\"x\"]},",
                "report_headings",
                "finding");
        assertProblem(
                "\"schema\": 1,",
                "\"schema\": 1, \"report_headings\": {\"findings\": [\" \"]},",
                "report_headings, findings: holds a blank heading");
    }

    @Test
    void readsPhasesThatTheStudyNames() {
        PhaseNames phases =
                read(StudyOnDisk.example()
                                .replace(
                                        "\"schema\": 1,",
                                        "\"schema\": 1, \"phases\": {\"P1\": {\"1.2.3\":"
                                                + " \"ct_portal\", \"*A*\": \"ct_delayed\"},"
                                                + " \"*\": {\"*A*\": \"ct_arterial\"}},"))
                        .phases();

        assertThat(phases.of("P1"))
                .containsExactly(Map.entry("1.2.3", "ct_portal"), Map.entry("*A*", "ct_delayed"));
        assertThat(phases.of("P2")).containsExactly(Map.entry("*A*", "ct_arterial"));
        assertProblem(
                "\"schema\": 1,",
                "\"schema\": 1, \"phases\": {\"*\": {\"*A*\": \"arterial\"}},",
                "phases, *, *A*: found \"arterial\"",
                "ct_arterial");
    }

    @Test
    void namesWordsThatItDoesNotKnow() {
        assertProblem(
                "\"role\": \"subgroup\"",
                "\"role\": \"group\"",
                "(neoadjuvant), role",
                "allowed are predictor, postoperative, subgroup");
        assertProblem(
                "\"unit\": \"months\", \"includes_death\": true},",
                "\"unit\": \"month\", \"includes_death\": true},",
                "endpoints[0] (pfs), unit",
                "allowed are days, weeks, months, years");
        assertProblem(
                "\"images\", ",
                "\"pictures\", ",
                "eligibility, diagnostic: found \"pictures\"",
                "age_18_80, images");
        assertProblem(
                "\"auto\"", "\"de\"", "report_language: found \"de\", allowed are zh, en, auto");
        assertProblem(
                "\"scale\": \"log\"",
                "\"scale\": \"log2\"",
                "(afp), scale: found \"log2\", allowed are linear, log");
        assertProblem(
                "2026-06-30",
                "30.6.2026",
                "surgery, data_lock: found \"30.6.2026\"",
                "such as 2026-06-30");
    }

    @Test
    void namesValuesOfTheWrongKind() {
        assertProblem(
                "[18, 80]",
                "[80, 18]",
                "(age), limits: allowed are two numbers, the smaller one first");
        assertProblem(
                "[12, 24, 36, 60]",
                "[24, 12]",
                "horizons_months: allowed is a list of ascending months");
        assertProblem(
                "\"seed\": 1",
                "\"seed\": \"one\"",
                "seed: found \"one\", allowed is a whole number");
        assertProblem("\"schema\": 1", "\"schema\": 2", "schema: found 2, this version reads 1");
        assertProblem(
                "\"missing\": [\"\", \"NA\", \"-999\"]",
                "\"missing\": \"NA\"",
                "missing: found a text, allowed is a list of texts");
        assertProblem(
                "\"segments\": {\"Liver\": 1, \"Lesion\": 2}",
                "\"segments\": []",
                "segments: found a list, allowed is an object");
        assertProblem(
                "\"seed\": 1",
                "\"seed\": 1, \"missing_indicator\": \"no\"",
                "missing_indicator: found \"no\", allowed are true and false");
        assertProblem(
                "\"seed\": 1",
                "\"seed\": 1, \"laboratory_complete_share\": 2",
                "found \"2\", allowed is a number from 0 to 1");
        assertProblem(
                "\"seed\": 1",
                "\"seed\": 1, \"splits\": {\"dfs\": \"stratified\"}",
                "splits, dfs: unknown target, allowed are malignant, hcc_vs_icc, pfs, os");
        assertProblem(
                "\"seed\": 1",
                "\"seed\": 1, \"comparators\": {\"late\": [\"afp\"]}",
                "comparators, late: allowed is a list of at least one feature");
    }

    @Test
    void namesWhatContradictsItself() {
        assertProblem(
                "\"icc\": [\"icc\"]",
                "\"icc\": [\"icc\", \"hcc\"]",
                "diagnosis, icc: \"hcc\" stands in two groups");
        assertProblem("\"id\": \"os\"", "\"id\": \"pfs\"", "endpoints[1] (pfs), id: used twice");
        assertProblem(
                "{\"name\": \"mvi\"",
                "{\"name\": \"sex\"",
                "columns[3] (sex), name: declared twice");
        assertProblem(
                "\"censored_value\": \"0\", \"unit\": \"months\", \"includes_death\": true},",
                "\"censored_value\": \"1\", \"unit\": \"months\", \"includes_death\": true},",
                "censored_value: equals event_value");
        assertProblem(
                "[\"diagnostic\", \"malignant\"",
                "[\"malignant\"",
                "prognostic: begins with malignant, needed first is diagnostic");
        assertProblem("\"age\": \"age\", ", "", "eligibility: the rule age_18_80 needs \"age\"");
        assertProblem(
                "\"date\": \"surgery_date\", ",
                "",
                "the rule potential_follow_up_24_months needs \"surgery, date and data_lock\"");
    }

    @Test
    void readsDerivedScoresAndNamesWhatTheyLack() {
        String marker = "\"name\": \"afp\", \"role\": \"predictor\", \"type\": \"number\"";
        String albumin =
                "\"name\": \"alb\", \"role\": \"predictor\", \"type\": \"number\", \"unit\":"
                        + " \"g/L\"}, {\"name\": \"tbil\", \"role\": \"predictor\", \"type\":"
                        + " \"number\", \"unit\": \"umol/L\"}, {"
                        + marker;
        String asked = StudyOnDisk.example().replace("\"seed\": 1", "\"derived\": [\"albi\"]");

        assertThat(read(asked.replace(marker, albumin)).plan().derived())
                .containsExactly(DerivedScore.ALBI);
        assertThat(problems(asked))
                .hasSize(2)
                .first()
                .asString()
                .contains("study.json, derived: albi needs bilirubin, which no predictor measures");
        assertThat(problems(asked.replace("albi", "albumin_score")))
                .first()
                .asString()
                .contains("derived: found \"albumin_score\", allowed are albi, palbi");
    }

    @Test
    void namesAnUpperLimitThatADerivedScoreNeeds() {
        String json =
                StudyOnDisk.example()
                        .replace("\"seed\": 1", "\"derived\": [\"gpr\", \"meld_3\"]")
                        .replace(
                                "{\"name\": \"afp\"",
                                "{\"name\": \"ggt\", \"role\": \"predictor\", \"type\":"
                                        + " \"number\", \"unit\": \"U/L\"}, {\"name\": \"plt\","
                                        + " \"role\": \"predictor\", \"type\": \"number\", \"unit\":"
                                        + " \"10^9/L\"}, {\"name\": \"afp\"");

        assertThat(problems(json))
                .first()
                .asString()
                .contains("gpr needs the upper limit of normal of ggt", "\"upper_normal\"");
        assertThat(problems(json)).noneMatch(p -> p.contains("meld_3 needs sex"));
        assertThat(problems(json.replace("[\"F\", \"M\"]", "[\"1\", \"2\"]")))
                .anyMatch(p -> p.contains("meld_3 needs sex"));
    }

    @Test
    void namesASlipOfThePenAndLetsOtherKeysPass() {
        assertProblem(
                "\"missing\": [",
                "\"mising\": [",
                "study.json, mising: unknown key, very like \"missing\"");
    }

    @Test
    void namesJsonThatIsNone() {
        assertThat(problems("{\"schema\": 1,"))
                .singleElement()
                .asString()
                .contains("study.json: is not valid JSON at line 1");
        assertThat(problems("[]"))
                .containsExactly(
                        "study.json: is not a JSON object; it begins with { and ends with }");
        assertThat(problems("{\"id\": \"a\", \"id\": \"b\"}"))
                .singleElement()
                .asString()
                .contains("Duplicate field 'id'");
    }

    @Test
    void collectsAllProblems() {
        assertThat(problems("{}"))
                .containsExactly(
                        "study.json, id: missing; add \"id\"",
                        "study.json, columns: missing; add \"columns\"",
                        "study.json, name: missing; add \"name\"",
                        "study.json, eligibility: the rule age_18_80 needs \"age\", which is missing; add it, or list the rules of \"eligibility\" without it",
                        "study.json, eligibility: the rule pathology needs \"diagnosis\", which is missing; add it, or list the rules of \"eligibility\" without it");
    }

    @Test
    void thePublishedSchemaAcceptsTheExampleAndRefusesWhatTheReaderRefuses() throws IOException {
        assertThat(violations(StudyOnDisk.example())).isZero();
        for (String wrong :
                List.of(
                        StudyOnDisk.example().replace("\"unit\": \"years\", ", ""),
                        StudyOnDisk.example()
                                .replace("\"role\": \"subgroup\"", "\"role\": \"group\""),
                        StudyOnDisk.example().replace("\"images\", ", "\"pictures\", "),
                        StudyOnDisk.example().replace("\"seed\": 1", "\"seed\": \"one\""),
                        StudyOnDisk.example()
                                .replace("[\"diagnostic\", \"malignant\"", "[\"malignant\""),
                        "{}")) {
            assertThat(violations(wrong)).isPositive();
            assertThat(problems(wrong)).isNotEmpty();
        }
    }

    private static int violations(String json) throws IOException {
        try (var in = Protocol.class.getResourceAsStream("study.schema.json")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON)
                    .validate(json, InputFormat.JSON)
                    .size();
        }
    }

    @Test
    void theSchemaKnowsEveryKeyThatTheReaderKnows() throws IOException {
        try (var in = Protocol.class.getResourceAsStream("study.schema.json")) {
            var schema = new ObjectMapper().readTree(Objects.requireNonNull(in));
            Set<String> keys = new HashSet<>();
            schema.path("properties").fieldNames().forEachRemaining(keys::add);

            assertThat(keys).isEqualTo(ProtocolReader.KEYS);
        }
    }
}
