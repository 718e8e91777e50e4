// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.concept.LabelMask.Span;
import io.github.livermm.text.report.Report;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contributions of features to the mean of linear models, each with its own encoder: coefficient
 * times feature, summed by name over the models and divided by their number.
 */
final class LinearContributions {
    private final Report report;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, List<Span>> spans = new LinkedHashMap<>();
    private int models;

    LinearContributions(Report report) {
        this.report = report;
    }

    /** Adds a model of some features of an encoder. */
    void add(TraceableFeatures encoder, List<String> names, double[] coefficients) {
        if (coefficients.length != names.size()) {
            throw new IllegalArgumentException(
                    "coefficients has length "
                            + coefficients.length
                            + ", allowed is the number of features, "
                            + names.size());
        }
        double[] features = encoder.features(report);
        List<String> all = encoder.featureNames();
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < features.length; i++) {
            values.put(all.get(i), features[i]);
        }
        for (int i = 0; i < coefficients.length; i++) {
            double value = values.getOrDefault(names.get(i), 0.0);
            sums.merge(names.get(i), coefficients[i] * value, Double::sum);
        }
        encoder.spans(report).forEach(spans::putIfAbsent);
        models++;
    }

    List<Contribution> mean() {
        return sums.entrySet().stream()
                .map(
                        e ->
                                new Contribution(
                                        e.getKey(),
                                        e.getValue() / models,
                                        spans.getOrDefault(e.getKey(), List.of())))
                .toList();
    }
}
