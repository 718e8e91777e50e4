// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * A saved model cannot be read: damaged, of an unknown schema, or in need of a module that is not
 * on the class path.
 *
 * @since 0.1.0
 */
public final class ModelFileException extends LiverException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message file, what was found against what is allowed, how to mend
     */
    public ModelFileException(String message) {
        super(message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message file, what was found against what is allowed, how to mend
     * @param cause what the reader met
     */
    public ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
