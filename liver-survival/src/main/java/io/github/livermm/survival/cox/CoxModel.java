// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.CoxRegression;

/**
 * A Cox proportional hazards model as a predictor: linear predictor, survival curve and risk at a
 * horizon for a new patient. Use it where a fitted model is applied, saved and loaded; for
 * inference (tests, residuals) use {@link CoxRegression} and what follows from its fit.
 *
 * <p>S(t | x) = exp(-H(t) exp((x - m)'b)), with H the cumulative hazard at the mean row m of the
 * training patients.
 *
 * <p>Reference: Cox DR (1972), doi:10.1111/j.2517-6161.1972.tb00899.x.
 *
 * @since 0.1.0
 */
public final class CoxModel {
    private final double[] coefficients;
    private final double centre;
    private final BaselineHazard hazard;

    private CoxModel(double[] coefficients, double centre, BaselineHazard hazard) {
        this.coefficients = coefficients;
        this.centre = centre;
        this.hazard = hazard;
    }

    /**
     * Fits a model; a column that is a combination of earlier ones gets the coefficient 0.
     *
     * @param outcomes follow-up of the training patients
     * @param x rows of the training patients by columns, finite
     * @param options ties and penalty
     * @return the fitted model
     * @throws TrainingException if there is no event, a coefficient is infinite or the search did
     *     not converge; the message names the column
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     */
    public static CoxModel fit(SurvivalOutcomes outcomes, double[][] x, CoxOptions options) {
        if (outcomes.events() == 0) {
            throw new TrainingException(
                    "no event among "
                            + outcomes.size()
                            + " patients: a Cox model needs at least one; check the event coding or"
                            + " wait for longer follow-up");
        }
        return of(CoxRegression.fit(CoxData.of(outcomes, x), options));
    }

    /**
     * The predictor of a fit without strata.
     *
     * @param fit a converged fit
     * @return the model
     * @throws TrainingException if the fit has infinite coefficients or did not converge
     * @throws IllegalArgumentException if the fit has more than one stratum
     */
    public static CoxModel of(CoxFit fit) {
        if (fit.centredBaseline().size() != 1) {
            throw new IllegalArgumentException(
                    "the fit has " + fit.centredBaseline().size() + " strata, allowed is 1");
        }
        if (fit.status() == CoxFit.Status.NOT_CONVERGED) {
            throw new TrainingException(
                    "the Cox model did not converge in "
                            + fit.iterations()
                            + " steps; standardise the columns or add a ridge penalty");
        }
        double[] coefficients = fit.coefficients();
        for (int j = 0; j < coefficients.length; j++) {
            if (fit.infinite(j)) {
                throw new TrainingException(
                        "column "
                                + fit.names().get(j)
                                + " separates the events: its coefficient is infinite; add a ridge"
                                + " penalty or leave it out");
            }
            coefficients[j] = fit.aliased(j) ? 0 : coefficients[j];
        }
        return new CoxModel(coefficients, fit.meanLinearPredictor(), fit.centredBaseline().get(0));
    }

    /**
     * The log hazard ratios.
     *
     * @return one per column
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The linear predictor relative to the mean training patient.
     *
     * @param row one value per column
     * @return log relative hazard, 0 for the mean row
     * @throws IllegalArgumentException if the length differs from the number of columns
     */
    public double linearPredictor(double[] row) {
        if (row.length != coefficients.length) {
            throw new IllegalArgumentException(
                    "row has " + row.length + " values, the model " + coefficients.length);
        }
        double sum = -centre;
        for (int j = 0; j < coefficients.length; j++) {
            sum += coefficients[j] * row[j];
        }
        return sum + 0.0; // never -0.0, so that predictors without any coefficient tie
    }

    /**
     * The probability of no event by a time.
     *
     * @param row one value per column
     * @param time any time; flat after the last training event
     * @return in [0, 1]
     */
    public double survival(double[] row, double time) {
        return hazard.survival(time, linearPredictor(row));
    }

    /**
     * The probability of the event by a time.
     *
     * @param row one value per column
     * @param time any time
     * @return in [0, 1]
     */
    public double risk(double[] row, double time) {
        return -Math.expm1(-hazard.cumulativeHazard(time) * Math.exp(linearPredictor(row)));
    }

    /**
     * The cumulative hazard of the mean training patient.
     *
     * @return a step function
     */
    public BaselineHazard baseline() {
        return hazard;
    }

    /**
     * Writes the model as plain arrays.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        out.array("coefficients", coefficients);
        out.array("centre", new double[] {centre});
        out.array("hazard_times", hazard.times());
        out.array("hazard", hazard.cumulativeHazards());
        out.array("last_time", new double[] {hazard.lastTime()});
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return an equal model
     * @throws ModelFileException if the arrays do not form a model
     */
    public static CoxModel restore(StateReader in) {
        try {
            return new CoxModel(
                    in.array("coefficients"),
                    in.array("centre")[0],
                    BaselineHazard.of(
                            in.array("hazard_times"),
                            in.array("hazard"),
                            in.array("last_time")[0]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new ModelFileException("the saved Cox model is damaged: " + e.getMessage(), e);
        }
    }
}
