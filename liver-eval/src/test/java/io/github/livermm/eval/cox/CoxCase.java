// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The rows and options that a reference folder of the Cox family describes. */
final class CoxCase {
    final CoxData data;
    final CoxOptions options;
    final List<String> strata;
    final List<Integer> omitted;

    /** Cluster of each row; every row its own without a cluster column. */
    final int[] cluster;

    private CoxCase(
            CoxData data,
            CoxOptions options,
            List<String> strata,
            List<Integer> omitted,
            int[] cluster) {
        this.data = data;
        this.options = options;
        this.strata = strata;
        this.omitted = omitted;
        this.cluster = cluster;
    }

    static CoxCase of(Fixture fixture) {
        JsonNode spec = fixture.spec();
        CsvTable table = fixture.input();
        List<String> names = new ArrayList<>();
        spec.path("covariates").forEach(name -> names.add(name.asText()));
        double[][] columns = names.stream().map(table::numbers).toArray(double[][]::new);
        List<Integer> kept = new ArrayList<>();
        List<Integer> omitted = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            int row = i;
            boolean complete = Arrays.stream(columns).noneMatch(c -> Double.isNaN(c[row]));
            (complete ? kept : omitted).add(complete ? i : i + 1);
        }
        int[] rows = kept.stream().mapToInt(Integer::intValue).toArray();
        double[] time = pick(table.numbers(spec.path("time").asText()), rows);
        double[] event = pick(table.numbers(spec.path("event").asText()), rows);
        boolean[] happened = new boolean[rows.length];
        double[][] x = new double[rows.length][names.size()];
        for (int k = 0; k < rows.length; k++) {
            happened[k] = event[k] == 1;
            for (int j = 0; j < names.size(); j++) {
                x[k][j] = columns[j][rows[k]];
            }
        }
        CoxData data = CoxData.of(SurvivalOutcomes.of(time, happened), x, names);
        if (spec.has("entry")) {
            data = data.withEntry(pick(table.numbers(spec.path("entry").asText()), rows));
        }
        if (spec.has("weights")) {
            data = data.withWeights(pick(table.numbers(spec.path("weights").asText()), rows));
        }
        List<String> strata = new ArrayList<>();
        if (spec.has("strata")) {
            String[] labels = table.text(spec.path("strata").asText());
            strata.addAll(new TreeSet<>(Arrays.asList(labels)));
            data =
                    data.withStrata(
                            Arrays.stream(rows).map(r -> strata.indexOf(labels[r])).toArray());
        } else {
            strata.add("1");
        }
        CoxOptions options =
                CoxOptions.defaults()
                        .withTies(
                                spec.path("ties").asText().equals("breslow")
                                        ? Ties.BRESLOW
                                        : Ties.EFRON);
        if (spec.has("ridge")) {
            options =
                    options.withRidge(
                            new Ridge(
                                    spec.path("ridge").path("theta").asDouble(),
                                    spec.path("ridge").path("scale").asBoolean()));
        }
        int[] cluster = new int[rows.length];
        List<String> labels =
                spec.has("cluster")
                        ? List.of(table.text(spec.path("cluster").asText()))
                        : List.of();
        Map<String, Integer> codes = new HashMap<>();
        for (int k = 0; k < rows.length; k++) {
            cluster[k] =
                    labels.isEmpty()
                            ? k
                            : codes.computeIfAbsent(labels.get(rows[k]), c -> codes.size());
        }
        return new CoxCase(data, options, strata, omitted, cluster);
    }

    CoxFit fit() {
        return CoxRegression.fit(data, options);
    }

    private static double[] pick(double[] column, int[] rows) {
        return Arrays.stream(rows).mapToDouble(r -> column[r]).toArray();
    }
}
