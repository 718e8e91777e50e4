// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the survival models reach on data that others published figures for. */
public final class SurvivalEvidence {
    /** The data sets with a train and a test file. */
    private static final List<String> PUBLISHED =
            List.of("metabric", "rotterdam_gbsg", "support", "whas");

    /** All cohorts with liver disease. */
    private static final String LIVER = "liver";

    /** The names of all data sets, in the order in which they are run, and of all liver cohorts. */
    public static final List<String> SETS =
            Stream.of(PUBLISHED, LiverPrognosis.COHORTS, List.of(LIVER))
                    .flatMap(List::stream)
                    .toList();

    private SurvivalEvidence() {}

    /**
     * Fits, evaluates and writes Markdown tables, line by line as results come.
     *
     * @param data folder with {@code survival-benchmarks}, {@code icc-msk-2021}, {@code pbc-mayo}
     * @param studies folder with {@code tcga-liver} and {@code hcc-tace}
     * @param sets names to run, of {@link #SETS}
     * @param seeds seeds of networks and folds
     * @param candidates options of the network tried by cross-validation
     * @param out takes lines
     * @throws IOException if a file cannot be read
     */
    public static void write(
            Path data,
            Path studies,
            List<String> sets,
            int seeds,
            int candidates,
            Consumer<String> out)
            throws IOException {
        if (PUBLISHED.stream().anyMatch(sets::contains)) {
            out.accept("| Data | Model | C | IBS | O/E | slope | ICI |");
            out.accept("|---|---|---|---|---|---|---|");
        }
        for (String name : PUBLISHED) {
            if (sets.contains(name)) {
                new PublishedSurvival(data.resolve("survival-benchmarks"), seeds, candidates)
                        .run(name, out);
            }
        }
        List<String> cohorts =
                LiverPrognosis.COHORTS.stream()
                        .filter(name -> sets.contains(name) || sets.contains(LIVER))
                        .toList();
        if (!cohorts.isEmpty()) {
            out.accept("");
            out.accept("| Cohort | n | events | Model | C | IBS | O/E | slope | ICI |");
            out.accept("|---|---|---|---|---|---|---|---|---|");
        }
        for (String name : cohorts) {
            new LiverPrognosis(data, studies, seeds).run(name, out);
        }
    }
}
