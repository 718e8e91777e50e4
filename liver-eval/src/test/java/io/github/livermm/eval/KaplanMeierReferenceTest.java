// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.reference.Comparison;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Curves, limits, quantiles, restricted means and tests equal those of survfit and survdiff. */
class KaplanMeierReferenceTest {
    @TestFactory
    Stream<DynamicTest> curvesEqualSurvfit() {
        return Fixture.tests("km", KaplanMeierReferenceTest::curves);
    }

    @TestFactory
    Stream<DynamicTest> followUpEqualsProdlimAndSurvfit() {
        return Fixture.tests("reverse_km", KaplanMeierReferenceTest::followUp);
    }

    @TestFactory
    Stream<DynamicTest> testsEqualSurvdiff() {
        return Fixture.tests("logrank", KaplanMeierReferenceTest::logRank);
    }

    private static void curves(Fixture fixture) {
        CsvTable table = fixture.input();
        JsonNode spec = fixture.spec();
        Map<String, KaplanMeier> curves = new TreeMap<>();
        String[] group = new String[table.size()];
        Arrays.fill(group, "all");
        if (spec.has("group")) {
            group = table.text(spec.path("group").asText());
        }
        String[] label = group;
        for (String name : Arrays.stream(group).distinct().sorted().toList()) {
            int[] rows =
                    IntStream.range(0, label.length).filter(i -> label[i].equals(name)).toArray();
            SurvivalOutcomes outcomes = outcomes(table, spec).select(rows);
            curves.put(
                    name,
                    spec.has("entry")
                            ? KaplanMeier.leftTruncated(
                                    outcomes,
                                    pick(table.numbers(spec.path("entry").asText()), rows))
                            : spec.has("weights")
                                    ? KaplanMeier.weighted(
                                            outcomes,
                                            pick(
                                                    table.numbers(spec.path("weights").asText()),
                                                    rows))
                                    : KaplanMeier.of(outcomes));
        }
        Comparison comparison = fixture.comparison();
        double tau = spec.path("tau").asDouble();
        Map<String, Object> groups = new LinkedHashMap<>();
        curves.forEach((name, curve) -> groups.put(name, group(curve, tau)));
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("groups", groups);
        List<String> names = List.copyOf(curves.keySet());
        if (fixture.expected().has("rmst_difference")) {
            KaplanMeier first = Objects.requireNonNull(curves.get(names.get(0)));
            KaplanMeier second = Objects.requireNonNull(curves.get(names.get(1)));
            Interval difference = second.restrictedMeanDifference(first, tau);
            double se =
                    Math.hypot(
                            first.restrictedMeanStandardError(tau),
                            second.restrictedMeanStandardError(tau));
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("of", names.get(1) + " - " + names.get(0));
            map.put("est", difference.estimate());
            map.put("se", se);
            map.put("lower95", difference.lower());
            map.put("upper95", difference.upper());
            map.put("p", Normal.pValue(difference.estimate() / se));
            found.put("rmst_difference", map);
        }
        if (fixture.expected().has("at_times")) {
            List<Object> rows = new ArrayList<>();
            for (JsonNode row : fixture.expected().path("at_times")) {
                KaplanMeier curve = Objects.requireNonNull(curves.get(row.path("group").asText()));
                double t = row.path("time").asDouble();
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("group", row.path("group").asText());
                map.put("time", t);
                map.put("surv", curve.survivalAt(t));
                map.put("se_surv", curve.standardErrorAt(t));
                map.put("n_risk", curve.atRisk(t));
                map.put("cumhaz", curve.nelsonAalenAt(t));
                rows.add(map);
            }
            found.put("at_times", rows);
        }
        if (fixture.expected().has("curve_note")) {
            found.put("curve_note", fixture.expected().path("curve_note").asText());
        }
        comparison.tree(found);
        comparison.file("curve", inFile(fixture, columns(curves))).verify();
    }

