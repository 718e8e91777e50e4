// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * How a new model moves predictions against an old one: the category-free net reclassification
 * improvement and the integrated discrimination improvement. Both are secondary figures: a badly
 * calibrated model can raise them; compare net benefit and AUC first. Matches R's {@code
 * Hmisc::improveProb}.
 *
 * <p>Reference: Pencina, D'Agostino, Steyerberg (2011), doi:10.1002/sim.4085; Pepe et al. (2015),
 * doi:10.1007/s12561-014-9118-0 on why not to rely on it.
 *
 * @param upEvents the share of events moved up
 * @param downEvents the share of events moved down
 * @param upOthers the share of the others moved up
 * @param downOthers the share of the others moved down
 * @param nriEventsStandardError the standard error of {@link #nriEvents()}
 * @param nriOthersStandardError the standard error of {@link #nriOthers()}
 * @param idi the rise of the mean prediction in events less that in the others
 * @param idiStandardError its standard error
 * @since 0.1.0
 */
public record Reclassification(
        double upEvents,
        double downEvents,
        double upOthers,
        double downOthers,
        double nriEventsStandardError,
        double nriOthersStandardError,
        double idi,
        double idiStandardError) {

    /**
     * Compares two models on the same rows.
     *
     * @param positive the truth of each row
     * @param before the predicted probability of the old model, in [0, 1]
     * @param after the predicted probability of the new model, in [0, 1]
     * @return the comparison; {@code NaN} where a class is absent
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static Reclassification of(boolean[] positive, double[] before, double[] after) {
        Rows.requireSameLength("positive", positive.length, "before", before.length);
        Rows.requireSameLength("positive", positive.length, "after", after.length);
        Rows.requireProbabilities("before", before);
        Rows.requireProbabilities("after", after);
        Moves events = new Moves(positive, before, after, true);
        Moves others = new Moves(positive, before, after, false);
        return new Reclassification(
                events.up / events.n,
                events.down / events.n,
                others.up / others.n,
                others.down / others.n,
                events.nriStandardError(),
                others.nriStandardError(),
                events.mean() - others.mean(),
                Math.sqrt(events.variance() / events.n + others.variance() / others.n));
    }

    private static final class Moves {
        private double n;
        private double up;
        private double down;
        private double sum;
        private double squares;

        Moves(boolean[] positive, double[] before, double[] after, boolean which) {
            for (int i = 0; i < positive.length; i++) {
                if (positive[i] == which) {
                    n++;
                    sum += after[i] - before[i];
                    up += after[i] > before[i] ? 1 : 0;
                    down += after[i] < before[i] ? 1 : 0;
                }
            }
            for (int i = 0; i < positive.length; i++) {
                if (positive[i] == which) {
                    double d = after[i] - before[i] - mean();
                    squares += d * d;
                }
            }
        }

        double mean() {
            return sum / n;
        }

        double variance() {
            return n < 2 ? Double.NaN : squares / (n - 1);
        }

        double nriStandardError() {
            double net = up - down;
            return Math.sqrt((up + down) / (n * n) - net * net / (n * n * n));
        }
    }

    /**
     * The net improvement among events.
     *
     * @return in [-1, 1]
     */
    public double nriEvents() {
        return upEvents - downEvents;
    }

    /**
     * The net improvement among the others.
     *
     * @return in [-1, 1]
     */
    public double nriOthers() {
        return downOthers - upOthers;
    }

    /**
     * The category-free net reclassification improvement with Wald limits.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval around a figure in [-2, 2]
     */
    public Interval nri(double level) {
        return wald(nriEvents() + nriOthers(), nriStandardError(), level);
    }

    /**
     * The standard error of the net reclassification improvement.
     *
     * @return at least 0
     */
    public double nriStandardError() {
        return Math.hypot(nriEventsStandardError, nriOthersStandardError);
    }

    /**
     * The integrated discrimination improvement with Wald limits.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval idi(double level) {
        return wald(idi, idiStandardError, level);
    }

    private static Interval wald(double estimate, double standardError, double level) {
        double half = Normal.twoSided(level) * standardError;
        return new Interval(estimate, estimate - half, estimate + half, "Wald");
    }
}
