// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

/**
 * Cross-validated deviance along an elastic-net path.
 *
 * @since 0.1.0
 */
public final class CrossValidation {
    private final double[] lambdas;
    private final double[] mean;
    private final double[] standardError;

    private CrossValidation(double[] lambdas, double[] mean, double[] standardError) {
        this.lambdas = lambdas;
        this.mean = mean;
        this.standardError = standardError;
    }

    static CrossValidation of(double[] lambdas, double[][] deviance, double[] weight) {
        int folds = weight.length;
        double total = 0;
        for (double w : weight) {
            total += w;
        }
        double[] mean = new double[lambdas.length];
        double[] se = new double[lambdas.length];
        for (int k = 0; k < lambdas.length; k++) {
            for (int f = 0; f < folds; f++) {
                mean[k] += weight[f] * deviance[f][k] / total;
            }
            for (int f = 0; f < folds; f++) {
                double d = deviance[f][k] - mean[k];
                se[k] += weight[f] * d * d / total;
            }
            se[k] = Math.sqrt(se[k] / (folds - 1));
        }
        return new CrossValidation(lambdas.clone(), mean, se);
    }

    /**
     * The mean deviance per event at each lambda.
     *
     * @return lower is better
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The standard error of the mean over folds.
     *
     * @return as long as {@link #mean()}
     */
    public double[] standardErrors() {
        return standardError.clone();
    }

    /**
     * The lambda of least deviance.
     *
     * @return lambda
     */
    public double best() {
        return lambdas[bestIndex()];
    }

    /**
     * The largest lambda whose deviance is within one standard error of the least: a smaller model
     * that is hardly worse.
     *
     * @return lambda
     */
    public double oneStandardError() {
        int best = bestIndex();
        double largest = lambdas[best];
        for (int k = 0; k < lambdas.length; k++) {
            if (mean[k] <= mean[best] + standardError[best]) {
                largest = Math.max(largest, lambdas[k]);
            }
        }
        return largest;
    }

    private int bestIndex() {
        int best = 0;
        for (int k = 1; k < mean.length; k++) {
            if (mean[k] < mean[best] || (mean[k] == mean[best] && lambdas[k] > lambdas[best])) {
                best = k;
            }
        }
        return best;
    }
}
