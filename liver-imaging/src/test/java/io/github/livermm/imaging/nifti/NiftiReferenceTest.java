// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.dicom.Samples;
import io.github.livermm.imaging.volume.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Geometry and values against those of nibabel 5.4.2. */
class NiftiReferenceTest {
    @TestFactory
    Stream<DynamicTest> geometryAndValuesEqualThoseOfNibabel() throws Exception {
        Path folder = Samples.folder("nifti-edge-cases");
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("expected.csv"))) {
            String[] row = line.split(",", -1);
            if (Files.exists(folder.resolve(row[0]))) {
                tests.add(DynamicTest.dynamicTest(row[0], () -> check(folder, row)));
            }
        }
        return tests.stream();
    }

    private static void check(Path folder, String[] row) throws Exception {
        Path path = folder.resolve(row[0]);
        if (row[3].isEmpty()) {
            assertThatThrownBy(() -> NiftiImage.read(path)).isInstanceOf(NiftiException.class);
            return;
        }
        NiftiImage image = NiftiImage.read(path);
        String[] shape = row[3].split("x");
        assertThat(image.grid().width()).isEqualTo(Integer.parseInt(shape[0]));
        assertThat(image.grid().height()).isEqualTo(Integer.parseInt(shape[1]));
        assertThat(image.grid().depth()).isEqualTo(Integer.parseInt(shape[2]));
        double[] affine = image.grid().affine();
        String[] rows = row[12].split(" ; ");
        for (int r = 0; r < 3; r++) {
            String[] values = rows[r].split(" ");
            for (int c = 0; c < 4; c++) {
                double lps = Double.parseDouble(values[c]) * (r < 2 ? -1 : 1);
                // the table has eight significant digits
                assertThat(affine[r * 4 + c])
                        .isCloseTo(lps, within(Math.max(1e-6, 5.1e-8 * Math.abs(lps))));
            }
        }
        if (row[13].isEmpty()) {
            assertThatThrownBy(() -> image.volume(0)).isInstanceOf(NiftiException.class);
            return;
        }
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int f = 0; f < image.frames(); f++) {
            Volume volume = image.volume(f);
            min = Math.min(min, volume.min());
            max = Math.max(max, volume.max());
            sum += volume.mean() * volume.grid().voxels();
        }
        // voxels are 32-bit floats here and 64-bit in nibabel
        assertThat(min).isCloseTo(Double.parseDouble(row[13]), within(1e-6 * (1 + Math.abs(min))));
        assertThat(max).isCloseTo(Double.parseDouble(row[14]), within(1e-6 * (1 + Math.abs(max))));
        double expected = Double.parseDouble(row[16]);
        assertThat(sum).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
    }
}
