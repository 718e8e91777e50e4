// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.competing;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.HazardRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Fine and Gray's proportional subdistribution hazards: how covariates act on the absolute risk of
 * cause 1 itself. It says nothing about the rate among those still event-free; for that use {@link
 * CauseSpecificCox}.
 *
 * <p>A patient with a competing event at T stays in later risk sets with weight G(t-)/G(T-), G the
 * Kaplan-Meier curve of the censoring time in which events tied with a censoring are still at risk.
 * Breslow ties. The covariance is the sandwich that includes the estimation of G. Figures equal
 * those of {@code crr} of R's cmprsk; {@code finegray} of survival lets tied events go first and
 * differs with many ties.
 *
 * <p>Reference: Fine JP, Gray RJ (1999), A proportional hazards model for the subdistribution of a
 * competing risk, doi:10.1080/01621459.1999.10474144.
 *
 * @since 0.1.0
 */
public final class FineGray {
    private final List<String> names;
    private final double[] coefficients;
    private final double[][] covariance;
    private final double logLikelihood;
    private final double logLikelihoodNull;
    private final BaselineHazard hazard;

    FineGray(
            List<String> names,
            double[] coefficients,
            double[][] covariance,
            double logLikelihood,
            double logLikelihoodNull,
            BaselineHazard hazard) {
        this.names = List.copyOf(names);
        this.coefficients = coefficients;
        this.covariance = covariance;
        this.logLikelihood = logLikelihood;
        this.logLikelihoodNull = logLikelihoodNull;
        this.hazard = hazard;
    }

    /**
     * Fits the model for cause 1; columns are called x1, x2, ...
     *
     * @param outcomes follow-up with causes
     * @param x rows by columns, finite, at least one column
     * @return the fit; O(n p^2) per step
     * @throws TrainingException if cause 1 has no event, columns are collinear or the search did
     *     not converge; the message names the columns
     * @throws IllegalArgumentException if lengths differ or a value is not finite; the message
     *     names column and row
     */
    public static FineGray fit(CompetingOutcomes outcomes, double[][] x) {
        return fit(outcomes, CoxData.of(outcomes.anyCause(), x), x);
    }

    /**
     * Fits the model for cause 1.
     *
     * @param outcomes follow-up with causes
     * @param x rows by columns, finite
     * @param names one per column, at least one
     * @return the fit; O(n p^2) per step
     * @throws TrainingException if cause 1 has no event, columns are collinear or the search did
     *     not converge; the message names the columns
     * @throws IllegalArgumentException if lengths differ or a value is not finite; the message
     *     names column and row
     */
    public static FineGray fit(CompetingOutcomes outcomes, double[][] x, List<String> names) {
        return fit(outcomes, CoxData.of(outcomes.anyCause(), x, names), x);
    }

    /** The data hold the same rows, checked. */
    private static FineGray fit(CompetingOutcomes outcomes, CoxData checked, double[][] x) {
        if (checked.names().isEmpty()) {
            throw new IllegalArgumentException("a Fine-Gray model needs at least one column");
        }
        return new FineGraySearch(outcomes, x, checked.names()).fit();
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
     * The table of subdistribution hazard ratios with the sandwich standard errors.
     *
     * @return one line per column, with Wald's statistic, p-value and limits
     */
    public List<HazardRatio> hazardRatios() {
        return IntStream.range(0, coefficients.length)
                .mapToObj(
                        j ->
                                new HazardRatio(
                                        names.get(j), coefficients[j], Math.sqrt(covariance[j][j])))
                .toList();
    }

    /**
     * The log subdistribution hazard ratios.
     *
     * @return one per column
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The sandwich covariance.
     *
     * @return columns x columns
     */
    public double[][] covariance() {
        return Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The log pseudo-likelihood at the estimate.
     *
     * @return value
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * The log pseudo-likelihood with all coefficients 0.
     *
     * @return value
     */
    public double logLikelihoodNull() {
        return logLikelihoodNull;
    }

    /**
     * The log relative subdistribution hazard of a new patient against a row of zeros.
     *
     * @param row one value per column
     * @return higher for a higher risk of cause 1
     * @throws IllegalArgumentException if the length differs from the number of columns
     */
    public double linearPredictor(double[] row) {
        if (row.length != coefficients.length) {
            throw new IllegalArgumentException(
                    "row has %d values, the model %d columns %s"
                            .formatted(row.length, coefficients.length, names));
        }
        double eta = 0;
        for (int j = 0; j < coefficients.length; j++) {
            eta += coefficients[j] * row[j];
        }
        return eta;
    }

    /**
     * The absolute risk of cause 1 for a new patient, as {@code predict.crr} gives it: without
     * limits, which that method does not define. {@link CauseSpecificCox#riskInterval} has them.
     *
     * @param row one value per column
     * @param time any time; flat after the last event
     * @return probability in [0, 1]
     * @throws IllegalArgumentException if the length of the row differs from the number of columns
     */
    public double risk(double[] row, double time) {
        return hazard.risk(time, linearPredictor(row));
    }

    /**
     * Writes the model as one JSON tree and plain arrays.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        out.json("fine_gray", Map.of("names", names));
        out.array("coefficients", coefficients);
        out.array(
                "covariance", Arrays.stream(covariance).flatMapToDouble(Arrays::stream).toArray());
        out.array("log_likelihood", new double[] {logLikelihood, logLikelihoodNull});
        out.array("times", hazard.times());
        out.array("hazard", hazard.cumulativeHazards());
        out.array("last_time", new double[] {hazard.lastTime()});
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return an equal model
     * @throws ModelFileException if a part is damaged or the parts do not fit
     */
    public static FineGray restore(StateReader in) {
        try {
            List<String> names = new ArrayList<>();
            if (in.json("fine_gray").get("names") instanceof List<?> list) {
                list.forEach(name -> names.add(String.valueOf(name)));
            }
            int p = names.size();
            double[] coefficients = sized(in, "coefficients", p);
            double[] flat = sized(in, "covariance", p * p);
            double[][] covariance = new double[p][];
            for (int j = 0; j < p; j++) {
                covariance[j] = Arrays.copyOfRange(flat, j * p, (j + 1) * p);
            }
            double[] value = sized(in, "log_likelihood", 2);
            BaselineHazard hazard =
                    BaselineHazard.of(
                            in.array("times"), in.array("hazard"), sized(in, "last_time", 1)[0]);
            return new FineGray(names, coefficients, covariance, value[0], value[1], hazard);
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(
                    "the saved Fine-Gray model is damaged: " + e.getMessage(), e);
        }
    }

    private static double[] sized(StateReader in, String name, int length) {
        double[] values = in.array(name);
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "%s has %d values where %d are needed".formatted(name, values.length, length));
        }
        return values;
    }
}
