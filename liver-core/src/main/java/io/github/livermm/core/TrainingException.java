// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * A training run cannot give a model: no labelled patient, one class only, or a loss that diverged.
 *
 * @since 0.1.0
 */
public final class TrainingException extends LiverException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message target or modality, what was found against what is needed, how to mend
     */
    public TrainingException(String message) {
        super(message);
    }
}
