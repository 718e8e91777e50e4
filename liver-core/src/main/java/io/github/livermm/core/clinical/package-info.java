// SPDX-License-Identifier: Apache-2.0
/**
 * The clinical modality: laboratory values, age, sex and other table columns, imputed, scaled and
 * turned into features for a linear model or a small network. Start at {@link
 * io.github.livermm.core.clinical.ClinicalEncoder}. What may enter: preprocessing of table values;
 * reading the table is the cohort's.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.core.clinical;
