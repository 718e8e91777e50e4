// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps prepared images between epochs and runs: start at {@link
 * io.github.livermm.imaging.cache.PreparedCache}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.cache;
