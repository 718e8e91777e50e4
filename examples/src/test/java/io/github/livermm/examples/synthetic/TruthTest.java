// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Proves the bounds: their two statistics against counting all pairs, a second simulation within
 * the stated error, and the levels at which the study is meant to lie.
 */
class TruthTest {
    private static final Truth TRUTH = Truth.simulate(new LatentModel(), 20_000, 1);

    @Test
    void aucEqualsCountingAllPairs() {
        List<double[]> rows = rows(300, 4);

        double wins = 0;
        double pairs = 0;
        for (double[] positive : rows) {
            for (double[] negative : rows) {
                if (positive[1] == 1 && negative[1] == 0) {
                    pairs++;
                    wins += half(positive[2], negative[2]);
                }
            }
        }

        assertThat(Truth.auc(rows.stream().map(r -> new double[] {r[2], r[1]}).toList()))
                .isEqualTo(wins / pairs, within(1e-12));
    }

    @Test
    void concordanceEqualsCountingAllPairs() {
        List<double[]> rows = rows(300, 5);

        double wins = 0;
        double pairs = 0;
        for (double[] first : rows) {
            for (double[] second : rows) {
                boolean later = second[0] > first[0] || (second[0] == first[0] && second[1] == 0);
                if (first != second && first[1] == 1 && later) {
                    pairs++;
                    wins += half(first[2], second[2]);
                }
            }
        }

        assertThat(Truth.concordance(rows)).isEqualTo(wins / pairs, within(1e-12));
    }

    @Test
    void anotherSimulationAgreesWithinItsError() {
        Truth again = Truth.simulate(new LatentModel(), 20_000, 2);

        TRUTH.targets()
                .forEach(
                        (target, bySet) ->
                                bySet.forEach(
                                        (set, bound) -> {
                                            Truth.Bound other = again.bound(target, set);
                                            double error = Math.hypot(bound.error(), other.error());
                                            assertThat(other.estimate())
                                                    .as(target + " " + set)
                                                    .isEqualTo(
                                                            bound.estimate(), within(4.5 * error));
                                        }));
    }

    @Test
    void sameSeedGivesSameFigures() {
        LatentModel model = new LatentModel();

        assertThat(Truth.simulate(model, 2_000, 8)).isEqualTo(Truth.simulate(model, 2_000, 8));
    }

    @Test
    void everyModalityAddsToTheOthers() {
        for (String target : List.of("malignant", "hcc_vs_icc", "pfs", "os")) {
            double all = estimate(target, "image_clinical_report");
            for (String pair : List.of("image_clinical", "image_report", "clinical_report")) {
                assertThat(all)
                        .as(target + " " + pair)
                        .isGreaterThan(estimate(target, pair) + 0.01);
            }
        }
    }

    @Test
    void levelsAreThoseOfTheField() {
        for (String single : List.of("image", "clinical", "report")) {
            assertThat(estimate("malignant", single)).isBetween(0.82, 0.91);
            assertThat(estimate("hcc_vs_icc", single)).isBetween(0.78, 0.88);
            assertThat(estimate("pfs", single)).isBetween(0.60, 0.68);
        }
        assertThat(estimate("malignant", "image_clinical_report")).isBetween(0.95, 0.985);
        assertThat(estimate("hcc_vs_icc", "image_clinical_report")).isBetween(0.92, 0.965);
        assertThat(estimate("pfs", "image_clinical_report")).isBetween(0.72, 0.77);
    }

    @Test
    void microvascularInvasionWouldBeGift() {
        assertThat(estimate("pfs", Truth.COMPLETE))
                .isGreaterThan(estimate("pfs", "image_clinical_report") + 0.01);
    }

    @Test
    void unknownSetIsRefused() {
        assertThatThrownBy(() -> TRUTH.bound("malignant", "genome"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("genome");
    }

    private static double estimate(String target, String set) {
        return TRUTH.bound(target, set).estimate();
    }

    private static double half(double high, double low) {
        return high > low ? 1 : high == low ? 0.5 : 0;
    }

    /** Rows (time, event, score) with many ties. */
    private static List<double[]> rows(int n, long seed) {
        RandomStream random = RandomStream.of(seed);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(new double[] {random.index(40), random.index(2), random.index(25)});
        }
        return rows;
    }
}
