// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;

/**
 * An elastic-net Cox model with its description: patients go in as they stand in a table, with ages
 * and stages, and risks come out, as in {@link DescribedCox}. Each number that a term makes (a bend
 * of a spline, a level) is penalised by itself.
 *
 * @since 0.1.0
 */
public final class DescribedElasticNet {
    private final LearnedDescription description;
    private final ElasticNetModel model;

    private DescribedElasticNet(LearnedDescription description, ElasticNetModel model) {
        this.description = description;
        this.model = model;
    }

    /**
     * Fits description and model, the penalty by cross-validation.
     *
     * @param outcomes follow-up of the training patients
     * @param training the training patients, complete in every column of the description
     * @param description the terms
     * @param options mixing, tolerance
     * @param search how the penalty is chosen
     * @return the fitted model
     * @throws TrainingException if there is no event, in a fold or at all
     * @throws IllegalArgumentException if a value is missing or not allowed; the message names
     *     column and row
     */
    public static DescribedElasticNet crossValidated(
            SurvivalOutcomes outcomes,
            Covariates training,
            ModelDescription description,
            ElasticNetOptions options,
            LambdaSearch search) {
        LearnedDescription learned = description.learn(training);
        return of(
                learned,
                ElasticNetModel.crossValidated(learned.data(outcomes, training), options, search));
    }

    /**
     * Joins a description and a model that was fitted on its numbers: the way for entry times,
     * weights, strata and an offset, see {@link LearnedDescription#data}.
     *
     * @param description the learned description
     * @param model a model with the names of the description
     * @return the model
     * @throws IllegalArgumentException if the names differ
     */
    public static DescribedElasticNet of(LearnedDescription description, ElasticNetModel model) {
        description.requireNames(model.names());
        return new DescribedElasticNet(description, model);
    }

    /**
     * The description.
     *
     * @return terms with their knots and levels
     */
    public LearnedDescription description() {
        return description;
    }

    /**
     * The model of the numbers that the description makes.
     *
     * @return the elastic-net model
     */
    public ElasticNetModel model() {
        return model;
    }

    /**
     * The linear predictors, relative to the mean training patient.
     *
     * @param patients new patients, complete in every column of the description
     * @return one per patient, higher for a higher hazard
     */
    public double[] linearPredictors(Covariates patients) {
        return description.each(patients, model::linearPredictor);
    }

    /**
     * The risks at a horizon.
     *
     * @param patients new patients, complete in every column of the description
     * @param time the horizon
     * @return the probability of the event by then, one per patient
     */
    public double[] risks(Covariates patients, double time) {
        return description.each(patients, row -> model.risk(row, time));
    }

    /**
     * Writes description and model.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        description.save(out);
        model.save(out);
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return an equal model
     * @throws ModelFileException if a part is damaged or the parts do not fit
     */
    public static DescribedElasticNet restore(StateReader in) {
        try {
            return of(LearnedDescription.restore(in), ElasticNetModel.restore(in));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(
                    "the saved elastic-net model is damaged: " + e.getMessage(), e);
        }
    }
}
