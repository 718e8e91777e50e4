// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.HeadModel;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import java.util.Arrays;
import java.util.List;

/**
 * A head's penalised model on scores that were each trained to rise with the outcome, with no
 * coefficient below 0. A score that would get a negative one found nothing out of fold: it is left
 * out, and with all scores left out the prediction is the base rate.
 *
 * <p>Reference: Breiman L (1996), Stacked regressions, doi:10.1007/BF00117832.
 */
final class NonNegativeStack {
    private NonNegativeStack() {}

    /**
     * Fits, leaving out the score with the most negative coefficient until none is left.
     *
     * @param head what to predict
     * @param scores rows of patients by scores
     * @param labels one per row
     * @param ridge penalty of the head
     * @return a model of all scores; those left out have the coefficient 0
     */
    static HeadModel fit(
            PredictionHead head, double[][] scores, List<PatientLabels> labels, double ridge) {
        double[][] kept = Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);
        while (true) {
            HeadModel model = head.fit(kept, labels, ridge);
            int worst = mostNegative(model.coefficients());
            if (worst < 0) {
                return model;
            }
            for (double[] row : kept) {
                row[worst] = 0; // a column without spread: its coefficient is 0
            }
        }
    }

    private static int mostNegative(double[] coefficients) {
        int worst = -1;
        for (int j = 0; j < coefficients.length; j++) {
            if (coefficients[j] < 0 && (worst < 0 || coefficients[j] < coefficients[worst])) {
                worst = j;
            }
        }
        return worst;
    }
}
