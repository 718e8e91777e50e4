// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.LogisticCalibration;
import io.github.livermm.eval.LogisticRegression;
import io.github.livermm.eval.RocCurve;
import java.util.Arrays;

/** A yes-or-no target beside a score. */
final class BinaryScored extends Scored {
    /** Probabilities nearer to 0 or 1 are moved here before their logit is taken. */
    private static final double NEAREST = 1e-9;

    final boolean[] positive;
    final double[] score;
    final boolean probabilities;

    BinaryScored(boolean[] positive, double[] score) {
        requireFinite("score", positive.length, score);
        this.positive = positive.clone();
        this.score = score.clone();
        this.probabilities = Arrays.stream(score).allMatch(p -> p >= 0 && p <= 1);
    }

    @Override
    public int size() {
        return positive.length;
    }

    @Override
    public int events() {
        int events = 0;
        for (boolean one : positive) {
            events += one ? 1 : 0;
        }
        return events;
    }

    @Override
    public Scored select(int[] rows) {
        return new BinaryScored(pick(positive, rows), pick(score, rows));
    }

    @Override
    public Interval discrimination() {
        return RocCurve.of(positive, score).aucLogitInterval(LEVEL);
    }

    @Override
    public double standardError() {
        return Math.sqrt(RocCurve.of(positive, score).delongVariance());
    }

    /** Debray et al. (2017), doi:10.1136/bmj.i6460: var(log O/E) = (1 - O/n) / O. */
    @Override
    public Interval observedToExpected() {
        double observed = events();
        double expected = Arrays.stream(score).sum();
        if (!probabilities || observed == 0 || expected == 0) {
            return Interval.undefined("log scale");
        }
        double ratio = observed / expected;
        double factor = Math.exp(Z * Math.sqrt((1 - observed / size()) / observed));
        return new Interval(ratio, ratio / factor, ratio * factor, "log scale");
    }

    @Override
    public Interval slope() {
        return probabilities
                ? LogisticCalibration.of(positive, score, LEVEL).slope()
                : Interval.undefined("Wald");
    }

    @Override
    boolean event(int row) {
        return positive[row];
    }

    @Override
    double[] linearPredictor() {
        if (!probabilities) {
            return score;
        }
        double[] logits = new double[score.length];
        for (int i = 0; i < logits.length; i++) {
            double p = Math.min(1 - NEAREST, Math.max(NEAREST, score[i]));
            logits[i] = Math.log(p / (1 - p));
        }
        return logits;
    }

    @Override
    double logLikelihood(double[][] x) {
        LogisticRegression fit = LogisticRegression.fit(x, positive, 0);
        return fit.converged() && !fit.separated() ? fit.logLikelihood() : Double.NaN;
    }

    @Override
    boolean informative() {
        int events = events();
        return events > 0 && events < size();
    }
}
