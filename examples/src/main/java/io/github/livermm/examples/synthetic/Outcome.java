// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

/**
 * What follow-up shows after a radical resection: an illness-death process seen through visits.
 * Recurrence has a Weibull hazard that falls with time, death without recurrence is frequent in the
 * first 90 days and rare later; both are multiplied by the same hazard ratio, so that the true
 * progression-free time is exactly proportional. Death after recurrence has a constant hazard.
 *
 * @param pfsMonths time to detected recurrence or death, else to the last assessment
 * @param pfsEvent whether one of the two was seen
 * @param osMonths time to death, else to the last contact
 * @param osEvent whether the patient died under observation
 */
record Outcome(double pfsMonths, boolean pfsEvent, double osMonths, boolean osEvent) {
    private static final double EARLY_MONTHS = 3;
    private static final double LOSS_PER_MONTH = 0.02 / 12;
    private static final double FIRST_YEARS_MONTHS = 24;
    private static final double LATER_VISIT_MONTHS = 6;
    private static final double VISIT_JITTER_MONTHS = 0.25;
    private static final double HUNDREDTH = 0.01;

    /** Shares of the log hazard ratio that act before and after recurrence. */
    private static final double AFTER_RECURRENCE = 0.4;

    /** Rates of one diagnosis at a linear predictor of zero. */
    private record Rates(
            double shape,
            double scaleMonths,
            double earlyDeath,
            double deathPerMonth,
            double medianAfterRecurrence) {

        static Rates of(Diagnosis diagnosis) {
            return switch (diagnosis) {
                case ICC -> new Rates(0.75, 50, 0.010, 0.0005, 13);
                case METASTASIS, CHCC_CCA -> new Rates(0.75, 68, 0.010, 0.0005, 18);
                default -> new Rates(0.68, 77, 0.006, 0.0005, 24);
            };
        }
    }

    /**
     * Follows one patient.
     *
     * @param diagnosis malignant diagnosis
     * @param logHazard true linear predictor, centre included
     * @param potentialMonths from surgery to the data lock
     */
    static Outcome draw(
            Diagnosis diagnosis,
            double logHazard,
            Centre centre,
            double potentialMonths,
            RandomStream random) {
        Rates rates = Rates.of(diagnosis);
        double hazardRatio = Math.exp(logHazard);
        double recurrence =
                rates.scaleMonths * Math.pow(random.exponential() / hazardRatio, 1 / rates.shape);
        double death = deathWithoutRecurrence(rates, random.exponential() / hazardRatio);
        double survivalAfter =
                rates.medianAfterRecurrence
                        / Math.log(2)
                        * random.exponential()
                        / Math.exp(AFTER_RECURRENCE * logHazard);
        double lost = Math.min(potentialMonths, random.exponential() / LOSS_PER_MONTH);
        double dies = recurrence < death ? recurrence + survivalAfter : death;
        return observe(recurrence < death ? recurrence : NEVER, dies, lost, centre, random);
    }

    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** Solves the cumulative hazard, which is steep for 90 days and flat after, for time. */
    private static double deathWithoutRecurrence(Rates rates, double cumulativeHazard) {
        double steep = rates.earlyDeath / EARLY_MONTHS + rates.deathPerMonth;
        double early = steep * EARLY_MONTHS;
        return cumulativeHazard < early
                ? cumulativeHazard / steep
                : EARLY_MONTHS + (cumulativeHazard - early) / rates.deathPerMonth;
    }

    private static Outcome observe(
            double recurrence, double death, double lost, Centre centre, RandomStream random) {
        double end = Math.min(death, lost);
        double lastVisit = 0;
        double detected = NEVER;
        double planned = 0;
        while (detected == NEVER) {
            planned += planned < FIRST_YEARS_MONTHS ? centre.visitMonths() : LATER_VISIT_MONTHS;
            double visit = planned + random.uniform(-VISIT_JITTER_MONTHS, VISIT_JITTER_MONTHS);
            if (visit > end) {
                break;
            }
            lastVisit = visit;
            detected = visit >= recurrence ? visit : NEVER;
        }
        boolean died = death <= lost;
        double os = rounded(end);
        if (detected < NEVER) {
            return new Outcome(Math.min(rounded(detected), os), true, os, died);
        }
        double pfs = died ? os : Math.min(os, rounded(lastVisit > 0 ? lastVisit : end));
        return new Outcome(pfs, died, os, died);
    }

    /** Hundredths of a month, never zero. */
    private static double rounded(double months) {
        return Math.max(1, Math.round(months / HUNDREDTH)) / 100.0;
    }
}
