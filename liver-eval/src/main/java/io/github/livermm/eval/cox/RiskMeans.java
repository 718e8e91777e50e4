// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;

/**
 * Hazard increments and weighted covariate means of every risk set at one linear predictor: what
 * residuals and standard errors of curves are made of. Symbols as in {@link Sweep}; all relative to
 * exp of the largest predictor.
 */
final class RiskMeans {
    private final RiskSets sets;
    private final Ties ties;
    private final double[] x;
    private final int p;
    private final double[] r;
    private final double top;
    private final double[] s0;
    private final double[] e0;
    private final double[][] s1;
    private final double[][] e1;
    private final double[] atRisk;

    RiskMeans(RiskSets sets, Ties ties, double[] x, int p, double[] eta) {
        this.sets = sets;
        this.ties = ties;
        this.x = x;
        this.p = p;
        top = Arrays.stream(eta).max().orElse(0);
        r = new double[eta.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.exp(eta[i] - top);
        }
        int groups = sets.groups();
        s0 = new double[groups];
        e0 = new double[groups];
        s1 = new double[groups][p];
        e1 = new double[groups][p];
        atRisk = new double[groups];
        for (int s = 0; s < sets.strata(); s++) {
            sum(s);
        }
    }

    private void sum(int s) {
        int added = sets.stratumStart[s];
        int left = added;
        int end = sets.stratumStart[s + 1];
        Compensated sum0 = new Compensated();
        double weight = 0;
        double[] sum1 = new double[p];
        for (int g = sets.stratumGroup[s]; g < sets.stratumGroup[s + 1]; g++) {
            for (; added < sets.groupTo[g]; added++) {
                sum0.add(sets.weight[added] * r[added]);
                weight += sets.weight[added];
                addRow(sum1, added, sets.weight[added] * r[added]);
            }
            if (sets.entry != null && sets.byEntry != null) {
                double now = sets.time[sets.groupFrom[g]];
                for (; left < end && sets.entry[sets.byEntry[left]] >= now; left++) {
                    int gone = sets.byEntry[left];
                    sum0.add(-sets.weight[gone] * r[gone]);
                    weight -= sets.weight[gone];
                    addRow(sum1, gone, -sets.weight[gone] * r[gone]);
                }
            }
            s0[g] = sum0.value();
            atRisk[g] = weight;
            s1[g] = sum1.clone();
            for (int i = sets.groupFrom[g]; i < sets.groupFrom[g] + sets.groupEvents[g]; i++) {
                e0[g] += sets.weight[i] * r[i];
                addRow(e1[g], i, sets.weight[i] * r[i]);
            }
        }
    }

    private void addRow(double[] sum, int position, double wr) {
        for (int j = 0; j < p; j++) {
            sum[j] += wr * x[position * p + j];
        }
    }

    /** Steps of the group: one per tied event for Efron, one in all for Breslow. */
    private int steps(int g) {
        return ties == Ties.EFRON ? sets.groupEvents[g] : 1;
    }

    private double share(int g, int l) {
        return ties == Ties.EFRON ? (double) l / sets.groupEvents[g] : 0;
    }

    private double weightOfStep(int g) {
        double weight = 0;
        for (int i = sets.groupFrom[g]; i < sets.groupFrom[g] + sets.groupEvents[g]; i++) {
            weight += sets.weight[i];
        }
        return weight / steps(g);
    }

    private double denominator(int g, int l) {
        return Math.max(0, s0[g] - e0[g]) + (1 - share(g, l)) * e0[g];
    }

    private double mean(int g, int l, int j) {
        return (s1[g][j] - share(g, l) * e1[g][j]) / denominator(g, l);
    }

    /** Covariates of an event less the mean of its risk set. */
    double[] schoenfeld(int g, int position) {
        double[] residual = new double[p];
        int steps = steps(g);
        for (int j = 0; j < p; j++) {
            double sum = 0;
            for (int l = 0; l < steps; l++) {
                sum += mean(g, l, j);
            }
            residual[j] = x[position * p + j] - sum / steps;
        }
        return residual;
    }

