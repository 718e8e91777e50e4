// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import java.io.IOException;

/**
 * A file is no NIfTI volume, or a damaged one. The message names the file and what was found
 * against what is allowed.
 *
 * @since 0.1.0
 */
public final class NiftiException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public NiftiException(String message) {
        super(message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what the reader met
     */
    public NiftiException(String message, Throwable cause) {
        super(message, cause);
    }
}
