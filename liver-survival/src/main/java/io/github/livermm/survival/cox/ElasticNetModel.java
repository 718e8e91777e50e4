// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An elastic-net Cox model as a predictor, the penalty chosen by cross-validation: for more columns
 * than the events allow. It has the face of {@link CoxModel} without standard errors, which
 * shrunken coefficients do not have.
 *
 * <pre>{@code
 * ElasticNetModel model =
 *         ElasticNetModel.crossValidated(data, ElasticNetOptions.of(0.5), LambdaSearch.defaults(1));
 * double risk = model.risk(row, 24);
 * }</pre>
 *
 * <p>S(t | x) = exp(-H(t) exp((x - m)'b)), with H the cumulative hazard (Efron ties, as glmnet's
 * survfit takes them) at the weighted mean row m of the training patients and offset 0.
 *
 * @since 0.1.0
 */
public final class ElasticNetModel {
    private final List<String> names;
    private final double[] coefficients;
    private final double[] mean;
    private final List<BaselineHazard> strata;
    private final double lambda;
    private final double centre;

    private ElasticNetModel(
            List<String> names,
            double[] coefficients,
            double[] mean,
            List<BaselineHazard> strata,
            double lambda) {
        this.names = List.copyOf(names);
        this.coefficients = coefficients;
        this.mean = mean;
        this.strata = List.copyOf(strata);
        this.lambda = lambda;
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            sum += coefficients[j] * mean[j];
        }
        centre = sum;
    }

    /**
     * Chooses the penalty by cross-validation and fits all rows with it.
     *
     * @param data the training patients, with entry times, weights, strata or an offset if there
     *     are any
     * @param options mixing, factors, tolerance
     * @param search how the penalty is chosen
     * @return the fitted model
     * @throws TrainingException if there is no event, in a fold or at all, or a search did not
     *     converge
     */
    public static ElasticNetModel crossValidated(
            CoxData data, ElasticNetOptions options, LambdaSearch search) {
        return fit(data, search.rule().of(search.run(data, options)), options);
    }

    /**
     * Fits a model with a given penalty.
     *
     * @param data the training patients
     * @param lambda the penalty, 0 or more
     * @param options mixing, factors, tolerance
     * @return the fitted model
     * @throws TrainingException if there is no event or the search did not converge
     * @throws IllegalArgumentException if lambda is negative or not finite
     */
    public static ElasticNetModel fit(CoxData data, double lambda, ElasticNetOptions options) {
        double[] beta = ElasticNetCox.fit(data, new double[] {lambda}, options).coefficients(0);
        double[] weights = data.weights();
        double sum = Arrays.stream(weights).sum();
        double[] mean = new double[beta.length];
        double[] eta = data.offset();
        for (int j = 0; j < beta.length; j++) {
            double[] column = data.column(j);
            for (int i = 0; i < column.length; i++) {
                mean[j] += weights[i] / sum * column[i];
            }
            for (int i = 0; i < column.length; i++) {
                eta[i] += beta[j] * (column[i] - mean[j]);
            }
        }
        List<BaselineHazard> strata = PartialLikelihood.of(data, Ties.EFRON).baseline(eta);
        return new ElasticNetModel(data.names(), beta, mean, strata, lambda);
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
     * The names of the columns with a coefficient.
     *
     * @return in column order
     */
    public List<String> selected() {
        return IntStream.range(0, coefficients.length)
                .filter(j -> coefficients[j] != 0)
                .mapToObj(names::get)
                .toList();
    }

    /**
     * The log hazard ratios.
     *
     * @return one per column; exactly 0 where not selected
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The penalty.
     *
     * @return lambda
     */
    public double lambda() {
        return lambda;
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
                    "row has %d values, the model %d columns %s"
                            .formatted(row.length, coefficients.length, names));
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
        return strata.stream().map(BaselineHazard::stratum).toList();
    }

    /**
     * The model for patients of one stratum: the same coefficients with its own baseline hazard.
     *
     * @param code the code of the stratum
     * @return a model without strata
     * @throws IllegalArgumentException if there is no such stratum
     */
    public ElasticNetModel ofStratum(int code) {
        for (BaselineHazard hazard : strata) {
            if (hazard.stratum() == code) {
                return new ElasticNetModel(names, coefficients, mean, List.of(hazard), lambda);
            }
        }
        throw new IllegalArgumentException("stratum " + code + " is not among " + strata());
    }

    /**
     * The cumulative baseline hazard at the mean row and offset 0: a step at each event time.
     *
     * @return the hazard, whose times are those of every patient's survival curve
     * @throws IllegalStateException if the model has strata and none was chosen
     */
    public BaselineHazard baseline() {
        if (strata.size() != 1) {
            throw new IllegalStateException(
                    "the model has strata " + strata() + "; choose one with ofStratum");
        }
        return strata.get(0);
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
        return baseline().survival(time, linearPredictor(row));
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
        return baseline().risk(time, linearPredictor(row));
    }

    /**
     * Writes the model as one JSON tree and plain arrays.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        out.json("elastic_net", Map.of("names", names, "strata", strata()));
        out.array("coefficients", coefficients);
        out.array("mean", mean);
        out.array("lambda", new double[] {lambda});
        HazardFile.save(out, strata);
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return an equal model
     * @throws ModelFileException if a part is damaged or the parts do not fit
     */
    public static ElasticNetModel restore(StateReader in) {
        try {
            Map<String, Object> tree = in.json("elastic_net");
            List<String> names = new ArrayList<>();
            if (tree.get("names") instanceof List<?> list) {
                list.forEach(name -> names.add(String.valueOf(name)));
            }
            double[] coefficients = in.array("coefficients");
            double[] mean = in.array("mean");
            double[] lambda = in.array("lambda");
            if (coefficients.length != names.size()
                    || mean.length != names.size()
                    || lambda.length != 1) {
                throw new IllegalArgumentException(
                        "%d coefficients, %d means and %d lambdas for columns %s"
                                .formatted(coefficients.length, mean.length, lambda.length, names));
            }
            List<BaselineHazard> strata = HazardFile.restore(in, tree.get("strata"));
            return new ElasticNetModel(names, coefficients, mean, strata, lambda[0]);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new ModelFileException(
                    "the saved elastic-net model is damaged: " + e.getMessage(), e);
        }
    }
}
