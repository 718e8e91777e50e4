// SPDX-License-Identifier: Apache-2.0
/**
 * Training: models out of fold inside the training patients, and cross-validation around it. Start
 * at {@link io.github.livermm.core.training.CrossValidation}. What may enter: whatever is fitted,
 * and fitted on training patients only.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.core.training;
