// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A laboratory quantity and the units it is reported in. The unit of a single value is read from
 * the limits of normal beside it, never from the value itself: a value may be far from normal, a
 * limit of normal may not. A quantity that comes in one unit only needs no limits.
 *
 * @param column name of the column written
 * @param units the units in use; the first is the one written
 */
record Analyte(String column, List<Unit> units) {
    /**
     * More than this many times above or below its own limits of normal, a value is in another unit
     * than its limits: disease moves none of the quantities resolved here that far, while the units
     * of one quantity mostly lie a factor of 1000 apart.
     */
    private static final double CONTRADICTION = 100;

    /** Digits kept when a value is divided; the tables give three at most. */
    private static final MathContext DIGITS = new MathContext(4);

    Analyte {
        units = List.copyOf(units);
    }

    /**
     * A unit and the limits of normal that laboratories state in it.
     *
     * @param name the unit
     * @param divisor value in this unit / divisor = value in the unit written; 1 = as delivered
     * @param lower allowed lower limits of normal, besides 0 and absent
     * @param upper allowed upper limits of normal
     */
    record Unit(String name, String divisor, Band lower, Band upper) {
        boolean fits(double lowerLimit, double upperLimit) {
            return upper.holds(upperLimit) && (!(lowerLimit > 0) || lower.holds(lowerLimit));
        }
    }

    /**
     * A closed range of numbers.
     *
     * @param from lowest member
     * @param to highest member
     */
    record Band(double from, double to) {
        boolean holds(double number) {
            return number >= from && number <= to;
        }
    }

    /** What became of a value. */
    enum Outcome {
        /** Written as delivered. */
        KEPT,
        /** In another unit, brought to the unit written. */
        CONVERTED,
        /** The form holds no value. */
        ABSENT,
        /** Dropped: the value is no number. */
        NOT_A_NUMBER,
        /** Dropped: there are no limits beside the value. */
        NO_LIMITS,
        /** Dropped: the limits are those of no unit of this quantity. */
        LIMITS_OF_NO_KNOWN_UNIT,
        /** Dropped: the value is a hundredfold or more outside its own limits. */
        CONTRADICTS_LIMITS
    }

    /**
     * One value as delivered and as written.
     *
     * @param raw the value as delivered
     * @param lower the lower limit of normal beside it
     * @param upper the upper limit of normal beside it
     * @param outcome what became of it
     * @param unit the unit it was delivered in, empty when that could not be told
     * @param written the value in the unit written, empty when it is missing or dropped
     */
    record Reading(
            String raw, String lower, String upper, Outcome outcome, String unit, String written) {}

    Reading read(String raw, String lower, String upper) {
        if (raw.isEmpty()) {
            return new Reading(raw, lower, upper, Outcome.ABSENT, "", "");
        }
        double value = number(raw);
        if (!Double.isFinite(value)) {
            return dropped(raw, lower, upper, Outcome.NOT_A_NUMBER);
        }
        if (units.size() == 1) {
            return written(raw, lower, upper, units.get(0));
        }
        double lowerLimit = number(lower);
        double upperLimit = number(upper);
        if (Double.isNaN(upperLimit)) {
            return dropped(raw, lower, upper, Outcome.NO_LIMITS);
        }
        List<Unit> fitting = new ArrayList<>();
        for (Unit unit : units) {
            if (unit.fits(lowerLimit, upperLimit)) {
                fitting.add(unit);
            }
        }
        if (fitting.size() != 1) {
            return dropped(raw, lower, upper, Outcome.LIMITS_OF_NO_KNOWN_UNIT);
        }
        boolean tooHigh = value > CONTRADICTION * upperLimit;
        boolean tooLow = lowerLimit > 0 && value < lowerLimit / CONTRADICTION;
        if (tooHigh || tooLow) {
            return dropped(raw, lower, upper, Outcome.CONTRADICTS_LIMITS);
        }
        return written(raw, lower, upper, fitting.get(0));
    }

    private Reading written(String raw, String lower, String upper, Unit unit) {
        BigDecimal value = new BigDecimal(raw);
        boolean same = unit.divisor().equals("1");
        if (!same) {
            value = value.divide(new BigDecimal(unit.divisor()), DIGITS);
        }
        return new Reading(
                raw,
                lower,
                upper,
                same ? Outcome.KEPT : Outcome.CONVERTED,
                unit.name(),
                plain(value));
    }

    private static Reading dropped(String raw, String lower, String upper, Outcome why) {
        return new Reading(raw, lower, upper, why, "", "");
    }

    /** Decimal digits without exponent and without zeros at the end. */
    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static double number(String text) {
        try {
            return text.isEmpty() ? Double.NaN : new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
