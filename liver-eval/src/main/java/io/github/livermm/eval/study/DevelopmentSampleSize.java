// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

/**
 * How many patients are needed to develop a model with so many parameters, after Riley et al.:
 * little shrinkage, little optimism in R2, and a precise overall risk. R2 is Cox and Snell's, taken
 * from an earlier model; where only an AUC or C is known, derive it first.
 *
 * <p>{@code n1 = P / ((S - 1) ln(1 - R2/S))} with shrinkage S; {@code n2} the same with {@code S =
 * R2 / (R2 + 0.05 maxR2)}; {@code n3} makes the 95 % limits of the overall risk no wider than 0.05
 * to either side. {@code maxR2 = 1 - exp(2 lnL0 / n)}.
 *
 * <p>As R's {@code pmsampsize}, {@code maxR2} is rounded to two and the S of the second criterion
 * to three decimals, so that the numbers are those of published protocols.
 *
 * <p>Reference: Riley et al. (2019), doi:10.1002/sim.7992; Riley et al. (2020),
 * doi:10.1136/bmj.m441.
 *
 * @param shrinkage patients that keep shrinkage at 0.9 (criterion 1)
 * @param optimism patients that keep the optimism of R2 at 0.05 (criterion 2)
 * @param precision patients that fix the overall risk within 0.05 (criterion 3)
 * @param events expected among {@link #needed()} patients
 * @param eventsPerParameter {@code events} over the number of parameters
 * @param largestR2 the R2 that no model can exceed at this share or rate of events
 * @since 0.1.0
 */
public record DevelopmentSampleSize(
        int shrinkage,
        int optimism,
        int precision,
        double events,
        double eventsPerParameter,
        double largestR2) {
    private static final double SHRINKAGE = 0.9;
    private static final double OPTIMISM = 0.05;
    private static final double MARGIN = 0.05;
    private static final double Z = 1.96;

    /** Any number: the limit of R2 depends on the rate only. */
    private static final double PLENTY = 10_000;

    /**
     * For a yes-or-no target.
     *
     * @param r2 expected R2 of Cox and Snell, in (0, 1)
     * @param parameters of the model, at least 1
     * @param prevalence share of positive patients, in (0, 1)
     * @return the sample size
     * @throws IllegalArgumentException when a value is out of range or R2 exceeds what the
     *     prevalence allows
     */
    public static DevelopmentSampleSize binary(double r2, int parameters, double prevalence) {
        require("prevalence", prevalence, prevalence > 0 && prevalence < 1, "(0, 1)");
        double logLikelihood =
                prevalence * Math.log(prevalence) + (1 - prevalence) * Math.log(1 - prevalence);
        double largest = largest(r2, parameters, logLikelihood);
        double margin = Z / MARGIN;
        int n3 = (int) Math.ceil(margin * margin * prevalence * (1 - prevalence));
        int n1 = first(r2, parameters, SHRINKAGE);
        int n2 = second(r2, parameters, largest);
        double events = Math.max(Math.max(n1, n2), n3) * prevalence;
        return new DevelopmentSampleSize(n1, n2, n3, events, events / parameters, largest);
    }

    /**
     * For a time-to-event endpoint.
     *
     * @param r2 expected R2 of Cox and Snell, in (0, 1)
     * @param parameters of the model, at least 1
     * @param rate events per unit of time, above 0
     * @param time the horizon of prediction, above 0
     * @param meanFollowUp in the unit of time, above 0
     * @return the sample size
     * @throws IllegalArgumentException when a value is out of range or R2 exceeds what the rate
     *     allows
     */
    public static DevelopmentSampleSize survival(
            double r2, int parameters, double rate, double time, double meanFollowUp) {
        require("rate", rate, rate > 0, "(0, infinity)");
        require("time", time, time > 0, "(0, infinity)");
        require("meanFollowUp", meanFollowUp, meanFollowUp > 0, "(0, infinity)");
        double events = rate * meanFollowUp * PLENTY;
        double largest =
                largest(r2, parameters, (events * Math.log(events / PLENTY) - events) / PLENTY);
        int n1 = first(r2, parameters, SHRINKAGE);
        int n2 = second(r2, parameters, largest);
        // the rate may be off by this much before 1 - exp(-rate time) is off by the margin
        double off = Math.log1p(MARGIN * Math.exp(rate * time)) / time;
        int n3 = (int) Math.ceil(Z * Z * rate / (off * off) / meanFollowUp);
        double expected = Math.max(Math.max(n1, n2), n3) * rate * meanFollowUp;
        return new DevelopmentSampleSize(n1, n2, n3, expected, expected / parameters, largest);
    }

    private static double largest(double r2, int parameters, double logLikelihoodPerPatient) {
        require("r2", r2, r2 > 0 && r2 < 1, "(0, 1)");
        require("parameters", parameters, parameters >= 1, "[1, infinity)");
        double largest = 1 - Math.exp(2 * logLikelihoodPerPatient);
        require("r2", r2, r2 < largest, "(0, " + largest + "), the most that can be explained");
        return Math.round(100 * largest) / 100.0;
    }

    private static int first(double r2, int parameters, double s) {
        return (int) Math.ceil(parameters / ((s - 1) * Math.log(1 - r2 / s)));
    }

    private static int second(double r2, int parameters, double largest) {
        double s = Math.round(1000 * r2 / (r2 + OPTIMISM * largest)) / 1000.0;
        return first(r2, parameters, s);
    }

    private static void require(String name, double value, boolean right, String allowed) {
        if (!right) {
            throw new IllegalArgumentException(name + " " + value + " is outside " + allowed);
        }
    }

    /**
     * The patients that meet all three criteria.
     *
     * @return the largest of them
     */
    public int needed() {
        return Math.max(Math.max(shrinkage, optimism), precision);
    }
}
