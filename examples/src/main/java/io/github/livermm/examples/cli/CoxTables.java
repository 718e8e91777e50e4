// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxCurve;
import io.github.livermm.eval.cox.CoxDiagnostics;
import io.github.livermm.eval.cox.CoxSummary;
import io.github.livermm.eval.cox.SchoenfeldResiduals;
import io.github.livermm.survival.cox.Covariates;
import io.github.livermm.survival.cox.LearnedTerm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The long results of a Cox regression as lines of CSV; what is not defined is empty. */
final class CoxTables {
    private static final double Z95 = 1.959963984540054;

    private final CoxRows rows;
    private final CoxSummary summary;
    private final CoxDiagnostics diagnostics;
    private final List<String> names;

    CoxTables(CoxRows rows, CoxSummary summary) {
        this.rows = rows;
        this.summary = summary;
        diagnostics = summary.diagnostics();
        names = summary.fit().names();
    }

    /** The cumulative hazard at all covariates 0, at every time of each stratum. */
    List<String> baseline() {
        List<String> lines = new ArrayList<>(List.of("stratum,time,cumhaz"));
        List<BaselineHazard> hazards = summary.fit().baseline();
        List<double[]> times = diagnostics.times();
        for (int s = 0; s < hazards.size(); s++) {
            String label = text(rows.strata.get(hazards.get(s).stratum()));
            for (double t : times.get(s)) {
                lines.add(label + line(t, hazards.get(s).cumulativeHazard(t)));
            }
        }
        return lines;
    }

    /** One line per row of the input that was used. */
    List<String> residuals() {
        StringBuilder header = new StringBuilder("row,xb,expected,martingale,deviance");
        names.forEach(name -> header.append(',').append(text("score_" + name)));
        names.forEach(name -> header.append(',').append(text("dfbeta_" + name)));
        List<String> lines = new ArrayList<>(List.of(header.toString()));
        double[] eta = summary.linearPredictors();
        double[] martingale = diagnostics.martingale();
        double[] deviance = diagnostics.deviance();
        double[][] score = diagnostics.score();
        double[][] dfbeta = diagnostics.dfbeta();
        for (int i = 0; i < eta.length; i++) {
            double event = rows.data.outcomes().event(i) ? 1 : 0;
            lines.add(
                    (rows.kept[i] + 1)
                            + line(eta[i], event - martingale[i], martingale[i], deviance[i])
                            + line(score[i])
                            + line(dfbeta[i]));
        }
        return lines;
    }

    /** One line per event, by stratum and time. */
    List<String> schoenfeld() {
        StringBuilder header = new StringBuilder("time");
        names.forEach(name -> header.append(',').append(text("schoenfeld_" + name)));
        names.forEach(name -> header.append(',').append(text("scaled_" + name)));
        List<String> lines = new ArrayList<>(List.of(header.toString()));
        SchoenfeldResiduals residuals = diagnostics.schoenfeld();
        double[] times = residuals.times();
        double[][] raw = residuals.residuals();
        double[][] scaled = residuals.scaled();
        for (int k = 0; k < times.length; k++) {
            lines.add(times[k] + line(raw[k]) + line(scaled[k]));
        }
        return lines;
    }

    /** The curves of new patients at the event times of their stratum. */
    List<String> curves(CoxInput table, @Nullable String strata, @Nullable String offset) {
        Covariates patients = patients(table);
        if (strata != null) {
            table.require("--strata", strata);
        }
        if (offset != null) {
            table.require("--offset", offset);
        }
        table.failIfWrong();
        double[] known = offset == null ? new double[table.size()] : table.numbers(offset);
        String[] stratum = strata == null ? null : table.text(strata);
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "newrow,time,n_risk,n_event,cumhaz,surv,se_cumhaz,lower95,upper95"));
        for (int i = 0; i < table.size(); i++) {
            int code = stratum == null ? 0 : rows.strata.indexOf(stratum[i]);
            if (code < 0 && stratum != null && strata != null) {
                table.problem(
                        i, strata, InputTable.quote(stratum[i]) + " is not among " + rows.strata);
                continue;
            }
            if (Double.isNaN(known[i]) && offset != null) {
                table.problem(i, offset, "missing; a curve needs the offset");
                continue;
            }
            double[] x = rows.description.row(patients, i);
            addCurve(lines, i + 1, diagnostics.curve(x, code, known[i]));
        }
        table.failIfWrong();
        return lines;
    }

    private Covariates patients(CoxInput table) {
        Covariates covariates = Covariates.of(table.size());
        for (LearnedTerm term : rows.description.terms()) {
            String column = term.column();
            if (!table.require("--newdata", column)) {
                continue;
            }
            String[] words = table.text(column);
            List<String> levels =
                    term instanceof LearnedTerm.Category category ? category.levels() : List.of();
            for (int i = 0; i < words.length; i++) {
                if (words[i].isEmpty()) {
                    table.problem(i, column, "missing; a curve needs every covariate");
                } else if (!levels.isEmpty() && !levels.contains(words[i])) {
                    table.problem(
                            i, column, InputTable.quote(words[i]) + ", allowed are " + levels);
                }
            }
            covariates =
                    levels.isEmpty()
                            ? covariates.withNumbers(column, table.numbers(column))
                            : covariates.withWords(column, words);
        }
        table.failIfWrong();
        return covariates;
    }

    private static void addCurve(List<String> lines, int row, CoxCurve curve) {
        double[] times = curve.times();
        double[] atRisk = curve.atRisk();
        double[] events = curve.events();
        double[] hazard = curve.cumulativeHazard();
        double[] survival = curve.survival();
        double[] se = curve.standardErrors();
        double[] lower = curve.limit(-Z95);
        double[] upper = curve.limit(Z95);
        for (int k = 0; k < times.length; k++) {
            lines.add(
                    row
                            + line(
                                    times[k],
                                    atRisk[k],
                                    events[k],
                                    hazard[k],
                                    survival[k],
                                    se[k],
                                    lower[k],
                                    upper[k]));
        }
    }

    private static String line(double... values) {
        StringBuilder line = new StringBuilder();
        Arrays.stream(values)
                .forEach(v -> line.append(',').append(Double.isNaN(v) ? "" : Double.toString(v)));
        return line.toString();
    }

    private static String text(String cell) {
        return cell.matches("[^,\"\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
