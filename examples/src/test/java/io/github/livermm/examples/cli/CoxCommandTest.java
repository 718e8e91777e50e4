// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.eval.cox.CoxTest;
import io.github.livermm.examples.real.SourceTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code liver cox} on the input of every Cox fixture under {@code liver.reference} writes the
 * figures of R's survival; and it says what is wrong with a table.
 */
class CoxCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Texts about the fixture itself, and per-pair counts that rest on the reference's last bit.
     */
    private static final Set<String> NO_FIGURES = Set.of("baseline_note", "must", "warnings");

    @TempDir private Path folder;
    private String err = "";

    private int liver(List<String> args) {
        StringWriter e = new StringWriter();
        int code =
                Liver.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(e, true),
                        args.toArray(String[]::new));
        err = e.toString();
        return code;
    }

    @TestFactory
    Stream<DynamicTest> filesEqualThoseOfR() throws IOException {
        return fixtures("cox").map(f -> DynamicTest.dynamicTest(name(f), () -> compare(f)));
    }

    @TestFactory
    Stream<DynamicTest> degenerateTablesAreNamed() throws IOException {
        return fixtures("cox_degenerate")
                .map(f -> DynamicTest.dynamicTest(name(f), () -> degenerate(f)));
    }

    private static Stream<Path> fixtures(String kind) throws IOException {
        String reference = System.getProperty("liver.reference", "");
        Assumptions.assumeFalse(
                reference.isBlank(), "fixtures are read in place: set -Dliver.reference");
        List<Path> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Path.of(reference))) {
            for (Path one : folders.sorted().toList()) {
                Path expected = one.resolve("expected.json");
                if (Files.exists(expected)
                        && JSON.readTree(expected.toFile()).path("kind").asText().equals(kind)) {
                    found.add(one);
                }
            }
        }
        assertThat(found).as("fixtures of kind " + kind).isNotEmpty();
        return found.stream();
    }

    private static String name(Path fixture) {
        return String.valueOf(fixture.getFileName());
    }

    private List<String> call(Path fixture, Path out) throws IOException {
        JsonNode spec = JSON.readTree(fixture.resolve("expected.json").toFile()).path("spec");
        List<String> args =
                new ArrayList<>(List.of("cox", "--input", fixture.resolve("input.csv").toString()));
        Map.of("entry", "--start", "time", "--time", "event", "--event", "ties", "--ties")
                .forEach((key, option) -> add(args, option, spec.path(key)));
        Map.of("strata", "--strata", "weights", "--weights", "cluster", "--cluster")
                .forEach((key, option) -> add(args, option, spec.path(key)));
        add(args, "--robust", spec.path("robust"));
        add(args, "--ridge", spec.path("ridge").path("theta"));
        add(args, "--ridge-scale", spec.path("ridge").path("scale"));
        List<String> covariates = new ArrayList<>();
        spec.path("covariates").forEach(c -> covariates.add(c.asText()));
        args.addAll(List.of("--covariates", String.join(",", covariates)));
        if (Files.exists(fixture.resolve("newdata.csv"))) {
            args.addAll(List.of("--newdata", fixture.resolve("newdata.csv").toString()));
        }
        args.addAll(List.of("--out", out.toString()));
        return args;
    }

    private static void add(List<String> args, String option, JsonNode value) {
        if (!value.isMissingNode()) {
            args.addAll(List.of(option, value.asText()));
        }
    }

    private void compare(Path fixture) throws IOException {
        Path out = folder.resolve(name(fixture));
        assertThat(liver(call(fixture, out))).as(err).isZero();
        JsonNode root = JSON.readTree(fixture.resolve("expected.json").toFile());
        JsonNode found = JSON.readTree(out.resolve("cox.json").toFile());
        Tolerances tolerances = new Tolerances(root.path("tolerance"));
        List<String> differences = new ArrayList<>();
        JsonNode expected = root.path("expected");
        differ("", expected, found, tolerances, differences);
        if (lostTies(expected, found)) {
            differences.removeIf(d -> d.startsWith("/concordance/"));
        }
        files(fixture, out, root.path("expected_files"), tolerances, differences);
        assertThat(differences).as("reference call: " + root.path("calls")).isEmpty();
    }

    /** Predictors of rows with equal covariates that differ in the last bit in the reference. */
    private static boolean lostTies(JsonNode expected, JsonNode found) {
        double lost =
                found.at("/concordance/tied_x").asDouble()
                        - expected.at("/concordance/tied_x").asDouble();
        return lost > 0 && lost < 1e-4 * expected.at("/concordance/concordant").asDouble();
    }

    private static void differ(
            String path,
            JsonNode expected,
            JsonNode found,
            Tolerances tolerances,
            List<String> differences) {
        if (expected.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                String key = field.getKey();
                if (!NO_FIGURES.contains(key)) {
                    differ(
                            path + "/" + key,
                            field.getValue(),
                            found.path(key),
                            tolerances.within(key),
                            differences);
                }
            }
        } else if (expected.isArray() && expected.size() > 1) {
            for (int i = 0; i < expected.size(); i++) {
                differ(path + "/" + i, expected.get(i), found.path(i), tolerances, differences);
            }
        } else {
            JsonNode one = expected.isArray() ? expected.path(0) : expected;
            JsonNode own = found.isArray() ? found.path(0) : found;
            if (one.isArray()) {
                differ(path, one, own, tolerances, differences);
            } else if (one.isNumber() != own.isNumber()
                    || !tolerances.near(one.asDouble(), own.asDouble())) {
                differences.add(path + ": expected " + one + ", found " + own);
            }
        }
    }

    private static void files(
            Path fixture, Path out, JsonNode files, Tolerances tolerances, List<String> differences)
            throws IOException {
        Tolerances all = tolerances.within("expected_files");
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            String key = file.getKey();
            SourceTable expected = SourceTable.read(fixture.resolve(file.getValue().asText()));
            SourceTable found = SourceTable.read(out.resolve(key + ".csv"));
            assertThat(found.columns()).as(key).containsAll(expected.columns());
            List<List<Double>> theirs = rows(expected, expected.columns());
            List<List<Double>> ours = rows(found, expected.columns());
            if (key.equals("schoenfeld")) {
                sortWithinTimes(theirs);
                sortWithinTimes(ours.subList(0, theirs.size()));
            } else if (ours.size() > theirs.size()) {
                // the fixture holds a part of a long table
                int keys = key.equals("curves") ? 2 : 1;
                Map<List<Double>, List<Double>> byKey = new HashMap<>();
                ours.forEach(row -> byKey.put(row.subList(0, keys), row));
                ours = theirs.stream().map(row -> byKey.get(row.subList(0, keys))).toList();
            } else {
                assertThat(ours).as(key).hasSameSizeAs(theirs);
            }
            for (int i = 0; i < theirs.size(); i++) {
                for (int j = 0; j < expected.columns().size(); j++) {
                    if (!all.near(theirs.get(i).get(j), ours.get(i).get(j))) {
                        differences.add(
                                "%s row %d %s: expected %s, found %s"
                                        .formatted(
                                                key,
                                                i + 1,
                                                expected.columns().get(j),
                                                theirs.get(i).get(j),
                                                ours.get(i).get(j)));
                    }
                }
            }
        }
    }

    /** Numbers of the columns named; a word stands for itself by its hash. */
    private static List<List<Double>> rows(SourceTable table, List<String> columns)
            throws IOException {
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            List<Double> row = new ArrayList<>();
            for (String column : columns) {
                String cell = table.cell(i, column);
                row.add(
                        cell.matches("[-+0-9.eE]+")
                                ? Double.parseDouble(cell)
                                : (double) cell.hashCode());
            }
            rows.add(row);
        }
        return rows;
    }

    /** Tied events may come in any order. */
    private static void sortWithinTimes(List<List<Double>> rows) {
        Comparator<List<Double>> rounded = Comparator.comparing(r -> Math.rint(r.get(1) * 1e6));
        for (int j = 2; j < rows.get(0).size(); j++) {
            int column = j;
            rounded = rounded.thenComparing(r -> Math.rint(r.get(column) * 1e6));
        }
        for (int a = 0; a < rows.size(); ) {
            int b = a;
            while (b < rows.size() && rows.get(b).get(0).equals(rows.get(a).get(0))) {
                b++;
            }
            rows.subList(a, b).sort(rounded);
            a = b;
        }
    }

    private static final class Tolerances {
        private final JsonNode all;
        private final JsonNode current;

        Tolerances(JsonNode all) {
            this(all, all.path("default"));
        }

        private Tolerances(JsonNode all, JsonNode current) {
            this.all = all;
            this.current = current;
        }

        Tolerances within(String key) {
            JsonNode own = all.path("keys").path(key);
            return own.isMissingNode() ? this : new Tolerances(all, own);
        }

        boolean near(double expected, double found) {
            return Math.abs(expected - found)
                    <= current.path("abs").asDouble()
                            + current.path("rel").asDouble() * Math.abs(expected);
        }
    }

    private void degenerate(Path fixture) throws IOException {
        Path out = folder.resolve(name(fixture));
        int code = liver(call(fixture, out));
        JsonNode root = JSON.readTree(fixture.resolve("expected.json").toFile());
        if (name(fixture).equals("cox_perfect_separation")) {
            assertThat(code).isEqualTo(2);
            assertThat(err).contains("column x", "separates", "ridge");
            assertThat(out).doesNotExist();
            return;
        }
        assertThat(code).as(err).isZero();
        JsonNode found = JSON.readTree(out.resolve("cox.json").toFile());
        JsonNode expected = root.path("expected");
        expected =
                expected.has("reference_without_zero_weight_rows")
                        ? expected.path("reference_without_zero_weight_rows")
                        : expected.path("reference");
        List<String> differences = new ArrayList<>();
        differ("", expected, found, new Tolerances(root.path("tolerance")), differences);
        // the reference's standard error of an aliased column is 0, ours is not defined
        differences.remove("/se/sum2: expected 0, found null");
        assertThat(differences).isEmpty();
    }

    private Path table(String... lines) throws IOException {
        return Files.write(folder.resolve("table.csv"), Arrays.asList(lines));
    }

    private int cox(Path table, String... more) {
        List<String> args = new ArrayList<>(List.of("cox", "--input", table.toString()));
        args.addAll(List.of("--time", "t", "--event", "e", "--out", folder + "/out"));
        args.addAll(Arrays.asList(more));
        return liver(args);
    }

    @Test
    void everyProblemIsNamedWithItsRowAndColumn() throws IOException {
        Path table = table("t,e,age,s,w", "1,1,60,0,1", "-2,2,x,3,-1", "3,0,Inf,5,1", "4,1,50,0,1");

        assertThat(cox(table, "--covariates", "age", "--start", "s", "--weights", "w"))
                .isEqualTo(2);

        assertThat(err)
                .contains("row 3, column age: \"x\" is not a finite number")
                .contains("row 4, column age: \"Inf\" is not a finite number")
                .contains("row 3, column t: -2.0 is negative")
                .contains("row 3, column e: 2 is neither 0 (censored) nor 1 (event)")
                .contains("row 4, column s: 5 is not below the row's time 3")
                .contains("row 3, column w: -1 is negative");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void manyProblemsAreCounted() throws IOException {
        List<String> lines = new ArrayList<>(List.of("t,e,x"));
        for (int i = 0; i < 30; i++) {
            lines.add("1,7,1");
        }

        assertThat(cox(table(lines.toArray(String[]::new)))).isEqualTo(2);

        assertThat(err.lines().count()).isEqualTo(21);
        assertThat(err).contains("and 10 more");
    }

    @Test
    void columnsThatAreNotThereAreNamed() throws IOException {
        assertThat(cox(table("t,d,x", "1,1,2"), "--covariates", "x,y", "--strata", "z"))
                .isEqualTo(2);

        assertThat(err)
                .contains("has no column e (--event); its columns are [t, d, x]")
                .contains("has no column z (--strata)")
                .contains("has no column y (--covariates)");
        assertThat(cox(table("t,e,x,x", "1,1,2,3"))).isEqualTo(2);
        assertThat(err).contains("is there twice");
        assertThat(cox(table("t,e,x", "1,0,2", "2,0,3"))).isEqualTo(2);
        assertThat(err).contains("no events among the 2 rows");
        assertThat(cox(table("t,e,x", "1,0,", "2,1,"))).isEqualTo(2);
        assertThat(err).contains("no row has a value in every column");
        assertThat(cox(table("t,e", "1,0", "2,1"))).isEqualTo(2);
        assertThat(err).contains("no column left for a covariate");
    }

    @Test
    void wordsAreCategoriesAndSplinesAreWrittenAsRcs() throws IOException {
        List<String> lines = new ArrayList<>(List.of("t,e,age,stage,who"));
        for (int i = 0; i < 60; i++) {
            lines.add(
                    (1 + i * 7 % 53)
                            + ","
                            + i % 2
                            + ","
                            + (40 + i * 11 % 37)
                            + ","
                            + "ABC".charAt(i % 3)
                            + ","
                            + "name"
                            + i);
        }
        Path table = table(lines.toArray(String[]::new));
        Path fresh = Files.write(folder.resolve("new.csv"), List.of("age,stage", "50,D", ",A"));

        assertThat(cox(table, "--covariates", "rcs(age,3),stage")).as(err).isZero();

        JsonNode coef = JSON.readTree(folder.resolve("out/cox.json").toFile()).path("coef");
        assertThat(coef.properties().stream().map(Map.Entry::getKey).collect(Collectors.toList()))
                .containsExactly("age", "age'", "stage=B", "stage=C");
        assertThat(cox(table, "--covariates", "age,stage", "--newdata", fresh.toString()))
                .isEqualTo(2);
        assertThat(err)
                .contains("new.csv row 2, column stage: \"D\", allowed are [A, B, C]")
                .contains("new.csv row 3, column age: missing");
        assertThat(cox(table)).isEqualTo(2);
        assertThat(err).contains("column who holds 60 different words");
    }

    /** A column that separates the events, against Firth's definition in R (liver-eval's case). */
    @Test
    void firthGivesFiniteFiguresWhereAColumnSeparates() throws IOException {
        Path reference = Path.of("../liver-eval/src/test/resources/reference/firth_cox");
        Path input = reference.resolve("input.csv");
        Path out = folder.resolve("firth");
        List<String> call =
                List.of("cox", "--input", input.toString(), "--time", "time", "--event", "event");
        List<String> wanted = new ArrayList<>(call);
        wanted.addAll(List.of("--firth", "--out", out.toString()));

        assertThat(liver(wanted)).as(err).isZero();

        JsonNode expected =
                JSON.readTree(reference.resolve("expected.json").toFile()).at("/expected/efron");
        JsonNode found = JSON.readTree(out.resolve("cox.json").toFile());
        assertThat(found.at("/coef/sep").asDouble())
                .isCloseTo(expected.at("/coef/1").asDouble(), within(1e-6));
        assertThat(found.at("/se/x").asDouble())
                .isCloseTo(expected.at("/se/0").asDouble(), within(1e-6));
        assertThat(Math.log(found.at("/firth/hr_lower95/sep").asDouble()))
                .isCloseTo(expected.at("/lower").asDouble(), within(1e-5));
        assertThat(Math.log(found.at("/firth/hr_upper95/sep").asDouble()))
                .isCloseTo(expected.at("/upper").asDouble(), within(1e-5));
        assertThat(found.at("/firth/penalized_loglik").asDouble())
                .isCloseTo(expected.at("/loglik").asDouble(), within(1e-6));
        assertThat(found.at("/firth/p/sep").asDouble())
                .isCloseTo(new CoxTest(expected.at("/chisq").asDouble(), 1).p(), within(1e-8));
        assertThat(out.resolve("basehaz.csv")).isNotEmptyFile();

        wanted.addAll(List.of("--ridge", "1"));
        assertThat(liver(wanted)).isEqualTo(2);
        assertThat(err).contains("--firth goes with none of --ridge");
        assertThat(cox(table("t,e,x", "1,1,2", "2,1,2", "3,0,2"), "--firth")).isEqualTo(2);
        assertThat(err).contains("table.csv: column x is constant");
    }
}
