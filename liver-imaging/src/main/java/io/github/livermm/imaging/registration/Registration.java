// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.registration;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;

/**
 * Rigid or affine alignment of two images of one patient, such as a phase to the portal venous one:
 * mutual information is maximised over a pyramid of spacings by a pattern search with parabolic
 * steps. Works across contrast phases and between CT and MR, as it only asks that one image's
 * values predict the other's. It cannot follow breathing that deforms the liver.
 *
 * <p>Deterministic, whatever the number of threads. A failed alignment is told, never hidden: see
 * {@link Alignment#isImproved()}.
 *
 * <p>Reference: Viola P, Wells WM 1997, doi:10.1023/A:1007958904918; Mattes D et al. 2003,
 * doi:10.1109/TMI.2003.809072.
 *
 * @param model rigid or affine
 * @param finestMm spacing of the finest level, 0.5 to 10 mm
 * @param levels spacings, each twice the next, 1 to 5
 * @param samples most voxels compared per evaluation, at least 1000
 * @since 0.1.0
 */
public record Registration(Model model, double finestMm, int levels, int samples) {
    /** Which maps are allowed. */
    public enum Model {
        /** Three shifts and three angles. */
        RIGID,
        /** And three scales and three shears. */
        AFFINE
    }

    /** Checks the ranges. */
    public Registration {
        if (!(finestMm >= 0.5 && finestMm <= 10) || levels < 1 || levels > 5 || samples < 1000) {
            throw new IllegalArgumentException(
                    "finestMm, levels and samples are "
                            + finestMm
                            + ", "
                            + levels
                            + " and "
                            + samples
                            + ", allowed are 0.5 to 10, 1 to 5 and at least 1000");
        }
    }

    /**
     * Rigid, 8, 4 and 2 mm, 60 000 samples.
     *
     * @return the defaults
     */
    public static Registration defaults() {
        return new Registration(Model.RIGID, 2, 3, 60_000);
    }

    /**
     * The same with another model.
     *
     * @param newModel rigid or affine
     * @return a copy
     */
    public Registration withModel(Model newModel) {
        return new Registration(newModel, finestMm, levels, samples);
    }

    /**
     * Finds where the points of one image lie in another.
     *
     * @param fixed the image that stays, such as the portal venous phase
     * @param moving the image that is brought onto it
     * @return the map and its quality
     */
    public Alignment align(Volume fixed, Volume moving) {
        double[] centre = centre(fixed.grid());
        int count = model == Model.RIGID ? 6 : 12;
        double[] best = new double[count];
        for (int level = levels - 1; level >= 0; level--) {
            double spacing = finestMm * (1 << level);
            Similarity similarity =
                    new Similarity(coarse(fixed, spacing), coarse(moving, spacing), samples);
            PatternSearch search =
                    new PatternSearch(
                            p -> similarity.mutualInformation(SpatialMap.of(p, centre).affine()));
            if (level == levels - 1 && count > 6) {
                // shears before the place is known would fit noise
                best = java.util.Arrays.copyOf(search.maximise(new double[6], spacing, 1), count);
            }
            best = search.maximise(best, spacing, level == 0 ? 0.02 : spacing / 8);
        }
        Similarity quality =
                new Similarity(coarse(fixed, finestMm), coarse(moving, finestMm), samples);
        double[] identity = SpatialMap.of(new double[6], centre).affine();
        double[] found = SpatialMap.of(best, centre).affine();
        return new Alignment(
                found,
                quality.mutualInformation(identity),
                quality.mutualInformation(found),
                quality.correlation(identity),
                quality.correlation(found));
    }

    private static double[] centre(Grid grid) {
        return grid.toPatient(
                (grid.width() - 1) / 2.0, (grid.height() - 1) / 2.0, (grid.depth() - 1) / 2.0);
    }

    /** Averaged to a spacing where the image is finer. */
    private static Volume coarse(Volume image, double spacing) {
        Grid grid = image.grid();
        double[] target = new double[3];
        for (int a = 0; a < 3; a++) {
            target[a] = Math.max(spacing, grid.spacingMm(a));
        }
        return image.resample(grid.withSpacing(target), Interpolation.MEAN, Float.NaN);
    }
}
