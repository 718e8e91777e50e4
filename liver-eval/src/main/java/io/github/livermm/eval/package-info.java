// SPDX-License-Identifier: Apache-2.0
/**
 * Figures of merit for diagnostic and prognostic models on plain arrays. Start at {@code RocCurve},
 * {@code Concordance} and {@code CalibrationCurve}. What may enter: a statistic that other projects
 * embed, with Commons Math and nothing heavier; undefined is {@code NaN}, wrong is an {@link
 * IllegalArgumentException}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.eval;
