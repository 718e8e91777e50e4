// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.report.RunFiles;
import io.github.livermm.text.concept.Mentions;
import io.github.livermm.text.concept.ReportParser;
import io.github.livermm.text.report.Decoding;
import io.github.livermm.text.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver report}: sections and mentions of radiology reports. */
@Command(
        name = "report",
        description = "Read radiology reports (Chinese or English) into sections and mentions.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Option(names = "--input", required = true, paramLabel = "FILE|DIR", description = "reports")
    private Path input = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "mentions.json")
    private Path out = Path.of("");

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> files = new LinkedHashMap<>();
        int unreadable = 0;
        for (Path file : files()) {
            Decoding decoding = ReportReader.decode(file);
            String name = String.valueOf(file.getFileName());
            if (decoding instanceof Decoding.Text text) {
                files.put(name, Mentions.tree(ReportParser.bundled().parse(text.report())));
            } else if (decoding instanceof Decoding.Unreadable problem) {
                unreadable++;
                spec.commandLine().getErr().println(name + ": " + problem.reason());
            }
        }
        Files.write(out, RunFiles.json(files));
        spec.commandLine()
                .getOut()
                .println(files.size() + " reports read, " + unreadable + " unreadable: " + out);
        return 0;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(input)) {
            return List.of(input);
        }
        try (Stream<Path> list = Files.list(input)) {
            return new ArrayList<>(
                    list.filter(f -> f.toString().endsWith(".txt")).sorted().toList());
        }
    }
}
