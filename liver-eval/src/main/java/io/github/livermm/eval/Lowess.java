// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * Cleveland's robust locally linear scatter-plot smoother, as R's {@code lowess}: local lines at
 * points at least {@code delta} apart, straight lines between them, and optional bisquare
 * reweighting. Use {@link Loess} for local quadratics and for a band.
 *
 * <p>Reference: Cleveland (1979), Robust locally weighted regression and smoothing scatterplots,
 * doi:10.2307/2286407.
 *
 * @since 0.1.0
 */
public final class Lowess {
    private final double[] x;
    private final double[] y;
    private final double[] robustness;
    private final double[] fitted;
    private final int neighbours;

    private Lowess(double[] x, double[] y, int neighbours) {
        this.x = x;
        this.y = y;
        this.neighbours = neighbours;
        this.robustness = new double[x.length];
        this.fitted = new double[x.length];
        Arrays.fill(robustness, 1);
    }

    /**
     * Smooths with R's default distance of 1 % of the range between exact fits.
     *
     * @param x the predictor
     * @param y the response
     * @param span the share of rows in each neighbourhood, in (0, 1]; R's default is 2/3
     * @param iterations rounds of reweighting against outliers; 0 for binary responses
     * @return the smooth at each row, in the order given
     * @throws IllegalArgumentException when lengths differ or a value is not finite
     */
    public static double[] smooth(double[] x, double[] y, double span, int iterations) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double range = x.length == 0 ? 0 : sorted[x.length - 1] - sorted[0];
        return smooth(x, y, span, iterations, 0.01 * range);
    }

    /**
     * Smooths.
     *
     * @param x the predictor
     * @param y the response
     * @param span the share of rows in each neighbourhood, in (0, 1]
     * @param iterations rounds of reweighting against outliers; 0 for binary responses
     * @param delta the distance within which neighbouring fits are interpolated; 0 for none
     * @return the smooth at each row, in the order given
     * @throws IllegalArgumentException when lengths differ or a value is not finite
     */
    public static double[] smooth(
            double[] x, double[] y, double span, int iterations, double delta) {
        Rows.requireSameLength("x", x.length, "y", y.length);
        Rows.requireFinite("x", x);
        Rows.requireFinite("y", y);
        if (!(span > 0 && span <= 1)) {
            throw new IllegalArgumentException("span " + span + " is outside (0, 1]");
        }
        int n = x.length;
        if (n < 2) {
            return y.clone();
        }
        int[] order = SortOrder.ascending(x);
        double[] sortedX = Arrays.stream(order).mapToDouble(i -> x[i]).toArray();
        double[] sortedY = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
        int neighbours = Math.max(2, Math.min(n, (int) (span * n + 1e-7)));
        Lowess lowess = new Lowess(sortedX, sortedY, neighbours);
        lowess.pass(delta);
        for (int round = 0; round < iterations && lowess.reweight(); round++) {
            lowess.pass(delta);
        }
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            result[order[i]] = lowess.fitted[i];
        }
        return result;
    }

    private void pass(double delta) {
        int n = x.length;
        int left = 0;
        int right = neighbours - 1;
        int last = -1;
        int i = 0;
        while (last < n - 1) {
            while (right < n - 1 && x[i] - x[left] > x[right + 1] - x[i]) {
                left++;
                right++;
            }
            fitted[i] = local(i, left, right);
            for (int j = last + 1; j < i; j++) {
                double share = (x[j] - x[last]) / (x[i] - x[last]);
                fitted[j] = share * fitted[i] + (1 - share) * fitted[last];
            }
            last = i;
            double cut = x[last] + delta;
            for (i = last + 1; i < n && x[i] <= cut; i++) {
                if (x[i] == x[last]) {
                    fitted[i] = fitted[last];
                    last = i;
                }
            }
            i = Math.max(last + 1, i - 1);
        }
    }

    private double local(int at, int left, int right) {
        int n = x.length;
        double range = x[n - 1] - x[0];
        double h = Math.max(x[at] - x[left], x[right] - x[at]);
        double[] w = new double[n - left];
        double total = 0;
        int end = left;
        for (; end < n; end++) {
            double r = Math.abs(x[end] - x[at]);
            if (r <= 0.999 * h) {
                double c = 1 - Math.pow(r / h, 3);
                w[end - left] = robustness[end] * (r <= 0.001 * h ? 1 : c * c * c);
                total += w[end - left];
            } else if (x[end] > x[at]) {
                break;
            }
        }
        if (total <= 0) {
            return y[at];
        }
        double mean = 0;
        for (int j = left; j < end; j++) {
            w[j - left] /= total;
            mean += w[j - left] * x[j];
        }
        double spread = 0;
        for (int j = left; j < end; j++) {
            spread += w[j - left] * (x[j] - mean) * (x[j] - mean);
        }
        boolean sloped = h > 0 && Math.sqrt(spread) > 0.001 * range;
        double slope = sloped ? (x[at] - mean) / spread : 0;
        double sum = 0;
        for (int j = left; j < end; j++) {
            sum += w[j - left] * (slope * (x[j] - mean) + 1) * y[j];
        }
        return sum;
    }

    /** Bisquare weights from the residuals; false when these are too small to matter. */
    private boolean reweight() {
        int n = x.length;
        double[] absolute = new double[n];
        for (int i = 0; i < n; i++) {
            absolute[i] = Math.abs(y[i] - fitted[i]);
        }
        double meanAbsolute = Arrays.stream(absolute).average().orElse(0);
        double[] sorted = absolute.clone();
        Arrays.sort(sorted);
        double six = 3 * (sorted[n / 2] + sorted[(n - 1) / 2]);
        if (six < 1e-7 * meanAbsolute) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            double r = absolute[i] / six;
            double c = 1 - r * r;
            robustness[i] = r <= 0.001 ? 1 : r <= 0.999 ? c * c : 0;
        }
        return true;
    }
}
