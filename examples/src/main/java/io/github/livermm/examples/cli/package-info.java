// SPDX-License-Identifier: Apache-2.0
/**
 * The command line {@code liver}: parse, call the library, print. Start at {@link
 * io.github.livermm.examples.cli.Liver}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.examples.cli;
