// SPDX-License-Identifier: Apache-2.0
/** Loads folders of reference values, as in {@code liver-eval}: test code is not shared by jar. */
@org.jspecify.annotations.NullMarked
package io.github.livermm.survival.reference;
