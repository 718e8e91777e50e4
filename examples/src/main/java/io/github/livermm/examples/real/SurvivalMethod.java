// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import io.github.livermm.core.cohort.Folds;
import io.github.livermm.core.fusion.ColumnScale;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import io.github.livermm.survival.cox.CoxModel;
import io.github.livermm.survival.cox.ElasticNetCox;
import io.github.livermm.survival.cox.ElasticNetOptions;
import io.github.livermm.survival.deep.DeepSurv;
import io.github.livermm.survival.deep.DeepSurvModel;
import io.github.livermm.survival.deep.DiscreteHazard;
import io.github.livermm.survival.deep.DiscreteHazardModel;
import java.util.ArrayList;
import java.util.List;

/** A way to fit a prognostic model to complete rows; everything it chooses, it chooses on them. */
interface SurvivalMethod {
    Fitted fit(double[][] x, SurvivalOutcomes outcomes, long seed);

    /** A fitted model. */
    interface Fitted {
        double linearPredictor(double[] row);

        double survival(double[] row, double time);
    }

    static SurvivalMethod cox() {
        return (x, outcomes, seed) -> {
            CoxModel model = CoxModel.fit(outcomes, x, CoxOptions.defaults());
            return fitted(model::linearPredictor, model::survival);
        };
    }

    /** Mixing one half, lambda by ten-fold cross-validated likelihood, baseline by Breslow. */
    static SurvivalMethod elasticNet() {
        return (x, outcomes, seed) -> {
            ElasticNetOptions options = ElasticNetOptions.of(0.5);
            double[] lambdas = ElasticNetCox.lambdas(outcomes, x, 50, 0.01, options);
            int[] fold = Folds.stratified(strata(outcomes), 10, seed);
            double best = ElasticNetCox.crossValidate(outcomes, x, lambdas, fold, options).best();
            double[] beta =
                    ElasticNetCox.fit(outcomes, x, new double[] {best}, options).coefficients(0);
            double centre = ColumnScale.of(x).offset(beta);
            double[] eta = new double[x.length];
            for (int i = 0; i < eta.length; i++) {
                eta[i] = sum(beta, x[i]) - centre;
            }
            var hazard = PartialLikelihood.of(outcomes, Ties.EFRON).baseline(eta).get(0);
            return fitted(
                    row -> sum(beta, row) - centre,
                    (row, time) -> hazard.survival(time, sum(beta, row) - centre));
        };
    }

    static SurvivalMethod deepSurv(DeepSurv recipe) {
        return (x, outcomes, seed) -> {
            DeepSurvModel model = recipe.fit(x, outcomes, seed);
            return fitted(model::linearPredictor, model::survival);
        };
    }

    static SurvivalMethod discreteHazard(DiscreteHazard recipe) {
        return (x, outcomes, seed) -> {
            DiscreteHazardModel model = recipe.fit(x, outcomes, seed);
            return fitted(model::linearPredictor, model::survival);
        };
    }

    static List<String> strata(SurvivalOutcomes outcomes) {
        List<String> strata = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            strata.add(outcomes.event(i) ? "event" : "censored");
        }
        return strata;
    }

    private static double sum(double[] beta, double[] row) {
        double sum = 0;
        for (int j = 0; j < beta.length; j++) {
            sum += beta[j] * row[j];
        }
        return sum;
    }

    private static Fitted fitted(
            java.util.function.ToDoubleFunction<double[]> predictor, Survival survival) {
        return new Fitted() {
            @Override
            public double linearPredictor(double[] row) {
                return predictor.applyAsDouble(row);
            }

            @Override
            public double survival(double[] row, double time) {
                return survival.at(row, time);
            }
        };
    }

    /** Survival of a row at a time. */
    interface Survival {
        double at(double[] row, double time);
    }
}
