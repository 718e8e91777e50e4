// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Proves what must hold of study-level figures on any input. */
class StudyProperties {

    @Property(tries = 200)
    void adjustedPValuesAreNeverSmallerAndKeepTheOrder(
            @ForAll @Size(max = 12) List<@DoubleRange(min = 0, max = 1) Double> ps) {
        double[] p = array(ps);
        for (PValueAdjustment adjustment : PValueAdjustment.values()) {
            double[] adjusted = adjustment.adjust(p);
            for (int i = 0; i < p.length; i++) {
                assertThat(adjusted[i]).isBetween(p[i], 1.0);
                for (int j = 0; j < p.length; j++) {
                    assertThat(p[i] < p[j] && adjusted[i] > adjusted[j]).isFalse();
                }
            }
        }
        double[] holm = PValueAdjustment.HOLM.adjust(p);
        double[] rate = PValueAdjustment.BENJAMINI_HOCHBERG.adjust(p);
        for (int i = 0; i < p.length; i++) {
            assertThat(rate[i]).isLessThanOrEqualTo(holm[i]);
        }
    }

    @Property(tries = 200)
    void poolingLiesAmongTheCentresWhateverTheirOrder(
            @ForAll @Size(min = 2, max = 9) List<@DoubleRange(min = 0.05, max = 0.95) Double> aucs,
            @ForAll @DoubleRange(min = 0.01, max = 0.2) double se) {
        double[] auc = array(aucs);
        double[] errors = new double[auc.length];
        Arrays.setAll(errors, i -> se * (1 + i % 3));
        double[] backwards = new double[auc.length];
        double[] errorsBackwards = new double[auc.length];
        Arrays.setAll(backwards, i -> auc[auc.length - 1 - i]);
        Arrays.setAll(errorsBackwards, i -> errors[auc.length - 1 - i]);

        RandomEffects found = RandomEffects.of(RandomEffects.Scale.LOGIT, auc, errors);
        RandomEffects other =
                RandomEffects.of(RandomEffects.Scale.LOGIT, backwards, errorsBackwards);

        double pooled = found.pooled(0.95).estimate();
        assertThat(pooled)
                .isBetween(
                        Arrays.stream(auc).min().orElse(0) - 1e-9,
                        Arrays.stream(auc).max().orElse(1) + 1e-9);
        assertThat(found.tauSquared()).isNotNegative();
        assertThat(found.iSquared()).isBetween(0.0, 1.0);
        assertThat(other.pooled(0.95).estimate()).isCloseTo(pooled, within(1e-6));
    }

    @Property(tries = 200)
    void intraclassCorrelationsDoNotKnowUnitOrOrder(
            @ForAll @Size(12) List<@DoubleRange(min = -50, max = 50) Double> list) {
        double[] values = array(list);
        double[][] readings = new double[4][3];
        double[][] changed = new double[4][3];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                readings[i][j] = values[3 * i + j];
                changed[3 - i][2 - j] = 2.54 * values[3 * i + j] + 7;
            }
        }
        IntraclassCorrelation one = IntraclassCorrelation.of(readings);
        IntraclassCorrelation other = IntraclassCorrelation.of(changed);
        for (IntraclassCorrelation.Form form : IntraclassCorrelation.Form.values()) {
            double icc = one.of(form, 0.95).estimate();
            double same = other.of(form, 0.95).estimate();
            boolean tame = Math.abs(icc) < 100; // else the variances add up to almost nothing
            if (one.residual() > 1e-3 && one.betweenSubjects() > 1e-3 && tame) {
                assertThat(same).isCloseTo(icc, within(1e-6 * (1 + Math.abs(icc))));
                assertThat(icc).isLessThanOrEqualTo(1);
            }
        }
    }

    private static double[] array(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
