// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.concept.LabelMask.Span;
import java.util.List;

/**
 * What one feature of a report added to a linear score.
 *
 * @param feature name of the feature
 * @param value coefficient times scaled value; above zero raises the score
 * @param spans the words it comes from, as code points of the original text; none when it comes
 *     from what the report does not say
 * @since 0.1.0
 */
public record Contribution(String feature, double value, List<Span> spans) {
    /** Copies the spans. */
    public Contribution {
        spans = List.copyOf(spans);
    }
}
