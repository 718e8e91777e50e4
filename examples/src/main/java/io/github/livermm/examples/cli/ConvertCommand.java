// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.imaging.VolumeFile;
import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.dicom.DicomSeries;
import io.github.livermm.imaging.dicom.Mismatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver convert}: one DICOM series as a NIfTI volume. */
@Command(
        name = "convert",
        description = "Write a DICOM series as a NIfTI volume.",
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    @Option(names = "--dicom", required = true, paramLabel = "DIR", description = "folder")
    private Path folder = Path.of("");

    @Option(names = "--series", required = true, paramLabel = "UID", description = "series")
    private String series = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "volume.nii.gz")
    private Path out = Path.of("");

    @Option(
            names = "--resample",
            description =
                    "make an even, upright stack of slices that are missing, uneven or tilted")
    private boolean resample;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (VolumeFile.stem(out).isEmpty()) {
            throw new InputException(
                    "--out "
                            + out
                            + ": the format cannot be told, allowed endings are .nii.gz, .nii,"
                            + " .nrrd, .nhdr, .mha and .mhd");
        }
        DicomFolder found = DicomFolder.scan(folder);
        DicomSeries chosen =
                found.series(series)
                        .orElseThrow(
                                () ->
                                        new InputException(
                                                "--series "
                                                        + series
                                                        + " is not in the folder, which holds "
                                                        + found.series().stream()
                                                                .map(DicomSeries::uid)
                                                                .collect(
                                                                        Collectors.joining(", "))));
        if (!resample && !chosen.deviations().isEmpty()) {
            throw new InputException(
                    "series "
                            + chosen.uid()
                            + " is no even, upright stack: "
                            + String.join("; ", chosen.deviations())
                            + "; --resample makes one where slices are missing, uneven or tilted");
        }
        DicomSeries.Evened even = chosen.readVolume(Mismatch.RESAMPLE);
        VolumeFile.write(even.volume(), out);
        PrintWriter terminal = spec.commandLine().getOut();
        even.remarks().forEach(remark -> terminal.println("changed: " + remark));
        terminal.println("volume: " + out);
        return 0;
    }
}
