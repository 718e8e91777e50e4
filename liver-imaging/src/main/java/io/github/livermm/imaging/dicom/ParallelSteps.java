// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Steps that do not touch each other, such as the slices of a series or the blocks of a picture, on
 * all cores.
 */
final class ParallelSteps {
    private ParallelSteps() {}

    /** One step. */
    interface Step<E extends IOException> {
        void run(int step) throws E;
    }

    /**
     * Runs all steps; of those that fail the first one says why, whatever the number of threads.
     *
     * @param failure what a step may throw
     */
    static <E extends IOException> void run(int count, Class<E> failure, Step<E> step) throws E {
        @Nullable IOException[] failed = new IOException[count];
        IntStream.range(0, count)
                .parallel()
                .forEach(
                        n -> {
                            try {
                                step.run(n);
                            } catch (IOException e) {
                                failed[n] = e;
                            }
                        });
        for (IOException e : failed) {
            if (e != null) {
                throw failure.cast(e);
            }
        }
    }
}
