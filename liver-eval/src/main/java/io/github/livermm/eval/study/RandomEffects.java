// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.Interval;
import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * One figure of several centres pooled by random effects: {@code y_i ~ N(mu, v_i + tau2)} on the
 * scale of the pooling, between-centre variance by restricted maximum likelihood, limits by Hartung
 * and Knapp. Use it for an AUC or C of each centre (logit) or for O/E (log). It equals {@code
 * rma(method = "REML", test = "knha")} of R's metafor; the ad-hoc correction that never lets
 * Hartung-Knapp limits shrink is not applied, as there.
 *
 * <p>Limits use t with k - 1 degrees of freedom; the prediction interval {@code mu +- t_(k-2)
 * sqrt(tau2 + se2)} follows Higgins et al. (metafor's {@code predict} uses k - 1: see {@link
 * #prediction(double, int)}). With one centre everything but the estimate is undefined, with two
 * the prediction interval.
 *
 * <p>Reference: Hartung, Knapp (2001), doi:10.1002/sim.1009; Higgins, Thompson, Spiegelhalter
 * (2009), doi:10.1111/j.1467-985X.2008.00552.x; Debray et al. (2017), doi:10.1136/bmj.i6460;
 * Viechtbauer (2005), doi:10.3102/10769986030003261.
 *
 * @param scale on which the figures are pooled
 * @param centres how many figures were pooled
 * @param mean the pooled mean, on the scale of the pooling
 * @param standardError Hartung and Knapp's, on that scale
 * @param tauSquared the variance between centres, on that scale
 * @param q Cochran's Q with its degrees of freedom {@code centres - 1}
 * @param qPValue the p-value of Q
 * @param iSquared the share of variance between centres, in [0, 1]
 * @since 0.1.0
 */
public record RandomEffects(
        Scale scale,
        int centres,
        double mean,
        double standardError,
        double tauSquared,
        double q,
        double qPValue,
        double iSquared) {
    private static final int MOST_STEPS = 1000;
    private static final String METHOD = "random effects, REML, Hartung-Knapp";

    /** The scale on which figures are near normal. */
    public enum Scale {
        /** As it is. */
        IDENTITY {
            @Override
            double to(double x) {
                return x;
            }

            @Override
            double from(double y) {
                return y;
            }

            @Override
            double derivative(double x) {
                return 1;
            }
        },
        /** For figures in (0, 1) such as AUC and C. */
        LOGIT {
            @Override
            double to(double x) {
                return Math.log(x / (1 - x));
            }

            @Override
            double from(double y) {
                return 1 / (1 + Math.exp(-y));
            }

            @Override
            double derivative(double x) {
                return 1 / (x * (1 - x));
            }
        },
        /** For ratios such as O/E. */
        LOG {
            @Override
            double to(double x) {
                return Math.log(x);
            }

            @Override
            double from(double y) {
                return Math.exp(y);
            }

            @Override
            double derivative(double x) {
                return 1 / x;
            }
        };

        abstract double to(double x);

        abstract double from(double y);

        abstract double derivative(double x);
    }

    /**
     * Pools figures; standard errors are carried to the scale by the delta method.
     *
     * @param scale of the pooling
     * @param estimates one for each centre, inside the range of the scale
     * @param standardErrors one for each centre, above 0, of the figure as it is
     * @return the pooled figure
     * @throws IllegalArgumentException when lengths differ, there is no centre, or an estimate or
     *     standard error is out of range
     */
    public static RandomEffects of(Scale scale, double[] estimates, double[] standardErrors) {
        int k = estimates.length;
        if (k == 0 || k != standardErrors.length) {
            throw new IllegalArgumentException(
                    "estimates has "
                            + k
                            + " rows, standardErrors has "
                            + standardErrors.length
                            + "; needed are as many of both, at least 1");
        }
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            y[i] = scale.to(estimates[i]);
            double se = standardErrors[i] * scale.derivative(estimates[i]);
            v[i] = se * se;
            if (!Double.isFinite(y[i]) || !(v[i] > 0) || Double.isInfinite(v[i])) {
                throw new IllegalArgumentException(
                        "row "
                                + i
                                + ": estimate "
                                + estimates[i]
                                + ", standard error "
                                + standardErrors[i]
                                + " cannot be pooled on the scale "
                                + scale
                                + "; leave the centre out");
            }
        }
        double tau2 = k == 1 ? Double.NaN : restrictedMaximumLikelihood(y, v);
        double[] w = new double[k];
        Arrays.setAll(w, i -> 1 / (v[i] + (k == 1 ? 0 : tau2)));
        double mean = mean(w, y);
        double spread = 0;
        for (int i = 0; i < k; i++) {
            spread += w[i] * (y[i] - mean) * (y[i] - mean);
        }
        double se = Math.sqrt(spread / ((k - 1) * Arrays.stream(w).sum()));
        double[] fixed = new double[k];
        Arrays.setAll(fixed, i -> 1 / v[i]);
        double centre = mean(fixed, y);
        double q = 0;
        double squares = 0;
        for (int i = 0; i < k; i++) {
            q += fixed[i] * (y[i] - centre) * (y[i] - centre);
            squares += fixed[i] * fixed[i];
        }
        double sum = Arrays.stream(fixed).sum();
        double typical = (k - 1) * sum / (sum * sum - squares);
        return new RandomEffects(
                scale,
                k,
                mean,
                k == 1 ? Double.NaN : se,
                tau2,
                k == 1 ? Double.NaN : q,
                k == 1 ? Double.NaN : Gamma.regularizedGammaQ((k - 1) / 2.0, q / 2),
                tau2 / (tau2 + typical));
    }

    private static double mean(double[] w, double[] y) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            sum += w[i] * y[i];
            total += w[i];
        }
        return sum / total;
    }

    /** Fisher scoring on the restricted likelihood, from the method of moments, never below 0. */
    private static double restrictedMaximumLikelihood(double[] y, double[] v) {
        int k = y.length;
        double mean = Arrays.stream(y).sum() / k;
        double tau2 = 0;
        for (int i = 0; i < k; i++) {
            tau2 += (y[i] - mean) * (y[i] - mean) / (k - 1) - v[i] / k;
        }
        tau2 = Math.max(0, tau2);
        for (int step = 0; step < MOST_STEPS; step++) {
            double w1 = 0;
            double w2 = 0;
            double w3 = 0;
            double wy = 0;
            for (int i = 0; i < k; i++) {
                double w = 1 / (v[i] + tau2);
                w1 += w;
                w2 += w * w;
                w3 += w * w * w;
                wy += w * y[i];
            }
            double mu = wy / w1;
            double residual = 0;
            for (int i = 0; i < k; i++) {
                double w = 1 / (v[i] + tau2);
                residual += w * w * (y[i] - mu) * (y[i] - mu);
            }
            double information = w2 - 2 * w3 / w1 + w2 * w2 / (w1 * w1);
            double next = Math.max(0, tau2 + (residual - (w1 - w2 / w1)) / information);
            boolean done = Math.abs(next - tau2) <= 1e-14 * (1e-3 + tau2);
            tau2 = next;
            if (done) {
                break;
            }
        }
        return tau2;
    }

    /**
     * The pooled figure on its own scale.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval; limits {@code NaN} with one centre
     * @throws IllegalArgumentException when the level is out of range
     */
    public Interval pooled(double level) {
        double half = centres < 2 ? Double.NaN : quantile(level, centres - 1) * standardError;
        return interval(half, METHOD);
    }

    /**
     * Where the figure of a new centre will lie, with {@code centres - 2} degrees of freedom.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval; limits {@code NaN} with fewer than three centres
     * @throws IllegalArgumentException when the level is out of range
     */
    public Interval prediction(double level) {
        return prediction(level, centres - 2);
    }

    /**
     * The prediction interval with degrees of freedom of one's own.
     *
     * @param level the confidence level in (0, 1)
     * @param degreesOfFreedom {@code centres - 1} in metafor, {@code centres - 2} after Higgins
     * @return the interval; limits {@code NaN} without a degree of freedom
     * @throws IllegalArgumentException when the level is out of range
     */
    public Interval prediction(double level, int degreesOfFreedom) {
        double half =
                degreesOfFreedom < 1
                        ? Double.NaN
                        : quantile(level, degreesOfFreedom)
                                * Math.sqrt(tauSquared + standardError * standardError);
        return interval(half, "prediction interval, " + METHOD);
    }

    private static double quantile(double level, int degreesOfFreedom) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
        return new TDistribution(null, degreesOfFreedom)
                .inverseCumulativeProbability((1 + level) / 2);
    }

    private Interval interval(double half, String method) {
        return new Interval(
                scale.from(mean),
                Double.isNaN(half) ? Double.NaN : scale.from(mean - half),
                Double.isNaN(half) ? Double.NaN : scale.from(mean + half),
                method);
    }
}
