// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * Something from outside (a study, a model file, a training run) is wrong. The message says what,
 * where, what was found against what is allowed, and how to mend it. Misuse by the programmer is a
 * plain {@link IllegalArgumentException} instead.
 *
 * @since 0.1.0
 */
public abstract sealed class LiverException extends RuntimeException
        permits StudyException, ModelFileException, TrainingException {
    private static final long serialVersionUID = 1L;

    LiverException(String message) {
        super(message);
    }

    LiverException(String message, Throwable cause) {
        super(message, cause);
    }
}
