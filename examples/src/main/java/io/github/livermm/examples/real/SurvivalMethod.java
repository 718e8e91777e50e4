// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.FirthCox;
import io.github.livermm.eval.cox.Ties;
import io.github.livermm.survival.cox.CoxModel;
import io.github.livermm.survival.cox.ElasticNetModel;
import io.github.livermm.survival.cox.ElasticNetOptions;
import io.github.livermm.survival.cox.LambdaSearch;
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
            CoxModel model = coxModel(CoxData.of(outcomes, x));
            return fitted(model::linearPredictor, model::survival);
        };
    }

    /** With Firth's penalty on rows in which a column separates the events. */
    private static CoxModel coxModel(CoxData data) {
        try {
            return CoxModel.fit(data, CoxOptions.defaults());
        } catch (TrainingException separated) {
            return CoxModel.of(data, FirthCox.fit(data, Ties.EFRON).fit());
        }
    }

    /** Mixing one half, lambda by ten-fold cross-validated likelihood, baseline by Breslow. */
    static SurvivalMethod elasticNet() {
        return (x, outcomes, seed) -> {
            ElasticNetModel model =
                    ElasticNetModel.crossValidated(
                            CoxData.of(outcomes, x),
                            ElasticNetOptions.of(0.5),
                            LambdaSearch.defaults(seed));
            return fitted(model::linearPredictor, model::survival);
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
