// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.registration;

import java.util.function.ToDoubleFunction;

/**
 * Maximises a function without derivatives: along each axis in turn a parabola through three points
 * proposes a step; after a sweep the whole move is tried once more; when nothing helps, steps are
 * halved (Hooke and Jeeves 1961, doi:10.1145/321062.321069).
 *
 * @param value what is maximised
 */
record PatternSearch(ToDoubleFunction<double[]> value) {
    private static final int MOST_SWEEPS = 60;

    double[] maximise(double[] start, double step, double least) {
        double[] x = start.clone();
        double best = value.applyAsDouble(x);
        double s = step;
        for (int sweep = 0; sweep < MOST_SWEEPS && s >= least; sweep++) {
            double[] before = x.clone();
            double from = best;
            for (int a = 0; a < x.length; a++) {
                best = along(x, a, s, best);
            }
            if (best - from <= 1e-7 * Math.abs(best)) {
                s /= 2;
                continue;
            }
            double[] further = new double[x.length];
            for (int a = 0; a < x.length; a++) {
                further[a] = 2 * x[a] - before[a];
            }
            double there = value.applyAsDouble(further);
            if (there > best) {
                best = there;
                x = further;
            }
        }
        return x;
    }

    /** Moves one coordinate where that helps; the value after it. */
    private double along(double[] x, int a, double s, double now) {
        double at = x[a];
        double up = at(x, a, at + s);
        double down = at(x, a, at - s);
        double curve = up - 2 * now + down;
        double move = up > down ? s : -s;
        if (curve < 0) {
            move = Math.max(-2 * s, Math.min(2 * s, s * (down - up) / (2 * curve)));
        }
        double vertex = at(x, a, at + move);
        double most = Math.max(Math.max(up, down), Math.max(vertex, now));
        x[a] = most == now ? at : most == vertex ? at + move : most == up ? at + s : at - s;
        return most;
    }

    private double at(double[] x, int a, double v) {
        double old = x[a];
        x[a] = v;
        double there = value.applyAsDouble(x);
        x[a] = old;
        return there;
    }
}
