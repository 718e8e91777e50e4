// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.HeadModel;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import java.util.Arrays;
import java.util.List;

/**
 * A head's penalised model on scores that were each trained to rise with the outcome. A score stays
 * while its coefficient is above 0 and it earns its place: leaving it out would raise twice the
 * negative log-likelihood by more than 2 (Akaike's criterion). Otherwise it found nothing out of
 * fold, and with all scores left out everybody gets the base rate.
 *
 * <p>Reference: Breiman L (1996), Stacked regressions, doi:10.1007/BF00117832; Akaike H (1974),
 * doi:10.1109/TAC.1974.1100705.
 */
final class NonNegativeStack {
    /** What one coefficient costs. */
    private static final double AKAIKE = 2;

    private final PredictionHead head;
    private final double[][] scores;
    private final List<PatientLabels> labels;
    private final double ridge;
    private final boolean[] kept;

    private NonNegativeStack(
            PredictionHead head, double[][] scores, List<PatientLabels> labels, double ridge) {
        this.head = head;
        this.scores = scores;
        this.labels = labels;
        this.ridge = ridge;
        this.kept = new boolean[scores[0].length];
        Arrays.fill(kept, true);
    }

    /**
     * Fits, leaving out one score at a time.
     *
     * @param head what to predict
     * @param scores rows of patients by scores, at least one row
     * @param labels one per row
     * @param ridge penalty of the head
     * @return a model of all scores; those left out have the coefficient 0
     */
    static HeadModel fit(
            PredictionHead head, double[][] scores, List<PatientLabels> labels, double ridge) {
        NonNegativeStack stack = new NonNegativeStack(head, scores, labels, ridge);
        HeadModel model = stack.fit();
        for (int out = stack.useless(model); out >= 0; out = stack.useless(model)) {
            stack.kept[out] = false;
            model = stack.fit();
        }
        return model;
    }

    /** The model of the kept scores; a column without spread has the coefficient 0. */
    private HeadModel fit() {
        double[][] x = new double[scores.length][kept.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < kept.length; j++) {
                x[i][j] = kept[j] ? scores[i][j] : 0;
            }
        }
        return head.fit(x, labels, ridge);
    }

    /** The kept score that goes next, or -1 when all earn their place. */
    private int useless(HeadModel model) {
        double[] coefficients = model.coefficients();
        int worst = -1;
        for (int j = 0; j < kept.length; j++) {
            if (kept[j] && coefficients[j] <= 0) {
                worst = worst < 0 || coefficients[j] < coefficients[worst] ? j : worst;
            }
        }
        if (worst >= 0) {
            return worst;
        }
        double deviance = deviance(model);
        double least = AKAIKE;
        for (int j = 0; j < kept.length; j++) {
            if (kept[j]) {
                kept[j] = false;
                double gain = deviance(fit()) - deviance;
                kept[j] = true;
                worst = gain < least ? j : worst;
                least = Math.min(gain, least);
            }
        }
        return worst;
    }

    private double deviance(HeadModel model) {
        double[] eta = Arrays.stream(scores).mapToDouble(model::linearPredictor).toArray();
        return 2 * head.terms(labels) * head.loss(eta, labels);
    }
}
