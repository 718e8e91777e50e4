// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.report.RunFiles;
import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.dicom.DicomSeries;
import io.github.livermm.imaging.volume.Grid;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver inspect}: what a folder of DICOM files holds. */
@Command(
        name = "inspect",
        description = "List the series of a folder of DICOM files, with phase and problems.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    @Option(names = "--dicom", required = true, paramLabel = "DIR", description = "folder")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        DicomFolder found = DicomFolder.scan(folder);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(new String(RunFiles.json(tree(found)), StandardCharsets.UTF_8));
            out.flush();
            return 0;
        }
        String row = "%-9s %-6s %-34s %-26s %6s  %-15s %s";
        out.println(
                String.format(
                        Locale.ROOT,
                        row,
                        "series",
                        "kind",
                        "description",
                        "phase (confidence)",
                        "slices",
                        "size",
                        "spacing mm"));
        for (DicomSeries series : found.series()) {
            Optional<Grid> grid = series.grid();
            out.println(
                    String.format(
                                    Locale.ROOT,
                                    row,
                                    series.number(),
                                    series.modality(),
                                    shortened(series.description(), 34),
                                    series.phase()
                                            .map(
                                                    p ->
                                                            p.phase().id()
                                                                    + String.format(
                                                                            Locale.ROOT,
                                                                            " (%.2f)",
                                                                            p.confidence()))
                                            .orElse("-"),
                                    series.slices(),
                                    grid.map(g -> g.width() + "x" + g.height() + "x" + g.depth())
                                            .orElse("-"),
                                    grid.map(InspectCommand::spacing).orElse("-"))
                            .stripTrailing());
            out.println("          " + series.uid());
            series.problems().forEach(p -> out.println("          problem: " + p));
        }
        found.skipped().forEach((kind, n) -> out.println("left aside: " + n + " " + kind));
        found.problems().forEach(p -> out.println("unreadable: " + p.file() + ": " + p.reason()));
        return 0;
    }

    private static Map<String, @Nullable Object> tree(DicomFolder found) {
        List<Object> list = new ArrayList<>();
        for (DicomSeries series : found.series()) {
            Map<String, @Nullable Object> s = new LinkedHashMap<>();
            s.put("uid", series.uid());
            s.put("number", series.number());
            s.put("modality", series.modality());
            s.put("description", series.description());
            s.put("transfer_syntax", series.transferSyntax());
            s.put("slices", series.slices());
            s.put("phase", series.phase().map(p -> p.phase().id()).orElse(null));
            s.put("phase_confidence", series.phase().map(p -> p.confidence()).orElse(null));
            s.put("phase_evidence", series.phase().map(p -> p.evidence()).orElse(null));
            Optional<Grid> grid = series.grid();
            s.put("size", grid.map(g -> List.of(g.width(), g.height(), g.depth())).orElse(null));
            s.put(
                    "spacing_mm",
                    grid.map(g -> List.of(g.spacingMm(0), g.spacingMm(1), g.spacingMm(2)))
                            .orElse(null));
            s.put("problems", series.problems());
            list.add(s);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("series", list);
        tree.put("skipped", found.skipped());
        tree.put(
                "unreadable",
                found.problems().stream()
                        .map(p -> Map.of("file", p.file(), "reason", p.reason()))
                        .toList());
        return tree;
    }

    private static String spacing(Grid grid) {
        return String.format(
                Locale.ROOT,
                "%.3f x %.3f x %.3f",
                grid.spacingMm(0),
                grid.spacingMm(1),
                grid.spacingMm(2));
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
