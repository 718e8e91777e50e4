// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Calibration of predicted probabilities of several classes by multinomial logistic recalibration:
 * with the first class as reference, {@code log(q_k / q_0) = a_k + sum_j b_kj log(p_j / p_0)}.
 * Right predictions have intercepts 0 and the identity as slopes. The recalibrated probabilities
 * against the predicted ones, class by class, are the parametric calibration curves; for smooth
 * ones without a model give each class to {@link CalibrationCurve}.
 *
 * <p>Reference: Van Hoorde K, Vergouwe Y, Timmerman D, Van Huffel S, Steyerberg EW, Van Calster B
 * (2014), Assessing calibration of multinomial risk prediction models, doi:10.1002/sim.6114.
 *
 * @since 0.1.0
 */
public final class MultinomialCalibration {
    private static final int MAX_ITERATIONS = 100;
    private static final double LAST_STEP = 1e-10;
    private static final double COLLINEAR = 1e-12;

    private final int classes;
    private final double[] inTheLarge;
    private final double[] theta;
    private final double[] standardErrors;
    private final double[] logLikelihoods;

    private MultinomialCalibration(
            int classes,
            double[] inTheLarge,
            double[] theta,
            double[] standardErrors,
            double[] logLikelihoods) {
        this.classes = classes;
        this.inTheLarge = inTheLarge;
        this.theta = theta;
        this.standardErrors = standardErrors;
        this.logLikelihoods = logLikelihoods;
    }

    /**
     * Fits the recalibration.
     *
     * @param truth the true class of each row, from 0; the first class is the reference
     * @param probability one row per row and one column per class, each in (0, 1); rows need not
     *     sum to 1
     * @return the fit; all figures {@code NaN} when a class has no row or the maximum lies at
     *     infinity
     * @throws IllegalArgumentException when lengths differ, there is no row, or a class or
     *     probability is out of range
     */
    public static MultinomialCalibration of(int[] truth, double[][] probability) {
        Rows.requireClassProbabilities(truth, probability);
        int classes = probability[0].length;
        double[][] logits = new double[truth.length][classes - 1];
        long[] size = new long[classes];
        for (int i = 0; i < truth.length; i++) {
            size[truth[i]]++;
            for (int k = 0; k < classes; k++) {
                double p = probability[i][k];
                if (!(p > 0 && p < 1)) {
                    throw new IllegalArgumentException(
                            "probability row "
                                    + i
                                    + " column "
                                    + k
                                    + " is "
                                    + p
                                    + ", outside (0, 1); its log is infinite, move it inside");
                }
                if (k > 0) {
                    logits[i][k - 1] = Math.log(p / probability[i][0]);
                }
            }
        }
        boolean defined = Arrays.stream(size).allMatch(s -> s > 0);
        Newton large = new Newton(truth, logits, false);
        Newton joint = new Newton(truth, logits, true);
        if (!defined || !large.run() || !joint.run()) {
            Arrays.fill(large.theta, Double.NaN);
            Arrays.fill(joint.theta, Double.NaN);
        }
        double[] logLikelihoods = {
            large.logLikelihood(new double[classes - 1]),
            large.logLikelihood(large.theta),
            joint.logLikelihood(joint.theta)
        };
        return new MultinomialCalibration(
                classes, large.theta, joint.theta, joint.standardErrors(), logLikelihoods);
    }

    /**
     * The intercepts with slopes held at the identity: calibration in the large.
     *
     * @return one value per class but the first; 0 is right
     */
    public double[] inTheLarge() {
        return inTheLarge.clone();
    }

    /**
     * The intercepts of the joint fit.
     *
     * @return one value per class but the first; 0 is right
     */
    public double[] intercepts() {
        return column(theta, 0);
    }

