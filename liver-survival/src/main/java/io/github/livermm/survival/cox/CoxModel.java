// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxCurve;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxDiagnostics;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.CoxRegression;
import io.github.livermm.eval.cox.CoxSummary;
import io.github.livermm.eval.cox.CurveBasis;
import io.github.livermm.eval.cox.HazardRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A Cox proportional hazards model as a predictor: linear predictor, survival curve and risk at a
 * horizon for a new patient, each with its standard error, and the table of hazard ratios. It can
 * be saved and loaded. For tests, residuals and C use {@link CoxSummary} on a {@link CoxFit}; for
 * splines and categories see {@link DescribedCox}.
 *
 * <p>S(t | x) = exp(-H(t) exp((x - m)'b)), with H the cumulative hazard at the mean row m of the
 * training patients and offset 0. Standard errors count the uncertainty of H and of b.
 *
 * <p>Reference: Cox DR (1972), doi:10.1111/j.2517-6161.1972.tb00899.x.
 *
 * @since 0.1.0
 */
public final class CoxModel {
    private static final NormalDistribution STANDARD = new NormalDistribution(null, 0, 1);

    private final List<String> names;
    private final double[] coefficients;
    private final double[] mean;
    private final double[][] covariance;
    private final List<CurveBasis> strata;
    private final double centre;

    private CoxModel(
            List<String> names,
            double[] coefficients,
            double[] mean,
            double[][] covariance,
            List<CurveBasis> strata) {
        this.names = List.copyOf(names);
        this.coefficients = coefficients;
        this.mean = mean;
        this.covariance = covariance;
        this.strata = List.copyOf(strata);
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            sum += coefficients[j] * mean[j];
        }
        centre = sum;
    }

    /**
     * Fits a model; columns are called x1, x2, ...
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
        return fit(CoxData.of(outcomes, x), options);
    }

    /**
     * Fits a model; a column that is a combination of earlier ones gets the coefficient 0.
     *
     * @param data the training patients, with entry times, weights, strata or an offset if there
     *     are any
     * @param options ties and penalty
     * @return the fitted model
     * @throws TrainingException if there is no event, a coefficient is infinite or the search did
     *     not converge; the message names the column
     */
    public static CoxModel fit(CoxData data, CoxOptions options) {
        if (data.outcomes().events() == 0) {
            throw new TrainingException(
                    "no event among "
                            + data.size()
                            + " patients: a Cox model needs at least one; check the event coding or"
                            + " wait for longer follow-up");
        }
        return of(data, CoxRegression.fit(data, options));
    }

    /**
     * The predictor of a fit.
     *
     * @param data the rows of the fit
     * @param fit a fit of those rows
     * @return the model
     * @throws TrainingException if the fit has infinite coefficients or did not converge; the
     *     message names the columns
     * @throws IllegalArgumentException if the fit has other columns than the data
     */
    public static CoxModel of(CoxData data, CoxFit fit) {
        requireFinite(fit);
        double[] coefficients = fit.coefficients();
        for (int j = 0; j < coefficients.length; j++) {
            coefficients[j] = fit.aliased(j) ? 0 : coefficients[j];
        }
        return new CoxModel(
                fit.names(),
                coefficients,
                fit.means(),
                fit.covariance(),
                CoxDiagnostics.of(data, fit).curveBases());
    }

    /**
     * Refuses a fit without finite coefficients.
     *
     * @param fit any fit
     * @throws TrainingException if the fit has infinite coefficients or did not converge; the
     *     message names the columns and the remedy
     */
    public static void requireFinite(CoxFit fit) {
        if (fit.status() == CoxFit.Status.NOT_CONVERGED) {
            throw new TrainingException(
                    "the Cox model of columns "
                            + fit.names()
                            + " did not converge in "
                            + fit.iterations()
                            + " steps; standardise the columns or add a ridge penalty");
        }
        List<String> infinite = new ArrayList<>();
        for (int j = 0; j < fit.names().size(); j++) {
            if (fit.infinite(j)) {
                infinite.add(fit.names().get(j));
            }
        }
        if (!infinite.isEmpty()) {
            throw new TrainingException(
                    (infinite.size() == 1 ? "column " : "columns ")
                            + String.join(", ", infinite)
                            + ": separates the events, so that the hazard ratio is infinite; use"
                            + " Firth's penalty or a ridge penalty, or leave it out");
        }
    }

    /**
     * The column names.
     *
     * @return one per coefficient
     */
    public List<String> names() {
        return names;
    }

    /**
     * The log hazard ratios.
     *
     * @return one per column; 0 for a column that is a combination of earlier ones
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The table of hazard ratios, with the model's own (not robust) covariance.
     *
     * @return one line per column; NaN for a column that is a combination of earlier ones
     */
    public List<HazardRatio> hazardRatios() {
        List<HazardRatio> lines = new ArrayList<>();
        for (int j = 0; j < coefficients.length; j++) {
            boolean aliased = covariance[j][j] == 0;
            lines.add(
                    new HazardRatio(
                            names.get(j),
                            aliased ? Double.NaN : coefficients[j],
                            aliased ? Double.NaN : Math.sqrt(covariance[j][j])));
        }
        return lines;
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
                    "row has "
                            + row.length
                            + " values, the model "
                            + coefficients.length
                            + " columns "
                            + names);
        }
        double sum = -centre;
        for (int j = 0; j < coefficients.length; j++) {
            sum += coefficients[j] * row[j];
        }
        return sum + 0.0; // never -0.0, so that predictors without any coefficient tie
    }

    /**
     * The codes of the strata.
     *
     * @return ascending; one code for a model without strata
     */
    public List<Integer> strata() {
        return strata.stream().map(basis -> basis.hazard().stratum()).toList();
    }

    /**
     * The model for patients of one stratum: the same coefficients with its own baseline hazard.
     *
     * @param code the code of the stratum
     * @return a model without strata
     * @throws IllegalArgumentException if there is no such stratum
     */
    public CoxModel ofStratum(int code) {
        for (CurveBasis basis : strata) {
            if (basis.hazard().stratum() == code) {
                return new CoxModel(names, coefficients, mean, covariance, List.of(basis));
            }
        }
        throw new IllegalArgumentException("stratum " + code + " is not among " + strata());
    }

    /**
     * The probability of no event by a time.
     *
     * @param row one value per column
     * @param time any time; flat after the last training event
     * @return in [0, 1]
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public double survival(double[] row, double time) {
        return only().hazard().survival(time, linearPredictor(row));
    }

    /**
     * The probability of the event by a time.
     *
     * @param row one value per column
     * @param time any time
     * @return in [0, 1]
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public double risk(double[] row, double time) {
        return only().hazard().risk(time, linearPredictor(row));
    }

    /**
     * The standard error of the predicted survival probability, and so of the risk: S times the
     * standard error of the cumulative hazard.
     *
     * @param row one value per column
     * @param time any time
     * @return 0 or more
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public double standardError(double[] row, double time) {
        return survival(row, time) * hazardError(row, time);
    }

    private double hazardError(double[] row, double time) {
        return only().standardError(time, centred(row), linearPredictor(row), covariance);
    }

    /**
     * The probability of no event by a time, with limits symmetric in log S as {@code survfit} of R
     * gives them by default.
     *
     * @param row one value per column
     * @param time any time
     * @param level confidence level in (0, 1), for example 0.95
     * @return the interval, inside [0, 1]
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public Interval survivalInterval(double[] row, double time, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
        double z = STANDARD.inverseCumulativeProbability(0.5 + level / 2);
        double s = survival(row, time);
        double se = hazardError(row, time);
        return new Interval(
                s, s * Math.exp(-z * se), Math.min(1, s * Math.exp(z * se)), "delta, log scale");
    }

    /**
     * The probability of the event by a time, with limits: one less {@link #survivalInterval}.
     *
     * @param row one value per column
     * @param time any time
     * @param level confidence level in (0, 1), for example 0.95
     * @return the interval, inside [0, 1]
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public Interval riskInterval(double[] row, double time, double level) {
        Interval s = survivalInterval(row, time, level);
        return new Interval(risk(row, time), 1 - s.upper(), 1 - s.lower(), s.method());
    }

    /**
     * The survival curve of a new patient with standard errors and limits.
     *
     * @param row one value per column
     * @return the curve at every training event
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public CoxCurve curve(double[] row) {
        return only().curve(centred(row), linearPredictor(row), covariance);
    }

    /**
     * The variance of the integral of a weight over a new patient's hazard, coefficients and
     * baseline estimated: what the delta method needs for figures made of hazards.
     *
     * @param row one value per column
     * @param weight the weight at each event time
     * @return the variance
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public double hazardVariance(double[] row, DoubleUnaryOperator weight) {
        return only().variance(weight, centred(row), linearPredictor(row), covariance);
    }

    /**
     * The cumulative hazard of the mean training patient.
     *
     * @return a step function
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public BaselineHazard baseline() {
        return only().hazard();
    }

    private CurveBasis only() {
        if (strata.size() != 1) {
            throw new IllegalStateException(
                    "the model has strata " + strata() + "; choose one with ofStratum");
        }
        return strata.get(0);
    }

    private double[] centred(double[] row) {
        double[] centred = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            centred[j] = row[j] - mean[j];
        }
        return centred;
    }

    /**
     * Writes the model as plain arrays.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        new CoxModelFile(names, coefficients, mean, covariance, strata).save(out);
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return an equal model
     * @throws ModelFileException if the arrays do not form a model
     */
    public static CoxModel restore(StateReader in) {
        CoxModelFile file = CoxModelFile.restore(in);
        return new CoxModel(file.names, file.coefficients, file.mean, file.covariance, file.strata);
    }
}
