// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Folds of any cohort cover it evenly. */
class FoldsProperties {
    @Property
    void sizesAndStrataDifferByAtMostOneOverFolds(
            @ForAll @Size(min = 2, max = 80)
                    List<@StringLength(value = 1) @CharRange(from = 'a', to = 'e') String> strata,
            @ForAll @IntRange(min = 2, max = 10) int folds,
            @ForAll long seed) {
        Assume.that(folds <= strata.size());

        int[] fold = Folds.stratified(strata, folds, seed);

        assertSpread(IntStream.range(0, fold.length).toArray(), fold, folds);
        for (String stratum : strata) {
            int[] members =
                    IntStream.range(0, fold.length)
                            .filter(i -> strata.get(i).equals(stratum))
                            .toArray();
            assertSpread(members, fold, folds);
        }
    }

    private static void assertSpread(int[] members, int[] fold, int folds) {
        int[] count = new int[folds];
        for (int i : members) {
            count[fold[i]]++;
        }
        var summary = IntStream.of(count).summaryStatistics();
        assertThat(summary.getMax() - summary.getMin()).isLessThanOrEqualTo(1);
    }

    @Property
    void eachCentreLiesInOneFoldAndAloneUnlessSmall(
            @ForAll @Size(min = 2, max = 80)
                    List<@StringLength(value = 1) @CharRange(from = 'a', to = 'f') String> centres,
            @ForAll @IntRange(min = 0, max = 4) int poolUnder) {
        long groups =
                centres.stream()
                        .map(c -> size(centres, c) < poolUnder ? "pooled" : c)
                        .distinct()
                        .count();
        Assume.that(groups >= 2);

        int[] fold = Folds.leaveOneCentreOut(centres, poolUnder);

        assertThat(IntStream.of(fold).distinct().count()).isEqualTo(groups);
        for (int i = 0; i < fold.length; i++) {
            for (int j = 0; j < i; j++) {
                boolean together =
                        centres.get(i).equals(centres.get(j))
                                || (size(centres, centres.get(i)) < poolUnder
                                        && size(centres, centres.get(j)) < poolUnder);
                assertThat(fold[i] == fold[j]).isEqualTo(together);
            }
        }
    }

    private static long size(List<String> centres, String centre) {
        return centres.stream().filter(centre::equals).count();
    }
}
