// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;

/**
 * The part of the score that comes from Firth's penalty: tr(I^-1 dI/db_r) / 2 for each column r.
 * The derivative of the information is the third central moment of the covariates in each risk set,
 * so with A = I^-1, m the mean and M the mean of x x', a risk set gives half its event weight times
 * E[q x] - E[q] m - 2 M A m + 2 (m'A m) m, q = x'A x. Running sums as in {@link Sweep}; O(n p^2).
 */
final class FirthScore {
    private final RiskSets sets;
    private final Ties ties;
    private final double[] x;
    private final int p;

    /** Offsets into a vector of sums: 1, x, q, q x, x x'. */
    private final int q;

    private final int qx;
    private final int xx;

    FirthScore(RiskSets sets, Ties ties, double[] x, int p) {
        this.sets = sets;
        this.ties = ties;
        this.x = x;
        this.p = p;
        q = 1 + p;
        qx = q + 1;
        xx = qx + p;
    }

    double[] correction(double[] eta, double[][] a) {
        double top = Arrays.stream(eta).max().orElse(0);
        double[] out = new double[p];
        for (int s = 0; s < sets.strata(); s++) {
            double[] sum = new double[xx + p * p];
            int added = sets.stratumStart[s];
            int left = added;
            int end = sets.stratumStart[s + 1];
            for (int g = sets.stratumGroup[s]; g < sets.stratumGroup[s + 1]; g++) {
                for (; added < sets.groupTo[g]; added++) {
                    add(sum, added, sets.weight[added] * Math.exp(eta[added] - top), a);
                }
                if (sets.entry != null && sets.byEntry != null) {
                    double now = sets.time[sets.groupFrom[g]];
                    for (; left < end && sets.entry[sets.byEntry[left]] >= now; left++) {
                        int gone = sets.byEntry[left];
                        add(sum, gone, -sets.weight[gone] * Math.exp(eta[gone] - top), a);
                    }
                }
                group(g, eta, top, sum, a, out);
            }
        }
        return out;
    }

    private void group(int g, double[] eta, double top, double[] sum, double[][] a, double[] out) {
        int d = sets.groupEvents[g];
        double[] tied = new double[sum.length];
        double weight = 0;
        for (int i = sets.groupFrom[g]; i < sets.groupFrom[g] + d; i++) {
            weight += sets.weight[i];
            add(tied, i, sets.weight[i] * Math.exp(eta[i] - top), a);
        }
        if (ties == Ties.BRESLOW) {
            addMoment(sum, weight, a, out);
            return;
        }
        double[] rest = new double[sum.length];
        for (int l = 0; l < d; l++) {
            for (int k = 0; k < rest.length; k++) {
                rest[k] = sum[k] - tied[k] * l / d;
            }
            addMoment(rest, weight / d, a, out);
        }
    }

    private void addMoment(double[] sum, double weight, double[][] a, double[] out) {
        double s0 = sum[0];
        double[] am = new double[p];
        double mam = 0;
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                am[j] += a[j][k] * sum[1 + k] / s0;
            }
            mam += am[j] * sum[1 + j] / s0;
        }
        for (int j = 0; j < p; j++) {
            double m = sum[1 + j] / s0;
            double product = 0;
            for (int k = 0; k < p; k++) {
                product += sum[xx + j * p + k] / s0 * am[k];
            }
            double third = sum[qx + j] / s0 - sum[q] / s0 * m - 2 * product + 2 * mam * m;
            out[j] += weight * third / 2;
        }
    }

    private void add(double[] sum, int i, double wr, double[][] a) {
        int base = i * p;
        double form = 0;
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                double product = x[base + j] * x[base + k];
                form += a[j][k] * product;
                sum[xx + j * p + k] += wr * product;
            }
        }
        sum[0] += wr;
        sum[q] += wr * form;
        for (int j = 0; j < p; j++) {
            sum[1 + j] += wr * x[base + j];
            sum[qx + j] += wr * form * x[base + j];
        }
    }
}
