// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * Unit of a column of times.
 *
 * @since 0.1.0
 */
public enum TimeUnit {
    /** Days. */
    DAYS(1.0 / TimeUnit.DAYS_PER_MONTH),
    /** Weeks of seven days. */
    WEEKS(7.0 / TimeUnit.DAYS_PER_MONTH),
    /** Months of 30.4375 days. */
    MONTHS(1.0),
    /** Years of twelve months. */
    YEARS(12.0);

    /** Days of a month: 365.25 / 12. */
    public static final double DAYS_PER_MONTH = 30.4375;

    private final double months;

    TimeUnit(double months) {
        this.months = months;
    }

    /**
     * Brings a time to months.
     *
     * @param time in this unit
     * @return in months of 30.4375 days
     */
    public double toMonths(double time) {
        return this == DAYS ? time / DAYS_PER_MONTH : time * months;
    }
}
