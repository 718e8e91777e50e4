// SPDX-License-Identifier: Apache-2.0
/**
 * Resampling of rows, strata and clusters with results that do not depend on the number of threads.
 * Start at {@link io.github.livermm.eval.resample.Bootstrap}. It knows no statistic: those are
 * handed in as functions of row numbers.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.eval.resample;
