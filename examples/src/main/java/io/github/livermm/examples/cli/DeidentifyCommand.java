// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.imaging.dicom.DeidentifiedExport;
import io.github.livermm.imaging.dicom.Deidentifier;
import io.github.livermm.imaging.dicom.RetainOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver deidentify}: a folder of DICOM files without what identifies the patients. */
@Command(
        name = "deidentify",
        description = {
            "Write CT, MR and their masks without what identifies the patient",
            "(PS3.15 basic profile), laid out as images/ and masks/ of a study."
        },
        mixinStandardHelpOptions = true)
final class DeidentifyCommand implements Callable<Integer> {
    /** What --keep may name. */
    private enum Kept {
        DATES(RetainOption.DATES_SHIFTED),
        DEVICE(RetainOption.DEVICE_IDENTITY),
        CHARACTERISTICS(RetainOption.PATIENT_CHARACTERISTICS);

        private final RetainOption option;

        Kept(RetainOption option) {
            this.option = option;
        }
    }

    @Option(names = "--dicom", required = true, paramLabel = "DIR", description = "folder")
    private Path folder = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "empty folder")
    private Path out = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = {
                "secret of at least 16 bytes: exports made with it fit together",
                "(default: drawn and forgotten)"
            })
    private @Nullable Path key;

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "WHAT",
            description = "dates (shifted), device, characteristics (sex, age, size, weight)")
    private Set<Kept> keep = EnumSet.noneOf(Kept.class);

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        EnumSet<RetainOption> retained = EnumSet.noneOf(RetainOption.class);
        keep.forEach(k -> retained.add(k.option));
        DeidentifiedExport export =
                DeidentifiedExport.of(deidentifier().keeping(retained), folder, out);
        PrintWriter print = spec.commandLine().getOut();
        print.println("images: " + export.images() + " files, masks: " + export.masks() + " files");
        export.leftAside().forEach((kind, n) -> print.println("left aside: " + n + " " + kind));
        export.problems()
                .forEach(p -> print.println("not exported: " + p.file() + ": " + p.reason()));
        print.println("look at the pixels for names burned in: headers alone were cleaned");
        return 0;
    }

    private Deidentifier deidentifier() throws IOException {
        Path file = key;
        if (file == null) {
            return Deidentifier.withNewKey();
        }
        try {
            return Deidentifier.withKey(Files.readAllBytes(file));
        } catch (IllegalArgumentException tooShort) {
            throw new InputException("--key " + file + ": " + tooShort.getMessage());
        }
    }
}
