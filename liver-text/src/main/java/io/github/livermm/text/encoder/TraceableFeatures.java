// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.concept.LabelMask.Span;
import io.github.livermm.text.report.Report;
import java.util.List;
import java.util.Map;

/** A fitted encoder that knows from which words of a report its features come. */
sealed interface TraceableFeatures permits FittedReportEncoder, FittedNgramEncoder {
    /** Names of the features. */
    List<String> featureNames();

    /** The features of a report. */
    double[] features(Report report);

    /** The words behind each feature that the report shows, by its name. */
    Map<String, List<Span>> spans(Report report);
}
