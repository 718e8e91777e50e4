// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.KaplanMeier;
import io.github.livermm.eval.SortOrder;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What follows from a fitted Cox model beside its coefficients: tests, residuals, robust variance,
 * the test of proportional hazards, and curves with standard errors. All residuals belong to the
 * fit's rule for ties; figures equal those of R's survival package (3.5). Aliased columns count as
 * coefficient 0.
 *
 * <p>Reference: Therneau TM, Grambsch PM (2000), Modeling Survival Data,
 * doi:10.1007/978-1-4757-3294-8; Grambsch PM, Therneau TM (1994), doi:10.1093/biomet/81.3.515; Lin
 * DY, Wei LJ (1989), doi:10.1080/01621459.1989.10478874.
 *
 * @since 0.1.0
 */
public final class CoxDiagnostics {
    private final CoxData data;
    private final CoxFit fit;
    private final RiskSets sets;
    private final RiskMeans atEstimate;
    private final int p;

    private CoxDiagnostics(CoxData data, CoxFit fit) {
        this.data = data;
        this.fit = fit;
        this.p = data.names.size();
        sets = new RiskSets(data.outcomes, data.entry, data.weights, data.strata);
        atEstimate = means(fit.workingCoefficients());
    }

    /**
     * The diagnostics of a fit.
     *
     * @param data the rows of the fit
     * @param fit a fit of those rows whose coefficients are finite
     * @return the diagnostics; O(n p)
     * @throws IllegalArgumentException if the fit has no finite estimate or other columns
     */
    public static CoxDiagnostics of(CoxData data, CoxFit fit) {
        if (fit.status() != CoxFit.Status.CONVERGED) {
            throw new IllegalArgumentException(
                    "the fit has no finite estimate (" + fit.status() + "): nothing follows");
        }
        if (!fit.names().equals(data.names)) {
            throw new IllegalArgumentException(
                    "the fit has columns " + fit.names() + ", the data " + data.names);
        }
        return new CoxDiagnostics(data, fit);
    }

    private RiskMeans means(double[] beta) {
        int n = sets.size();
        double[] x = new double[n * p];
        double[] eta = new double[n];
        double[] mean = fit.means();
        for (int i = 0; i < n; i++) {
            int row = sets.row[i];
            eta[i] = data.offset == null ? 0 : data.offset[row];
            for (int j = 0; j < p; j++) {
                x[i * p + j] = data.x[row][j] - mean[j];
                eta[i] += beta[j] * x[i * p + j];
            }
        }
        return new RiskMeans(sets, fit.options().ties(), x, p, eta);
    }

    /**
     * The likelihood-ratio test of all coefficients.
     *
     * @return the test
     */
    public CoxTest likelihoodRatioTest() {
        return new CoxTest(
                2 * (fit.logLikelihood() - fit.logLikelihoodNull()), fit.degreesOfFreedom());
    }

    /**
     * Wald's test of all coefficients with the model's covariance.
     *
     * @return the test
     */
    public CoxTest waldTest() {
        return waldTest(fit.covariance());
    }

    /**
     * Wald's test of all coefficients with another covariance, such as {@link #robustCovariance()}.
     *
     * @param covariance columns x columns
     * @return the test
     */
    public CoxTest waldTest(double[][] covariance) {
        return quadratic(covariance, fit.workingCoefficients());
    }

    /**
     * Wald's test of some coefficients, such as the bends of a spline or the levels of a category.
     *
     * @param covariance columns x columns, of the model or robust
     * @param columns which ones, from 0
     * @return the test that all of them are 0
     */
    public CoxTest waldTest(double[][] covariance, int... columns) {
        int q = columns.length;
        double[] flat = new double[q * q];
        double[] beta = new double[q];
        boolean[] aside = new boolean[q];
        for (int j = 0; j < q; j++) {
            beta[j] = fit.workingCoefficients()[columns[j]];
            aside[j] = fit.aliased(columns[j]);
            for (int k = 0; k < q; k++) {
                flat[j * q + k] = covariance[columns[j]][columns[k]];
            }
        }
        return quadratic(flat, beta, aside);
    }

    /**
     * The score test of all coefficients.
     *
     * @return the test
     */
    public CoxTest scoreTest() {
        return new CoxTest(fit.scoreStatistic(), fit.degreesOfFreedom());
    }

