// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * What a column of the patients table is for.
 *
 * @since 0.1.0
 */
public enum Role {
    /** Known before surgery; goes into the model. */
    PREDICTOR,
    /** Known only after surgery; never goes into a preoperative model. */
    POSTOPERATIVE,
    /** Divides patients in the report; does not go into the model. */
    SUBGROUP,
    /** Diagnosis, time or event. */
    OUTCOME,
    /** Names a patient or a centre. */
    IDENTIFIER,
    /** Not used. */
    IGNORE
}
