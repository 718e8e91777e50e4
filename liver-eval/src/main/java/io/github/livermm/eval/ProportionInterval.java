// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * The intervals in use for a proportion of successes among independent trials. Wilson is the choice
 * for reports: near nominal coverage at any size and no limit outside [0, 1].
 *
 * <p>Reference: Brown, Cai, DasGupta (2001), Interval estimation for a binomial proportion,
 * doi:10.1214/ss/1009213286.
 *
 * @since 0.1.0
 */
public enum ProportionInterval {
    /** Wilson's score interval. */
    WILSON("Wilson") {
        @Override
        Interval limits(double x, double n, double level) {
            double z = Normal.twoSided(level);
            double p = x / n;
            double centre = (x + z * z / 2) / (n + z * z);
            double half = z / (n + z * z) * Math.sqrt(n * p * (1 - p) + z * z / 4);
            // exactly 0 and 1 at the ends, where rounding would leave 1e-17
            return named(p, x == 0 ? 0 : centre - half, x == n ? 1 : centre + half);
        }
    },
    /** The exact interval of Clopper and Pearson: never below nominal coverage, often far above. */
    CLOPPER_PEARSON("Clopper-Pearson") {
        @Override
        Interval limits(double x, double n, double level) {
            double tail = (1 - level) / 2;
            return named(
                    x / n,
                    x == 0 ? 0 : betaQuantile(tail, x, n - x + 1),
                    x == n ? 1 : betaQuantile(1 - tail, x + 1, n - x));
        }
    },
    /** The textbook normal approximation, clipped to [0, 1]; for comparison only. */
    WALD("Wald") {
        @Override
        Interval limits(double x, double n, double level) {
            double p = x / n;
            return clipped(p, p, Normal.twoSided(level) * Math.sqrt(p * (1 - p) / n));
        }
    },
    /** Agresti and Coull's: Wald about Wilson's centre, clipped to [0, 1]. */
    AGRESTI_COULL("Agresti-Coull") {
        @Override
        Interval limits(double x, double n, double level) {
            double z = Normal.twoSided(level);
            double size = n + z * z;
            double centre = (x + z * z / 2) / size;
            return clipped(x / n, centre, z * Math.sqrt(centre * (1 - centre) / size));
        }
    },
    /** Quantiles of the posterior under Jeffreys' prior, without correction at 0 and n. */
    JEFFREYS("Jeffreys") {
        @Override
        Interval limits(double x, double n, double level) {
            double tail = (1 - level) / 2;
            return named(
                    x / n,
                    betaQuantile(tail, x + 0.5, n - x + 0.5),
                    betaQuantile(1 - tail, x + 0.5, n - x + 0.5));
        }
    };

    private final String label;

    ProportionInterval(String label) {
        this.label = label;
    }

    /**
     * The proportion with its limits.
     *
     * @param successes the number of successes, in [0, trials]
     * @param trials the number of trials
     * @param level the confidence level in (0, 1)
     * @return the interval; every part {@code NaN} when there is no trial
     * @throws IllegalArgumentException when {@code successes} is outside [0, trials] or {@code
     *     level} outside (0, 1)
     */
    public Interval of(long successes, long trials, double level) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes " + successes + " is outside [0, trials = " + trials + "]");
        }
        Normal.requireLevel(level);
        return trials == 0
                ? Interval.undefined(label)
                : limits((double) successes, (double) trials, level);
    }

    abstract Interval limits(double x, double n, double level);

    final Interval named(double estimate, double lower, double upper) {
        return new Interval(estimate, lower, upper, label);
    }

    final Interval clipped(double estimate, double centre, double half) {
        return named(estimate, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    private static double betaQuantile(double probability, double alpha, double beta) {
        return new BetaDistribution(null, alpha, beta, 1e-15)
                .inverseCumulativeProbability(probability);
    }
}
