// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.References;
import io.github.livermm.imaging.volume.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Agreement of masks against SimpleITK 2.5.7 and scipy 1.17.1; see make_imaging.py. */
class MaskAgreementTest {
    private static final Grid GRID =
            Grid.of(
                    new int[] {40, 36, 20},
                    new double[] {0.9, 1.1, 2.5},
                    new double[3],
                    new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    private static MaskAgreement agreement(String name) throws IOException {
        BitSet bits =
                BitSet.valueOf(Files.readAllBytes(References.file("masks/" + name + ".bits")));
        int n = GRID.voxels();
        boolean[] a = new boolean[n];
        boolean[] b = new boolean[n];
        for (int v = 0; v < n; v++) {
            a[v] = bits.get(v);
            b[v] = bits.get(n + v);
        }
        return MaskAgreement.of(GRID, a, b);
    }

    @TestFactory
    Stream<DynamicTest> everyMeasureEqualsThatOfOtherPackages() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : References.rows("masks/expected.csv")) {
            tests.add(
                    DynamicTest.dynamicTest(
                            row[0] + " " + row[1],
                            () ->
                                    assertThat(measure(agreement(row[0]), row[1]))
                                            // distances of the oracle are 32-bit floats
                                            .isCloseTo(Double.parseDouble(row[2]), within(5e-6))));
        }
        assertThat(tests).hasSize(36);
        return tests.stream();
    }

    private static double measure(MaskAgreement a, String name) {
        return switch (name) {
            case "dice" -> a.dice();
            case "jaccard" -> a.jaccard();
            case "hausdorff" -> a.hausdorffMm();
            case "hausdorff95" -> a.hausdorff95Mm();
            case "mean_surface_distance" -> a.meanSurfaceDistanceMm();
            case "surface_dice_1" -> a.surfaceDice(1);
            case "surface_dice_2_5" -> a.surfaceDice(2.5);
            case "relative_volume_difference" -> a.relativeVolumeDifference();
            case "volume_difference_ml" -> a.volumeDifferenceMl();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Test
    void emptyMasksHaveStatedValues() {
        boolean[] empty = new boolean[GRID.voxels()];
        boolean[] one = empty.clone();
        one[100] = true;

        MaskAgreement none = MaskAgreement.of(GRID, empty, empty);
        MaskAgreement half = MaskAgreement.of(GRID, empty, one);

        assertThat(none.dice()).isEqualTo(1);
        assertThat(none.hausdorff95Mm()).isZero();
        assertThat(none.surfaceDice(0)).isEqualTo(1);
        assertThat(half.dice()).isZero();
        assertThat(half.hausdorffMm()).isInfinite();
        assertThat(half.surfaceDice(5)).isZero();
        assertThat(half.relativeVolumeDifference()).isNaN();
    }

    @Test
    void shearedGridsAndOtherLengthsAreRefused() {
        Grid sheared =
                Grid.ofAffine(
                        new int[] {2, 2, 2}, new double[] {1, 0.3, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0});

        assertThatThrownBy(() -> MaskAgreement.of(sheared, new boolean[8], new boolean[8]))
                .hasMessageContaining("sheared");
        assertThatThrownBy(() -> MaskAgreement.of(GRID, new boolean[8], new boolean[8]))
                .hasMessageContaining("8");
    }
}
