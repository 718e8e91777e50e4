// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.report.RunFiles;
import io.github.livermm.text.concept.Mentions;
import io.github.livermm.text.concept.ParsedReport;
import io.github.livermm.text.concept.ReportParser;
import io.github.livermm.text.report.Decoding;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportReader;
import io.github.livermm.text.report.SectionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE|DIR",
            description = "a report, or a folder whose *.txt files are reports")
    private Path input = Path.of("");

    @Option(
            names = "--sections",
            paramLabel = "findings|all",
            defaultValue = "findings",
            description =
                    "sections to read: the others often name the diagnosis (${DEFAULT-VALUE})")
    private String sections = "findings";

    @Option(
            names = "--mask",
            description = "cover the words that name the answer, and leave out their mentions")
    private boolean mask;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "mentions.json")
    private Path out = Path.of("");

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Set<SectionKind> wanted = wanted();
        boolean folder = Files.isDirectory(input);
        Map<String, Object> trees = new LinkedHashMap<>();
        int unreadable = 0;
        for (Path file : folder ? files() : List.of(input)) {
            String name = String.valueOf(file.getFileName());
            Decoding decoding = ReportReader.decode(file);
            if (decoding instanceof Decoding.Text text) {
                trees.put(name, tree(name, text.report(), wanted));
            } else if (decoding instanceof Decoding.Unreadable problem && folder) {
                unreadable++;
                say(name + ": " + problem.reason());
            } else if (decoding instanceof Decoding.Unreadable problem) {
                throw new InputException("--input " + input + ": " + problem.reason());
            }
        }
        if (trees.isEmpty()) {
            throw new InputException(
                    "--input "
                            + input
                            + ": holds no readable *.txt file; name a report or a folder");
        }
        Files.write(out, RunFiles.json(trees));
        spec.commandLine()
                .getOut()
                .println(trees.size() + " reports read, " + unreadable + " unreadable: " + out);
        return 0;
    }

    private Map<String, Object> tree(String name, Report report, Set<SectionKind> wanted) {
        ParsedReport parsed = ReportParser.bundled().parse(report);
        if (parsed.sections().all().stream().noneMatch(s -> wanted.contains(s.kind()))) {
            say(name + ": has no findings section, nothing is read; --sections all reads the rest");
        }
        ParsedReport read = parsed.within(wanted);
        return mask ? Mentions.maskedTree(read) : Mentions.tree(read);
    }

    private Set<SectionKind> wanted() {
        return switch (sections) {
            case "findings" -> EnumSet.of(SectionKind.FINDINGS);
            case "all" -> EnumSet.allOf(SectionKind.class);
            default ->
                    throw new InputException(
                            "--sections is " + sections + ", allowed are findings and all");
        };
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(input)) {
            List<Path> all = list.filter(Files::isRegularFile).sorted().toList();
            List<Path> reports = all.stream().filter(f -> f.toString().endsWith(".txt")).toList();
            all.stream()
                    .filter(f -> !reports.contains(f))
                    .forEach(f -> say(f.getFileName() + ": is no *.txt file and is not read"));
            return reports;
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
