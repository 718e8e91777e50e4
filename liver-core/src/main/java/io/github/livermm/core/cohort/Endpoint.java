// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * One time-to-event outcome of a study.
 *
 * @param id short name, such as {@code pfs}
 * @param timeColumn column of the time from surgery
 * @param eventColumn column that says whether the event happened
 * @param eventValue word for "happened"
 * @param censoredValue word for "not until then"
 * @param unit unit of the time column
 * @param includesDeath whether every death counts as an event
 * @since 0.1.0
 */
public record Endpoint(
        String id,
        String timeColumn,
        String eventColumn,
        String eventValue,
        String censoredValue,
        TimeUnit unit,
        boolean includesDeath) {}
