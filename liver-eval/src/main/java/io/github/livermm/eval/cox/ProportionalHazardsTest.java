// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.List;

/**
 * Score tests for a trend of coefficients over time, one per column and one for all.
 *
 * @param columns the test of each column, in column order
 * @param global the test of all columns together
 * @since 0.1.0
 */
public record ProportionalHazardsTest(List<CoxTest> columns, CoxTest global) {
    /** Copies the list. */
    public ProportionalHazardsTest {
        columns = List.copyOf(columns);
    }
}
