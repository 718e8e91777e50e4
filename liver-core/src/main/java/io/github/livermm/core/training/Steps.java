// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.cohort.Progress;

/** Counts the steps of one training, from any thread. */
final class Steps {
    private final Progress progress;
    private final long total;
    private long done;

    Steps(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    synchronized void next() {
        progress.done("training", ++done, total);
    }
}
