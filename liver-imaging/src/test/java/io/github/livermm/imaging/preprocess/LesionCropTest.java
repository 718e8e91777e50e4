// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.GeometryRule;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.mask.LesionRule;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    private static LabelMap labels(Grid grid, double x, int lesion) {
        return LabelMap.of(
                Volume.<RuntimeException>filled(
                        grid,
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                double[] p = at(grid, n);
                                double r =
                                        Math.sqrt(square(p[0] - x) + square(p[1]) + square(p[2]));
                                v[n] = r <= RADIUS ? lesion : r < 70 ? 1 : 0;
                            }
                        }));
    }

    private static double[] at(Grid grid, int n) {
        return grid.toPatient(
                n % grid.width(),
                n / grid.width() % grid.height(),
                n / grid.width() / grid.height());
    }

    private static double square(double v) {
        return v * v;
    }

    private static Volume image(LabelMap labels, double liver, double lesion, double gain) {
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
        LabelMap labels = labels(grid(2), 10, 2);

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
        LabelMap labels = labels(grid(4), 0, 2);
        Map<Phase, LabelMap> masks = Map.of(Phase.MR_ARTERIAL, labels);

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
        LabelMap before = labels(grid(4), 0, 3);
        LabelMap after = labels(grid(4), 12, 3);

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
        LabelMap liver = labels(grid(4), 0, 1);
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
        LabelMap liver = labels(grid(4), 0, 1);

        LesionImage image =
                LesionCrop.defaults().cut(Map.of(Phase.MR_T2, image(liver, 300, 300, 1)), Map.of());

        int middle = Channel.T2.plane() * 12 * 24 * 24 + (6 * 24 + 12) * 24 + 12;
        assertThat(image.voxels()[middle]).isCloseTo(0, within(0.2f));
    }

    @Test
    void aMaskOnAnotherGridIsMatchedByPosition() {
        LabelMap fine = labels(grid(2), 0, 2);
        LabelMap coarse = labels(grid(4), 0, 2);

        LesionImage image =
                LesionCrop.defaults()
                        .cut(
                                Map.of(Phase.CT_PORTAL, image(fine, 100, 40, 1)),
                                Map.of(Phase.CT_PORTAL, coarse));

        assertThat(measured(image, "portal_contrast")).isCloseTo(-2, within(0.3));
    }

    @Test
    void theModalityWithMorePhasesIsKept() {
        LabelMap labels = labels(grid(4), 0, 2);
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
        LabelMap labels = labels(grid(8), 0, 2);

        assertThatThrownBy(
                        () ->
                                LesionCrop.defaults()
                                        .cut(Map.of(Phase.MR_ADC, labels.volume()), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LesionCrop(2, 24, 24, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LesionCrop(12, 24, 24, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A small ball 2 at x = -40 and a larger ball 3 at x = 30 in a liver. */
    private static LabelMap twoLesions(Grid grid) {
        return LabelMap.of(
                Volume.<RuntimeException>filled(
                        grid,
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                double[] p = at(grid, n);
                                double yz = square(p[1]) + square(p[2]);
                                v[n] =
                                        Math.sqrt(square(p[0] + 40) + yz) <= 10
                                                ? 2
                                                : Math.sqrt(square(p[0] - 30) + yz) <= 15
                                                        ? 3
                                                        : Math.sqrt(square(p[0]) + yz) < 70 ? 1 : 0;
                            }
                        }));
    }

    private static LesionImage cut(CropTarget target) {
        LabelMap labels = twoLesions(grid(2));
        return LesionCrop.defaults()
                .withTarget(target)
                .cut(
                        Map.of(Phase.CT_PORTAL, image(labels, 100, 40, 1)),
                        Map.of(Phase.CT_PORTAL, labels));
    }

    @Test
    void theRuleChoosesTheLesion() {
        CropTarget usual = CropTarget.defaults();

        // closed forms: balls of 10 and 15 mm, 4.19 and 14.14 ml
        assertThat(Math.exp(measured(cut(usual), "log_volume_ml"))).isCloseTo(14.14, within(0.5));
        assertThat(Math.exp(measured(cut(usual.withLesion(LesionRule.INDEX)), "log_volume_ml")))
                .isCloseTo(4.19, within(0.3));
        LesionImage all = cut(usual.withLesion(LesionRule.ALL));
        assertThat(Math.exp(measured(all, "log_volume_ml"))).isCloseTo(18.33, within(0.6));
        // from -50 to 45 mm
        assertThat(Math.exp(measured(all, "log_diameter_mm"))).isCloseTo(95, within(3.0));
        assertThat(measured(all, "log_count")).isEqualTo(Math.log(2));
    }

    @Test
    void theRingShowsTheTissueAroundTheLesionOnly() {
        float[] shown = cut(CropTarget.defaults()).voxels();
        LesionImage ring = cut(CropTarget.defaults().withView(CropTarget.View.RING));

        float[] voxels = ring.voxels();
        float[] lesion = ring.lesion();
        int from = Channel.PORTAL.plane() * lesion.length;
        int seen = 0;
        for (int v = 0; v < lesion.length; v++) {
            if (lesion[v] >= 0.5f) {
                assertThat(shown[from + v]).isLessThan(-0.5f);
                assertThat(voxels[from + v]).isZero();
            } else if (lesion[v] > 0 && voxels[from + v] != 0) {
                seen++;
            }
        }
        // voxels that the surface cuts are partly lesion, and belong to the ring
        assertThat(seen).isGreaterThan(20);
    }

    @Test
    void theWholeLiverIsShown() {
        LesionImage liver = cut(CropTarget.defaults().withView(CropTarget.View.LIVER));

        double share = 0;
        for (float v : liver.lesion()) {
            share += v;
        }
        // the box is 160 mm wide: liver of 140 mm with a margin of 10 mm
        double voxelMl = 160.0 / 24 * 160 / 24 * 160 / 12 / 1000;
        assertThat(share * voxelMl).isCloseTo(14.14, within(0.7));
        assertThat(liver.region()).isEqualTo(LesionImage.Region.LESION);
    }

    @Test
    void aMaskOnOtherVoxelsIsRefusedWhenAsked() {
        LabelMap fine = labels(grid(2), 0, 2);
        LesionCrop strict =
                LesionCrop.defaults()
                        .withTarget(CropTarget.defaults().withMasks(GeometryRule.REFUSE));

        assertThatThrownBy(
                        () ->
                                strict.cut(
                                        Map.of(Phase.CT_PORTAL, image(fine, 100, 40, 1)),
                                        Map.of(Phase.CT_PORTAL, labels(grid(4), 0, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ct_portal");
    }

    @ParameterizedTest
    @EnumSource(MrScale.class)
    void everyScaleTakesTheGainOut(MrScale scale) {
        LabelMap labels = labels(grid(4), 0, 2);
        Map<Phase, LabelMap> masks = Map.of(Phase.MR_ARTERIAL, labels);
        LesionCrop crop = LesionCrop.defaults().withMrScale(scale);

        LesionImage one = crop.cut(Map.of(Phase.MR_ARTERIAL, image(labels, 400, 600, 1)), masks);
        LesionImage five = crop.cut(Map.of(Phase.MR_ARTERIAL, image(labels, 400, 600, 5)), masks);

        assertThat(five.voxels()).containsExactly(one.voxels(), within(1e-4f));
        assertThat(measured(one, "arterial_contrast")).isGreaterThan(0.2);
        assertThat(one.landmarks(Channel.ARTERIAL)).hasSize(scale == MrScale.NYUL ? 11 : 0);
        assertThat(one.landmarks(Channel.PORTAL)).isEmpty();
    }

    /** CT has a unit; the choice for MR does not touch it. */
    @ParameterizedTest
    @EnumSource(MrScale.class)
    void theScaleOfMrLeavesCtAlone(MrScale scale) {
        LabelMap labels = labels(grid(4), 0, 2);
        Map<Phase, Volume> images = Map.of(Phase.CT_PORTAL, image(labels, 100, 60, 1));
        Map<Phase, LabelMap> masks = Map.of(Phase.CT_PORTAL, labels);

        LesionImage cut = LesionCrop.defaults().withMrScale(scale).cut(images, masks);

        assertThat(cut.voxels()).isEqualTo(LesionCrop.defaults().cut(images, masks).voxels());
    }

    private static Volume with(Volume image, float value, int... voxels) {
        float[] changed = image.toArray();
        for (int v : voxels) {
            changed[v] = value;
        }
        return Volume.of(image.grid(), changed);
    }

    /** What is no number far from the lesion changes no level, range or voxel of the crop. */
    @ParameterizedTest
    @EnumSource(MrScale.class)
    void voxelsThatAreNoNumbersTakeNoPart(MrScale scale) {
        LabelMap labels = labels(grid(4), 0, 2);
        LesionCrop crop = LesionCrop.defaults().withMrScale(scale);
        Volume clean = image(labels, 400, 600, 1);
        for (Map<Phase, LabelMap> masks :
                List.of(Map.of(Phase.MR_T2, labels), Map.<Phase, LabelMap>of())) {
            LesionImage expected = crop.cut(Map.of(Phase.MR_T2, clean), masks);
            for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                LesionImage image =
                        crop.cut(Map.of(Phase.MR_T2, with(clean, odd, 0, 1, 40, 1700)), masks);

                // the whole image is shown without a mask: blank there, as its background is
                assertThat(image.voxels())
                        .containsExactly(
                                expected.voxels(), within(masks.isEmpty() ? 4.01f : 1e-6f));
                assertThat(image.measurements()).isEqualTo(expected.measurements());
                int middle = Channel.T2.plane() * 12 * 24 * 24 + (6 * 24 + 12) * 24 + 12;
                assertThat(image.voxels()[middle]).isEqualTo(expected.voxels()[middle]);
            }
        }
    }

    /** Half of the lesion without numbers: the measurements are those of the other half. */
    @Test
    void whatIsNoNumberInTheLesionIsToldAndNotMeasured() {
        LabelMap labels = labels(grid(4), 0, 2);
        Volume clean = image(labels, 100, 40, 1);
        int[] half =
                IntStream.range(0, labels.grid().voxels())
                        .filter(v -> labels.at(v) == 2 && at(labels.grid(), v)[0] > 0)
                        .toArray();
        List<String> remarks = new ArrayList<>();

        LesionImage image =
                LesionCrop.defaults()
                        .cut(
                                Map.of(Phase.CT_PORTAL, with(clean, Float.NaN, half)),
                                Map.of(Phase.CT_PORTAL, labels),
                                (phase, reason) -> remarks.add(phase.id() + " " + reason))
                        .orElseThrow();

        assertThat(measured(image, "portal_contrast")).isCloseTo(-2, within(0.3));
        for (float v : image.voxels()) {
            assertThat(v).isFinite();
        }
        assertThat(remarks)
                .singleElement()
                .asString()
                .startsWith("ct_portal " + half.length + " voxels of what is shown are no numbers");
    }

    /** A phase that lies elsewhere is absent, never a plane of zeros. */
    @Test
    void aPhaseThatDoesNotShowTheLesionIsAbsent() {
        LabelMap labels = labels(grid(4), 0, 2);
        Volume image = image(labels, 100, 40, 1);
        Grid far =
                Grid.centred(
                        new int[] {40, 40, 20},
                        new double[] {4, 4, 8},
                        new double[] {1000, 1000, 1000});
        List<String> remarks = new ArrayList<>();

        LesionImage cut =
                LesionCrop.defaults()
                        .cut(
                                Map.of(Phase.CT_PORTAL, image, Phase.CT_ARTERIAL, image.on(far)),
                                Map.of(Phase.CT_PORTAL, labels),
                                (phase, reason) -> remarks.add(phase.id() + " " + reason))
                        .orElseThrow();

        assertThat(cut.has(Channel.PORTAL)).isTrue();
        assertThat(cut.has(Channel.ARTERIAL)).isFalse();
        assertThat(measured(cut, "arterial_contrast")).isNaN();
        assertThat(remarks)
                .singleElement()
                .asString()
                .startsWith("ct_arterial shows nothing of the part that is cut out");
    }
}
