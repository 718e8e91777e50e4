// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** For any two falling curves the projection keeps the order, the fall and what was in order. */
class CoherentSurvivalProperties {
    @Property
    void progressionFreeNeverLiesAboveOverall(
            @ForAll @Size(4) List<@DoubleRange(min = 0, max = 1) Double> one,
            @ForAll @Size(4) List<@DoubleRange(min = 0, max = 1) Double> two) {
        List<Double> pfs = one.stream().sorted(Comparator.reverseOrder()).toList();
        List<Double> os = two.stream().sorted(Comparator.reverseOrder()).toList();

        CoherentSurvival coherent = CoherentSurvival.project(pfs, os);

        for (int k = 0; k < 4; k++) {
            assertThat(coherent.progressionFree().get(k))
                    .isLessThanOrEqualTo(coherent.overall().get(k));
            if (pfs.get(k) <= os.get(k)) {
                assertThat(coherent.progressionFree().get(k)).isEqualTo(pfs.get(k));
                assertThat(coherent.overall().get(k)).isEqualTo(os.get(k));
            }
        }
        assertThat(coherent.progressionFree()).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(coherent.overall()).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Example
    void rejectsDifferentHorizons() {
        assertThatThrownBy(() -> CoherentSurvival.project(List.of(0.5), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 horizons");
    }
}
