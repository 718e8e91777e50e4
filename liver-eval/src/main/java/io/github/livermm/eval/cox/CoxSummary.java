// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.Concordance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a paper reports of a fitted Cox model: the table of hazard ratios, the three tests, AIC and
 * BIC, C, and the test of proportional hazards; the figures of {@code summary(coxph)} and {@code
 * cox.zph} of R's survival package. Residuals and curves come from {@link #diagnostics()}.
 *
 * @since 0.1.0
 */
public final class CoxSummary {
    private final CoxData data;
    private final CoxFit fit;
    private final CoxDiagnostics diagnostics;
    private final int @Nullable [] cluster;
    private final double[][] covariance;

    private CoxSummary(CoxData data, CoxFit fit, int @Nullable [] cluster) {
        this.data = data;
        this.fit = fit;
        this.cluster = cluster;
        diagnostics = CoxDiagnostics.of(data, fit);
        covariance = cluster == null ? fit.covariance() : diagnostics.robustCovariance(cluster);
    }

    /**
     * The summary with the model's own covariance.
     *
     * @param data the rows of the fit
     * @param fit a fit of those rows whose coefficients are finite
     * @return the summary
     * @throws IllegalArgumentException if the fit has no finite estimate or other columns
     */
    public static CoxSummary of(CoxData data, CoxFit fit) {
        return new CoxSummary(data, fit, null);
    }

    /**
     * The summary with the robust (sandwich) covariance: for weights that are not counts, and for
     * several rows of one patient or centre.
     *
     * @param data the rows of the fit
     * @param fit a fit of those rows whose coefficients are finite
     * @param cluster a code per row; rows of one code count as one observation
     * @return the summary
     * @throws IllegalArgumentException if the fit has no finite estimate or other columns, or the
     *     length differs
     */
    public static CoxSummary robust(CoxData data, CoxFit fit, int[] cluster) {
        return new CoxSummary(data, fit, cluster.clone());
    }

    /**
     * The summary with the robust covariance, every row its own cluster.
     *
     * @param data the rows of the fit
     * @param fit a fit of those rows whose coefficients are finite
     * @return the summary
     * @throws IllegalArgumentException if the fit has no finite estimate or other columns
     */
    public static CoxSummary robust(CoxData data, CoxFit fit) {
        int[] own = new int[data.size()];
        Arrays.setAll(own, i -> i);
        return new CoxSummary(data, fit, own);
    }

    /**
     * The fit.
     *
     * @return the fit
     */
    public CoxFit fit() {
        return fit;
    }

    /**
     * Residuals, curves and further tests.
     *
     * @return the diagnostics of the fit
     */
    public CoxDiagnostics diagnostics() {
        return diagnostics;
    }

