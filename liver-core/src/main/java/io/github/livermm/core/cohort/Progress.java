// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * Told how far long work is. Called from any thread, often: implementations are thread-safe and
 * cheap.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (stage, done, total) -> {};

    /**
     * Part of a stage is done.
     *
     * @param stage what is being done, a few words
     * @param done steps done so far
     * @param total steps of the stage
     */
    void done(String stage, long done, long total);
}
