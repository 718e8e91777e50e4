// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

/**
 * The expected value without bias for each value of a log image: its histogram is deconvolved by a
 * Gaussian (Wiener filter), and the expectation under the sharpened histogram is taken.
 *
 * <p>Reference: Sled JG, Zijdenbos AP, Evans AC 1998, doi:10.1109/42.668698.
 */
final class HistogramSharpening {
    private static final int BINS = 200;

    /** Power of two of at least twice the bins, against wrapping round. */
    private static final int LENGTH = 512;

    private static final int OFFSET = (LENGTH - BINS) / 2;

    private final double fwhm;
    private final double noise;

    HistogramSharpening(double fwhm, double noise) {
        this.fwhm = fwhm;
        this.noise = noise;
    }

    double[] apply(double[] log) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : log) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        if (!(high > low)) {
            return log.clone();
        }
        double bin = (high - low) / (BINS - 1);
        double[] expected = expected(histogram(log, low, bin), low, bin);
        double[] out = new double[log.length];
        for (int n = 0; n < log.length; n++) {
            double at = (log[n] - low) / bin;
            int b = Math.min((int) at, BINS - 2);
            out[n] = expected[b] + (at - b) * (expected[b + 1] - expected[b]);
        }
        return out;
    }

    private static double[] histogram(double[] log, double low, double bin) {
        double[] h = new double[LENGTH];
        for (double v : log) {
            double at = (v - low) / bin;
            int b = Math.min((int) at, BINS - 2);
            h[OFFSET + b] += 1 - (at - b);
            h[OFFSET + b + 1] += at - b;
        }
        return h;
    }

    private double[] expected(double[] histogram, double low, double bin) {
        double[] gauss = gaussian(fwhm / bin);
        double[] none = new double[LENGTH];
        fourier(gauss, none, false);
        double[] re = histogram.clone();
        double[] im = new double[LENGTH];
        fourier(re, im, false);
        for (int n = 0; n < LENGTH; n++) {
            double power = gauss[n] * gauss[n] + none[n] * none[n];
            double filter = gauss[n] / (power + noise);
            re[n] *= filter;
            im[n] *= filter;
        }
        fourier(re, im, true);
        double[] top = new double[LENGTH];
        double[] bottom = new double[LENGTH];
        for (int n = 0; n < LENGTH; n++) {
            bottom[n] = Math.max(0, re[n]);
            top[n] = (low + (n - OFFSET) * bin) * bottom[n];
        }
        smooth(top, gauss);
        smooth(bottom, gauss);
        double[] expected = new double[BINS];
        for (int b = 0; b < BINS; b++) {
            double mass = bottom[OFFSET + b];
            expected[b] = mass > 1e-12 ? top[OFFSET + b] / mass : low + b * bin;
        }
        return expected;
    }

    /** Convolution with the Gaussian, whose transform is real. */
    private static void smooth(double[] values, double[] gauss) {
        double[] im = new double[LENGTH];
        fourier(values, im, false);
        for (int n = 0; n < LENGTH; n++) {
            values[n] *= gauss[n];
            im[n] *= gauss[n];
        }
        fourier(values, im, true);
    }

    private static double[] gaussian(double width) {
        double[] g = new double[LENGTH];
        double factor = 4 * Math.log(2) / (width * width);
        double scale = 2 * Math.sqrt(Math.log(2) / Math.PI) / width;
        for (int n = 0; n < LENGTH; n++) {
            double d = Math.min(n, LENGTH - n);
            g[n] = scale * Math.exp(-d * d * factor);
        }
        return g;
    }

    /** Radix-2 Fourier transform in place; the inverse is divided by the length. */
    private static void fourier(double[] re, double[] im, boolean inverse) {
        int n = re.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double t = re[i];
                re[i] = re[j];
                re[j] = t;
                t = im[i];
                im[i] = im[j];
                im[j] = t;
            }
        }
        for (int length = 2; length <= n; length <<= 1) {
            double angle = (inverse ? 2 : -2) * Math.PI / length;
            for (int k = 0; k < length / 2; k++) {
                double c = Math.cos(angle * k);
                double s = Math.sin(angle * k);
                for (int i = k; i < n; i += length) {
                    int o = i + length / 2;
                    double x = re[o] * c - im[o] * s;
                    double y = re[o] * s + im[o] * c;
                    re[o] = re[i] - x;
                    im[o] = im[i] - y;
                    re[i] += x;
                    im[i] += y;
                }
            }
        }
        if (inverse) {
            for (int i = 0; i < n; i++) {
                re[i] /= n;
                im[i] /= n;
            }
        }
    }
}