    /**
     * The slopes of the joint fit.
     *
     * @return rows and columns are the classes but the first; the identity is right
     */
    public double[][] slopes() {
        double[][] slopes = new double[classes - 1][];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = Arrays.copyOfRange(theta, k * classes + 1, (k + 1) * classes);
        }
        return slopes;
    }

    /**
     * The standard errors of the joint fit.
     *
     * @return one row per class but the first: of its intercept, then of its slopes
     */
    public double[][] standardErrors() {
        double[][] rows = new double[classes - 1][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = Arrays.copyOfRange(standardErrors, k * classes, (k + 1) * classes);
        }
        return rows;
    }

    private double[] column(double[] values, int at) {
        double[] column = new double[classes - 1];
        for (int k = 0; k < column.length; k++) {
            column[k] = values[k * classes + at];
        }
        return column;
    }

    /**
     * The likelihood-ratio test that predictions are right as they are, on (k-1) k degrees of
     * freedom.
     *
     * @return the p-value, {@code NaN} when undefined
     */
    public double calibrationPValue() {
        double df = classes * (classes - 1.0);
        return ChiSquared.upper(2 * (logLikelihoods[2] - logLikelihoods[0]), df);
    }

    /**
     * The log-likelihoods of the predictions as they are, with free intercepts, and of the joint
     * fit.
     *
     * @return three values, ascending
     */
    public double[] logLikelihoods() {
        return logLikelihoods.clone();
    }

    /**
     * The recalibrated probabilities of one row.
     *
     * @param probability one per class, each in (0, 1)
     * @return one per class, summing to 1; {@code NaN} when the fit is undefined
     */
    public double[] recalibrated(double[] probability) {
        double[] logits = new double[classes - 1];
        for (int k = 1; k < classes; k++) {
            logits[k - 1] = Math.log(probability[k] / probability[0]);
        }
        return shares(eta(theta, logits, true));
    }

    /** The linear predictors of all classes, 0 for the first. */
    private static double[] eta(double[] theta, double[] logits, boolean slopes) {
        int k1 = logits.length;
        double[] eta = new double[k1 + 1];
        for (int k = 0; k < k1; k++) {
            if (slopes) {
                eta[k + 1] = theta[k * (k1 + 1)];
                for (int j = 0; j < k1; j++) {
                    eta[k + 1] += theta[k * (k1 + 1) + 1 + j] * logits[j];
                }
            } else {
                eta[k + 1] = theta[k] + logits[k];
            }
        }
        return eta;
    }

    private static double[] shares(double[] eta) {
        double top = Arrays.stream(eta).max().orElse(0);
        double[] q = Arrays.stream(eta).map(e -> Math.exp(e - top)).toArray();
        double sum = Arrays.stream(q).sum();
        return Arrays.stream(q).map(v -> v / sum).toArray();
    }

    /** Newton's method; parameters by class: its intercept, then its slopes. */
    private static final class Newton {
        private final int[] truth;
        private final double[][] logits;
        private final boolean slopes;
        private final int width;
        private final double[] theta;

        Newton(int[] truth, double[][] logits, boolean slopes) {
            this.truth = truth;
            this.logits = logits;
            this.slopes = slopes;
            int k1 = logits[0].length;
            this.width = slopes ? k1 + 1 : 1;
            this.theta = new double[k1 * width];
            for (int k = 0; slopes && k < k1; k++) {
                theta[k * width + 1 + k] = 1;
            }
        }

        boolean run() {
            double value = logLikelihood(theta);
            for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
                double[] step = solve(information(), gradient());
                if (step.length == 0) {
                    return false;
                }
                double length = 1;
                double[] next = moved(step, length);
                while (!(logLikelihood(next) >= value - LAST_STEP) && length > LAST_STEP) {
                    length /= 2;
                    next = moved(step, length);
                }
                System.arraycopy(next, 0, theta, 0, next.length);
                value = logLikelihood(theta);
                if (length == 1 && Arrays.stream(step).allMatch(s -> Math.abs(s) < LAST_STEP)) {
                    return true;
                }
            }
            return false;
        }

        private double[] moved(double[] step, double length) {
            double[] next = theta.clone();
            for (int a = 0; a < next.length; a++) {
                next[a] += length * step[a];
            }
            return next;
        }

        double logLikelihood(double[] at) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                sum += Math.log(shares(eta(at, logits[i], slopes))[truth[i]]);
            }
            return sum;
        }

        private double column(int i, int j) {
            return j == 0 ? 1 : logits[i][j - 1];
        }

        private double[] gradient() {
            double[] gradient = new double[theta.length];
            for (int i = 0; i < truth.length; i++) {
                double[] q = shares(eta(theta, logits[i], slopes));
                for (int a = 0; a < gradient.length; a++) {
                    int k = a / width + 1;
                    gradient[a] += ((truth[i] == k ? 1 : 0) - q[k]) * column(i, a % width);
                }
            }
            return gradient;
        }

        private RealMatrix information() {
            double[][] h = new double[theta.length][theta.length];
            for (int i = 0; i < truth.length; i++) {
                double[] q = shares(eta(theta, logits[i], slopes));
                for (int a = 0; a < h.length; a++) {
                    int k = a / width + 1;
                    double left = q[k] * column(i, a % width);
                    for (int b = 0; b < h.length; b++) {
                        int l = b / width + 1;
                        h[a][b] += left * ((k == l ? 1 : 0) - q[l]) * column(i, b % width);
                    }
                }
            }
            return new Array2DRowRealMatrix(h, false);
        }

        private static double[] solve(RealMatrix information, double[] gradient) {
            try {
                return solver(information).solve(new ArrayRealVector(gradient, false)).toArray();
            } catch (NonPositiveDefiniteMatrixException singular) {
                return new double[0];
            }
        }

        private static DecompositionSolver solver(RealMatrix information) {
            double largest = 0;
            for (int a = 0; a < information.getRowDimension(); a++) {
                largest = Math.max(largest, information.getEntry(a, a));
            }
            return new CholeskyDecomposition(information, 1e-9, COLLINEAR * largest).getSolver();
        }

        double[] standardErrors() {
            double[] se = new double[theta.length];
            Arrays.fill(se, Double.NaN);
            if (Double.isNaN(theta[0])) {
                return se;
            }
            RealMatrix inverse = solver(information()).getInverse();
            for (int a = 0; a < se.length; a++) {
                se[a] = Math.sqrt(inverse.getEntry(a, a));
            }
            return se;
        }
    }
}
