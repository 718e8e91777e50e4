// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.LiverException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry of the command line. Exit 0: done; 2: the input or the call is wrong, with one line for
 * each problem; 1: a fault of the program.
 */
@Command(
        name = "liver",
        description = "Multimodal modelling of liver tumours. Research use; not a medical device.",
        mixinStandardHelpOptions = true,
        version = "liver 0.1.0-SNAPSHOT",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            StudyCommand.class,
            TrainCommand.class,
            PredictCommand.class,
            ModelCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            DeidentifyCommand.class,
            ReportCommand.class,
            EvaluateCommand.class,
            ExplainCommand.class,
            AblationCommand.class,
            CoxCommand.class,
            EvidenceCommand.class
        })
public final class Liver {
    private Liver() {}

    /**
     * Runs a command and ends the program with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs a command; returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Liver())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, result) -> handle(e, command))
                .execute(args);
    }

    private static int handle(Exception e, CommandLine command) {
        String problem = problem(e);
        if (problem == null) {
            e.printStackTrace(command.getErr());
            return 1;
        }
        command.getErr().println(problem);
        return 2;
    }

    /** The words for an error of the input; null for a fault of the program. */
    private static @Nullable String problem(Exception e) {
        if (e instanceof LiverException || e instanceof InputException) {
            return e.getMessage();
        }
        if (e instanceof NoSuchFileException file) {
            return file.getFile() + " does not exist; check the path";
        }
        if (e instanceof FileAlreadyExistsException file) {
            return file.getFile() + " exists already; name another folder";
        }
        if (e instanceof FileSystemException || e instanceof IOException) {
            return String.valueOf(e.getMessage());
        }
        return null;
    }
}
