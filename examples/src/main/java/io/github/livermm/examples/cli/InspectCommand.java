// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.report.RunFiles;
import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.dicom.DicomSeries;
import io.github.livermm.imaging.dicom.PhaseGuess;
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
    private static final String INDENT = " ".repeat(8);
    private static final int[] WIDTHS = {6, 4, 32, 24, 6, 23, 21};
    private static final int SLICES = 4;

    @Option(names = "--dicom", required = true, paramLabel = "DIR", description = "folder")
    private Path folder = Path.of("");

    @Option(
            names = "--intensities",
            description = "guess phases that no header tells by intensities; reads the voxels")
    private boolean intensities;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        DicomFolder found = DicomFolder.scan(folder);
        if (intensities) {
            found.guessPhasesByIntensity();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(new String(RunFiles.json(tree(found)), StandardCharsets.UTF_8));
            out.flush();
            return 0;
        }
        print(found, out);
        return 0;
    }

    private static void print(DicomFolder found, PrintWriter out) {
        long volumes = found.series().stream().filter(s -> s.problems().isEmpty()).count();
        out.println(
                String.format(
                        Locale.ROOT,
                        "%d series of CT or MR, %d of them can be read as volumes",
                        found.series().size(),
                        volumes));
        if (!found.series().isEmpty()) {
            out.println();
            out.println(
                    line(
                            "series",
                            "kind",
                            "description",
                            "phase (confidence)",
                            "slices",
                            "columns x rows x slices",
                            "spacing mm"));
        }
        found.series().forEach(series -> print(series, out));
        if (!found.skipped().isEmpty()) {
            out.println();
        }
        found.skipped().forEach((kind, n) -> out.println("left aside: " + n + " x " + kind));
        if (!found.problems().isEmpty()) {
            out.println();
        }
        found.problems().forEach(p -> out.println("unreadable: " + p.file() + ": " + p.reason()));
    }

    private static void print(DicomSeries series, PrintWriter out) {
        Optional<Grid> grid = series.grid();
        out.println(
                line(
                        series.number().isEmpty() ? "-" : series.number(),
                        series.modality(),
                        series.description().isEmpty() ? "-" : series.description(),
                        series.phase().map(InspectCommand::shown).orElse("not told"),
                        String.valueOf(series.slices()),
                        grid.map(g -> g.width() + " x " + g.height() + " x " + g.depth())
                                .orElse("no volume"),
                        grid.map(InspectCommand::spacing).orElse("-")));
        String place = series.folder().toString();
        out.println(INDENT + "uid " + series.uid() + (place.isEmpty() ? "" : ", in " + place));
        series.phase().ifPresent(p -> out.println(INDENT + "phase by " + p.evidence()));
        series.deviations().forEach(p -> out.println(INDENT + "problem: " + p));
    }

    private static String shown(PhaseGuess guess) {
        return String.format(Locale.ROOT, "%s (%.2f)", guess.phase().id(), guess.confidence());
    }

    private static String line(String... cells) {
        StringBuilder line = new StringBuilder();
        for (int n = 0; n < cells.length; n++) {
            boolean last = n == cells.length - 1;
            String cell = last ? cells[n] : shortened(cells[n], WIDTHS[n]);
            String space = " ".repeat(Math.max(0, WIDTHS[n] - width(cell)));
            line.append(n == SLICES ? space + cell : cell + space).append("  ");
        }
        return line.toString().stripTrailing();
    }

    /** Columns of a terminal: Chinese signs take two. */
    private static int width(String text) {
        return text.codePoints().map(c -> c >= 0x1100 && isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int c) {
        return Character.isIdeographic(c)
                || (c >= 0x3000 && c <= 0x30FF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xFF01 && c <= 0xFF60);
    }

    private static String shortened(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += width(Character.toString(c));
            if (used >= width) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept + "…";
    }

    private static Map<String, @Nullable Object> tree(DicomFolder found) {
        List<Object> list = new ArrayList<>();
        for (DicomSeries series : found.series()) {
            Map<String, @Nullable Object> s = new LinkedHashMap<>();
            s.put("uid", series.uid());
            s.put("number", series.number());
            s.put("modality", series.modality());
            s.put("description", series.description());
            s.put("folder", series.folder().toString());
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
            s.put("problems", series.deviations());
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
}
