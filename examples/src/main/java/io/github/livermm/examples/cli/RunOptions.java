// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.training.TrainingOptions;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that run the protocol. */
final class RunOptions {
    @Option(names = "--shuffle-labels", description = "permute the labels: nothing may be found")
    boolean shuffle;

    @Option(names = "--strict", description = "a file that cannot be used ends the run (exit 2)")
    boolean strict;

    @Option(
            names = "--no-challenger",
            description = "leave out the jointly trained strategies: half the time")
    boolean noChallenger;

    @Mixin SurvivalChoice survival = new SurvivalChoice();

    @Option(names = "--no-model", description = "evaluate only; train no model to keep")
    boolean noModel;

    @Option(
            names = "--challengers",
            split = ",",
            paramLabel = "NAME",
            description = "jointly trained strategies: gated (default), concat, attention")
    List<String> challengers = List.of("gated");

    @Mixin CacheOption cache = new CacheOption();

    /**
     * The options with the strategies that were asked for.
     *
     * @throws InputException when a name is unknown
     */
    TrainingOptions apply(TrainingOptions options) {
        if (noChallenger) {
            return options.withChallengers(List.of());
        }
        Fusion.Gated usual = Fusion.Gated.defaults();
        try {
            return options.withChallengers(
                    challengers.stream()
                            .map(n -> Fusion.joint(n, usual.width(), usual.modalityDropout()))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new InputException("--challengers: " + e.getMessage());
        }
    }
}
