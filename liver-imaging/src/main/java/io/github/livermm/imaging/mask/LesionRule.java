// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.mask;

/**
 * Which of a patient's lesions stands for the patient.
 *
 * @since 0.1.0
 */
public enum LesionRule {
    /** The one with the lowest label: readers label the index lesion first. */
    INDEX,
    /** The one with most voxels; of equal ones that with the lowest label. */
    LARGEST,
    /** All together. */
    ALL
}
