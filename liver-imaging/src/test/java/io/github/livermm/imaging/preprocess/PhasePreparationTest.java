// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Phases are brought together, fields are taken out, and nothing else is touched. */
class PhasePreparationTest {
    private static final Grid GRID =
            Grid.centred(new int[] {48, 48, 24}, new double[] {3, 3, 5}, new double[3]);

    /** An ellipsoid body with a bright ball, moved along x. */
    private static Volume body(double shift, double ball, boolean labels) {
        return Volume.<RuntimeException>filled(
                GRID,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        double[] p = GRID.toPatient(n % 48, n / 48 % 48, n / 48 / 48);
                        double x = p[0] - shift;
                        double body = x * x / 3600 + p[1] * p[1] / 2500 + p[2] * p[2] / 2500;
                        double d =
                                Math.sqrt(
                                        (x - 15) * (x - 15)
                                                + (p[1] + 10) * (p[1] + 10)
                                                + p[2] * p[2]);
                        double tissue = 100 + 30 * Math.sin(x / 7) * Math.cos(p[1] / 9 + p[2] / 11);
                        double value = body > 1 ? 0 : d < 16 ? ball : tissue;
                        v[n] = (float) (labels ? (body > 1 ? 0 : d < 16 ? 2 : 1) : value);
                    }
                });
    }

    private static double difference(Volume a, Volume b) {
        double sum = 0;
        for (int v = 0; v < GRID.voxels(); v++) {
            sum += Math.abs(a.at(v) - b.at(v)) / GRID.voxels();
        }
        return sum;
    }

    @Test
    void phasesAndMasksAreBroughtOntoThePortalOne() {
        PhasePreparation rigid = new PhasePreparation(Set.of(PhasePreparation.Step.REGISTRATION));
        Volume portal = body(0, 180, false);
        Volume arterial = body(9, 250, false);

        PhasePreparation.Prepared done =
                rigid.apply(
                        Map.of(Phase.CT_PORTAL, portal, Phase.CT_ARTERIAL, arterial),
                        Map.of(Phase.CT_ARTERIAL, LabelMap.of(body(9, 0, true))));

        Volume there = body(0, 250, false);
        assertThat(done.images().get(Phase.CT_PORTAL)).isSameAs(portal);
        Volume moved = java.util.Objects.requireNonNull(done.images().get(Phase.CT_ARTERIAL));
        assertThat(difference(clipped(moved), there))
                .isLessThan(0.35 * difference(arterial, there));
        Volume mask =
                java.util.Objects.requireNonNull(done.masks().get(Phase.CT_ARTERIAL)).volume();
        assertThat(difference(mask, body(0, 0, true)))
                .isLessThan(0.35 * difference(body(9, 0, true), body(0, 0, true)));
    }

    /** What came from beyond the image is air. */
    private static Volume clipped(Volume image) {
        return Volume.<RuntimeException>filled(
                GRID,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        v[n] = Math.max(0, image.at(n));
                    }
                });
    }

    @Test
    void theFieldOfTheCoilIsTakenOutOfMrOnly() {
        PhasePreparation n4 = new PhasePreparation(Set.of(PhasePreparation.Step.BIAS_CORRECTION));
        Volume flat = body(0, 180, false);
        Volume uneven =
                Volume.<RuntimeException>filled(
                        GRID,
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                double[] p = GRID.toPatient(n % 48, n / 48 % 48, n / 48 / 48);
                                v[n] = (float) (flat.at(n) * Math.exp(p[0] / 150));
                            }
                        });

        PhasePreparation.Prepared done =
                n4.apply(Map.of(Phase.MR_PORTAL, uneven, Phase.CT_PORTAL, uneven), Map.of());

        assertThat(done.images().get(Phase.CT_PORTAL)).isSameAs(uneven);
        Volume corrected = java.util.Objects.requireNonNull(done.images().get(Phase.MR_PORTAL));
        assertThat(leftToRight(uneven)).isGreaterThan(1.4);
        assertThat(Math.abs(leftToRight(corrected) - leftToRight(flat))).isLessThan(0.12);
    }

    /** Mean of one side of the body over that of the other. */
    private static double leftToRight(Volume image) {
        double[] sum = new double[2];
        int[] count = new int[2];
        for (int v = 0; v < GRID.voxels(); v++) {
            if (image.at(v) > 0) {
                int side = v % 48 / 24;
                sum[side] += image.at(v);
                count[side]++;
            }
        }
        return sum[1] / count[1] / (sum[0] / count[0]);
    }

    @Test
    void whatNeedsNothingIsNotTouched() {
        Volume portal = body(0, 180, false);
        Map<Phase, Volume> images = Map.of(Phase.CT_PORTAL, portal, Phase.CT_DELAYED, portal);

        assertThat(PhasePreparation.none().apply(images, Map.of()).images()).isSameAs(images);
        assertThat(
                        new PhasePreparation(Set.of(PhasePreparation.Step.REGISTRATION))
                                .apply(images, Map.of())
                                .images()
                                .get(Phase.CT_DELAYED))
                .isSameAs(portal);
    }

    /** Too few voxels above 0 for N4: that phase is left out and told, the other is corrected. */
    @Test
    void aPhaseWhoseBiasCannotBeEstimatedIsLeftOut() {
        PhasePreparation n4 = new PhasePreparation(Set.of(PhasePreparation.Step.BIAS_CORRECTION));
        Volume dark = Volume.of(GRID, new float[GRID.voxels()]);
        Map<Phase, Volume> images = Map.of(Phase.MR_PORTAL, body(0, 180, false), Phase.MR_T1, dark);
        Map<Phase, String> remarks = new EnumMap<>(Phase.class);

        assertThat(n4.apply(images, Map.of(), remarks::put).images())
                .containsOnlyKeys(Phase.MR_PORTAL);
        assertThat(remarks).containsOnlyKeys(Phase.MR_T1);
        assertThat(remarks.get(Phase.MR_T1)).contains("bias cannot be corrected");
        assertThatThrownBy(() -> n4.apply(images, Map.of())).hasMessageContaining("mr_t1");
    }
}
