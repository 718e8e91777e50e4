// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The Aalen-Johansen estimate of the probability that one cause has happened by a time while other
 * causes compete. Without competing events it is 1 - Kaplan-Meier. Compare groups with {@link
 * GrayTest}.
 *
 * <p>F(t) is the sum over event times u up to t of S(u-) d1(u)/n(u), S being the survival free of
 * any event. Two standard errors are given: Aalen's delta method with the hypergeometric correction
 * of ties, as {@code cuminc} of R's cmprsk, and the infinitesimal jackknife, as {@code survfit} of
 * R's survival. Without ties they nearly agree. Times closer than rounding are tied ({@link
 * TiedTimes}).
 *
 * <p>Reference: Aalen OO, Johansen S (1978), An empirical transition matrix for non-homogeneous
 * Markov chains based on censored observations, Scand J Stat 5:141-150; Aalen O (1978),
 * Nonparametric estimation of partial transition probabilities, doi:10.1214/aos/1176344198.
 *
 * @since 0.1.0
 */
public final class CumulativeIncidence {
    /** What cancellation leaves of a variance that is 0. */
    private static final double ROUNDING = 1e-14;

    private final RiskTable any;
    private final double[] ofCause;
    private final double[] free;
    private final double[] incidence;

    private CumulativeIncidence(RiskTable any, double[] ofCause) {
        this.any = any;
        this.ofCause = ofCause;
        int m = any.size();
        free = new double[m];
        incidence = new double[m];
        double survival = 1;
        double sum = 0;
        for (int k = 0; k < m; k++) {
            sum += survival * ofCause[k] / any.atRisk[k];
            survival *= 1 - any.events[k] / any.atRisk[k];
            free[k] = survival;
            incidence[k] = sum;
        }
    }

    /**
     * The incidence of one cause.
     *
     * @param outcomes follow-up with causes, 1 row or more
     * @param cause the cause, 1 or more
     * @return the estimate; O(n)
     * @throws IllegalArgumentException if there is no row or the cause is below 1
     */
    public static CumulativeIncidence of(CompetingOutcomes outcomes, int cause) {
        if (outcomes.size() == 0) {
            throw new IllegalArgumentException("outcomes has no row; a curve needs one or more");
        }
        if (cause < 1) {
            throw new IllegalArgumentException("cause " + cause + " is below 1; 0 is censored");
        }
        TimeGroups groups = TimeGroups.of(outcomes.timeInPlace());
        RiskTable any = RiskTable.of(groups, outcomes.anyCause().eventInPlace(), null);
        double[] ofCause = new double[any.size()];
        for (int g = 0; g < ofCause.length; g++) {
            for (int k = groups.start[g]; k < groups.start[g + 1]; k++) {
                ofCause[g] += outcomes.cause(groups.order[k]) == cause ? 1 : 0;
            }
        }
        return new CumulativeIncidence(any, ofCause);
    }

    /**
     * The incidence by a time.
     *
     * @param t any time; the last value is carried forward
     * @return in [0, 1]
     */
    public double at(double t) {
        int k = indexAt(t);
        return k < 0 ? 0 : incidence[k];
    }

    /**
     * The incidence by a time with limits from the infinitesimal jackknife.
     *
     * @param t any time; the last value is carried forward
     * @param scale where the limits are symmetric, with the incidence in place of S
     * @param level confidence level in (0, 1)
     * @return the interval; limits {@code NaN} where the incidence is 0
     */
    public Interval at(double t, ConfidenceScale scale, double level) {
        double z = Normal.twoSided(level);
        int k = indexAt(t);
        double f = k < 0 ? 0 : incidence[k];
        double se = k < 0 ? 0 : jackknifeStandardErrors()[k];
        return new Interval(
                f, scale.lower(f, se, z), scale.upper(f, se, z), "infinitesimal jackknife");
    }

