// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.model.View;

/**
 * A fitted view and the scores of its own training patients, each from the member that did not see
 * that patient.
 */
final class OutOfFoldView {
    private final View view;
    private final double[][] scores;

    OutOfFoldView(View view, double[][] scores) {
        this.view = view;
        this.scores = scores;
    }

    View view() {
        return view;
    }

    /** [head][patient], NaN where the patient lacks what the view needs. Not copied. */
    double[][] scores() {
        return scores;
    }
}
