// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A ball in a liver of known size and contrast is found, measured and scaled. */
class LesionCropTest {
    private static final double RADIUS = 20;

    private static Grid grid(double spacing) {
        int n = (int) (160 / spacing);
        return Grid.centred(
                new int[] {n, n, n / 2},
                new double[] {spacing, spacing, 2 * spacing},
                new double[] {5, 6, 7});
    }

    private static Volume labels(Grid grid, double x, int lesion) {
        return Volume.<RuntimeException>filled(
                grid,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        double[] p =
                                grid.toPatient(
                                        n % grid.width(),
                                        n / grid.width() % grid.height(),
                                        n / grid.width() / grid.height());
                        double r = Math.sqrt(square(p[0] - x) + square(p[1]) + square(p[2]));
                        v[n] = r <= RADIUS ? lesion : r < 70 ? 1 : 0;
                    }
                });
    }

    private static double square(double v) {
        return v * v;
    }

    private static Volume image(Volume labels, double liver, double lesion, double gain) {
        return Volume.<RuntimeException>filled(
                labels.grid(),
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        double value = labels.at(n) == 0 ? 0 : labels.at(n) == 1 ? liver : lesion;
                        v[n] = (float) (gain * value);
                    }
                });
    }

    private static double measured(LesionImage image, String name) {
        return image.measurements()[LesionImage.measurementNames().indexOf(name)];
    }

    @Test
    void aBallIsMeasured() {
        Volume labels = labels(grid(2), 10, 2);

        LesionImage image =
                LesionCrop.defaults()
                        .cut(
                                Map.of(Phase.CT_PORTAL, image(labels, 100, 70, 1)),
                                Map.of(Phase.CT_PORTAL, labels));

        assertThat(image.region()).isEqualTo(LesionImage.Region.LESION);
        // closed form: a ball of 40 mm, 33.5 ml; voxels of 2 x 2 x 4 mm blur its surface
        assertThat(Math.exp(measured(image, "log_diameter_mm"))).isCloseTo(40, within(2.0));
        assertThat(Math.exp(measured(image, "log_volume_ml"))).isCloseTo(33.51, within(0.7));
        assertThat(measured(image, "log_count")).isZero();
        // 30 HU below the liver is one unit
        assertThat(measured(image, "portal_contrast")).isCloseTo(-1, within(0.12));
        assertThat(measured(image, "portal_margin")).isGreaterThan(-0.7);
        assertThat(measured(image, "arterial_contrast")).isNaN();
        assertThat(image.has(Channel.PORTAL)).isTrue();
        assertThat(image.has(Channel.ARTERIAL)).isFalse();
        float[] lesion = image.lesion();
        assertThat(lesion[(6 * 24 + 12) * 24 + 12]).isEqualTo(1f);
        assertThat(lesion[0]).isZero();
    }

    @Test
    void theGainOfAnMrCoilDoesNotMatter() {
        Volume labels = labels(grid(4), 0, 2);
        Map<Phase, Volume> masks = Map.of(Phase.MR_ARTERIAL, labels);

        LesionImage one =
                LesionCrop.defaults()
                        .cut(Map.of(Phase.MR_ARTERIAL, image(labels, 400, 600, 1)), masks);
        LesionImage three =
                LesionCrop.defaults()
                        .cut(Map.of(Phase.MR_ARTERIAL, image(labels, 400, 600, 3)), masks);

        assertThat(three.voxels()).containsExactly(one.voxels(), within(1e-5f));
        assertThat(measured(one, "arterial_contrast")).isCloseTo(2, within(0.3));
    }

    @Test
    void eachPhaseIsCentredByItsOwnMask() {
        Volume before = labels(grid(4), 0, 3);
        Volume after = labels(grid(4), 12, 3);

        LesionImage image =
                LesionCrop.defaults()
                        .cut(
                                Map.of(
                                        Phase.CT_ARTERIAL, image(before, 100, 160, 1),
                                        Phase.CT_PORTAL, image(after, 100, 160, 1)),
                                Map.of(Phase.CT_ARTERIAL, before, Phase.CT_PORTAL, after));

        float[] voxels = image.voxels();
        int block = 12 * 24 * 24;
        double difference = 0;
        for (int v = 0; v < block; v++) {
            difference += Math.abs(voxels[block + v] - voxels[2 * block + v]) / block;
        }
        assertThat(difference).isLessThan(0.02);
    }

    @Test
    void withoutLesionTheLiverAndWithoutMaskTheBodyIsCutOut() {
        Volume liver = labels(grid(4), 0, 1);
        Map<Phase, Volume> images = Map.of(Phase.CT_PORTAL, image(liver, 100, 100, 1));

        LesionImage ofLiver = LesionCrop.defaults().cut(images, Map.of(Phase.CT_PORTAL, liver));
        LesionImage ofBody = LesionCrop.defaults().cut(images, Map.of());

        assertThat(ofLiver.region()).isEqualTo(LesionImage.Region.LIVER);
        assertThat(ofBody.region()).isEqualTo(LesionImage.Region.BODY);
        assertThat(ofBody.measurements()).containsOnly(Double.NaN);
        assertThat(ofBody.lesion()).containsOnly(0f);
        // the most frequent soft tissue is the liver, so its middle is near zero in both
        int middle = 2 * 12 * 24 * 24 + (6 * 24 + 12) * 24 + 12;
        assertThat(ofLiver.voxels()[middle]).isCloseTo(0, within(0.1f));
        assertThat(ofBody.voxels()[middle]).isCloseTo(0, within(0.15f));
    }

    @Test
    void mrWithoutMaskFindsTheLiverToo() {
        Volume liver = labels(grid(4), 0, 1);

        LesionImage image =
                LesionCrop.defaults().cut(Map.of(Phase.MR_T2, image(liver, 300, 300, 1)), Map.of());

        int middle = Channel.T2.plane() * 12 * 24 * 24 + (6 * 24 + 12) * 24 + 12;
        assertThat(image.voxels()[middle]).isCloseTo(0, within(0.2f));
    }

    @Test
    void aMaskOnAnotherGridIsMatchedByPosition() {
        Volume fine = labels(grid(2), 0, 2);
        Volume coarse = labels(grid(4), 0, 2);

        LesionImage image =
                LesionCrop.defaults()
                        .cut(
                                Map.of(Phase.CT_PORTAL, image(fine, 100, 40, 1)),
                                Map.of(Phase.CT_PORTAL, coarse));

        assertThat(measured(image, "portal_contrast")).isCloseTo(-2, within(0.3));
    }

    @Test
    void theModalityWithMorePhasesIsKept() {
        Volume labels = labels(grid(4), 0, 2);
        Volume image = image(labels, 100, 50, 1);

        LesionImage cut =
                LesionCrop.defaults()
                        .cut(
                                Map.of(
                                        Phase.CT_PORTAL, image,
                                        Phase.MR_T2, image,
                                        Phase.MR_ARTERIAL, image),
                                Map.of());

        assertThat(cut.has(Channel.PORTAL)).isFalse();
        assertThat(cut.has(Channel.T2)).isTrue();
    }

    @Test
    void phasesWithoutChannelAndImpossibleGridsAreMisuse() {
        Volume labels = labels(grid(8), 0, 2);

        assertThatThrownBy(() -> LesionCrop.defaults().cut(Map.of(Phase.MR_ADC, labels), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LesionCrop(2, 24, 24, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LesionCrop(12, 24, 24, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
