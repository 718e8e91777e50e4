// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * Intervals for the difference of two independent proportions, first minus second. Newcombe's is
 * the choice for reports.
 *
 * <p>Reference: Newcombe (1998), Interval estimation for the difference between independent
 * proportions: comparison of eleven methods, doi:10.1002/(SICI)1097-0258(19980430)17:8.
 *
 * @since 0.1.0
 */
public enum ProportionDifference {
    /** Hybrid of the two Wilson intervals, without continuity correction. */
    NEWCOMBE("Newcombe") {
        @Override
        double[] limits(double x1, double n1, double x2, double n2, double level) {
            Interval a = ProportionInterval.WILSON.limits(x1, n1, level);
            Interval b = ProportionInterval.WILSON.limits(x2, n2, level);
            double d = a.estimate() - b.estimate();
            return new double[] {
                d - Math.hypot(a.estimate() - a.lower(), b.upper() - b.estimate()),
                d + Math.hypot(a.upper() - a.estimate(), b.estimate() - b.lower())
            };
        }
    },
    /** The normal approximation; for comparison only. */
    WALD("Wald") {
        @Override
        double[] limits(double x1, double n1, double x2, double n2, double level) {
            return normal(x1, n1, x2, n2, level);
        }
    },
    /** Agresti and Caffo's: Wald after one more success and failure in each group. */
    AGRESTI_CAFFO("Agresti-Caffo") {
        @Override
        double[] limits(double x1, double n1, double x2, double n2, double level) {
            return normal(x1 + 1, n1 + 2, x2 + 1, n2 + 2, level);
        }
    };

    private final String label;

    ProportionDifference(String label) {
        this.label = label;
    }

    /**
     * The difference with its limits.
     *
     * @param successes1 the successes of the first group, in [0, trials1]
     * @param trials1 the trials of the first group
     * @param successes2 the successes of the second group, in [0, trials2]
     * @param trials2 the trials of the second group
     * @param level the confidence level in (0, 1)
     * @return the interval; every part {@code NaN} when a group has no trial
     * @throws IllegalArgumentException when successes are out of range or the level outside (0, 1)
     */
    public Interval of(long successes1, long trials1, long successes2, long trials2, double level) {
        Interval first = ProportionInterval.WILSON.of(successes1, trials1, level);
        Interval second = ProportionInterval.WILSON.of(successes2, trials2, level);
        if (trials1 == 0 || trials2 == 0) {
            return Interval.undefined(label);
        }
        double[] limits =
                limits(
                        (double) successes1,
                        (double) trials1,
                        (double) successes2,
                        (double) trials2,
                        level);
        return new Interval(first.estimate() - second.estimate(), limits[0], limits[1], label);
    }

    abstract double[] limits(double x1, double n1, double x2, double n2, double level);

    private static double[] normal(double x1, double n1, double x2, double n2, double level) {
        double p1 = x1 / n1;
        double p2 = x2 / n2;
        double half = Normal.twoSided(level) * Math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2);
        return new double[] {p1 - p2 - half, p1 - p2 + half};
    }
}
