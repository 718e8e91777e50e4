// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.fusion.BinaryHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scores that found nothing get no weight; the oracle is the head's own fit without them. */
class NonNegativeStackTest {
    private static final BinaryHead HEAD = BinaryHead.malignant();
    private final List<PatientLabels> labels = new ArrayList<>();

    @Test
    void aScoreThatFallsWithTheOutcomeIsLeftOut() {
        double[][] scores = scores(1, -1);
        double[][] first = column(scores, 0);

        HeadModel stack = NonNegativeStack.fit(HEAD, scores, labels, 0.01);
        HeadModel alone = HEAD.fit(first, labels, 0.01);

        assertThat(stack.coefficients()[1]).isZero();
        assertThat(stack.linearPredictor(new double[] {0.7, 5}))
                .isEqualTo(alone.linearPredictor(new double[] {0.7}));
    }

    @Test
    void usefulScoresAreFittedAsTheHeadFitsThem() {
        double[][] scores = scores(1, 0.5);

        HeadModel stack = NonNegativeStack.fit(HEAD, scores, labels, 0.01);

        assertThat(stack.coefficients())
                .containsExactly(HEAD.fit(scores, labels, 0.01).coefficients());
    }

    @Test
    void withoutAnyUsefulScoreEverybodyGetsTheBaseRate() {
        HeadModel stack = NonNegativeStack.fit(HEAD, scores(-1, -1), labels, 0.01);

        Prediction.Binary low = (Prediction.Binary) stack.predict(new double[] {-2, -2});
        Prediction.Binary high = (Prediction.Binary) stack.predict(new double[] {2, 2});

        assertThat(low).isEqualTo(high);
        assertThat(low.linearPredictor()).isZero();
    }

    /** Two scores that follow the outcome with given slopes, and noise. */
    private double[][] scores(double first, double second) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] scores = new double[200][];
        labels.clear();
        for (int i = 0; i < scores.length; i++) {
            boolean malignant = i % 3 > 0;
            labels.add(
                    new PatientLabels(
                            malignant ? Diagnosis.HCC : Diagnosis.BENIGN, Map.of(), false));
            double y = malignant ? 1 : -1;
            scores[i] =
                    new double[] {
                        first * y + random.nextGaussian(), second * y + random.nextGaussian()
                    };
        }
        return scores;
    }

    private static double[][] column(double[][] x, int j) {
        double[][] out = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            out[i] = new double[] {x[i][j]};
        }
        return out;
    }
}