    /**
     * The score test that holds for clustered rows.
     *
     * @param cluster a code per row
     * @return the test
     */
    public CoxTest robustScoreTest(int[] cluster) {
        double[][] score = weighted(means(new double[p]).scoreResiduals());
        double[][] byCluster = sumBy(cluster, score);
        double[] total = new double[p];
        for (double[] row : byCluster) {
            for (int j = 0; j < p; j++) {
                total[j] += row[j];
            }
        }
        return quadratic(crossProduct(byCluster), total);
    }

    private CoxTest quadratic(double[][] matrix, double[] vector) {
        double[] flat = new double[p * p];
        boolean[] aside = new boolean[p];
        for (int j = 0; j < p; j++) {
            System.arraycopy(matrix[j], 0, flat, j * p, p);
            aside[j] = fit.aliased(j);
        }
        return quadratic(flat, vector, aside);
    }

    private static CoxTest quadratic(double[] matrix, double[] vector, boolean[] aside) {
        Cholesky factor = new Cholesky(matrix, vector.length, 1e-12, aside);
        double[] solved = factor.solve(vector);
        double sum = 0;
        for (int j = 0; j < vector.length; j++) {
            sum += vector[j] * solved[j];
        }
        return new CoxTest(sum, factor.rank());
    }

    /**
     * Akaike's information criterion.
     *
     * @return -2 log likelihood + 2 degrees of freedom
     */
    public double aic() {
        return -2 * fit.logLikelihood() + 2 * fit.degreesOfFreedom();
    }

    /**
     * The Bayesian information criterion with the number of events as sample size.
     *
     * @return -2 log likelihood + log(events) degrees of freedom
     */
    public double bic() {
        return -2 * fit.logLikelihood() + Math.log(fit.events()) * fit.degreesOfFreedom();
    }

    /**
     * Martingale residuals: event less expected events.
     *
     * @return one per row; 0 for rows of weight 0
     */
    public double[] martingale() {
        return toRows(atEstimate.martingale());
    }

    /**
     * Deviance residuals: martingale residuals made symmetric.
     *
     * @return one per row
     */
    public double[] deviance() {
        double[] m = martingale();
        for (int i = 0; i < m.length; i++) {
            double event = data.outcomes.event(i) ? 1 : 0;
            double log = event == 0 ? 0 : Math.log(event - m[i]);
            m[i] = Math.signum(m[i]) * Math.sqrt(Math.max(0, -2 * (m[i] + event * log)));
        }
        return m;
    }

    /**
     * Score residuals: each row's term of the score, not weighted.
     *
     * @return rows x columns
     */
    public double[][] score() {
        return toRows(atEstimate.scoreResiduals());
    }

    /**
     * The approximate change of the coefficients when a row is left out, its case weight included.
     *
     * @return rows x columns
     */
    public double[][] dfbeta() {
        return toRows(weighted(times(atEstimate.scoreResiduals(), fit.covariance())));
    }

    /**
     * The robust (sandwich) covariance, every row its own cluster.
     *
     * @return columns x columns
     */
    public double[][] robustCovariance() {
        return crossProduct(dfbeta());
    }

    /**
     * The robust covariance for clustered rows (several rows of one patient, patients of one
     * centre).
     *
     * @param cluster a code per row
     * @return columns x columns
     * @throws IllegalArgumentException if the length differs from the number of rows
     */
    public double[][] robustCovariance(int[] cluster) {
        if (cluster.length != data.size()) {
            throw new IllegalArgumentException(
                    "cluster has " + cluster.length + " rows, the data " + data.size());
        }
        return crossProduct(
                sumBy(cluster, weighted(times(atEstimate.scoreResiduals(), fit.covariance()))));
    }

