// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.survival.cox.CoxModel;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Illness and death with known curves: models of PFS and OS that are fitted apart contradict each
 * other for some patients, and after the projection no pair is further from the truth than before.
 */
class CoherentSurvivalTest {
    private static final double RECUR = 0.01;
    private static final double DIE = 0.06;

    @Test
    void projectionMendsContradictionsAndNeverLeadsAwayFromTheTruth() {
        int n = 80;
        SplittableRandom random = new SplittableRandom(3);
        double[][] x = new double[n][3];
        double[] pfs = new double[n];
        double[] os = new double[n];
        boolean[] progressed = new boolean[n];
        boolean[] died = new boolean[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++) {
                x[i][j] = 2 * random.nextDouble() - 1;
            }
            double recurs = exponential(random) / (RECUR * Math.exp(x[i][0]));
            double dies = exponential(random) / (DIE * Math.exp(x[i][0]));
            double end = 10 + 50 * random.nextDouble();
            double first = Math.min(recurs, dies);
            pfs[i] = Math.min(first, end);
            progressed[i] = first <= end;
            os[i] = Math.min(dies, end);
            died[i] = dies <= end;
        }
        CoxModel pfsModel =
                CoxModel.fit(SurvivalOutcomes.of(pfs, progressed), x, CoxOptions.defaults());
        CoxModel osModel = CoxModel.fit(SurvivalOutcomes.of(os, died), x, CoxOptions.defaults());

        int crossed = 0;
        for (double[] row : x) {
            for (double t : new double[] {6, 12, 24}) {
                double p = pfsModel.survival(row, t);
                double o = osModel.survival(row, t);
                double risk = Math.exp(row[0]) * t;
                double trueOs = Math.exp(-DIE * risk);
                double truePfs = Math.exp(-(DIE + RECUR) * risk);
                CoherentSurvival both = CoherentSurvival.project(List.of(p), List.of(o));
                double before = Math.hypot(p - truePfs, o - trueOs);
                double after =
                        Math.hypot(
                                both.progressionFree().get(0) - truePfs,
                                both.overall().get(0) - trueOs);
                assertThat(both.progressionFree().get(0))
                        .isLessThanOrEqualTo(both.overall().get(0));
                assertThat(after).isLessThanOrEqualTo(before + 1e-15);
                if (p > o) {
                    crossed++;
                    assertThat(after).isLessThan(before);
                }
            }
        }
        assertThat(crossed).isPositive();
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }
}