    /**
     * The covariance that the table uses.
     *
     * @return the robust one if asked for, else the model's; columns x columns
     */
    public double[][] covariance() {
        return Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The table of hazard ratios.
     *
     * @return one line per column; NaN for a column that is a combination of earlier ones
     */
    public List<HazardRatio> hazardRatios() {
        return lines(covariance);
    }

    private List<HazardRatio> lines(double[][] matrix) {
        double[] beta = fit.coefficients();
        List<HazardRatio> lines = new ArrayList<>();
        for (int j = 0; j < beta.length; j++) {
            double se = fit.aliased(j) ? Double.NaN : Math.sqrt(matrix[j][j]);
            lines.add(new HazardRatio(fit.names().get(j), beta[j], se));
        }
        return List.copyOf(lines);
    }

    /**
     * Harrell's C of the linear predictor on the rows of the fit, with their weights, strata and
     * entry times. It is optimistic: the model has seen the rows.
     *
     * @return the concordance
     */
    public Concordance concordance() {
        return data.concordance(linearPredictors());
    }

    /**
     * The linear predictor of every row, not centred, offset included.
     *
     * @return one per row
     */
    public double[] linearPredictors() {
        double[] eta = new double[data.size()];
        for (int i = 0; i < eta.length; i++) {
            eta[i] = fit.linearPredictor(data.x[i]) + (data.offset == null ? 0 : data.offset[i]);
        }
        return eta;
    }

    /**
     * The summary under the keys of {@code cox.json}.
     *
     * @return ordered maps, lists, numbers and texts; null for what is not defined, with the reason
     *     in {@code notes}
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        map.put("n", fit.n());
        map.put("n_event", fit.events());
        map.put("ties", fit.options().ties().name().toLowerCase(Locale.ROOT));
        List<HazardRatio> table = hazardRatios();
        map.put("coef", byName(table, HazardRatio::coefficient));
        map.put("se", byName(table, HazardRatio::standardError));
        if (cluster != null) {
            map.put("se_naive", byName(lines(fit.covariance()), HazardRatio::standardError));
        }
        map.put("z", byName(table, HazardRatio::z));
        map.put("p", byName(table, HazardRatio::p));
        map.put("hr", byName(table, line -> line.interval(0.95).estimate()));
        map.put("hr_lower95", byName(table, line -> line.interval(0.95).lower()));
        map.put("hr_upper95", byName(table, line -> line.interval(0.95).upper()));
        map.put("vcov", matrix(covariance));
        if (cluster != null) {
            map.put("vcov_naive", matrix(fit.covariance()));
        }
        map.put("loglik_null", number(fit.logLikelihoodNull()));
        map.put("loglik", number(fit.logLikelihood()));
        map.put("lr_test", test(diagnostics.likelihoodRatioTest()));
        if (fit.options().ridge().theta() > 0) {
            putPenalty(map);
        } else {
            map.put("wald_test", test(diagnostics.waldTest(covariance)));
            map.put("score_test", test(diagnostics.scoreTest()));
            if (cluster != null) {
                map.put("robust_score_test", test(diagnostics.robustScoreTest(cluster)));
            }
            map.put("zph", proportionalHazards());
        }
        map.put("aic", number(diagnostics.aic()));
        map.put("bic", number(diagnostics.bic()));
        map.put("concordance", concordanceMap());
        map.put("residual_checks", residualChecks());
        for (int j = 0; j < fit.names().size(); j++) {
            if (fit.aliased(j)) {
                notes.add(
                        "column "
                                + fit.names().get(j)
                                + " is constant or a linear combination of the columns before it:"
                                + " it has no coefficient of its own");
            }
        }
        map.put("notes", notes);
        return map;
    }

    private void putPenalty(Map<String, @Nullable Object> map) {
        map.put("penalty", number(fit.penalty()));
        map.put("penalized_loglik", number(fit.logLikelihood() - fit.penalty()));
        map.put("effective_df", number(fit.degreesOfFreedom()));
        map.put("vcov2", matrix(fit.penalisedCovariance()));
        map.put("se2", byName(lines(fit.penalisedCovariance()), HazardRatio::standardError));
    }

    private Map<String, @Nullable Object> proportionalHazards() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("km", trend(TimeTransform.KAPLAN_MEIER));
        map.put("rank", trend(TimeTransform.RANK));
        map.put("identity", trend(TimeTransform.IDENTITY));
        map.put("log", trend(TimeTransform.LOG));
        return map;
    }

    private Map<String, @Nullable Object> trend(TimeTransform transform) {
        ProportionalHazardsTest tests = diagnostics.proportionalHazards(transform);
        Map<String, @Nullable Object> statistic = new LinkedHashMap<>();
        Map<String, @Nullable Object> p = new LinkedHashMap<>();
        for (int j = 0; j < fit.names().size(); j++) {
            statistic.put(fit.names().get(j), number(tests.columns().get(j).statistic()));
            p.put(fit.names().get(j), number(tests.columns().get(j).p()));
        }
        Map<String, @Nullable Object> global = new LinkedHashMap<>();
        global.put("chisq", number(tests.global().statistic()));
        global.put("df", number(tests.global().degreesOfFreedom()));
        global.put("p", number(tests.global().p()));
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("chisq", statistic);
        map.put("p", p);
        map.put("global", global);
        return map;
    }

    private Map<String, @Nullable Object> concordanceMap() {
        Concordance c = concordance();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("c", number(c.estimate()));
        map.put("se", number(cluster == null ? c.standardError() : c.standardError(cluster)));
        map.put("concordant", number(c.concordant()));
        map.put("discordant", number(c.discordant()));
        map.put("tied_x", number(c.tiedRisk()));
        map.put("tied_y", number(c.tiedTime()));
        map.put("tied_xy", number(c.tiedBoth()));
        return map;
    }

    private Map<String, @Nullable Object> residualChecks() {
        double[] martingale = diagnostics.martingale();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("sum_martingale", number(Arrays.stream(martingale).sum()));
        map.put("sum_martingale_sq", number(sumOfSquares(martingale)));
        map.put("sum_deviance_sq", number(sumOfSquares(diagnostics.deviance())));
        return map;
    }

    private static double sumOfSquares(double[] values) {
        return Arrays.stream(values).map(v -> v * v).sum();
    }

    private static Map<String, @Nullable Object> test(CoxTest test) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("stat", number(test.statistic()));
        map.put("df", number(test.degreesOfFreedom()));
        map.put("p", number(test.p()));
        return map;
    }

    private static Map<String, @Nullable Object> byName(
            List<HazardRatio> table, ToDoubleFunction<HazardRatio> value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        table.forEach(line -> map.put(line.name(), number(value.applyAsDouble(line))));
        return map;
    }

    private static List<List<@Nullable Object>> matrix(double[][] values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (double[] row : values) {
            List<@Nullable Object> list = new ArrayList<>();
            for (double value : row) {
                list.add(number(value));
            }
            rows.add(list);
        }
        return rows;
    }

    private static @Nullable Object number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
