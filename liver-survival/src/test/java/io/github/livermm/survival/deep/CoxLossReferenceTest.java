// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.cox.Ties;
import io.github.livermm.survival.reference.CsvTable;
import io.github.livermm.survival.reference.Fixture;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The loss of the network is coxph's log partial likelihood, value and gradient, in doubles. */
class CoxLossReferenceTest {
    @TestFactory
    Stream<DynamicTest> lossAndGradientEqualCoxph() {
        return Fixture.tests("cox_loss", CoxLossReferenceTest::check);
    }

    private static void check(Fixture fixture) {
        CsvTable table = fixture.input();
        double[] time = table.numbers(fixture.spec().path("time").asText());
        boolean[] event = table.flags(fixture.spec().path("event").asText());
        double[] eta = table.numbers(fixture.spec().path("eta").asText());
        double[][] label = new double[time.length][];
        int events = 0;
        for (int i = 0; i < time.length; i++) {
            label[i] = new double[] {time[i], event[i] ? 1 : 0};
            events += event[i] ? 1 : 0;
        }
        INDArray labels = Nd4j.createFromArray(label);
        INDArray output = Nd4j.createFromArray(eta).reshape(eta.length, 1);
        CsvTable expected = fixture.csv(fixture.expectedFiles().path("gradient").asText());
        for (Ties ties : Ties.values()) {
            String name = ties.name().toLowerCase(Locale.ROOT);
            double value = fixture.expected().path(name).path("loglik").asDouble();
            double[] gradient = expected.numbers("grad_" + name);

            var found =
                    new CoxLoss(ties)
                            .computeGradientAndScore(
                                    labels, output, new ActivationIdentity(), null, true);

            double rel = fixture.tolerance("loglik", "rel");
            double abs = fixture.tolerance("gradient", "abs");
            assertThat(-found.getFirst() * events)
                    .as("%s loglik, %s", fixture.name(), fixture.calls())
                    .isCloseTo(value, within(rel * Math.abs(value)));
            double[] own = found.getSecond().mul(-events).toDoubleVector();
            for (int i = 0; i < gradient.length; i++) {
                assertThat(own[i])
                        .as("%s gradient of row %d, %s", fixture.name(), i + 1, name)
                        .isCloseTo(gradient[i], within(abs + rel * Math.abs(gradient[i])));
            }
        }
    }
}
