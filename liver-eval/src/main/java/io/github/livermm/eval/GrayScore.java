// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Score and variance of {@link GrayTest} within one stratum, in one walk over time. The influence
 * of an event in group k on the score of group i is {@code a[i][k]} at its own time and, through
 * the later incidence of group k, {@code c[i][k]} at the end less what c was by then; since the end
 * is not known during the walk, the variance is kept as a quadratic in the final c.
 */
final class GrayScore {
    private final CompetingOutcomes outcomes;
    private final int cause;
    private final int[] group;
    private final double[] time;
    private final int[] rows;
    private final double rho;

    GrayScore(
            CompetingOutcomes outcomes,
            int cause,
            int[] group,
            double[] time,
            int[] rows,
            double rho) {
        this.outcomes = outcomes;
        this.cause = cause;
        this.group = group;
        this.time = time;
        this.rows = rows;
        this.rho = rho;
    }

    void addTo(double[] scores, double[][] variance) {
        int k = scores.length;
        Groups now = new Groups(k);
        for (int row : rows) {
            now.atRisk[group[row]]++;
        }
        for (int from = 0, to; from < rows.length; from = to) {
            double[] own = new double[k];
            double[] other = new double[k];
            double[] leaving = new double[k];
            for (to = from; to < rows.length && time[rows[to]] == time[rows[from]]; to++) {
                int g = group[rows[to]];
                leaving[g]++;
                int what = outcomes.cause(rows[to]);
                own[g] += what == cause ? 1 : 0;
                other[g] += what != cause && what > 0 ? 1 : 0;
            }
            now.step(own, other, scores, variance);
            for (int g = 0; g < k; g++) {
                now.atRisk[g] -= leaving[g];
            }
        }
        now.finish(variance);
    }

    /** The state of all groups just before a time. */
    private final class Groups {
        final double[] atRisk;
        private final double[] free;
        private final double[] incidence;
        private final double[][] c;
        private final double[] squares;
        private final double[][] mixed;
        private double pooled;

        Groups(int k) {
            atRisk = new double[k];
            free = new double[k];
            Arrays.fill(free, 1);
            incidence = new double[k];
            c = new double[k][k];
            squares = new double[k];
            mixed = new double[k][k];
        }

        void step(double[] own, double[] other, double[] scores, double[][] variance) {
            int k = own.length;
            double events = 0;
            double standing = 0;
            double plain = 0;
            for (int g = 0; g < k; g++) {
                events += own[g];
                standing += atRisk[g] * (1 - incidence[g]) / free(g);
                plain += atRisk[g] / free(g);
            }
            double weight = Math.pow(1 - pooled, rho);
            double[][] a = new double[k][k];
            if (events > 0) {
                for (int i = 0; i < k; i++) {
                    double share = atRisk[i] / free(i);
                    scores[i] += weight * (own[i] - events * share * (1 - incidence[i]) / standing);
                    for (int j = 0; j < k; j++) {
                        a[i][j] = weight * share * ((i == j ? 1 : 0) - atRisk[j] / free(j) / plain);
                        c[i][j] += a[i][j] * events / (plain * (1 - pooled));
                    }
                }
                pooled += events / plain;
            }
            for (int g = 0; g < k; g++) {
                double before = free[g];
                double n = atRisk[g];
                if (n <= 0) {
                    continue;
                }
                free[g] = before * (n - own[g] - other[g]) / n;
                incidence[g] += before * own[g] / n;
                double reach = free[g] > 0 ? (1 - pooled) / free[g] : 0;
                if (events > 0) {
                    double ties = events > 1 ? 1 - (events - 1) / (plain * before - 1) : 1;
                    double direct = free[g] > 0 ? 1 - reach : 1;
                    add(g, a, direct, ties * before * events / (plain * n), variance);
                }
                if (free[g] > 0 && other[g] > 0) {
                    double ties = other[g] > 1 ? 1 - (other[g] - 1) / (n - 1) : 1;
                    add(g, null, -reach, ties * before * before * other[g] / (n * n), variance);
                }
            }
        }

        /** An event in group g: influence a + pull (c at the end - c now), of a variance. */
        private void add(
                int g, double @Nullable [][] a, double pull, double spread, double[][] variance) {
            squares[g] += pull * pull * spread;
            for (int i = 0; i < c.length; i++) {
                double now = (a == null ? 0 : a[i][g]) - pull * c[i][g];
                mixed[i][g] += now * pull * spread;
                for (int j = 0; j < c.length; j++) {
                    double then = (a == null ? 0 : a[j][g]) - pull * c[j][g];
                    variance[i][j] += now * then * spread;
                }
            }
        }

        void finish(double[][] variance) {
            for (int g = 0; g < c.length; g++) {
                for (int i = 0; i < c.length; i++) {
                    for (int j = 0; j < c.length; j++) {
                        variance[i][j] +=
                                c[i][g] * c[j][g] * squares[g]
                                        + c[i][g] * mixed[j][g]
                                        + c[j][g] * mixed[i][g];
                    }
                }
            }
        }

        /** The survival free of any event, 1 where nobody is at risk and it does not matter. */
        private double free(int g) {
            return free[g] > 0 ? free[g] : 1;
        }
    }
}