    private static Map<String, Object> group(KaplanMeier curve, double tau) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", curve.size());
        map.put("events", Arrays.stream(curve.events()).sum());
        Map<String, Object> quantiles = new LinkedHashMap<>();
        for (ConfidenceScale scale : ConfidenceScale.values()) {
            Map<String, Object> byLevel = new LinkedHashMap<>();
            for (double p : new double[] {0.25, 0.5, 0.75}) {
                Interval q = curve.quantile(p, scale, 0.95);
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("est", q.estimate());
                one.put("lower", q.lower());
                one.put("upper", q.upper());
                byLevel.put("q" + Math.round(100 * p), one);
            }
            quantiles.put(name(scale), byLevel);
        }
        map.put("quantiles", quantiles);
        Map<String, Object> rmst = new LinkedHashMap<>();
        rmst.put("tau", tau);
        rmst.put("est", curve.restrictedMean(tau).estimate());
        rmst.put("se", curve.restrictedMeanStandardError(tau));
        map.put("rmst", rmst);
        return map;
    }

    private static Map<String, Object> columns(Map<String, KaplanMeier> curves) {
        Map<String, List<double[]>> parts = new LinkedHashMap<>();
        List<String> group = new ArrayList<>();
        curves.forEach(
                (name, curve) -> {
                    for (int k = 0; k < curve.times().length; k++) {
                        group.add(name);
                    }
                    add(parts, "time", curve.times());
                    add(parts, "n_risk", curve.atRisk());
                    add(parts, "n_event", curve.events());
                    add(parts, "n_censor", curve.censored());
                    add(parts, "surv", curve.survival());
                    add(parts, "se_surv", curve.standardErrors());
                    for (ConfidenceScale scale : ConfidenceScale.values()) {
                        add(parts, "lower_" + name(scale), curve.lower(scale, 0.95));
                        add(parts, "upper_" + name(scale), curve.upper(scale, 0.95));
                    }
                    add(parts, "se_surv_robust", robust(curve));
                    add(parts, "cumhaz_na", curve.nelsonAalen());
                    add(parts, "se_na", curve.nelsonAalenStandardErrors());
                    add(parts, "cumhaz_fh", curve.flemingHarrington());
                    add(
                            parts,
                            "surv_fh",
                            Arrays.stream(curve.nelsonAalen()).map(h -> Math.exp(-h)).toArray());
                });
        Map<String, Object> columns = new HashMap<>();
        columns.put("group", group.toArray(String[]::new));
        parts.forEach(
                (name, list) ->
                        columns.put(name, list.stream().flatMapToDouble(Arrays::stream).toArray()));
        return columns;
    }

    /**
     * The fixture's column is survfit's std.err times S, though with robust = TRUE that std.err is
     * one of S already (logse is FALSE): the column is S times the standard error.
     */
    private static double[] robust(KaplanMeier curve) {
        double[] se = curve.robustStandardErrors();
        double[] survival = curve.survival();
        Arrays.setAll(se, k -> se[k] * survival[k]);
        return se;
    }

    /** The rows that the file holds; that of a large case holds a part of the curve. */
    private static Map<String, Object> inFile(Fixture fixture, Map<String, Object> columns) {
        CsvTable file = fixture.csv(fixture.expectedFiles().path("curve").asText());
        String[] group = file.has("group") ? file.text("group") : new String[file.size()];
        double[] time = file.numbers("time");
        String[] ownGroup = (String[]) Objects.requireNonNull(columns.get("group"));
        double[] ownTime = (double[]) Objects.requireNonNull(columns.get("time"));
        int[] rows = new int[time.length];
        int at = 0;
        for (int k = 0; k < time.length; k++) {
            while (ownTime[at] != time[k] || !ownGroup[at].equals(group[k])) {
                at++;
            }
            rows[k] = at;
        }
        Map<String, Object> some = new HashMap<>();
        columns.forEach(
                (name, values) ->
                        some.put(
                                name,
                                values instanceof double[] numbers
                                        ? pick(numbers, rows)
                                        : Arrays.stream(rows)
                                                .mapToObj(r -> ownGroup[r])
                                                .toArray(String[]::new)));
        return some;
    }

    private static void add(Map<String, List<double[]>> parts, String name, double[] values) {
        parts.computeIfAbsent(name, key -> new ArrayList<>()).add(values);
    }

    private static void followUp(Fixture fixture) {
        CsvTable table = fixture.input();
        SurvivalOutcomes outcomes = outcomes(table, fixture.spec());
        KaplanMeier flipped = ReverseKaplanMeier.of(outcomes);
        ReverseKaplanMeier eventsFirst = ReverseKaplanMeier.eventsFirst(outcomes);
        Interval median = ReverseKaplanMeier.medianFollowUp(outcomes);
        Map<String, Object> medianMap = new LinkedHashMap<>();
        medianMap.put("est", median.estimate());
        medianMap.put("lower", median.lower());
        medianMap.put("upper", median.upper());
        Comparison comparison = fixture.comparison();
        comparison.value("median_followup_survfit", medianMap);
        comparison.value(
                "quartiles_survfit",
                Stream.of(0.25, 0.5, 0.75)
                        .mapToDouble(p -> flipped.quantile(p, ConfidenceScale.LOG, 0.95).estimate())
                        .toArray());
        double[] time = fixture.csv("expected_censoring_km.csv").numbers("time");
        KaplanMeier curve = KaplanMeier.of(outcomes);
        comparison.file(
                "censoring_km",
                Map.of(
                        "time",
                        curve.times(),
                        "n_risk",
                        curve.atRisk(),
                        "n_event",
                        curve.events(),
                        "n_lost",
                        curve.censored(),
                        "g_events_first",
                        Arrays.stream(time).map(eventsFirst::at).toArray()));
        double[] flippedTime = fixture.csv("expected_flipped_km.csv").numbers("time");
        comparison.file(
                "flipped_km",
                Map.of(
                        "time",
                        flippedTime,
                        "g_flipped",
                        Arrays.stream(flippedTime).map(flipped::survivalAt).toArray()));
        comparison.verify();
    }

    private static void logRank(Fixture fixture) {
        CsvTable table = fixture.input();
        JsonNode spec = fixture.spec();
        String[] label = table.text(spec.path("group").asText());
        List<String> names = Arrays.stream(label).distinct().sorted().toList();
        int[] group = Arrays.stream(label).mapToInt(names::indexOf).toArray();
        int[] strata = new int[group.length];
        if (spec.has("strata")) {
            String[] stratum = table.text(spec.path("strata").asText());
            List<String> known = Arrays.stream(stratum).distinct().toList();
            strata = Arrays.stream(stratum).mapToInt(known::indexOf).toArray();
        }
        Map<String, Object> found = new LinkedHashMap<>();
        for (double rho : new double[] {0, 1, 0.5}) {
            LogRank test = LogRank.of(outcomes(table, spec), group, strata, rho);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("chisq", test.statistic());
            map.put("df", test.degreesOfFreedom());
            map.put("p", test.p());
            map.put("groups", names);
            map.put("observed", test.observed());
            map.put("expected", test.expected());
            map.put("var", test.variance());
            found.put("rho_" + (rho == 0.5 ? "0.5" : String.valueOf((int) rho)), map);
        }
        Comparison comparison = fixture.comparison();
        // without events the rule is "undefined", which survdiff itself writes as 0 with df -1
        comparison =
                fixture.expected().has("must")
                        ? comparison.except("must", "chisq", "df")
                        : comparison;
        comparison.tree(found).verify();
    }

    private static SurvivalOutcomes outcomes(CsvTable table, JsonNode spec) {
        return SurvivalOutcomes.of(
                table.numbers(spec.path("time").asText()),
                table.flags(spec.path("event").asText()));
    }

    private static double[] pick(double[] column, int[] rows) {
        return Arrays.stream(rows).mapToDouble(r -> column[r]).toArray();
    }

    private static String name(ConfidenceScale scale) {
        return switch (scale) {
            case LOG -> "log";
            case LOG_LOG -> "loglog";
            case PLAIN -> "plain";
        };
    }
}
