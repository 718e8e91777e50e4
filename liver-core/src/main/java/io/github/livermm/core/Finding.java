// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * One thing about one patient's files that a reader could not use. Never holds names, dates of
 * birth, report text or pixel data.
 *
 * @param patientId study id
 * @param file file or folder, relative to the study
 * @param reason what is wrong and how to mend it
 * @since 0.1.0
 */
public record Finding(String patientId, String file, String reason) {}
