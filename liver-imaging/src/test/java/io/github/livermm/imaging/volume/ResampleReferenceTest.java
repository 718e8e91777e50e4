// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.References;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resampling against scipy.ndimage 1.17.1 and SimpleITK 2.5.7; see make_imaging.py. */
class ResampleReferenceTest {
    private final Map<String, Grid> grids = new HashMap<>();
    private Volume input = Volume.of(unit(1), new float[1]);

    private static Grid unit(int n) {
        return Grid.centred(new int[] {n, 1, 1}, new double[] {1, 1, 1}, new double[3]);
    }

    private Grid grid(String name) {
        return java.util.Objects.requireNonNull(grids.get(name));
    }

    @BeforeEach
    void read() throws IOException {
        for (String[] row : References.rows("resample/grids.csv")) {
            grids.put(row[0], References.grid(row, 1));
        }
        input = Volume.of(grid("input"), References.floats("resample/input.f32"));
    }

    @ParameterizedTest
    @CsvSource({
        "aligned, NEAREST, scipy, 0",
        "aligned, LINEAR, scipy, 2e-4",
        "aligned, CUBIC, scipy, 5e-4",
        "aligned, CUBIC, itk, 5e-4",
        "oblique, NEAREST, scipy, 0",
        "oblique, LINEAR, scipy, 2e-4",
        "oblique, CUBIC, scipy, 5e-4",
        "oblique, CUBIC, itk, 5e-4"
    })
    void valuesEqualThoseOfOtherPackages(
            String grid, Interpolation how, String oracle, double tolerance) throws IOException {
        float[] expected =
                References.floats(
                        String.format(
                                "resample/%s_%s_%s.f32",
                                grid, how.name().toLowerCase(Locale.ROOT), oracle));

        float[] found = input.resample(grid(grid), how, -1000).toArray();

        // values reach 200; a float has seven digits
        assertThat(References.largestDifference(found, expected)).isLessThanOrEqualTo(tolerance);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() throws InterruptedException, ExecutionException {
        ForkJoinPool single = new ForkJoinPool(1);
        ForkJoinPool many = new ForkJoinPool(5);
        try {
            for (Interpolation how : Interpolation.values()) {
                for (String grid : new String[] {"aligned", "oblique"}) {
                    float[] one =
                            single.submit(() -> input.resample(grid(grid), how, 0).toArray()).get();
                    float[] five =
                            many.submit(() -> input.resample(grid(grid), how, 0).toArray()).get();
                    assertThat(one).isEqualTo(five);
                }
            }
        } finally {
            single.shutdown();
            many.shutdown();
        }
    }

    @Test
    void cubicKeepsShortAxes() {
        for (int n : new int[] {1, 2, 3, 5, 23, 24, 25, 60}) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = (i * 37 + 11) % 17;
            }
            Volume line = Volume.of(unit(n), values);

            assertThat(line.resample(unit(n), Interpolation.CUBIC, -1).toArray())
                    .containsExactly(values, within(2e-5f));
        }
    }

    @Test
    void anotherSpacingKeepsTheFieldOfViewAndItsMiddle() {
        Grid grid = grid("input");

        Grid fine = grid.withSpacing(1, 1, 1);

        assertThat(new int[] {fine.width(), fine.height(), fine.depth()})
                .containsExactly(10, 10, 23);
        assertThat(fine.toPatient(4.5, 4.5, 11))
                .containsExactly(grid.toPatient(6, 5, 4), within(1e-9));
    }
}
