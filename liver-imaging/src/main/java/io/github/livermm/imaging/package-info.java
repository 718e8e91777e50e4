// SPDX-License-Identifier: Apache-2.0
/** Placeholder: written by the module. */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging;
