// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.preprocess.Region;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lesion rules, geometry rules, boxes and rings. */
class LabelMapTest {
    private static Grid line(int n, double spacing, double x) {
        return Grid.of(
                new int[] {n, 1, 1},
                new double[] {spacing, 1, 1},
                new double[] {x, 0, 0},
                new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    }

    private static LabelMap map() {
        return LabelMap.of(Volume.of(line(10, 1, 0), new float[] {0, 1, 1, 2, 1, 3, 3, 1, 4, 4}));
    }

    @Test
    void rulesChooseTheLesion() {
        assertThat(map().lesions(LesionRule.INDEX)).containsExactly(2);
        assertThat(map().lesions(LesionRule.LARGEST)).containsExactly(3);
        assertThat(map().lesions(LesionRule.ALL)).containsExactlyInAnyOrder(2, 3, 4);
        assertThat(map().lesion(LesionRule.ALL))
                .containsExactly(false, false, false, true, false, true, true, false, true, true);
        assertThat(map().sizes()).containsEntry(1, 4).containsEntry(4, 2).hasSize(4);
    }

    @Test
    void aMapWithoutLesionChoosesNone() {
        LabelMap liver = LabelMap.of(Volume.of(line(3, 1, 0), new float[] {0, 1, 1}));

        assertThat(liver.lesions(LesionRule.LARGEST)).isEmpty();
        assertThat(liver.lesion(LesionRule.ALL)).containsOnly(false);
        assertThat(liver.liver()).containsExactly(false, true, true);
    }

    @Test
    void anotherGeometryIsRefusedOrResampled() {
        Grid image = line(5, 2, 0.5);

        assertThatThrownBy(() -> map().on(image, GeometryRule.REFUSE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resample the mask");
        assertThat(map().on(image, GeometryRule.RESAMPLE).volume().grid().matches(image, 0))
                .isTrue();
        assertThat(map().on(line(10, 1, 0), GeometryRule.REFUSE).sizes()).hasSize(4);
    }

    @Test
    void aMaskOfAnotherPlaceIsNeverUsed() {
        assertThatThrownBy(() -> map().on(line(10, 1, 500), GeometryRule.RESAMPLE))
                .hasMessageContaining("belong together");
        assertThat(map().reaches(line(10, 1, 500))).isFalse();
        // the centre of voxel 9, the last one, lies on a face of the image, or beyond it
        assertThat(map().reaches(line(1, 1, 9.5))).isTrue();
        assertThat(map().reaches(line(1, 1, 9.6))).isFalse();
        assertThat(map().reaches(line(1, 1, 0))).isFalse();
    }

    @Test
    void probabilitiesAreNoLabels() {
        assertThatThrownBy(() -> LabelMap.of(Volume.of(line(1, 1, 0), new float[] {0.4f})))
                .hasMessageContaining("threshold");
        assertThatThrownBy(() -> LabelMap.of(Volume.of(line(1, 1, 0), new float[] {Float.NaN})))
                .hasMessageContaining("whole labels");
    }

    @Test
    void withoutAMaskTheWholeImageCounts() {
        LabelMap whole = LabelMap.orWhole(Optional.empty(), line(4, 1, 0), GeometryRule.REFUSE);

        assertThat(whole.sizes()).containsEntry(1, 4);
        assertThat(Region.box(line(4, 1, 0), new boolean[4], 5).width()).isEqualTo(4);
    }

    @Test
    void boxesAreCutAtTheBorderAndPaddedOnRequest() {
        Volume image = Volume.of(line(5, 2, 10), new float[] {1, 2, 3, 4, 5});
        boolean[] structure = {false, true, false, false, false};

        Grid box = Region.box(image.grid(), structure, 3);
        Grid padded = Region.sized(box, 7, 1, 1);

        assertThat(Region.cut(image, box, -1).toArray()).containsExactly(1, 2, 3, 4);
        assertThat(Region.cut(image, padded, -1).toArray()).containsExactly(-1, -1, 1, 2, 3, 4, 5);
        assertThat(Region.cut(image, Region.sized(box, 2, 1, 1), -1).toArray())
                .containsExactly(2, 3);
    }

    @Test
    void theRingHasItsWidthInMillimetresAndStaysInTheOrgan() {
        Grid grid = Grid.centred(new int[] {41, 41, 21}, new double[] {1, 1, 2}, new double[3]);
        boolean[] ball = new boolean[grid.voxels()];
        boolean[] organ = new boolean[grid.voxels()];
        int shell = 0;
        for (int v = 0; v < ball.length; v++) {
            double[] p = grid.toPatient(v % 41, v / 41 % 41, v / 41 / 41);
            double r = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
            ball[v] = r <= 10;
            organ[v] = p[0] <= 0;
            shell += r > 10 && r <= 15 && organ[v] ? 1 : 0;
        }

        boolean[] ring = Region.ring(grid, ball, organ, 5);

        int n = 0;
        for (int v = 0; v < ring.length; v++) {
            n += ring[v] ? 1 : 0;
            assertThat(ring[v] && (ball[v] || !organ[v])).isFalse();
        }
        // a shell of voxel centres, whose inner border is that of voxels
        assertThat((double) n / shell).isBetween(0.85, 1.0);
    }
}
