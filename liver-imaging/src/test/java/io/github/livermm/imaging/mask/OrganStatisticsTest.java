// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.dicom.Samples;
import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values of real organs under their labels, against nibabel and numpy (data/ORIGIN.md). */
class OrganStatisticsTest {
    @TestFactory
    Stream<DynamicTest> organsHaveTheirPublishedFigures() throws IOException {
        Path folder = Samples.folder("abdomen-ct-mr-nifti");
        List<String> rows = Files.readAllLines(folder.resolve("expected_organ_statistics.csv"));
        return rows.stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row[0] + " " + row[2], () -> check(folder, row)));
    }

    private static void check(Path folder, String[] row) throws IOException {
        Volume image = NiftiImage.readVolume(folder.resolve(row[0]));
        LabelMap labels =
                LabelMap.of(NiftiImage.readVolume(folder.resolve(row[1])))
                        .on(image.grid(), GeometryRule.REFUSE);
        int label = Integer.parseInt(row[3]);
        double[] values = new double[Integer.parseInt(row[4])];

        assertThat(labels.sizes().get(label)).isEqualTo(values.length);
        int n = 0;
        for (int v = 0; v < image.grid().voxels(); v++) {
            if (labels.volume().at(v) == label) {
                values[n++] = image.at(v);
            }
        }
        Arrays.sort(values);
        double mean = Arrays.stream(values).average().orElseThrow();
        double square = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        double[] found = {
            n * image.grid().voxelMm3() / 1000,
            mean,
            Math.sqrt(square / n),
            quantile(values, 0.1),
            quantile(values, 0.5),
            quantile(values, 0.9),
            values[0],
            values[n - 1]
        };
        for (int f = 0; f < found.length; f++) {
            double expected = Double.parseDouble(row[5 + f]);
            // the table has three digits after the point for volumes, six for values
            assertThat(found[f])
                    .isCloseTo(
                            expected, within(f == 0 ? 5.1e-4 : 1e-6 + 1e-7 * Math.abs(expected)));
        }
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int i = Math.min((int) at, sorted.length - 2);
        return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
    }
}
