// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Positions go both ways, and resampling keeps what it can keep exactly. */
class VolumeTest {
    private static final double[] OBLIQUE = {0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, -1};

    private static Grid oblique() {
        return Grid.of(
                new int[] {7, 6, 5},
                new double[] {0.7, 0.9, 2.5},
                new double[] {3, -4, 5},
                OBLIQUE);
    }

    /** A value that is linear in space. */
    private static Volume linear(Grid grid) {
        return Volume.<RuntimeException>filled(
                grid,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        double[] p =
                                grid.toPatient(
                                        n % grid.width(),
                                        n / grid.width() % grid.height(),
                                        n / grid.width() / grid.height());
                        v[n] = (float) (2 * p[0] - 3 * p[1] + 0.5 * p[2] + 1);
                    }
                });
    }

    @Test
    void indexAndPositionAreInverse() {
        Grid grid = oblique();

        double[] p = grid.toPatient(1.5, 2.25, 3);

        assertThat(grid.toIndex(p[0], p[1], p[2]))
                .containsExactly(new double[] {1.5, 2.25, 3}, within(1e-12));
        assertThat(Grid.ofAffine(new int[] {7, 6, 5}, grid.affine()).matches(grid, 1e-9)).isTrue();
        assertThat(grid.voxelMm3()).isCloseTo(0.7 * 0.9 * 2.5, within(1e-12));
    }

    @Test
    void theSameGridGivesTheSameValues() {
        Volume volume = linear(oblique());

        for (Interpolation how : Interpolation.values()) {
            assertThat(volume.resample(oblique(), how, -1).toArray())
                    .containsExactly(volume.toArray(), within(2e-5f));
        }
    }

    @Test
    void linearInterpolationIsExactForLinearImages() {
        Volume volume = linear(oblique());
        double[] centre = oblique().toPatient(3, 2.5, 2);
        Grid fine = Grid.centred(new int[] {3, 4, 5}, new double[] {0.3, 0.31, 0.9}, centre);

        for (Interpolation how : new Interpolation[] {Interpolation.LINEAR, Interpolation.MEAN}) {
            assertThat(volume.resample(fine, how, Float.NaN).toArray())
                    .containsExactly(linear(fine).toArray(), within(1e-4f));
        }
    }

    @Test
    void outsideHasTheGivenValue() {
        Volume volume = linear(oblique());
        Grid far =
                Grid.centred(new int[] {2, 2, 2}, new double[] {1, 1, 1}, new double[] {500, 0, 0});

        assertThat(volume.resample(far, Interpolation.LINEAR, -7).toArray()).containsOnly(-7f);
    }

    @Test
    void meanAveragesTheVoxelsOfACoarserGrid() {
        Grid fine = Grid.centred(new int[] {4, 4, 4}, new double[] {1, 1, 1}, new double[3]);
        float[] checker = new float[64];
        for (int n = 0; n < 64; n++) {
            checker[n] = (n % 4 + n / 4 % 4 + n / 16) % 2 * 10;
        }
        Grid coarse = Grid.centred(new int[] {2, 2, 2}, new double[] {2, 2, 2}, new double[3]);

        Volume mean = Volume.of(fine, checker).resample(coarse, Interpolation.MEAN, 0);

        assertThat(mean.toArray()).containsOnly(5f);
    }

    @Test
    void aSingleSliceCanBeResampled() {
        Grid one = Grid.centred(new int[] {2, 1, 1}, new double[] {1, 1, 1}, new double[3]);
        Volume volume = Volume.of(one, new float[] {0, 10});
        Grid middle = Grid.centred(new int[] {1, 1, 1}, new double[] {1, 1, 1}, new double[3]);

        assertThat(volume.resample(middle, Interpolation.LINEAR, 0).at(0, 0, 0)).isEqualTo(5f);
    }

    @Test
    void valuesAreSummed() {
        Grid grid = Grid.centred(new int[] {2, 1, 2}, new double[] {1, 1, 1}, new double[3]);
        Volume volume = Volume.of(grid, new float[] {1, 2, 3, -6});

        assertThat(volume.mean()).isEqualTo(0);
        assertThat(volume.min()).isEqualTo(-6);
        assertThat(volume.max()).isEqualTo(3);
        assertThat(volume.at(1, 0, 1)).isEqualTo(-6);
        assertThat(grid).asString().startsWith("2 x 1 x 2 voxels");
    }

    @Test
    void impossibleGridsAreRefused() {
        double[] one = {1, 1, 1};
        double[] zero = new double[3];
        double[] unit = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] flat = {1, 0, 0, 0, 1, 0, 1, 0, 0};

        assertThatThrownBy(() -> Grid.of(new int[] {0, 1, 1}, one, zero, unit))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grid.of(new int[] {1 << 12, 1 << 12, 1 << 12}, one, zero, unit))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grid.of(new int[] {2, 2, 2}, zero, zero, unit))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grid.of(new int[] {2, 2, 2}, one, zero, flat))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                Grid.of(
                                        new int[] {2, 2, 2},
                                        one,
                                        new double[] {Double.NaN, 0, 0},
                                        unit))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grid.ofAffine(new int[] {2, 2, 2}, new double[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Volume.of(oblique(), new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(oblique().matches(Grid.centred(new int[] {7, 6, 5}, one, zero), 1)).isFalse();
        assertThat(oblique().matches(Grid.centred(new int[] {7, 6, 4}, one, zero), 1)).isFalse();
    }
}
