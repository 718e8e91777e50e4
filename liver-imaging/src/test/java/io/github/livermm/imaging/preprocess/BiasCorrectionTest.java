// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.References;
import io.github.livermm.imaging.format.MetaImage;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What N4 leaves of a known field, beside SimpleITK 2.5.7; see make_preprocess.py. */
class BiasCorrectionTest {
    /** The field of make_preprocess.py on -1 to 1 along each axis. */
    private static double field(double i, double j, double k) {
        return Math.exp(0.35 * i - 0.25 * j * k + 0.2 * Math.cos(2 * i + j) - 0.15 * k * k);
    }

    private static double variation(double[] values, int n) {
        double mean = 0;
        for (int v = 0; v < n; v++) {
            mean += values[v] / n;
        }
        double square = 0;
        for (int v = 0; v < n; v++) {
            square += (values[v] - mean) * (values[v] - mean);
        }
        return Math.sqrt(square / n) / mean;
    }

    @Test
    void leavesNoMoreOfTheFieldThanItk() throws IOException {
        Volume image = MetaImage.read(References.file("n4/image.mha"));
        Volume tissue = MetaImage.read(References.file("n4/tissue.mha"));
        Grid grid = image.grid();
        boolean[] body = new boolean[grid.voxels()];
        for (int v = 0; v < body.length; v++) {
            body[v] = tissue.at(v) > 0;
        }

        BiasCorrection.Result result = BiasCorrection.defaults().correct(image, body);

        Map<String, Double> itk = new HashMap<>();
        for (String[] row : References.rows("n4/expected.csv")) {
            itk.put(row[0] + " " + row[1], Double.parseDouble(row[2]));
        }
        String[] names = {"field", "body", "liver", "spleen"};
        for (int t = 0; t < names.length; t++) {
            double[] values = new double[body.length];
            int n = 0;
            for (int v = 0; v < body.length; v++) {
                if (t == 0 ? body[v] : tissue.at(v) == t) {
                    values[n++] =
                            t > 0
                                    ? result.corrected().at(v)
                                    : truth(grid, v) / result.field().at(v);
                }
            }
            double left = variation(values, n);
            assertThat(left)
                    .as("coefficient of variation, %s", names[t])
                    .isLessThan(1.25 * itk.getOrDefault("itk " + names[t], 0.0))
                    .isLessThan(0.4 * itk.getOrDefault("uncorrected " + names[t], 0.0));
        }
    }

    private static double truth(Grid grid, int v) {
        int w = grid.width();
        int h = grid.height();
        return field(
                2.0 * (v % w) / (w - 1) - 1,
                2.0 * (v / w % h) / (h - 1) - 1,
                2.0 * (v / w / h) / (grid.depth() - 1) - 1);
    }

    @Test
    void correctedTimesFieldIsTheImage() throws IOException {
        Volume image = MetaImage.read(References.file("n4/image.mha"));

        BiasCorrection.Result result =
                BiasCorrection.defaults()
                        .withLevels(1)
                        .correct(image, Normalisation.foreground(image));

        for (int v = 0; v < image.grid().voxels(); v += 97) {
            double product = (double) result.corrected().at(v) * result.field().at(v);
            assertThat(Math.abs(product - image.at(v))).isLessThan(1e-3);
        }
    }

    @Test
    void tooFewVoxelsAreRefused() {
        Grid grid = Grid.centred(new int[] {4, 4, 4}, new double[] {1, 1, 1}, new double[3]);
        Volume air = Volume.of(grid, new float[64]);

        assertThatThrownBy(() -> BiasCorrection.defaults().correct(air, new boolean[64]))
                .hasMessageContaining("at least 64");
        assertThatThrownBy(() -> BiasCorrection.defaults().withShrink(0))
                .hasMessageContaining("1 to 16");
    }
}
