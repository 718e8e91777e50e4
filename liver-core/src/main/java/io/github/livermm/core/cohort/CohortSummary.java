// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Patient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.jspecify.annotations.Nullable;

/**
 * Who the patients of a cohort are, by centre: the first table of a report. Quartiles are those of
 * R's type 7; shares of missing values count every patient of the group.
 *
 * @param groups {@code all} first, then each centre in the order of the names
 * @since 0.1.0
 */
public record CohortSummary(List<Group> groups) {
    /** Name of the group of everybody. */
    public static final String ALL = "all";

    /** Copies the list. */
    public CohortSummary {
        groups = List.copyOf(groups);
    }

    /**
     * One group of patients.
     *
     * @param name {@link #ALL} or a centre
     * @param n number of patients
     * @param numbers numeric predictors, by column, in the order of the protocol
     * @param categories categorical predictors and subgroups, by column, in the order of the
     *     protocol; last {@code diagnosis} when anybody has one
     * @since 0.1.0
     */
    public record Group(
            String name,
            int n,
            Map<String, NumberSummary> numbers,
            Map<String, CategorySummary> categories) {
        /** Copies the maps and keeps their order. */
        public Group {
            numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
            categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
        }
    }

    /**
     * A numeric column in one group.
     *
     * @param unit unit of the column
     * @param present patients with a value
     * @param missingShare share of patients without; NaN in an empty group
     * @param lowerQuartile NaN when nobody has a value, as the next two
     * @param median median
     * @param upperQuartile upper quartile
     * @since 0.1.0
     */
    public record NumberSummary(
            String unit,
            int present,
            double missingShare,
            double lowerQuartile,
            double median,
            double upperQuartile) {}

    /**
     * A categorical column in one group.
     *
     * @param present patients with a value
     * @param missingShare share of patients without; NaN in an empty group
     * @param counts patients by level, in the order of the protocol, then of the alphabet
     * @since 0.1.0
     */
    public record CategorySummary(int present, double missingShare, Map<String, Integer> counts) {
        /** Copies the map and keeps its order. */
        public CategorySummary {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        }
    }

    /**
     * Summarises a cohort.
     *
     * @param cohort whom
     * @param protocol declares the columns
     * @return one group for all and one per centre
     */
    public static CohortSummary of(Cohort cohort, Protocol protocol) {
        List<Group> groups = new ArrayList<>();
        groups.add(group(ALL, cohort.patients(), protocol));
        for (String centre : cohort.centres()) {
            groups.add(
                    group(
                            centre,
                            cohort.where(p -> p.centre().equals(centre)).patients(),
                            protocol));
        }
        return new CohortSummary(groups);
    }

    private static Group group(String name, List<Patient> patients, Protocol protocol) {
        Map<String, NumberSummary> numbers = new LinkedHashMap<>();
        Map<String, CategorySummary> categories = new LinkedHashMap<>();
        for (Column column : protocol.columns()) {
            String header = column.name();
            if (column.numericPredictor()) {
                numbers.put(header, numbers(column, patients));
            } else if (column.categoricalPredictor()) {
                categories.put(
                        header,
                        categories(
                                column.levels(),
                                patients,
                                p -> p.clinical().categories().get(header)));
            } else if (column.role() == Role.SUBGROUP) {
                categories.put(
                        header,
                        categories(column.levels(), patients, p -> p.subgroups().get(header)));
            }
        }
        if (patients.stream().anyMatch(p -> p.labels().diagnosis() != null)) {
            categories.put(
                    "diagnosis",
                    categories(
                            List.of(),
                            patients,
                            p -> {
                                var diagnosis = p.labels().diagnosis();
                                return diagnosis == null
                                        ? null
                                        : diagnosis.name().toLowerCase(Locale.ROOT);
                            }));
        }
        return new Group(name, patients.size(), numbers, categories);
    }

    private static NumberSummary numbers(Column column, List<Patient> patients) {
        double[] values =
                patients.stream()
                        .map(p -> p.clinical().numbers().get(column.name()))
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(values);
        return new NumberSummary(
                column.measure().unit(),
                values.length,
                share(patients.size() - values.length, patients.size()),
                values.length == 0 ? Double.NaN : percentile.evaluate(25),
                values.length == 0 ? Double.NaN : percentile.evaluate(50),
                values.length == 0 ? Double.NaN : percentile.evaluate(75));
    }

    private static CategorySummary categories(
            List<String> levels,
            List<Patient> patients,
            Function<Patient, @Nullable String> value) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        levels.forEach(level -> counts.put(level, 0));
        Map<String, Integer> others = new TreeMap<>();
        int present = 0;
        for (Patient patient : patients) {
            String word = value.apply(patient);
            if (word != null) {
                present++;
                (counts.containsKey(word) ? counts : others).merge(word, 1, Integer::sum);
            }
        }
        counts.putAll(others);
        return new CategorySummary(
                present, share(patients.size() - present, patients.size()), counts);
    }

    private static double share(int part, int whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
