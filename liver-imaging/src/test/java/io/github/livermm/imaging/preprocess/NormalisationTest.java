// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.References;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Normalisation against numpy 2.4.6; see make_preprocess.py. */
class NormalisationTest {
    private static final Grid GRID =
            Grid.centred(new int[] {8, 7, 6}, new double[] {1, 1, 1}, new double[3]);

    private static List<Volume> images() throws IOException {
        float[] all = References.floats("nyul/images.f32");
        List<Volume> images = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            int from = n * GRID.voxels();
            images.add(Volume.of(GRID, Arrays.copyOfRange(all, from, from + GRID.voxels())));
        }
        return images;
    }

    private static double difference(Volume found, String oracle) throws IOException {
        return References.largestDifference(found.toArray(), References.floats(oracle));
    }

    @Test
    void nyulLandmarksAndMapEqualThoseOfNumpy() throws IOException {
        List<Volume> images = images();
        List<boolean[]> regions = images.stream().map(Normalisation::foreground).toList();

        NyulScale scale = NyulScale.fit(images, regions);
        Volume mapped = NyulScale.of(scale.standard()).apply(images.get(3), regions.get(3));

        float[] standard = References.floats("nyul/standard.f32");
        for (int p = 0; p < standard.length; p++) {
            assertThat(scale.standard()[p]).isCloseTo(standard[p], within(1e-5));
        }
        assertThat(difference(mapped, "nyul/mapped.f32")).isLessThan(1e-4);
    }

    @Test
    void nyulTakesOutGainAndOffset() throws IOException {
        List<Volume> images = images();
        List<boolean[]> regions = images.stream().map(Normalisation::foreground).toList();
        NyulScale scale = NyulScale.fit(images, regions);
        Volume other =
                Volume.<RuntimeException>filled(
                        GRID,
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                v[n] = 2.5f * images.get(0).at(n) + 40;
                            }
                        });

        float[] a = scale.apply(images.get(0), regions.get(0)).toArray();
        float[] b = scale.apply(other, regions.get(0)).toArray();

        assertThat(References.largestDifference(a, b)).isLessThan(1e-3);
    }

    @Test
    void zScoreAndPercentilesEqualThoseOfNumpy() throws IOException {
        Volume image = images().get(0);
        boolean[] region = Normalisation.foreground(image);

        assertThat(
                        difference(
                                new Normalisation.ZScore(Double.POSITIVE_INFINITY)
                                        .apply(image, region),
                                "nyul/zscore.f32"))
                .isLessThan(1e-5);
        assertThat(
                        difference(
                                Normalisation.Percentile.defaults().apply(image, region),
                                "nyul/percentile.f32"))
                .isLessThan(1e-6);
    }

    @Test
    void windowsClipAndScale() {
        Grid grid = Grid.centred(new int[] {4, 1, 1}, new double[] {1, 1, 1}, new double[3]);
        Volume hu = Volume.of(grid, new float[] {-1000, 0, 50, 500});

        Volume liver = Normalisation.Window.ofWidthLevel(200, 50).apply(hu, new boolean[4]);

        assertThat(liver.toArray()).containsExactly(0, 0.25f, 0.5f, 1);
    }

    @Test
    void emptyAndConstantRegionsAreRefused() {
        Grid grid = Grid.centred(new int[] {2, 1, 1}, new double[] {1, 1, 1}, new double[3]);
        Volume flat = Volume.of(grid, new float[] {3, 3});

        assertThatThrownBy(() -> new Normalisation.ZScore(3).apply(flat, new boolean[2]))
                .hasMessageContaining("empty");
        assertThatThrownBy(
                        () -> new Normalisation.ZScore(3).apply(flat, new boolean[] {true, true}))
                .hasMessageContaining("spread");
        assertThatThrownBy(() -> NyulScale.fit(List.of(flat), List.of(new boolean[] {true, true})))
                .hasMessageContaining("spread");
        assertThatThrownBy(() -> new Normalisation.Window(5, 5)).hasMessageContaining("low below");
        assertThatThrownBy(() -> NyulScale.of(1, 2)).hasMessageContaining("11");
    }
}
