// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.Ties;
import io.github.livermm.survival.cox.CoxModel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** With a memory batches of one to four patients learn; without, one patient teaches nothing. */
class CoxLossMemoryTest {
    private static final ActivationIdentity IDENTITY = new ActivationIdentity();

    @Test
    void batchesOfOneLearnOnlyWithAMemory() {
        Simulated cohort = new Simulated(400, 1, 1, x -> 1.5 * x[0]);
        double full =
                CoxModel.fit(cohort.outcomes, cohort.x, CoxOptions.defaults()).coefficients()[0];

        assertThat(trained(cohort, 1, 0)).isZero();
        assertThat(trained(cohort, 1, 128)).isCloseTo(full, within(0.25));
        assertThat(trained(cohort, 4, 128)).isCloseTo(full, within(0.25));
    }

    /** The weight of a linear predictor after stochastic steps; mean of the last third of them. */
    private static double trained(Simulated cohort, int batch, int memory) {
        CoxLoss loss = new CoxLoss(Ties.EFRON, memory);
        SplittableRandom random = new SplittableRandom(2);
        int[] order = random.ints(0, 1).limit(0).toArray();
        double weight = 0;
        double sum = 0;
        int steps = 3000 / batch;
        int at = 0;
        for (int step = 0; step < steps; step++) {
            double[][] label = new double[batch][];
            double[] eta = new double[batch];
            double[] x = new double[batch];
            for (int k = 0; k < batch; k++) {
                if (at == order.length) {
                    order = shuffled(cohort.x.length, random);
                    at = 0;
                }
                int i = order[at++];
                label[k] = new double[] {cohort.outcomes.time(i), cohort.outcomes.event(i) ? 1 : 0};
                x[k] = cohort.x[i][0];
                eta[k] = weight * x[k];
            }
            INDArray gradient =
                    loss.computeGradient(Nd4j.createFromArray(label), column(eta), IDENTITY, null);
            for (int k = 0; k < batch; k++) {
                weight -= 0.01 * Math.sqrt(batch) * gradient.getDouble(k, 0) * x[k];
            }
            sum += step >= steps * 2 / 3 ? weight : 0;
        }
        return sum / (steps - steps * 2 / 3);
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    @Test
    void gradientIsTheFiniteDifferenceWithTheMembersFixed() {
        CoxLoss loss = new CoxLoss(Ties.EFRON, 3);
        INDArray earlier = Nd4j.createFromArray(new double[][] {{3, 1}, {1, 0}, {5, 0}, {4, 1}});
        loss.computeGradient(earlier, column(0.1, 0.2, -0.3, 0.4), IDENTITY, null);
        INDArray labels = Nd4j.createFromArray(new double[][] {{2, 1}, {4.5, 0}, {9, 1}});
        INDArray mask = column(1, 1, 0);

        INDArray gradient = loss.computeGradient(labels, column(0.5, -0.2, 7), IDENTITY, mask);

        double up = loss.computeScore(labels, column(0.5, -0.2 + 1e-6, 7), IDENTITY, mask, true);
        double down = loss.computeScore(labels, column(0.5, -0.2 - 1e-6, 7), IDENTITY, mask, true);
        assertThat(gradient.getDouble(1, 0)).isCloseTo((up - down) / 2e-6, within(1e-8));
        assertThat(gradient.getDouble(2, 0)).isZero();
        // members are the last three of the earlier batch: closed form of the event at 2
        double sum =
                Math.exp(0.1) + Math.exp(-0.3) + Math.exp(0.4) + Math.exp(0.5) + Math.exp(-0.2);
        sum -= Math.exp(0.1);
        assertThat(gradient.getDouble(0, 0)).isNegative();
        assertThat(gradient.getDouble(0, 0))
                .isCloseTo(-(1 - Math.exp(0.5) / sum) * 5 / 2 / 2, within(1e-12));
    }

    @Test
    void aBatchThatIsAllMaskedTeachesNothing() {
        CoxLoss loss = new CoxLoss(Ties.BRESLOW, 4);
        INDArray labels = Nd4j.createFromArray(new double[][] {{2, 1}, {4, 0}});
        loss.computeGradient(labels, column(0.5, 0.1), IDENTITY, null);

        var both = loss.computeGradientAndScore(labels, column(1, 2), IDENTITY, column(0, 0), true);

        assertThat(both.getFirst()).isZero();
        assertThat(both.getSecond().toDoubleVector()).containsOnly(0, 0);
        assertThat(loss)
                .hasToString("CoxLoss(BRESLOW, memory 4)")
                .isNotEqualTo(new CoxLoss(Ties.BRESLOW));
        assertThatThrownBy(() -> new CoxLoss(Ties.EFRON, -1)).hasMessageContaining("memory is -1");
    }

    private static INDArray column(double... values) {
        return Nd4j.createFromArray(values).reshape(values.length, 1);
    }
}
