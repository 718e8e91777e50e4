// SPDX-License-Identifier: Apache-2.0
/**
 * The study on disk: its protocol, its table of patients, who enters and who leaves and why, and
 * how the patients are split into folds. Start at {@link io.github.livermm.core.cohort.Cohort}.
 * Knows no modality and no model.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.core.cohort;
