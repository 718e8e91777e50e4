// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

/**
 * Told how far a long run of resampling is.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Progress {
    /**
     * Called after every piece of work, from any of the threads but never by two at once, with
     * rising {@code done}. Keep it short: the others wait.
     *
     * @param done how many pieces are done, from 1
     * @param total how many there are
     */
    void at(int done, int total);
}
