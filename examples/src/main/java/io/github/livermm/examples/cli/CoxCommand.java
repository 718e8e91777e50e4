// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.report.RunFiles;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.CoxRegression;
import io.github.livermm.eval.cox.CoxSummary;
import io.github.livermm.eval.cox.FirthCox;
import io.github.livermm.eval.cox.HazardRatio;
import io.github.livermm.eval.cox.Ridge;
import io.github.livermm.eval.cox.Ties;
import io.github.livermm.survival.cox.CoxModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code liver cox}: a Cox regression on a table, with everything that R's survival would print.
 */
@Command(
        name = "cox",
        description =
                "Cox regression: coefficients, tests, baseline hazard, curves and residuals, as"
                        + " coxph of R's survival gives them.",
        mixinStandardHelpOptions = true)
final class CoxCommand implements Callable<Integer> {
    /** Whether the robust variance is used. */
    enum Robust {
        /** As coxph does: with clusters, and with weights that are not counts. */
        AUTO,
        /** Always. */
        TRUE,
        /** Never. */
        FALSE
    }

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "table, CSV")
    private Path input = Path.of("");

    @Option(names = "--time", required = true, paramLabel = "COLUMN", description = "follow-up")
    private String time = "";

    @Option(
            names = "--event",
            required = true,
            paramLabel = "COLUMN",
            description = "0 censored, 1 event")
    private String event = "";

    @Option(names = "--start", paramLabel = "COLUMN", description = "entry time: (start, time]")
    private @Nullable String start;

    @Option(
            names = "--covariates",
            paramLabel = "LIST",
            description =
                    "a,b,... also rcs(a,4) for a spline with 4 knots and factor(b) for a category"
                            + " coded by numbers (default: every other column)")
    private @Nullable String covariates;

    @Option(names = "--ties", paramLabel = "RULE", description = "efron (default) or breslow")
    private Ties ties = Ties.EFRON;

    @Option(names = "--strata", paramLabel = "COLUMN", description = "strata")
    private @Nullable String strata;

    @Option(names = "--weights", paramLabel = "COLUMN", description = "case weights")
    private @Nullable String weights;

    @Option(names = "--offset", paramLabel = "COLUMN", description = "known part of the predictor")
    private @Nullable String offset;

    @Option(names = "--cluster", paramLabel = "COLUMN", description = "clusters of rows")
    private @Nullable String cluster;

    @Option(
            names = "--robust",
            paramLabel = "WHEN",
            description = "robust variance: auto (default), true or false")
    private Robust robust = Robust.AUTO;

    @Option(names = "--ridge", paramLabel = "THETA", description = "ridge penalty")
    private double ridge;

    @Option(
            names = "--ridge-scale",
            arity = "1",
            paramLabel = "true|false",
            description = "penalise standardised columns (default: true)")
    private boolean ridgeScale = true;

    @Option(
            names = "--firth",
            description =
                    "Firth's penalty, for few events and columns that separate them; adds profile"
                            + " limits and tests to cox.json")
    private boolean firth;

    @Option(names = "--newdata", paramLabel = "FILE", description = "patients to draw curves for")
    private @Nullable Path newdata;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "results")
    private Path out = Path.of("");

    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        CoxInput table = CoxInput.read(input);
        try {
            run(table);
            return 0;
        } catch (IllegalArgumentException e) {
            // the library names row and column of the table; the file is known here only
            throw new InputException(input.getFileName() + ": " + e.getMessage());
        }
    }

    private void run(CoxInput table) throws IOException {
        CoxRows.Roles roles =
                new CoxRows.Roles(time, event, start, strata, weights, offset, cluster);
        CoxRows rows = CoxRows.read(table, roles, terms(table));
        CoxOptions options =
                CoxOptions.defaults().withTies(ties).withRidge(new Ridge(ridge, ridgeScale));
        FirthCox penalised = firth ? firth(rows) : null;
        CoxFit fit = penalised == null ? CoxRegression.fit(rows.data, options) : penalised.fit();
        CoxModel.requireFinite(fit);
        CoxSummary summary = summary(rows, fit);
        CoxTables tables = new CoxTables(rows, summary);
        List<String> curves =
                newdata == null ? List.of() : tables.curves(CoxInput.read(newdata), strata, offset);
        Map<String, @Nullable Object> json = new LinkedHashMap<>(summary.toMap());
        if (penalised != null) {
            json.put("firth", profiles(penalised));
        }
        json.put("omitted_rows", Arrays.stream(rows.omitted).map(i -> i + 1).toArray());
        Files.createDirectories(out);
        Files.write(out.resolve("cox.json"), RunFiles.json(json));
        Files.write(out.resolve("basehaz.csv"), tables.baseline());
        Files.write(out.resolve("residuals.csv"), tables.residuals());
        Files.write(out.resolve("schoenfeld.csv"), tables.schoenfeld());
        if (newdata != null) {
            Files.write(out.resolve("curves.csv"), curves);
        }
        print(summary, rows);
    }

    private FirthCox firth(CoxRows rows) {
        if (ridge > 0 || robust == Robust.TRUE || rows.cluster != null) {
            throw new InputException(
                    "--firth goes with none of --ridge, --robust true and --cluster; leave one"
                            + " out");
        }
        try {
            return FirthCox.fit(rows.data, ties);
        } catch (IllegalStateException e) {
            throw new InputException(input.getFileName() + ": " + e.getMessage());
        }
    }

    /** What follows the profile of the penalised likelihood, as coxphf reports it. */
    private static Map<String, @Nullable Object> profiles(FirthCox firth) {
        Map<String, @Nullable Object> lower = new LinkedHashMap<>();
        Map<String, @Nullable Object> upper = new LinkedHashMap<>();
        Map<String, @Nullable Object> p = new LinkedHashMap<>();
        List<String> names = firth.fit().names();
        for (int j = 0; j < names.size(); j++) {
            Interval limits = firth.interval(j, 0.95);
            lower.put(names.get(j), limits.lower());
            // a profile that does not fall has no upper limit, and JSON no infinity
            upper.put(names.get(j), Double.isFinite(limits.upper()) ? limits.upper() : null);
            p.put(names.get(j), firth.test(j).p());
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("penalized_loglik_null", firth.penalisedLogLikelihoodNull());
        map.put("penalized_loglik", firth.penalisedLogLikelihood());
        map.put("lr_stat", firth.test().statistic());
        map.put("lr_p", firth.test().p());
        map.put("hr_lower95", lower);
        map.put("hr_upper95", upper);
        map.put("p", p);
        return map;
    }

    private List<String> terms(CoxInput table) {
        if (covariates != null) {
            return CoxTerms.split(covariates);
        }
        List<String> used =
                Stream.of(time, event, start, strata, weights, offset, cluster)
                        .filter(Objects::nonNull)
                        .toList();
        List<String> rest = table.columns().stream().filter(c -> !used.contains(c)).toList();
        if (rest.isEmpty()) {
            throw new InputException(input.getFileName() + " has no column left for a covariate");
        }
        return rest;
    }

    private CoxSummary summary(CoxRows rows, CoxFit fit) {
        int[] clusters = rows.cluster;
        if (clusters != null && robust == Robust.FALSE) {
            throw new InputException(
                    "--cluster asks for the robust variance that --robust refuses");
        }
        if (clusters != null) {
            return CoxSummary.robust(rows.data, fit, clusters);
        }
        boolean weighted = robust == Robust.AUTO && !firth && !rows.weightsAreCounts;
        return robust == Robust.TRUE || weighted
                ? CoxSummary.robust(rows.data, fit)
                : CoxSummary.of(rows.data, fit);
    }

    private void print(CoxSummary summary, CoxRows rows) {
        PrintWriter to = spec.commandLine().getOut();
        String line = "%-24s %10s %10s  %-22s %10s";
        to.println(
                "n= %d, events= %d%s"
                        .formatted(
                                summary.fit().n(),
                                summary.fit().events(),
                                rows.omitted.length == 0
                                        ? ""
                                        : " (" + rows.omitted.length + " rows left out)"));
        to.println(line.formatted("", "coef", "se", "HR (95 %)", "p").stripTrailing());
        for (HazardRatio hr : summary.hazardRatios()) {
            to.println(
                    String.format(
                            Locale.ROOT,
                            "%-24s %10.4f %10.4f  %-22s %10.3g",
                            hr.name(),
                            hr.coefficient(),
                            hr.standardError(),
                            String.format(
                                    Locale.ROOT,
                                    "%.3f (%.3f-%.3f)",
                                    hr.interval(0.95).estimate(),
                                    hr.interval(0.95).lower(),
                                    hr.interval(0.95).upper()),
                            hr.p()));
        }
        to.println(
                String.format(
                        Locale.ROOT, "C %.4f, results: %s", summary.concordance().estimate(), out));
    }
}
