// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.survival.deep.DeepSurv;
import io.github.livermm.survival.deep.DiscreteHazard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The train and test files of the DeepSurv paper (Katzman JL et al. 2018,
 * doi:10.1186/s12874-018-0482-1): models fitted on the one, figures on the other. Options of the
 * networks are chosen inside the training file.
 */
final class PublishedSurvival {
    private final Path folder;
    private final int seeds;
    private final DeepSurvSearch search;

    PublishedSurvival(Path folder, int seeds, int candidates) {
        this.folder = folder;
        this.seeds = seeds;
        this.search = new DeepSurvSearch(candidates, 5);
    }

    /** Rows of one file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this class
    private record Sample(double[][] x, SurvivalOutcomes outcomes) {
        Sample select(int[] rows) {
            return new Sample(DeepSurvSearch.rows(x, rows), outcomes.select(rows));
        }
    }

    /** Writes the rows of a Markdown table for one data set. */
    void run(String name, Consumer<String> out) throws IOException {
        Sample train = read(name + "_train.csv");
        Sample test = read(name + "_test.csv");
        row(out, name, "Cox, Efron", evaluate(SurvivalMethod.cox(), train, test, 1));
        DeepSurvSearch.Choice choice = search.best(train.x, train.outcomes, 1);
        SurvivalMethod deep = SurvivalMethod.deepSurv(choice.recipe());
        row(out, name, "DeepSurv, " + seeds + " seeds", evaluate(deep, train, test, seeds));
        SurvivalMethod mean = SurvivalMethod.deepSurv(choice.recipe().withMembers(5));
        row(
                out,
                name,
                "DeepSurv, 5 networks, " + seeds + " seeds",
                evaluate(mean, train, test, seeds));
        DiscreteHazard discrete = DiscreteHazard.defaults().withOptions(choice.recipe().options());
        row(
                out,
                name,
                "discrete hazard, same network, " + seeds + " seeds",
                evaluate(SurvivalMethod.discreteHazard(discrete), train, test, seeds));
        out.accept(
                String.format(
                        Locale.ROOT,
                        "<!-- %s: %s, C in cross-validation %.4f -->",
                        name,
                        describe(choice.recipe()),
                        choice.c()));
        int[] unseen = unseen(train, test);
        if (unseen.length < test.x.length) {
            Sample rest = test.select(unseen);
            String rows = " on the " + unseen.length + " test rows that are no copies";
            row(out, name, "Cox" + rows, evaluate(SurvivalMethod.cox(), train, rest, 1));
            row(out, name, "DeepSurv" + rows, evaluate(deep, train, rest, seeds));
        }
    }

    private static void row(
            Consumer<String> out, String name, String model, List<SurvivalFigures> figures) {
        out.accept("| " + name + " | " + model + " | " + SurvivalFigures.cells(figures) + " |");
    }

    private static List<SurvivalFigures> evaluate(
            SurvivalMethod method, Sample train, Sample test, int seeds) {
        double[] horizons = SurvivalFigures.horizons(train.outcomes);
        List<SurvivalFigures> figures = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            SurvivalMethod.Fitted model = method.fit(train.x, train.outcomes, 100L + seed);
            double[] risk = Arrays.stream(test.x).mapToDouble(model::linearPredictor).toArray();
            double[][] survival =
                    Arrays.stream(test.x)
                            .map(
                                    x ->
                                            Arrays.stream(horizons)
                                                    .map(t -> model.survival(x, t))
                                                    .toArray())
                            .toArray(double[][]::new);
            figures.add(SurvivalFigures.of(test.outcomes, risk, survival, horizons));
        }
        return figures;
    }

    private static String describe(DeepSurv recipe) {
        var o = recipe.options();
        return "hidden %s %s, dropout %s, decay %s, rate %s, batch %s"
                .formatted(
                        o.layers().widths(),
                        o.layers().rectifier(),
                        o.layers().dropout(),
                        o.optimiser().weightDecay(),
                        o.optimiser().learningRate(),
                        o.optimiser().batchSize());
    }

    private static int[] unseen(Sample train, Sample test) {
        Set<String> seen = new HashSet<>();
        IntStream.range(0, train.x.length).forEach(i -> seen.add(key(train, i)));
        return IntStream.range(0, test.x.length)
                .filter(i -> !seen.contains(key(test, i)))
                .toArray();
    }

    private static String key(Sample sample, int row) {
        return Arrays.toString(sample.x[row])
                + sample.outcomes.time(row)
                + sample.outcomes.event(row);
    }

    private Sample read(String file) throws IOException {
        SourceTable table = SourceTable.read(folder.resolve(file));
        int columns = table.columns().size() - 2;
        double[][] x = new double[table.size()][columns];
        double[] time = new double[table.size()];
        int[] event = new int[table.size()];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < columns; j++) {
                x[i][j] = Double.parseDouble(table.cell(i, "x" + j));
            }
            time[i] = Double.parseDouble(table.cell(i, "t"));
            event[i] = Integer.parseInt(table.cell(i, "e"));
        }
        return new Sample(x, SurvivalOutcomes.of(time, event));
    }
}
