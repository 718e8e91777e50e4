// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * How much the pairs that an event at time t decides count in a concordance.
 *
 * @since 0.1.0
 */
public enum TimeWeight {
    /** 1: Harrell's C, {@code timewt = "n"} of R's {@code concordance}. */
    HARRELL,
    /** N S(t-)/n(t), as Peto's test: {@code timewt = "S"}. */
    PETO,
    /** N S(t-)/(G(t-) n(t)), as Schemper proposed: {@code timewt = "S/G"}. */
    SCHEMPER,
    /** 1/G(t-)^2 with G the censoring distribution: Uno's C, {@code timewt = "n/G2"}. */
    UNO,
    /** 1/n(t), each event counts once: {@code timewt = "I"}. */
    EQUAL_EVENTS
}
