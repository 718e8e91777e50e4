// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks of the paths that decide how long a study takes. Each class opens with the
 * question it answers; {@code benchmarks/run} runs them and {@code benchmarks/RESULTS.md} keeps the
 * answers.
 */
@NullMarked
package io.github.livermm.benchmarks;

import org.jspecify.annotations.NullMarked;
