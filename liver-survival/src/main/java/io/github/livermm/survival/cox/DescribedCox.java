// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxCurve;
import io.github.livermm.eval.cox.CoxOptions;

/**
 * A Cox model with its description: patients go in as they stand in a table, with ages and stages,
 * and curves and risks with limits come out. Splines, categories and coefficients are fitted on the
 * training patients and saved together. For rows of numbers use {@link CoxModel}.
 *
 * @since 0.1.0
 */
public final class DescribedCox {
    private final LearnedDescription description;
    private final CoxModel model;

    private DescribedCox(LearnedDescription description, CoxModel model) {
        this.description = description;
        this.model = model;
    }

    /**
     * Fits description and model.
     *
     * @param outcomes follow-up of the training patients
     * @param training the training patients, complete in every column of the description
     * @param description the terms
     * @param options ties and penalty
     * @return the fitted model
     * @throws TrainingException if there is no event or a coefficient has no finite estimate; the
     *     message names it
     * @throws IllegalArgumentException if a value is missing or not allowed; the message names
     *     column and row
     */
    public static DescribedCox fit(
            SurvivalOutcomes outcomes,
            Covariates training,
            ModelDescription description,
            CoxOptions options) {
        LearnedDescription learned = description.learn(training);
        return of(learned, CoxModel.fit(learned.data(outcomes, training), options));
    }

    /**
     * Joins a description and a model that was fitted on its numbers: the way for entry times,
     * weights and strata, see {@link LearnedDescription#data}.
     *
     * @param description the learned description
     * @param model a model with the names of the description
     * @return the model
     * @throws IllegalArgumentException if the names differ
     */
    public static DescribedCox of(LearnedDescription description, CoxModel model) {
        description.requireNames(model.names());
        return new DescribedCox(description, model);
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
     * @return the Cox model, with its table of hazard ratios
     */
    public CoxModel model() {
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
     * The risk of one patient with its limits.
     *
     * @param patients new patients
     * @param row which one, from 0
     * @param time the horizon
     * @param level confidence level in (0, 1), for example 0.95
     * @return the interval, see {@link CoxModel#riskInterval}
     */
    public Interval riskInterval(Covariates patients, int row, double time, double level) {
        return model.riskInterval(description.row(patients, row), time, level);
    }

    /**
     * The survival curve of one patient.
     *
     * @param patients new patients
     * @param row which one, from 0
     * @return the curve with standard errors and limits
     */
    public CoxCurve curve(Covariates patients, int row) {
        return model.curve(description.row(patients, row));
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
    public static DescribedCox restore(StateReader in) {
        try {
            return of(LearnedDescription.restore(in), CoxModel.restore(in));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException("the saved Cox model is damaged: " + e.getMessage(), e);
        }
    }
}
