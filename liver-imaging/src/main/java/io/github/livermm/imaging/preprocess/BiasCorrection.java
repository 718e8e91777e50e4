// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;

/**
 * N4 bias field correction: takes out the slow multiplicative field that coils lay over MR images.
 * In the logarithm the field is estimated by sharpening the histogram (Wiener deconvolution by a
 * Gaussian) and fitting a B-spline to what the sharpened image leaves, coarse to fine.
 *
 * <p>Voxels of 0 and below have no logarithm and are left out of the estimate, as are those that
 * are not finite; they are divided by the field like all others. The defaults are those of ITK.
 * O(voxels x iterations / shrink^3).
 *
 * <p>Reference: Tustison NJ et al. 2010, doi:10.1109/TMI.2010.2046908; Lee S, Wolberg G, Shin SY
 * 1997, doi:10.1109/2945.620490.
 *
 * @param shrink every how manieth voxel along an axis the field is estimated from, 1 to 16; along
 *     an axis of few voxels less
 * @param levels doublings of the B-spline mesh, starting with one span per axis, 1 to 6
 * @param iterations most iterations per level, at least 1
 * @param convergence a level ends when the field changes by less, as coefficient of variation
 * @param fwhm full width at half maximum of the Gaussian, in the logarithm, above 0
 * @param noise of the Wiener filter, above 0
 * @since 0.1.0
 */
public record BiasCorrection(
        int shrink, int levels, int iterations, double convergence, double fwhm, double noise) {
    /** Checks the ranges. */
    public BiasCorrection {
        if (shrink < 1 || shrink > 16 || levels < 1 || levels > 6 || iterations < 1) {
            throw new IllegalArgumentException(
                    "shrink, levels and iterations are "
                            + shrink
                            + ", "
                            + levels
                            + " and "
                            + iterations
                            + ", allowed are 1 to 16, 1 to 6 and 1 and up");
        }
        if (!(convergence >= 0 && fwhm > 0 && noise > 0)) {
            throw new IllegalArgumentException(
                    "convergence, fwhm and noise are "
                            + convergence
                            + ", "
                            + fwhm
                            + " and "
                            + noise
                            + ", allowed are 0 and up, above 0 and above 0");
        }
    }

    /**
     * A corrected image and what was taken out.
     *
     * @param corrected the image divided by the field
     * @param field the bias field
     */
    public record Result(Volume corrected, Volume field) {}

    /**
     * Shrink 4, four levels of 50 iterations, convergence 0.001, width 0.15, noise 0.01.
     *
     * @return the defaults
     */
    public static BiasCorrection defaults() {
        return new BiasCorrection(4, 4, 50, 0.001, 0.15, 0.01);
    }

    /**
     * The same with another shrink factor.
     *
     * @param newShrink 1 to 16
     * @return a copy
     */
    public BiasCorrection withShrink(int newShrink) {
        return new BiasCorrection(newShrink, levels, iterations, convergence, fwhm, noise);
    }

    /**
     * The same with another number of levels.
     *
     * @param newLevels 1 to 6; fewer keep the field smoother
     * @return a copy
     */
    public BiasCorrection withLevels(int newLevels) {
        return new BiasCorrection(shrink, newLevels, iterations, convergence, fwhm, noise);
    }

    /**
     * Corrects an image.
     *
     * @param image the image
     * @param region one flag per voxel: where the field is estimated, such as the body
     * @return the corrected image and the field, which is defined on the whole grid
     * @throws IllegalArgumentException when fewer than 64 voxels of the region are above 0
     */
    public Result correct(Volume image, boolean[] region) {
        Grid grid = image.grid();
        if (region.length != grid.voxels()) {
            throw new IllegalArgumentException(
                    "region has " + region.length + " voxels, the image " + grid.voxels());
        }
        int[] size = {grid.width(), grid.height(), grid.depth()};
        int[] step = new int[3];
        for (int a = 0; a < 3; a++) {
            step[a] = Math.max(1, Math.min(shrink, size[a] / 8));
        }
        int[] places = places(image, region, size, step);
        double[] log = new double[places.length];
        for (int n = 0; n < places.length; n++) {
            log[n] = Math.log(image.at(places[n]));
        }
        float[] field = estimate(log, places, size);
        return new Result(
                Volume.<RuntimeException>filled(
                        grid,
                        out -> {
                            for (int v = 0; v < out.length; v++) {
                                out[v] = (float) (image.at(v) / Math.exp(field[v]));
                            }
                        }),
                Volume.<RuntimeException>filled(
                        grid,
                        out -> {
                            for (int v = 0; v < out.length; v++) {
                                out[v] = (float) Math.exp(field[v]);
                            }
                        }));
    }

    private static int[] places(Volume image, boolean[] region, int[] size, int[] step) {
        int[] places = new int[region.length];
        int n = 0;
        for (int k = step[2] / 2; k < size[2]; k += step[2]) {
            for (int j = step[1] / 2; j < size[1]; j += step[1]) {
                for (int i = step[0] / 2; i < size[0]; i += step[0]) {
                    int v = (k * size[1] + j) * size[0] + i;
                    if (region[v] && image.at(v) > 0 && Float.isFinite(image.at(v))) {
                        places[n++] = v;
                    }
                }
            }
        }
        if (n < 64) {
            throw new IllegalArgumentException(
                    "the region holds "
                            + n
                            + " sampled voxels above 0, at least 64 are needed; shrink less");
        }
        return java.util.Arrays.copyOf(places, n);
    }

    /** Logarithm of the field on the whole grid. */
    private float[] estimate(double[] log, int[] places, int[] size) {
        double[] bias = new double[log.length];
        double[] left = new double[log.length];
        float[] field = new float[size[0] * size[1] * size[2]];
        HistogramSharpening sharpening = new HistogramSharpening(fwhm, noise);
        for (int level = 0; level < levels; level++) {
            SplineLattice lattice = new SplineLattice(size, places, 1 << level);
            double change = Double.POSITIVE_INFINITY;
            for (int it = 0; it < iterations && change > convergence; it++) {
                for (int n = 0; n < log.length; n++) {
                    left[n] = log[n] - bias[n];
                }
                double[] sharp = sharpening.apply(left);
                for (int n = 0; n < log.length; n++) {
                    left[n] -= sharp[n];
                }
                double[] update = lattice.fit(left);
                change = variation(update);
                for (int n = 0; n < log.length; n++) {
                    bias[n] += update[n];
                }
            }
            lattice.addTo(field);
        }
        return field;
    }

    /** Coefficient of variation of the factor by which the field changed. */
    private static double variation(double[] update) {
        double sum = 0;
        double square = 0;
        for (double u : update) {
            double factor = Math.exp(u);
            sum += factor;
            square += factor * factor;
        }
        int n = update.length;
        double mean = sum / n;
        return Math.sqrt(Math.max(0, (square - n * mean * mean) / (n - 1))) / mean;
    }
}
