// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver demo}: a synthetic study, then the whole protocol on it. */
@Command(
        name = "demo",
        description = "Make a synthetic study on disk, run the whole protocol, write the report.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "a new folder")
    private Path out = Path.of("");

    @Option(names = "--patients", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    private int patients = 600;

    @Mixin private RunOptions how = new RunOptions();
    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        StudyCommand.writeStudy(out.resolve("study"), patients, common);
        return RunCommand.run(out.resolve("study"), out, how, common, spec.commandLine().getOut());
    }
}
