// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.model.LinearMember;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.model.Strategy;
import io.github.livermm.core.model.View;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code liver model show}: what is in a model file. */
@Command(
        name = "model",
        description = "Look into a trained model.",
        mixinStandardHelpOptions = true)
final class ModelCommand {
    @Spec private CommandSpec spec;

    @Command(name = "show", description = "Print heads, views and weights of a model.")
    int show(@Parameters(paramLabel = "MODEL") Path file) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        MultimodalModel model = MultimodalModel.load(file);
        for (View view : model.views()) {
            String kind =
                    view.members().get(0) instanceof LinearMember linear
                            ? "penalised models on " + linear.featureNames().size() + " features"
                            : "networks";
            out.println("view " + view.name() + ": " + view.members().size() + " members, " + kind);
        }
        for (Strategy strategy : model.strategies()) {
            out.println("strategy " + strategy.name() + " of views " + strategy.views());
            int all = (1 << strategy.views().size()) - 1;
            for (int h = 0; h < model.heads().size(); h++) {
                int head = h;
                strategy.model(h, all)
                        .ifPresent(
                                m ->
                                        out.println(
                                                "  "
                                                        + model.heads().get(head).target()
                                                        + ": weights "
                                                        + Arrays.stream(m.coefficients())
                                                                .mapToObj(ModelCommand::number)
                                                                .toList()));
            }
        }
        return 0;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
