// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What one stratum of a fitted Cox model keeps to draw the curve of a new patient with its standard
 * error: three sums over the event times. The rows of the training patients are not in it, so it
 * can be saved with the model.
 *
 * <p>With dH the increments of the hazard at the mean row, m(t) the mean covariates at risk less
 * the mean row, c the patient's covariates less the mean row and eta = c'b + offset, the cumulative
 * hazard is H(t) exp(eta) and its variance exp(2 eta) (V(t) + q'Cq), q = c H(t) - integral of m dH,
 * V the sum of dH over its denominator and C the covariance of the coefficients.
 *
 * <p>Reference: Therneau TM, Grambsch PM (2000), Modeling Survival Data, section 10.2; Tsiatis AA
 * (1981), doi:10.1214/aos/1176345335.
 *
 * @since 0.1.0
 */
public final class CurveBasis {
    private final BaselineHazard hazard;
    private final double[] times;
    private final double[] atRisk;
    private final double[] events;
    private final double[] cumulative;
    private final double[] variance;
    private final double[][] means;

    CurveBasis(
            BaselineHazard hazard,
            double[] atRisk,
            double[] events,
            double[] variance,
            double[][] means) {
        this.hazard = hazard;
        this.times = hazard.times();
        this.cumulative = hazard.cumulativeHazards();
        this.atRisk = atRisk;
        this.events = events;
        this.variance = variance;
        this.means = means;
    }

    /**
     * A basis from its sums, as when it is read back from a file.
     *
     * @param hazard the cumulative hazard at the mean row
     * @param atRisk training weight at risk at each event time
     * @param events training weight with an event at each event time
     * @param variance V at each event time, not negative
     * @param means the integral of m dH, event times x columns
     * @return the basis
     * @throws IllegalArgumentException if lengths differ
     */
    public static CurveBasis of(
            BaselineHazard hazard,
            double[] atRisk,
            double[] events,
            double[] variance,
            double[][] means) {
        int n = hazard.times().length;
        if (atRisk.length != n || events.length != n || variance.length != n || means.length != n) {
            throw new IllegalArgumentException(
                    n
                            + " event times but "
                            + atRisk.length
                            + ", "
                            + events.length
                            + ", "
                            + variance.length
                            + " and "
                            + means.length
                            + " sums");
        }
        return new CurveBasis(
                hazard,
                atRisk.clone(),
                events.clone(),
                variance.clone(),
                Arrays.stream(means).map(double[]::clone).toArray(double[][]::new));
    }

    /**
     * The cumulative hazard at the mean row.
     *
     * @return a step function with the code of the stratum
     */
    public BaselineHazard hazard() {
        return hazard;
    }

    /**
     * Training weight at risk at each event time.
     *
     * @return as long as the times of {@link #hazard()}
     */
    public double[] atRisk() {
        return atRisk.clone();
    }

    /**
     * Training weight with an event at each event time.
     *
     * @return as long as the times of {@link #hazard()}
     */
    public double[] events() {
        return events.clone();
    }

    /**
     * V at each event time.
     *
     * @return as long as the times of {@link #hazard()}
     */
    public double[] variance() {
        return variance.clone();
    }

    /**
     * The integral of the mean covariates at risk, less the mean row, over the hazard.
     *
     * @return event times x columns
     */
    public double[][] means() {
        return Arrays.stream(means).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The curve of a new patient at every event time.
     *
     * @param centred the patient's covariates less the mean row
     * @param eta the patient's linear predictor less that of the mean row, offset included
     * @param covariance of the coefficients, columns x columns
     * @return the curve; O(event times p^2)
     */
    public CoxCurve curve(double[] centred, double eta, double[][] covariance) {
        double scale = Math.exp(eta);
        double[] own = new double[times.length];
        double[] se = new double[times.length];
        for (int k = 0; k < own.length; k++) {
            own[k] = cumulative[k] * scale;
            se[k] = scale * Math.sqrt(variance[k] + form(k, centred, covariance));
        }
        return new CoxCurve(times, atRisk, events, own, se);
    }

    /**
     * The standard error of a new patient's cumulative hazard, which is that of log survival.
     *
     * @param time any time
     * @param centred the patient's covariates less the mean row
     * @param eta the patient's linear predictor less that of the mean row, offset included
     * @param covariance of the coefficients, columns x columns
     * @return 0 before the first event, flat after the last; NaN for a NaN time
     */
    public double standardError(double time, double[] centred, double eta, double[][] covariance) {
        if (Double.isNaN(time)) {
            return Double.NaN;
        }
        int at = Arrays.binarySearch(times, time);
        int k = at >= 0 ? at : -at - 2;
        return k < 0 ? 0 : Math.exp(eta) * Math.sqrt(variance[k] + form(k, centred, covariance));
    }

    /**
     * The variance of a weighted sum of the increments of a new patient's cumulative hazard: what
     * the delta method needs for figures made of hazards, such as an absolute risk.
     *
     * @param weight the weight at each event time, known or a figure of the same hazards
     * @param centred the patient's covariates less the mean row
     * @param eta the patient's linear predictor less that of the mean row, offset included
     * @param covariance of the coefficients, columns x columns
     * @return the variance; with weights of 1 up to a time the square of {@link #standardError}
     */
    public double variance(
            DoubleUnaryOperator weight, double[] centred, double eta, double[][] covariance) {
        int p = centred.length;
        double[] q = new double[p];
        double sum = 0;
        for (int k = 0; k < times.length; k++) {
            double c = weight.applyAsDouble(times[k]);
            double before = k == 0 ? 0 : cumulative[k - 1];
            sum += c * c * (variance[k] - (k == 0 ? 0 : variance[k - 1]));
            for (int j = 0; j < p; j++) {
                double mean = means[k][j] - (k == 0 ? 0 : means[k - 1][j]);
                q[j] += c * (centred[j] * (cumulative[k] - before) - mean);
            }
        }
        return Math.exp(2 * eta) * (sum + form(q, covariance));
    }

    private double form(int k, double[] centred, double[][] covariance) {
        int p = centred.length;
        double[] q = new double[p];
        for (int j = 0; j < p; j++) {
            q[j] = centred[j] * cumulative[k] - means[k][j];
        }
        return form(q, covariance);
    }

    private static double form(double[] q, double[][] covariance) {
        double form = 0;
        for (int j = 0; j < q.length; j++) {
            for (int m = 0; m < q.length; m++) {
                form += q[j] * covariance[j][m] * q[m];
            }
        }
        return Math.max(0, form);
    }
}
