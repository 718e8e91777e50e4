// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.Interval;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * Agreement of readers in a measurement, such as a diameter or a radiomic feature: all six forms of
 * the intraclass correlation from the mean squares of subjects x readers. Every reader measured
 * every subject once; a subject with a missing value is to be left out.
 *
 * <p>Limits and tests are those of McGraw and Wong, as R's {@code psych::ICC} and {@code irr::icc}
 * give them.
 *
 * <p>Reference: Shrout, Fleiss (1979), doi:10.1037/0033-2909.86.2.420; McGraw, Wong (1996),
 * doi:10.1037/1082-989X.1.1.30.
 *
 * @param subjects how many subjects
 * @param readers how many readers
 * @param betweenSubjects mean square of subjects
 * @param withinSubjects mean square within subjects
 * @param betweenReaders mean square of readers
 * @param residual mean square of the rest
 * @since 0.1.0
 */
public record IntraclassCorrelation(
        int subjects,
        int readers,
        double betweenSubjects,
        double withinSubjects,
        double betweenReaders,
        double residual) {

    /** Which correlation is meant, in the notation of Shrout and Fleiss. */
    public enum Form {
        /** ICC(1,1): each subject has readers of its own; one reading. */
        ONE_WAY_SINGLE("ICC(1,1)", false),
        /** ICC(2,1): readers are a sample of readers, absolute agreement; one reading. */
        AGREEMENT_SINGLE("ICC(2,1)", false),
        /** ICC(3,1): these readers only, consistency; one reading. */
        CONSISTENCY_SINGLE("ICC(3,1)", false),
        /** ICC(1,k): as the first, for the mean of the readings. */
        ONE_WAY_MEAN("ICC(1,k)", true),
        /** ICC(2,k): as the second, for the mean of the readings. */
        AGREEMENT_MEAN("ICC(2,k)", true),
        /** ICC(3,k): as the third, for the mean of the readings. */
        CONSISTENCY_MEAN("ICC(3,k)", true);

        private final String label;
        private final boolean ofMean;

        Form(String label, boolean ofMean) {
            this.label = label;
            this.ofMean = ofMean;
        }
    }

    /**
     * Takes the mean squares apart.
     *
     * @param readings one row per subject and one column per reader, finite
     * @return the correlations
     * @throws IllegalArgumentException with fewer than two subjects or readers, ragged rows, or a
     *     value that is not finite
     */
    public static IntraclassCorrelation of(double[][] readings) {
        int n = readings.length;
        int k = n == 0 ? 0 : readings[0].length;
        if (n < 2 || k < 2) {
            throw new IllegalArgumentException(
                    "readings are " + n + " subjects x " + k + " readers, needed are 2 x 2");
        }
        double[] ofReader = new double[k];
        double[] ofSubject = new double[n];
        double grand = 0;
        for (int i = 0; i < n; i++) {
            Scored.requireFinite("readings of subject " + i, k, readings[i]);
            for (int j = 0; j < k; j++) {
                ofSubject[i] += readings[i][j] / k;
                ofReader[j] += readings[i][j] / n;
                grand += readings[i][j] / ((double) n * k);
            }
        }
        double subjects = 0;
        double readers = 0;
        double within = 0;
        double rest = 0;
        for (int i = 0; i < n; i++) {
            subjects += k * (ofSubject[i] - grand) * (ofSubject[i] - grand);
            for (int j = 0; j < k; j++) {
                double own = readings[i][j] - ofSubject[i];
                double left = own - (ofReader[j] - grand);
                within += own * own;
                rest += left * left;
            }
        }
        for (int j = 0; j < k; j++) {
            readers += n * (ofReader[j] - grand) * (ofReader[j] - grand);
        }
        return new IntraclassCorrelation(
                n,
                k,
                subjects / (n - 1),
                within / ((double) n * (k - 1)),
                readers / (k - 1),
                rest / ((n - 1.0) * (k - 1)));
    }

    /**
     * One correlation with its limits.
     *
     * @param form which one
     * @param level the confidence level in (0, 1)
     * @return the correlation, at most 1, negative when readers disagree more than subjects differ;
     *     {@code NaN} when nothing varies or the variances add up to less than 0, as they may where
     *     readers differ much less than chance; limits {@code NaN} when readers agree wholly
     * @throws IllegalArgumentException when the level is out of range
     */
    public Interval of(Form form, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
        double estimate =
                switch (form) {
                    case ONE_WAY_SINGLE -> single(betweenSubjects / withinSubjects);
                    case CONSISTENCY_SINGLE -> single(betweenSubjects / residual);
                    case AGREEMENT_SINGLE -> agreement(1);
                    case ONE_WAY_MEAN -> 1 - withinSubjects / betweenSubjects;
                    case CONSISTENCY_MEAN -> 1 - residual / betweenSubjects;
                    case AGREEMENT_MEAN -> agreement(readers);
                };
        double[] limits =
                switch (form) {
                    case ONE_WAY_SINGLE, ONE_WAY_MEAN ->
                            exact(
                                    betweenSubjects / withinSubjects,
                                    (double) subjects * (readers - 1),
                                    level);
                    case CONSISTENCY_SINGLE, CONSISTENCY_MEAN ->
                            exact(
                                    betweenSubjects / residual,
                                    (subjects - 1.0) * (readers - 1),
                                    level);
                    case AGREEMENT_SINGLE, AGREEMENT_MEAN -> satterthwaite(level);
                };
        if (form.ofMean) {
            limits[0] = stepUp(limits[0]);
            limits[1] = stepUp(limits[1]);
        }
        return new Interval(estimate, limits[0], limits[1], form.label);
    }

    private double single(double f) {
        return Double.isInfinite(f) ? 1 : (f - 1) / (f + readers - 1);
    }

    private double agreement(int averaged) {
        double k = readers;
        double own =
                averaged == 1
                        ? (k - 1) * residual + k * (betweenReaders - residual) / subjects
                        : (betweenReaders - residual) / subjects;
        double total = betweenSubjects + own;
        return total > 0 ? (betweenSubjects - residual) / total : Double.NaN;
    }

    /** Spearman and Brown: from one reading to the mean of all. */
    private double stepUp(double single) {
        return readers * single / (1 + (readers - 1) * single);
    }

    /** Limits of a single reading from an F statistic with these residual degrees of freedom. */
    private double[] exact(double f, double residualDf, double level) {
        if (!Double.isFinite(f)) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double p = (1 + level) / 2;
        double lower = f / quantile(subjects - 1.0, residualDf, p);
        double upper = f * quantile(residualDf, subjects - 1.0, p);
        return new double[] {single(lower), single(upper)};
    }

    private double[] satterthwaite(double level) {
        double icc = agreement(1);
        if (!(Math.abs(icc) < 1)) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double n = subjects;
        double k = readers;
        double a = k * icc / (n * (1 - icc));
        double b = 1 + k * icc * (n - 1) / (n * (1 - icc));
        double sum = a * betweenReaders + b * residual;
        double df =
                sum
                        * sum
                        / (Math.pow(a * betweenReaders, 2) / (k - 1)
                                + Math.pow(b * residual, 2) / ((n - 1) * (k - 1)));
        double p = (1 + level) / 2;
        double above = quantile(n - 1, df, p);
        double below = quantile(df, n - 1, p);
        double rest = k * betweenReaders + (k * n - k - n) * residual;
        return new double[] {
            n * (betweenSubjects - above * residual) / (above * rest + n * betweenSubjects),
            n * (below * betweenSubjects - residual) / (rest + n * below * betweenSubjects)
        };
    }

    private static double quantile(double df1, double df2, double p) {
        return new FDistribution(null, df1, df2).inverseCumulativeProbability(p);
    }
}
