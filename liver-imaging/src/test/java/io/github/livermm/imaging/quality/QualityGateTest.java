// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.Finding;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.dicom.Samples;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each rule on a body of known size and noise, and on real images. */
class QualityGateTest {
    /** An elliptic cylinder of tissue of 50 HU in air. */
    private static Volume body(int slices, double thickness, double noise, double radiusMm) {
        Grid grid =
                Grid.centred(
                        new int[] {100, 80, slices}, new double[] {4, 4, thickness}, new double[3]);
        Random random = new Random(3);
        return Volume.<RuntimeException>filled(
                grid,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        double[] p = grid.toPatient(n % 100, n / 100 % 80, n / 8000);
                        boolean in = Math.hypot(p[0] / 1.3, p[1]) < radiusMm;
                        v[n] = (float) ((in ? 50 : -1000) + noise * random.nextGaussian());
                    }
                });
    }

    private static List<String> reasons(
            Volume image, Phase phase, @org.jspecify.annotations.Nullable Volume mask) {
        QualityGate gate = QualityGate.of(QualityLimits.defaults());
        gate.check("P1", phase, image, mask == null ? null : LabelMap.of(mask));
        return gate.findings().stream().map(Finding::reason).toList();
    }

    private static List<String> ct(Volume image) {
        QualityGate gate = QualityGate.of(QualityLimits.defaults());
        gate.check("P1", Phase.CT_PORTAL, image, null);
        return gate.findings().stream().map(Finding::reason).toList();
    }

    @Test
    void anOrdinaryAbdomenPasses() {
        assertThat(ct(body(40, 5, 20, 140))).isEmpty();
    }

    @Test
    void fewAndThickSlicesAreFound() {
        assertThat(ct(body(8, 20, 10, 140)))
                .hasSize(2)
                .anyMatch(r -> r.contains("8 slices"))
                .anyMatch(r -> r.contains("20.0 mm apart"));
    }

    @Test
    void aShortVolumeCannotHoldALiver() {
        assertThat(ct(body(12, 5, 10, 140))).singleElement().asString().contains("covers 60 mm");
    }

    @Test
    void noiseIsMeasured() {
        assertThat(ct(body(40, 5, 60, 140)))
                .singleElement()
                .asString()
                .matches("noise is (5[7-9]|6[0-3]) HU.*");
    }

    @Test
    void headsAndChestsAreNoAbdomen() {
        assertThat(ct(body(40, 5, 10, 75))).singleElement().asString().contains("cm2 of tissue");
        Volume chest = body(40, 5, 10, 140);
        Volume lungs =
                Volume.<RuntimeException>filled(
                        chest.grid(),
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                double[] p =
                                        chest.grid().toPatient(n % 100, n / 100 % 80, n / 8000);
                                boolean lung = Math.hypot(Math.abs(p[0]) - 75, p[1]) < 65;
                                v[n] = lung ? -800 : chest.at(n);
                            }
                        });
        assertThat(ct(lungs)).singleElement().asString().contains("a chest");
    }

    @Test
    void aLiverCutAtTheEdgeIsFound() {
        Volume image = body(40, 5, 10, 140);
        Volume cut =
                Volume.<RuntimeException>filled(
                        image.grid(), v -> java.util.Arrays.fill(v, 3 * 8000, 40 * 8000, 1));
        Volume whole =
                Volume.<RuntimeException>filled(
                        image.grid(), v -> java.util.Arrays.fill(v, 3 * 8000, 30 * 8000, 1));

        assertThat(reasons(image, Phase.CT_PORTAL, cut)).anyMatch(r -> r.contains("cut off"));
        assertThat(reasons(image, Phase.CT_PORTAL, whole)).noneMatch(r -> r.contains("cut off"));
    }

    @Test
    void realAbdomensPass() throws IOException {
        Path folder = Samples.folder("abdomen-ct-mr-nifti");
        QualityGate gate = QualityGate.of(new QualityLimits(10, 8, 50, 40, 0.3));

        gate.check(
                "CT",
                Phase.CT_PORTAL,
                NiftiImage.readVolume(folder.resolve("example_ct_sm.nii.gz")),
                null);
        gate.check(
                "MR",
                Phase.MR_T1,
                NiftiImage.readVolume(folder.resolve("example_mr_sm.nii.gz")),
                null);

        assertThat(gate.findings()).isEmpty();
    }

    @Test
    void theSameImageUnderTwoPatientsIsFoundWhateverItsPlace() {
        QualityGate gate = QualityGate.of(QualityLimits.defaults());
        Volume image = body(40, 5, 10, 140);
        Grid moved =
                Grid.centred(
                        new int[] {100, 80, 40}, new double[] {4, 4, 5}, new double[] {9, 9, 9});

        gate.check("P2", Phase.CT_PORTAL, image, null);
        gate.check("P2", Phase.CT_PORTAL, image, null);
        gate.check("P1", Phase.CT_ARTERIAL, Volume.of(moved, image.toArray()), null);
        gate.check("P3", Phase.CT_PORTAL, body(40, 5, 11, 140), null);

        assertThat(gate.findings())
                .singleElement()
                .satisfies(
                        f -> {
                            assertThat(f.patientId()).isEqualTo("P2");
                            assertThat(f.reason()).contains("images/P1/ct_arterial");
                        });
    }
}
