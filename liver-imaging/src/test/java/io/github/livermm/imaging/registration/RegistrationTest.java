// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.References;
import io.github.livermm.imaging.format.MetaImage;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Known maps of a real CT are found, beside SimpleITK 2.5.7; see make_preprocess.py. */
class RegistrationTest {
    @TestFactory
    Stream<DynamicTest> knownMapsAreFound() throws IOException {
        List<String[]> rows = References.rows("registration/expected.csv");
        assertThat(rows).hasSize(4);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row[0], () -> check(row)));
    }

    private static void check(String[] row) throws IOException {
        Volume fixed = MetaImage.read(References.file("registration/fixed.mha"));
        Volume moving = MetaImage.read(References.file("registration/" + row[0] + ".mha"));

        Alignment found =
                Registration.defaults()
                        .withModel(Registration.Model.valueOf(row[1]))
                        .align(fixed, moving);

        double[] truth = References.numbers(row[2]);
        double[] centre = References.numbers(row[3]);
        double error = 0;
        for (int c = 0; c < 8; c++) {
            double x = centre[0] + ((c & 1) == 0 ? -100 : 100);
            double y = centre[1] + ((c & 2) == 0 ? -70 : 70);
            double z = centre[2] + ((c & 4) == 0 ? -35 : 35);
            double[] p = found.apply(x, y, z);
            double square = 0;
            for (int r = 0; r < 3; r++) {
                double q =
                        truth[r * 4] * x
                                + truth[r * 4 + 1] * y
                                + truth[r * 4 + 2] * z
                                + truth[r * 4 + 3];
                square += (p[r] - q) * (p[r] - q);
            }
            error += Math.sqrt(square) / 8;
        }
        // voxels are 6 x 6 x 3 mm; ITK leaves 0.12 to 0.39 mm
        assertThat(error).as("mean error of the corners, mm").isLessThan(0.6);
        assertThat(found.isImproved()).isTrue();
        assertThat(found.mutualInformation()).isGreaterThan(1.2 * found.mutualInformationBefore());
        assertThat(found.correlation()).isGreaterThan(found.correlationBefore());
    }

    @Test
    void theAlignedImageLiesOnTheFixedOne() throws IOException {
        Volume fixed = MetaImage.read(References.file("registration/fixed.mha"));
        Volume moving = MetaImage.read(References.file("registration/shift.mha"));
        Alignment found = Registration.defaults().align(fixed, moving);

        Volume aligned = found.resample(moving, fixed.grid(), Interpolation.CUBIC, Float.NaN);

        double before = 0;
        double after = 0;
        int n = 0;
        for (int v = 0; v < fixed.grid().voxels(); v++) {
            if (!Float.isNaN(aligned.at(v))) {
                before += Math.abs(moving.at(v) - fixed.at(v));
                after += Math.abs(aligned.at(v) - fixed.at(v));
                n++;
            }
        }
        assertThat(aligned.grid().matches(fixed.grid(), 0)).isTrue();
        assertThat(n).isGreaterThan(fixed.grid().voxels() / 2);
        // noise of 5 HU and one interpolation stay
        assertThat(after).isLessThan(0.3 * before);
    }

    @Test
    void anImageOnItselfStays() throws IOException {
        Volume fixed = MetaImage.read(References.file("registration/fixed.mha"));

        Alignment found = Registration.defaults().align(fixed, fixed);

        double[] p = found.apply(10, -150, 140);
        assertThat(Math.abs(p[0] - 10) + Math.abs(p[1] + 150) + Math.abs(p[2] - 140))
                .isLessThan(0.2);
        assertThat(found.correlation()).isGreaterThan(0.999);
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> new Registration(Registration.Model.RIGID, 0.1, 3, 60000))
                .hasMessageContaining("0.5 to 10");
    }
}
