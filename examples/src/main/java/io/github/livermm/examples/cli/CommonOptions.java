// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.cohort.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every long command has. */
final class CommonOptions {
    @Option(
            names = "--threads",
            description = "number of threads (default: all cores)",
            paramLabel = "N")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--quiet", description = "no progress")
    boolean quiet;

    @Option(names = "--seed", description = "seed of every random choice", paramLabel = "S")
    @Nullable Long seed;

    /** Sets the number of threads; to be called before any other work. */
    void apply() {
        if (threads < 1) {
            throw new InputException("--threads is " + threads + ", allowed is at least 1");
        }
        System.setProperty(
                "java.util.concurrent.ForkJoinPool.common.parallelism", String.valueOf(threads));
    }

    Progress progress() {
        return quiet ? Progress.NONE : new ConsoleProgress();
    }
}
