// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

/** A file named on the command line is wrong; the message has one line for each problem. */
final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
