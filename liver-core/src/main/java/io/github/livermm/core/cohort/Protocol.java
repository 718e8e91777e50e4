// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.StudyException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a study, {@code study.json}: what the table holds, what is to be predicted and
 * who enters. A JSON Schema of the file lies beside this class as {@code study.schema.json}.
 *
 * @param name name of the study
 * @param table where ids, centres and ages stand
 * @param reportLanguage language of the reports
 * @param columns declared columns, in the order of the file
 * @param diagnosis how pathology is read; null when the study has none
 * @param endpoints time-to-event outcomes, in the order of the file
 * @param surgery what is known about surgery; null when nothing is
 * @param eligibility who enters
 * @param plan what is asked of modelling
 * @param segments label value of each segment of a mask, by segment name
 * @param reportHeadings headings of reports beside the usual ones
 * @param phases phases of series that the study names itself
 * @since 0.1.0
 */
public record Protocol(
        String name,
        TableLayout table,
        ReportLanguage reportLanguage,
        List<Column> columns,
        @Nullable DiagnosisMap diagnosis,
        List<Endpoint> endpoints,
        @Nullable Surgery surgery,
        EligibilityRules eligibility,
        ModellingPlan plan,
        Map<String, Integer> segments,
        ReportHeadings reportHeadings,
        PhaseNames phases) {
    /** The version of the format that this library reads. */
    public static final int SCHEMA = 1;

    private static final Set<String> SEX = Set.of("sex", "gender", "性别");
    private static final Set<String> FEMALE = Set.of("f", "female", "woman", "w", "女");

    /** Copies the collections. */
    public Protocol {
        columns = List.copyOf(columns);
        endpoints = List.copyOf(endpoints);
        segments = Map.copyOf(segments);
    }

    /**
     * A protocol of reports with the usual headings and of phases by headers.
     *
     * @param name name of the study
     * @param table where ids, centres and ages stand
     * @param reportLanguage language of the reports
     * @param columns declared columns, in the order of the file
     * @param diagnosis how pathology is read; null when the study has none
     * @param endpoints time-to-event outcomes, in the order of the file
     * @param surgery what is known about surgery; null when nothing is
     * @param eligibility who enters
     * @param plan what is asked of modelling
     * @param segments label value of each segment of a mask, by segment name
     */
    public Protocol(
            String name,
            TableLayout table,
            ReportLanguage reportLanguage,
            List<Column> columns,
            @Nullable DiagnosisMap diagnosis,
            List<Endpoint> endpoints,
            @Nullable Surgery surgery,
            EligibilityRules eligibility,
            ModellingPlan plan,
            Map<String, Integer> segments) {
        this(
                name,
                table,
                reportLanguage,
                columns,
                diagnosis,
                endpoints,
                surgery,
                eligibility,
                plan,
                segments,
                ReportHeadings.none(),
                PhaseNames.none());
    }

    /**
     * Reads a protocol.
     *
     * @param file the {@code study.json}
     * @return the protocol
     * @throws StudyException with every problem of the file
     */
    public static Protocol read(Path file) {
        Problems problems = new Problems();
        Protocol protocol = ProtocolReader.read(file, problems);
        problems.failIfAny();
        if (protocol == null) {
            throw new IllegalStateException("a protocol without problems was not built");
        }
        return protocol;
    }

    /**
     * The declaration of a column.
     *
     * @param column header
     * @return empty when the protocol does not declare it
     */
    public Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /**
     * The columns that go into the model.
     *
     * @return in the order of the file
     */
    public List<Column> predictors() {
        return columns.stream().filter(c -> c.role() == Role.PREDICTOR).toList();
    }

    /**
     * The predictor that measures a quantity, for scores computed from columns.
     *
     * @param quantity id of a {@link Quantity}, or {@code sex}
     * @return empty when no predictor does; the first when several do
     */
    public Optional<Column> source(String quantity) {
        if (quantity.equals("sex")) {
            return columns.stream()
                    .filter(Column::categoricalPredictor)
                    .filter(c -> SEX.contains(c.name().toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
        return columns.stream()
                .filter(Column::numericPredictor)
                .filter(
                        c ->
                                Quantity.of(c).filter(q -> q.id().equals(quantity)).isPresent()
                                        || (quantity.equals("age") && c.name().equals(table.age())))
                .findFirst();
    }

    /**
     * The level of a column of the sex that means a woman.
     *
     * @param sex a category
     * @return empty when none of its levels is a known word
     */
    public static Optional<String> female(Column sex) {
        return sex.levels().stream()
                .filter(level -> FEMALE.contains(level.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