    double[] martingale() {
        double[][] h = hazards();
        double[] residual = new double[sets.size()];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = (sets.event[i] ? 1 : 0) - r[i] * h[i][0];
        }
        return residual;
    }

    double[][] scoreResiduals() {
        double[][] h = hazards();
        int n = sets.size();
        double[][] residual = new double[n][p];
        for (int g = 0; g < sets.groups(); g++) {
            for (int i = sets.groupFrom[g]; i < sets.groupFrom[g] + sets.groupEvents[g]; i++) {
                residual[i] = schoenfeld(g, i);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                residual[i][j] -= r[i] * (x[i * p + j] * h[i][0] - h[i][1 + j]);
            }
        }
        return residual;
    }

    /** Per position: hazard met at risk, then the sum of hazard times mean covariate. */
    private double[][] hazards() {
        double[][] met = new double[sets.size()][];
        double[][] atEntry = new double[sets.entry == null ? 0 : sets.size()][];
        for (int s = 0; s < sets.strata(); s++) {
            double[] sum = new double[p + 1];
            Compensated cumulative = new Compensated();
            int begin = sets.stratumStart[s];
            int i = sets.stratumStart[s + 1] - 1;
            int entering = i;
            for (int g = sets.stratumGroup[s + 1] - 1; g >= sets.stratumGroup[s]; g--) {
                entering = enter(entering, begin, sets.time[sets.groupFrom[g]], sum, atEntry);
                for (; i >= sets.groupTo[g]; i--) {
                    met[i] = less(sum, atEntry, i);
                }
                double[] withEvent = sum.clone();
                double w = weightOfStep(g);
                for (int l = 0; l < steps(g); l++) {
                    double h = w / denominator(g, l);
                    double stay = 1 - share(g, l);
                    cumulative.add(h);
                    withEvent[0] += stay * h;
                    for (int j = 0; j < p; j++) {
                        double hx = h * mean(g, l, j);
                        sum[1 + j] += hx;
                        withEvent[1 + j] += stay * hx;
                    }
                }
                sum[0] = cumulative.value();
                for (; i >= sets.groupFrom[g]; i--) {
                    boolean event = i < sets.groupFrom[g] + sets.groupEvents[g];
                    met[i] = less(event ? withEvent : sum, atEntry, i);
                }
            }
            enter(entering, begin, Double.POSITIVE_INFINITY, sum, atEntry);
            for (; i >= begin; i--) {
                met[i] = less(sum, atEntry, i);
            }
        }
        return met;
    }

    private int enter(int entering, int begin, double now, double[] sum, double[][] atEntry) {
        if (sets.entry == null || sets.byEntry == null) {
            return entering;
        }
        int next = entering;
        for (; next >= begin && sets.entry[sets.byEntry[next]] < now; next--) {
            atEntry[sets.byEntry[next]] = sum.clone();
        }
        return next;
    }

    private static double[] less(double[] sum, double[][] atEntry, int i) {
        double[] met = sum.clone();
        if (atEntry.length > 0) {
            for (int j = 0; j < met.length; j++) {
                met[j] -= atEntry[i][j];
            }
        }
        return met;
    }

    /** The information with each event time's part multiplied by a power of g at that time. */
    double[] information(double[] g, int power) {
        double[] a = new double[p * p];
        double[] factor = new double[sets.groups()];
        for (int k = 0; k < factor.length; k++) {
            factor[k] = Math.pow(g[k], power);
            double w = weightOfStep(k);
            for (int l = 0; l < steps(k); l++) {
                double h = w * factor[k];
                for (int j = 0; j < p; j++) {
                    double c = h * mean(k, l, j);
                    for (int m = 0; m < p; m++) {
                        a[j * p + m] -= c * mean(k, l, m);
                    }
                }
            }
        }
        double[] met = weightedHazards(factor);
        for (int i = 0; i < met.length; i++) {
            double v = sets.weight[i] * r[i] * met[i];
            for (int j = 0; j < p; j++) {
                double c = v * x[i * p + j];
                for (int m = 0; m < p; m++) {
                    a[j * p + m] += c * x[i * p + m];
                }
            }
        }
        return a;
    }

    /** Per position the sum of hazard times factor while at risk. */
    private double[] weightedHazards(double[] factor) {
        double[] met = new double[sets.size()];
        double[] atEntry = new double[sets.entry == null ? 0 : sets.size()];
        for (int s = 0; s < sets.strata(); s++) {
            double sum = 0;
            int begin = sets.stratumStart[s];
            int i = sets.stratumStart[s + 1] - 1;
            int entering = i;
            for (int g = sets.stratumGroup[s + 1] - 1; g >= sets.stratumGroup[s]; g--) {
                if (sets.entry != null && sets.byEntry != null) {
                    double now = sets.time[sets.groupFrom[g]];
                    for (;
                            entering >= begin && sets.entry[sets.byEntry[entering]] < now;
                            entering--) {
                        atEntry[sets.byEntry[entering]] = sum;
                    }
                }
                for (; i >= sets.groupTo[g]; i--) {
                    met[i] = sum - (atEntry.length > 0 ? atEntry[i] : 0);
                }
                double withEvent = sum;
                double w = weightOfStep(g);
                for (int l = 0; l < steps(g); l++) {
                    double h = factor[g] * w / denominator(g, l);
                    sum += h;
                    withEvent += (1 - share(g, l)) * h;
                }
                for (; i >= sets.groupFrom[g]; i--) {
                    boolean event = i < sets.groupFrom[g] + sets.groupEvents[g];
                    met[i] = (event ? withEvent : sum) - (atEntry.length > 0 ? atEntry[i] : 0);
                }
            }
            if (sets.entry != null && sets.byEntry != null) {
                for (; entering >= begin; entering--) {
                    atEntry[sets.byEntry[entering]] = sum;
                }
            }
            for (; i >= begin; i--) {
                met[i] = sum - (atEntry.length > 0 ? atEntry[i] : 0);
            }
        }
        return met;
    }

    /** The sums of a stratum from which curves of new patients are drawn. */
    CurveBasis curveBasis(int s) {
        int first = sets.stratumGroup[s];
        int count = sets.stratumGroup[s + 1] - first;
        double[] times = new double[count];
        double[] risk = new double[count];
        double[] events = new double[count];
        double[] hazard = new double[count];
        double[] variance = new double[count];
        double[][] means = new double[count][];
        double unit = Math.exp(-top);
        double sum = 0;
        double sumOfSquares = 0;
        double[] mean = new double[p];
        for (int k = 0; k < count; k++) {
            int g = first + count - 1 - k;
            double w = weightOfStep(g);
            for (int l = 0; l < steps(g); l++) {
                double h = w / denominator(g, l) * unit;
                sum += h;
                sumOfSquares += h / denominator(g, l) * unit;
                for (int j = 0; j < p; j++) {
                    mean[j] += h * mean(g, l, j);
                }
            }
            times[k] = sets.time[sets.groupFrom[g]];
            risk[k] = atRisk[g];
            events[k] = w * steps(g);
            hazard[k] = sum;
            variance[k] = sumOfSquares;
            means[k] = mean.clone();
        }
        double last = sets.time[sets.stratumStart[s]];
        return new CurveBasis(
                new BaselineHazard(sets.stratumCode[s], times, hazard, last),
                risk,
                events,
                variance,
                means);
    }

    /** Neumaier's compensated sum: residuals of large cohorts add up to 0 only with it. */
    private static final class Compensated {
        private double sum;
        private double lost;

        void add(double value) {
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }

        double value() {
            return sum + lost;
        }
    }
}
