// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.core.StudyException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seeds, bounds and the message of a split that cannot be made. */
class FoldsTest {
    @Test
    void sameSeedGivesTheSameFoldsAndAnotherSeedOthers() {
        List<String> strata = Collections.nCopies(40, "hcc");

        assertThat(Folds.stratified(strata, 5, 7)).isEqualTo(Folds.stratified(strata, 5, 7));
        assertThat(Folds.stratified(strata, 5, 7)).isNotEqualTo(Folds.stratified(strata, 5, 8));
    }

    @Test
    void refusesMoreFoldsThanPatients() {
        assertThatThrownBy(() -> Folds.stratified(List.of("a", "b"), 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("folds is 3, allowed is 2 to the number of patients, 2");
    }

    @Test
    void centresAreNumberedByNameAndSmallOnesComeLast() {
        assertThat(Folds.leaveOneCentreOut(List.of("C", "A", "B", "A", "C", "D"), 2))
                .containsExactly(1, 0, 2, 0, 1, 2);
    }

    @Test
    void aSingleCentreCannotBeLeftOut() {
        assertThatThrownBy(() -> Folds.leaveOneCentreOut(List.of("A", "A"), 15))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("leaves 1 fold of 1 centres")
                .hasMessageContaining("pool_centres_under");
    }
}
