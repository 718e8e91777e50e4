// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.examples.real.SurvivalEvidence;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver evidence}: the survival tables of {@code docs/EVIDENCE.md}. */
@Command(
        name = "evidence",
        description = "Fit the survival models to public data and print their figures as Markdown.",
        mixinStandardHelpOptions = true)
final class EvidenceCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "public data")
    private Path data = Path.of("");

    @Option(
            names = "--studies",
            paramLabel = "DIR",
            description = "the shipped studies (default ${DEFAULT-VALUE})")
    private Path studies = Path.of("examples/data");

    @Option(
            names = "--sets",
            split = ",",
            paramLabel = "NAME",
            description = "data sets, liver for all liver cohorts (default ${DEFAULT-VALUE})")
    private List<String> sets = SurvivalEvidence.SETS;

    @Option(names = "--seeds", description = "seeds of networks (default ${DEFAULT-VALUE})")
    private int seeds = 10;

    @Option(
            names = "--candidates",
            description = "options tried inside the training file (default ${DEFAULT-VALUE})")
    private int candidates = 24;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        InputProblems problems = new InputProblems();
        for (String set : sets) {
            if (!SurvivalEvidence.SETS.contains(set)) {
                problems.add(
                        "--sets",
                        "there is no set "
                                + set
                                + "; allowed: "
                                + String.join(", ", SurvivalEvidence.SETS));
            }
        }
        problems.failIfAny();
        PrintWriter out = spec.commandLine().getOut();
        SurvivalEvidence.write(
                data,
                studies,
                sets,
                seeds,
                candidates,
                line -> {
                    out.println(line);
                    out.flush();
                });
        return 0;
    }
}
