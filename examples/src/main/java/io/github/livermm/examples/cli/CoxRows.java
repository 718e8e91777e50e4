// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.survival.cox.Covariates;
import io.github.livermm.survival.cox.LearnedDescription;
import io.github.livermm.survival.cox.ModelDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that a Cox regression uses: those with a value in every column named. Rows
 * that lack one are left out and counted.
 */
final class CoxRows {
    final CoxData data;
    final LearnedDescription description;

    /** Rows of the table that are used, and those that are not, from 0. */
    final int[] kept;

    final int[] omitted;

    /** The label of each stratum code. */
    final List<String> strata;

    final boolean weightsAreCounts;
    final int @Nullable [] cluster;

    private CoxRows(
            CoxData data,
            LearnedDescription description,
            int[] kept,
            int[] omitted,
            List<String> strata,
            boolean weightsAreCounts,
            int @Nullable [] cluster) {
        this.data = data;
        this.description = description;
        this.kept = kept;
        this.omitted = omitted;
        this.strata = strata;
        this.weightsAreCounts = weightsAreCounts;
        this.cluster = cluster;
    }

    /** Which column plays which part; null where none does. */
    record Roles(
            String time,
            String event,
            @Nullable String start,
            @Nullable String strata,
            @Nullable String weights,
            @Nullable String offset,
            @Nullable String cluster) {}

    static CoxRows read(CoxInput table, Roles roles, List<String> terms) {
        requireColumns(table, roles);
        ModelDescription description = CoxTerms.of(table, terms);
        table.failIfWrong();
        Covariates covariates = CoxTerms.columns(table, description);
        double[] time = table.numbers(roles.time);
        double[] event = table.numbers(roles.event);
        double[] start = optional(table, roles.start);
        double[] weights = optional(table, roles.weights);
        double[] offset = optional(table, roles.offset);
        String[] strata = roles.strata == null ? null : table.text(roles.strata);
        String[] cluster = roles.cluster == null ? null : table.text(roles.cluster);
        check(table, roles, time, event, start, weights);
        table.failIfWrong();
        int[] kept =
                IntStream.of(description.completeRows(covariates))
                        .filter(i -> present(time, i) && present(event, i) && present(start, i))
                        .filter(i -> present(weights, i) && present(offset, i))
                        .filter(i -> strata == null || !strata[i].isEmpty())
                        .filter(i -> cluster == null || !cluster[i].isEmpty())
                        .toArray();
        if (kept.length == 0) {
            throw new InputException("no row has a value in every column that is used");
        }
        boolean[] happened = new boolean[kept.length];
        for (int k = 0; k < kept.length; k++) {
            happened[k] = event[kept[k]] == 1;
        }
        Covariates complete = covariates.select(kept);
        LearnedDescription learned = description.learn(complete);
        CoxData data = learned.data(SurvivalOutcomes.of(pick(time, kept), happened), complete);
        data = start == null ? data : data.withEntry(pick(start, kept));
        data = weights == null ? data : data.withWeights(pick(weights, kept));
        data = offset == null ? data : data.withOffset(pick(offset, kept));
        List<String> labels = new ArrayList<>(List.of("1"));
        if (strata != null) {
            String[] used = Arrays.stream(kept).mapToObj(i -> strata[i]).toArray(String[]::new);
            labels = new ArrayList<>(new TreeSet<>(Arrays.asList(used)));
            data = data.withStrata(Arrays.stream(used).mapToInt(labels::indexOf).toArray());
        }
        return new CoxRows(
                data,
                learned,
                kept,
                IntStream.range(0, table.size())
                        .filter(i -> Arrays.binarySearch(kept, i) < 0)
                        .toArray(),
                labels,
                weights == null || IntStream.of(kept).allMatch(i -> weights[i] % 1 == 0),
                cluster == null ? null : codes(cluster, kept));
    }

    private static void requireColumns(CoxInput table, Roles roles) {
        table.require("--time", roles.time);
        table.require("--event", roles.event);
        requireOptional(table, "--start", roles.start);
        requireOptional(table, "--strata", roles.strata);
        requireOptional(table, "--weights", roles.weights);
        requireOptional(table, "--offset", roles.offset);
        requireOptional(table, "--cluster", roles.cluster);
    }

    private static void requireOptional(CoxInput table, String option, @Nullable String column) {
        if (column != null) {
            table.require(option, column);
        }
    }

    private static void check(
            CoxInput table,
            Roles roles,
            double[] time,
            double[] event,
            double @Nullable [] start,
            double @Nullable [] weights) {
        for (int i = 0; i < time.length; i++) {
            if (time[i] < 0) {
                table.problem(i, roles.time, time[i] + " is negative; allowed is 0 or more");
            }
            if (!Double.isNaN(event[i]) && event[i] != 0 && event[i] != 1) {
                table.problem(
                        i,
                        roles.event,
                        number(event[i]) + " is neither 0 (censored) nor 1 (event); recode it");
            }
            if (start != null && roles.start != null && start[i] >= time[i]) {
                table.problem(
                        i,
                        roles.start,
                        number(start[i])
                                + " is not below the row's time "
                                + number(time[i])
                                + "; a row is at risk on (start, time]");
            }
            if (weights != null && roles.weights != null && weights[i] < 0) {
                table.problem(
                        i,
                        roles.weights,
                        number(weights[i]) + " is negative; allowed is 0 or more");
            }
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static double @Nullable [] optional(CoxInput table, @Nullable String column) {
        return column == null ? null : table.numbers(column);
    }

    private static boolean present(double @Nullable [] column, int row) {
        return column == null || !Double.isNaN(column[row]);
    }

    private static double[] pick(double[] column, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> column[i]).toArray();
    }

    private static int[] codes(String[] labels, int[] rows) {
        Map<String, Integer> codes = new HashMap<>();
        return Arrays.stream(rows)
                .map(i -> codes.computeIfAbsent(labels[i], label -> codes.size()))
                .toArray();
    }
}