    /**
     * The incidence between two times among those free of any event at the first: (F(t) - F(s)) /
     * S(s).
     *
     * @param from the time s that has been reached without an event
     * @param to the later time t
     * @return in [0, 1]; {@code NaN} when nobody is free of events at {@code from}
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public double conditional(double from, double to) {
        if (!(to >= from)) {
            throw new IllegalArgumentException("to " + to + " is before from " + from);
        }
        int k = indexAt(from);
        double survival = k < 0 ? 1 : free[k];
        return survival > 0 ? (at(to) - at(from)) / survival : Double.NaN;
    }

    /**
     * The distinct times of event or censoring.
     *
     * @return ascending
     */
    public double[] times() {
        return any.time.clone();
    }

    /**
     * The incidence from each time on.
     *
     * @return as long as {@link #times()}
     */
    public double[] incidence() {
        return incidence.clone();
    }

    /**
     * Aalen's variance of the incidence at each time. An event of this cause at u moves F(t) by
     * S(u-) / n(u) times 1 - (F(t) - F(u)) / S(u), another event by S(u-) / n(u) times -(F(t) -
     * F(u)) / S(u); d tied events count d (n - d) / (n - 1).
     *
     * @return as long as {@link #times()}
     */
    public double[] aalenVariances() {
        int m = any.size();
        double[] variance = new double[m];
        double constant = 0;
        double mixed = 0;
        double square = 0;
        double before = 1;
        for (int k = 0; k < m; k++) {
            double n = any.atRisk[k];
            double others = any.events[k] - ofCause[k];
            double slope = free[k] > 0 ? 1 / free[k] : 0;
            for (int own = 0; own <= 1; own++) {
                double d = own == 1 ? ofCause[k] : others;
                if (d > 0 && (own == 1 || free[k] > 0)) {
                    double spread = before * before * d / (n * n) * tied(d, n);
                    double level = own + slope * incidence[k];
                    constant += level * level * spread;
                    mixed += level * slope * spread;
                    square += slope * slope * spread;
                }
            }
            double f = incidence[k];
            variance[k] =
                    ofCause[k] > 0
                            ? constant - 2 * f * mixed + f * f * square
                            : k == 0 ? 0 : variance[k - 1];
            before = free[k];
        }
        return variance;
    }

    private static double tied(double d, double n) {
        return d > 1 ? (n - d) / (n - 1) : 1;
    }

    /**
     * The infinitesimal jackknife standard error at each time: the root of the sum over rows of the
     * squared derivative of F by the weight of the row.
     *
     * @return as long as {@link #times()}
     */
    public double[] jackknifeStandardErrors() {
        int m = any.size();
        double[] se = new double[m];
        double hazard = 0;
        double open = 0;
        double q2 = 0;
        double qa = 0;
        double a2 = 0;
        double before = 1;
        double left = any.atRisk[0];
        for (int k = 0; k < m; k++) {
            double n = any.atRisk[k];
            double d = any.events[k];
            // open: the derivative by a row that is still at risk
            open += before * ofCause[k] / n * (hazard - 1 / n);
            boolean last = d >= n;
            hazard += last ? 0 : d / (n * (n - d));
            double f = incidence[k];
            double jump = last ? 0 : 1 / (n - d);
            // leaving rows: derivative now + A (F(k) - F(t)), A being that of log S
            double[] count = {ofCause[k], d - ofCause[k], any.censored[k]};
            for (int kind = 0; kind < count.length; kind++) {
                double a = (kind < 2 ? jump : 0) - hazard;
                double q = open + (kind == 0 ? before / n : 0) + a * f;
                q2 += count[kind] * q * q;
                qa += count[kind] * q * a;
                a2 += count[kind] * a * a;
            }
            left -= d + any.censored[k];
            double positive = left * open * open + q2 + f * f * a2;
            double sum = positive - 2 * f * qa;
            se[k] = sum > ROUNDING * positive ? Math.sqrt(sum) : 0;
            before = free[k];
        }
        return se;
    }

    private int indexAt(double t) {
        int at = Arrays.binarySearch(any.time, t);
        return at >= 0 ? at : -at - 2;
    }
}
