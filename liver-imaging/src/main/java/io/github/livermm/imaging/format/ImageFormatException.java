// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import java.io.IOException;

/**
 * A file is no NRRD or MetaImage volume, or a damaged one. The message names the file and what was
 * found against what is allowed.
 *
 * @since 0.1.0
 */
public final class ImageFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public ImageFormatException(String message) {
        super(message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what the reader met
     */
    public ImageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
