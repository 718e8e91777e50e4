// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that voxels and masks show the image variables: size, enhancement and place. */
class PhantomTest {
    private static final LatentModel MODEL = new LatentModel();
    private static final double[] STILL = {0, 0, 0};

    @Test
    void maskedVolumeFollowsTheSize() {
        Geometry grid = Geometry.around(STILL, 64, 23, 5, 7, 0);
        double small = volume(render(grid, "log_size_cm", Math.log(4)), grid);
        double large = volume(render(grid, "log_size_cm", Math.log(8)), grid);

        assertThat(large / small).isBetween(6.0, 10.0);
        assertThat(small).isBetween(20_000.0, 45_000.0);
    }

    @Test
    void arterialEnhancementBrightensTheLesion() {
        Geometry grid = Geometry.around(STILL, 64, 23, 5, 7, 0);

        double faint = lesionMean(render(grid, "arterial", -1));
        double bright = lesionMean(render(grid, "arterial", 1));

        assertThat(bright - faint).isBetween(25.0, 45.0);
    }

    @Test
    void contrastIsZeroFarOutside() {
        Appearance appearance = new Appearance(2, 2, 2, 2, 2);
        for (Phase phase : Phase.values()) {
            assertThat(appearance.contrast(phase, 1.5)).isEqualTo(0, within(0.5));
        }
    }

    @Test
    void washoutDarkensLatePhasesOnly() {
        Appearance none = new Appearance(0, 0, 0, 0, -4);
        Appearance strong = new Appearance(0, 0, 2, 0, -4);

        assertThat(strong.contrast(Phase.CT_PORTAL, 0.5))
                .isLessThan(none.contrast(Phase.CT_PORTAL, 0.5) - 20);
        assertThat(strong.contrast(Phase.CT_ARTERIAL, 0.5))
                .isEqualTo(none.contrast(Phase.CT_ARTERIAL, 0.5));
    }

    @Test
    void tiltedGridHasItsMiddleWhereAsked() {
        double[] middle = {3, -4, 5};

        Geometry grid = Geometry.around(middle, 64, 20, 4.9, 8, Math.toRadians(6));

        double[] found = grid.point(9.5, 31.5, 31.5);
        for (int axis = 0; axis < 3; axis++) {
            assertThat(found[axis]).isEqualTo(middle[axis], within(1e-3));
        }
    }

    @Test
    void segmentsCoverTheLiver() {
        List<Integer> segments = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            RandomStream random = RandomStream.of(i);
            segments.add(Phantom.draw(MODEL, MODEL.draw(random, 3), random).segment());
        }

        assertThat(segments).contains(2, 3, 4, 5, 6, 7, 8).doesNotContain(1);
    }

    private static Phantom.Rendering render(Geometry grid, String latent, double value) {
        RandomStream random = RandomStream.of(31);
        double[] values = MODEL.draw(random, 3);
        values[MODEL.indexOf("multiple")] = 0;
        values[MODEL.indexOf("necrosis")] = -3;
        values[MODEL.indexOf("log_size_cm")] = Math.log(5);
        values[MODEL.indexOf(latent)] = value;
        return Phantom.draw(MODEL, values, random).render(Phase.CT_ARTERIAL, grid, STILL);
    }

    private static double volume(Phantom.Rendering rendering, Geometry grid) {
        return count(rendering) * grid.pixelMm() * grid.pixelMm() * grid.sliceMm();
    }

    private static int count(Phantom.Rendering rendering) {
        int voxels = 0;
        for (byte[][] slice : rendering.mask()) {
            for (byte[] row : slice) {
                for (byte label : row) {
                    voxels += label == 2 ? 1 : 0;
                }
            }
        }
        return voxels;
    }

    private static double lesionMean(Phantom.Rendering rendering) {
        double sum = 0;
        for (int k = 0; k < rendering.mask().length; k++) {
            for (int j = 0; j < rendering.mask()[k].length; j++) {
                for (int i = 0; i < rendering.mask()[k][j].length; i++) {
                    sum += rendering.mask()[k][j][i] == 2 ? rendering.signal()[k][j][i] : 0;
                }
            }
        }
        return sum / count(rendering);
    }
}