    /**
     * Schoenfeld residuals.
     *
     * @return one row per event
     */
    public SchoenfeldResiduals schoenfeld() {
        List<double[]> values = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int s = 0; s < sets.strata(); s++) {
            for (int g = sets.stratumGroup[s + 1] - 1; g >= sets.stratumGroup[s]; g--) {
                for (int i = sets.groupFrom[g]; i < sets.groupFrom[g] + sets.groupEvents[g]; i++) {
                    values.add(atEstimate.schoenfeld(g, i));
                    rows.add(sets.row[i]);
                    times.add(sets.time[i]);
                }
            }
        }
        double[][] residuals = values.toArray(double[][]::new);
        double[][] scaled = times(residuals, fit.covariance());
        double[] beta = fit.workingCoefficients();
        for (double[] row : scaled) {
            for (int j = 0; j < p; j++) {
                row[j] = row[j] * fit.events() + beta[j];
            }
        }
        return new SchoenfeldResiduals(
                rows.stream().mapToInt(Integer::intValue).toArray(),
                times.stream().mapToDouble(Double::doubleValue).toArray(),
                residuals,
                scaled);
    }

    /**
     * The score test of proportional hazards: does a coefficient change with a function of time?
     * The exact test of {@code cox.zph} in survival 3, not the older correlation.
     *
     * @param transform the function of time
     * @return tests by column and global
     */
    public ProportionalHazardsTest proportionalHazards(TimeTransform transform) {
        double[] g = transformed(transform);
        double[] shift = new double[p];
        double[] i11 = atEstimate.information(g, 0);
        double[] i12 = atEstimate.information(g, 1);
        double[] i22 = atEstimate.information(g, 2);
        for (int k = 0; k < sets.groups(); k++) {
            for (int i = sets.groupFrom[k]; i < sets.groupFrom[k] + sets.groupEvents[k]; i++) {
                double[] residual = atEstimate.schoenfeld(k, i);
                for (int j = 0; j < p; j++) {
                    shift[j] += sets.weight[i] * g[k] * residual[j];
                }
            }
        }
        Cholesky plain = new Cholesky(i11, p, 1e-10);
        double[] schur = i22.clone();
        double[] column = new double[p];
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                column[k] = i12[k * p + j];
            }
            double[] solved = plain.solve(column);
            for (int k = 0; k < p; k++) {
                for (int m = 0; m < p; m++) {
                    schur[k * p + j] -= i12[k * p + m] * solved[m];
                }
            }
        }
        List<CoxTest> tests = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            boolean undefined = fit.aliased(j);
            tests.add(
                    new CoxTest(
                            undefined ? Double.NaN : shift[j] * shift[j] / schur[j * p + j], 1));
        }
        Cholesky all = new Cholesky(schur, p, 1e-10);
        double[] solved = all.solve(shift);
        double global = 0;
        for (int j = 0; j < p; j++) {
            global += shift[j] * solved[j];
        }
        return new ProportionalHazardsTest(tests, new CoxTest(global, all.rank()));
    }

    /** The function of time at each group, centred, which changes no test but its rounding. */
    private double[] transformed(TimeTransform transform) {
        int groups = sets.groups();
        double[] g = new double[groups];
        switch (transform) {
            case IDENTITY -> {
                for (int k = 0; k < groups; k++) {
                    g[k] = sets.time[sets.groupFrom[k]];
                }
            }
            case LOG -> {
                for (int k = 0; k < groups; k++) {
                    g[k] = Math.log(sets.time[sets.groupFrom[k]]);
                }
            }
            case RANK -> ranks(g);
            case KAPLAN_MEIER -> {
                KaplanMeier curve = pooledCurve();
                for (int k = 0; k < groups; k++) {
                    g[k] = 1 - curve.survivalBefore(sets.time[sets.groupFrom[k]]);
                }
            }
        }
        double sum = 0;
        double events = 0;
        for (int k = 0; k < groups; k++) {
            sum += sets.groupEvents[k] * g[k];
            events += sets.groupEvents[k];
        }
        for (int k = 0; k < groups; k++) {
            g[k] -= sum / events;
        }
        return g;
    }

    /** Mean rank of each event time among the times of all rows. */
    private void ranks(double[] g) {
        double[] times = sets.time.clone();
        Arrays.sort(times);
        for (int k = 0; k < g.length; k++) {
            double time = sets.time[sets.groupFrom[k]];
            g[k] = (below(times, time) + below(times, Math.nextUp(time)) + 1) / 2.0;
        }
    }

    /** How many sorted values are smaller. */
    private static int below(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private KaplanMeier pooledCurve() {
        int n = sets.size();
        double[] time = sets.time;
        SurvivalOutcomes pooled = SurvivalOutcomes.of(time, sets.event);
        if (sets.entry == null || n == 0) {
            return KaplanMeier.of(pooled);
        }
        return KaplanMeier.leftTruncated(pooled, sets.entry);
    }

    /**
     * The predicted curve of a new patient with offset 0 and its standard errors, at the event
     * times of a stratum.
     *
     * @param row one value per column
     * @param stratum code of a stratum of the data
     * @return the curve
     * @throws IllegalArgumentException if the length or the stratum is not that of the fit
     */
    public CoxCurve curve(double[] row, int stratum) {
        return curve(row, stratum, 0);
    }

    /**
     * The predicted curve of a new patient with a known part of the linear predictor.
     *
     * @param row one value per column
     * @param stratum code of a stratum of the data
     * @param offset the patient's offset, finite
     * @return the curve
     * @throws IllegalArgumentException if the length or the stratum is not that of the fit
     */
    public CoxCurve curve(double[] row, int stratum, double offset) {
        double eta = fit.linearPredictor(row) - fit.meanLinearPredictor() + offset;
        double[] mean = fit.means();
        double[] centred = new double[p];
        for (int j = 0; j < p; j++) {
            centred[j] = row[j] - mean[j];
        }
        for (int s = 0; s < sets.strata(); s++) {
            if (sets.stratumCode[s] == stratum) {
                return atEstimate.curveBasis(s).curve(centred, eta, fit.covariance());
            }
        }
        throw new IllegalArgumentException("stratum " + stratum + " is not in the data");
    }

    /**
     * What curves of new patients need, one per stratum in the order of the codes.
     *
     * @return sums to keep with the model; O(n p)
     */
    public List<CurveBasis> curveBases() {
        return IntStream.range(0, sets.strata()).mapToObj(atEstimate::curveBasis).toList();
    }

    /**
     * The distinct follow-up times of each stratum, ascending, censored ones too; times equal up to
     * rounding are one.
     *
     * @return one array per stratum in the order of the codes
     */
    public List<double[]> times() {
        return IntStream.range(0, sets.strata())
                .mapToObj(
                        s ->
                                Arrays.stream(
                                                sets.time,
                                                sets.stratumStart[s],
                                                sets.stratumStart[s + 1])
                                        .distinct()
                                        .sorted()
                                        .toArray())
                .toList();
    }

    private double[] toRows(double[] byPosition) {
        double[] out = new double[data.size()];
        for (int i = 0; i < byPosition.length; i++) {
            out[sets.row[i]] = byPosition[i];
        }
        return out;
    }

    private double[][] toRows(double[][] byPosition) {
        double[][] out = new double[data.size()][p];
        for (int i = 0; i < byPosition.length; i++) {
            out[sets.row[i]] = byPosition[i];
        }
        return out;
    }

    private double[][] weighted(double[][] byPosition) {
        for (int i = 0; i < byPosition.length; i++) {
            for (int j = 0; j < p; j++) {
                byPosition[i][j] *= sets.weight[i];
            }
        }
        return byPosition;
    }

    /** Sums by the cluster of the row at each position. */
    private double[][] sumBy(int[] cluster, double[][] byPosition) {
        int[] order = SortOrder.thenBy(cluster, identity(cluster.length));
        int[] dense = new int[cluster.length];
        int count = -1;
        for (int k = 0; k < order.length; k++) {
            if (k == 0 || cluster[order[k]] != cluster[order[k - 1]]) {
                count++;
            }
            dense[order[k]] = count;
        }
        double[][] sums = new double[count + 1][p];
        for (int i = 0; i < byPosition.length; i++) {
            double[] sum = sums[dense[sets.row[i]]];
            for (int j = 0; j < p; j++) {
                sum[j] += byPosition[i][j];
            }
        }
        return sums;
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return order;
    }

    private double[][] times(double[][] rows, double[][] matrix) {
        double[][] out = new double[rows.length][p];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    out[i][j] += rows[i][k] * matrix[k][j];
                }
            }
        }
        return out;
    }

    private double[][] crossProduct(double[][] rows) {
        double[][] out = new double[p][p];
        for (double[] row : rows) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    out[j][k] += row[j] * row[k];
                }
            }
        }
        return out;
    }
}
