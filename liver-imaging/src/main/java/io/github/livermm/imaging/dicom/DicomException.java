// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;

/**
 * A DICOM file or series cannot be read. The message names file, tag and what was found against
 * what is allowed; it never holds a name, a birth date or another identifier of the patient.
 *
 * @since 0.1.0
 */
public final class DicomException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public DicomException(String message) {
        super(message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what the reader met
     */
    public DicomException(String message, Throwable cause) {
        super(message, cause);
    }
}
