// SPDX-License-Identifier: Apache-2.0
/**
 * Converters that turn published tables of real patients into study folders. Start at {@link
 * io.github.livermm.examples.real.RealStudies}. Every value that is changed or dropped on the way
 * is counted and listed in the folder that results, so that a reader can judge the conversion
 * without reading this code.
 */
@NullMarked
package io.github.livermm.examples.real;

import org.jspecify.annotations.NullMarked;
