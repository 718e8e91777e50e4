// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * A file of a folder that could not be used.
 *
 * @param file path relative to the scanned folder
 * @param reason what is wrong; never an identifier of the patient
 * @since 0.1.0
 */
public record FileProblem(String file, String reason) {}
