// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.registration;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;

/**
 * The map from points of a fixed image to points of a moving one, and how well both agree before
 * and after. Immutable.
 *
 * @since 0.1.0
 */
public final class Alignment {
    private final double[] map;
    private final double informationBefore;
    private final double information;
    private final double correlationBefore;
    private final double correlation;

    Alignment(
            double[] map,
            double informationBefore,
            double information,
            double correlationBefore,
            double correlation) {
        this.map = map;
        this.informationBefore = informationBefore;
        this.information = information;
        this.correlationBefore = correlationBefore;
        this.correlation = correlation;
    }

    /**
     * The map in LPS mm.
     *
     * @return a copy, 3 x 4 row-major: moving point = A fixed point + t
     */
    public double[] map() {
        return map.clone();
    }

    /**
     * Where a point of the fixed image lies in the moving one.
     *
     * @param x left, mm
     * @param y back, mm
     * @param z head, mm
     * @return x, y, z in mm
     */
    public double[] apply(double x, double y, double z) {
        double[] p = new double[3];
        for (int r = 0; r < 3; r++) {
            p[r] = map[r * 4] * x + map[r * 4 + 1] * y + map[r * 4 + 2] * z + map[r * 4 + 3];
        }
        return p;
    }

    /**
     * Mutual information as the images came.
     *
     * @return nats, at least 0
     */
    public double mutualInformationBefore() {
        return informationBefore;
    }

    /**
     * Mutual information after alignment.
     *
     * @return nats, at least 0; independent images have 0
     */
    public double mutualInformation() {
        return information;
    }

    /**
     * Normalised cross-correlation as the images came.
     *
     * @return -1 to 1; NaN when an image is constant where they overlap
     */
    public double correlationBefore() {
        return correlationBefore;
    }

    /**
     * Normalised cross-correlation after alignment.
     *
     * @return -1 to 1; NaN when an image is constant where they overlap
     */
    public double correlation() {
        return correlation;
    }

    /**
     * Whether alignment helped.
     *
     * @return false when mutual information did not rise: keep the phase as it came, and mark it as
     *     not aligned
     */
    public boolean isImproved() {
        return information > informationBefore;
    }

    /**
     * The moving image on a grid of the fixed one.
     *
     * @param moving the image that was aligned
     * @param target where values are wanted, in the space of the fixed image
     * @param how between voxel centres
     * @param outside value where the target leaves the moving image
     * @return the aligned image
     */
    public Volume resample(Volume moving, Grid target, Interpolation how, float outside) {
        double[] from = target.affine();
        double[] composed = new double[12];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
                composed[r * 4 + c] =
                        map[r * 4] * from[c]
                                + map[r * 4 + 1] * from[4 + c]
                                + map[r * 4 + 2] * from[8 + c]
                                + (c == 3 ? map[r * 4 + 3] : 0);
            }
        }
        int[] size = {target.width(), target.height(), target.depth()};
        Volume there = moving.resample(Grid.ofAffine(size, composed), how, outside);
        return there.on(target);
    }
}
