// SPDX-License-Identifier: Apache-2.0
/** Loads folders of reference values and compares trees of figures with them. */
package io.github.livermm.eval.reference;
