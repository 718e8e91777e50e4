// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The influence of each row on an IPCW sum, through its own term and through the Kaplan-Meier
 * estimate of censoring that weights all terms. In riskRegression's form: martingale increments of
 * censoring with hazard c/n over the share at risk n(u)/N.
 */
final class CensoringInfluence {
    /** For weights whose estimation is not accounted for: all influences NaN. */
    static final CensoringInfluence NONE = new CensoringInfluence();

    private final double @Nullable [] perRisk;
    private final double[] cumulative;
    private final int[] index;
    private final int[] usedIndex;
    private final double[] own;

    private CensoringInfluence() {
        perRisk = null;
        cumulative = new double[0];
        index = new int[0];
        usedIndex = new int[0];
        own = new double[0];
    }

    CensoringInfluence(HorizonCohort cohort, double horizon) {
        RiskTable table = cohort.table;
        int n = cohort.size();
        int m = table.size();
        perRisk = new double[m];
        cumulative = new double[m + 1];
        for (int k = 0; k < m; k++) {
            perRisk[k] = n / table.atRisk[k];
            cumulative[k + 1] = cumulative[k] + table.censored[k] / table.atRisk[k] * perRisk[k];
        }
        index = cohort.index;
        usedIndex = new int[n];
        own = new double[n];
        int after = cohort.after(horizon);
        for (int i = 0; i < n; i++) {
            // G is read just before the own time, or at the horizon
            usedIndex[i] = Math.min(index[i], after);
            boolean event = cohort.outcomes.cause(i) > 0;
            own[i] = cumulative[index[i] + 1] - (event ? 0 : perRisk[index[i]]);
        }
    }

    /** Fills the influences of a sum of weighted parts. */
    void fill(double[] part, double[] influence) {
        if (perRisk == null) {
            Arrays.fill(influence, Double.NaN);
            return;
        }
        int n = part.length;
        int m = perRisk.length;
        double[] mass = new double[m + 1];
        for (int i = 0; i < n; i++) {
            mass[usedIndex[i]] += part[i];
        }
        double[] early = new double[m + 2];
        double[] late = new double[m + 2];
        for (int k = 0; k <= m; k++) {
            early[k + 1] = early[k] + mass[k] * cumulative[k];
        }
        for (int k = m; k >= 0; k--) {
            late[k] = late[k + 1] + mass[k];
        }
        for (int i = 0; i < n; i++) {
            int k = index[i];
            influence[i] = n * part[i] - (early[k + 1] + late[k + 1] * own[i]);
        }
    }
}
