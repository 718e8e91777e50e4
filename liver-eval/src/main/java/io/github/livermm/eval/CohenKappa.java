// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The agreement of two readers beyond chance, plain or with credit for near misses in ordered
 * categories.
 *
 * <p>Reference: Cohen (1960), doi:10.1177/001316446002000104; Fleiss, Cohen, Everitt (1969),
 * doi:10.1037/h0028106.
 *
 * @param kappa at most 1; {@code NaN} when chance agreement is complete
 * @param simpleStandardError {@code sqrt(po (1 - po) / (n (1 - pe)^2))}, as epiR reports it; only
 *     for the plain kappa, else {@code NaN}
 * @param standardError the large-sample one of Fleiss, Cohen and Everitt
 * @since 0.1.0
 */
public record CohenKappa(double kappa, double simpleStandardError, double standardError) {

    /** How much credit a near miss gets. */
    public enum Credit {
        /** None: categories without order. */
        NONE {
            @Override
            double weight(int distance, int categories) {
                return distance == 0 ? 1 : 0;
            }
        },
        /** Falling linearly with distance. */
        LINEAR {
            @Override
            double weight(int distance, int categories) {
                return 1 - distance / (categories - 1.0);
            }
        },
        /** Falling with the square of the distance; near the intraclass correlation. */
        QUADRATIC {
            @Override
            double weight(int distance, int categories) {
                double share = distance / (categories - 1.0);
                return 1 - share * share;
            }
        };

        abstract double weight(int distance, int categories);
    }

    /**
     * Compares two readers.
     *
     * @param first the category of each row by the first reader, in [0, categories)
     * @param second the category of each row by the second reader, in [0, categories)
     * @param categories how many categories, at least 2, in their order
     * @param credit for near misses
     * @return the agreement
     * @throws IllegalArgumentException when lengths differ or a category is out of range
     */
    public static CohenKappa of(int[] first, int[] second, int categories, Credit credit) {
        ClassTable table = ClassTable.of(first, second, categories, null);
        double n = first.length;
        double[] row = new double[categories];
        double[] column = new double[categories];
        for (int i = 0; i < categories; i++) {
            for (int j = 0; j < categories; j++) {
                row[i] += table.weight(i, j) / n;
                column[j] += table.weight(i, j) / n;
            }
        }
        double observed = 0;
        double chance = 0;
        double[] rowCredit = new double[categories];
        double[] columnCredit = new double[categories];
        for (int i = 0; i < categories; i++) {
            for (int j = 0; j < categories; j++) {
                double weight = credit.weight(Math.abs(i - j), categories);
                observed += weight * table.weight(i, j) / n;
                chance += weight * row[i] * column[j];
                rowCredit[i] += weight * column[j];
                columnCredit[j] += weight * row[i];
            }
        }
        if (!(chance < 1)) {
            return new CohenKappa(Double.NaN, Double.NaN, Double.NaN);
        }
        double kappa = (observed - chance) / (1 - chance);
        double sum = 0;
        for (int i = 0; i < categories; i++) {
            for (int j = 0; j < categories; j++) {
                double weight = credit.weight(Math.abs(i - j), categories);
                double term = weight - (rowCredit[i] + columnCredit[j]) * (1 - kappa);
                sum += table.weight(i, j) / n * term * term;
            }
        }
        double centre = kappa - chance * (1 - kappa);
        double large = Math.sqrt((sum - centre * centre) / n) / (1 - chance);
        double simple = Math.sqrt(observed * (1 - observed) / n) / (1 - chance);
        return new CohenKappa(kappa, credit == Credit.NONE ? simple : Double.NaN, large);
    }

    /**
     * Kappa with Wald limits from the large-sample standard error.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval interval(double level) {
        double half = Normal.twoSided(level) * standardError;
        return new Interval(kappa, kappa - half, kappa + half, "Fleiss-Cohen-Everitt");
    }
}
