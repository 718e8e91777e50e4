// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Findings;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.model.LinearMember;
import io.github.livermm.core.model.Member;
import io.github.livermm.core.model.View;
import io.github.livermm.text.concept.LabelMask.Span;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportSections;
import io.github.livermm.text.report.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What a view of reports alone scores, and what each part of a report adds to it. */
final class ReportScores {
    private static final String CLAUSE_ENDS = "。；;，,.!?！？\n";

    private final View view;

    ReportScores(View view) {
        this.view = view;
    }

    /** Whether a view is the score of the report: not a joint one, nor a model to compare with. */
    static boolean isOfReportsAlone(View view) {
        String modality = ReportEncoder.MODALITY;
        return (view.name().equals(modality) || view.name().startsWith(modality + "."))
                && view.members().stream()
                        .allMatch(m -> m.readers().keySet().equals(Set.of(modality)));
    }

    /** [report][head]; NaN where the head could not be fitted. */
    double[][] of(List<Report> reports) {
        CohortInputs inputs = inputs(reports);
        double[][] sums = new double[reports.size()][];
        double[][] counts = new double[reports.size()][];
        for (Member member : view.members()) {
            double[][] eta = member.linearPredictors(inputs);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = sums[i] == null ? new double[eta.length] : sums[i];
                counts[i] = counts[i] == null ? new double[eta.length] : counts[i];
                for (int h = 0; h < eta.length; h++) {
                    if (!Double.isNaN(eta[h][i])) {
                        sums[i][h] += eta[h][i];
                        counts[i][h]++;
                    }
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            for (int h = 0; h < sums[i].length; h++) {
                sums[i][h] /= counts[i][h];
            }
        }
        return sums;
    }

    /** Contributions to the score of one head. */
    List<Contribution> contributions(Report report, int head) {
        LinearContributions linear = new LinearContributions(report);
        boolean exact = false;
        for (Member member : view.members()) {
            if (member instanceof LinearMember m
                    && m.encoder() instanceof TraceableFeatures encoder) {
                double[] coefficients = m.coefficients(head);
                exact = true;
                if (coefficients.length > 0 || encoder.featureNames().isEmpty()) {
                    linear.add(encoder, m.featureNames(), coefficients);
                }
            }
        }
        return exact ? linear.mean() : withoutEachClause(report, head);
    }

    /** How much higher the score is with a clause than without it. */
    private List<Contribution> withoutEachClause(Report report, int head) {
        List<Span> clauses = clauses(report);
        List<Report> variants = new ArrayList<>(List.of(report));
        clauses.forEach(clause -> variants.add(without(report, clause)));
        double[][] scores = of(variants);
        return IntStream.range(0, clauses.size())
                .mapToObj(
                        i ->
                                new Contribution(
                                        "clause " + (i + 1),
                                        scores[0][head] - scores[i + 1][head],
                                        List.of(clauses.get(i))))
                .toList();
    }

    /** The clauses of all sections; headings belong to none. */
    static List<Span> clauses(Report report) {
        int[] text = report.text().codePoints().toArray();
        List<Span> clauses = new ArrayList<>();
        for (Section section : ReportSections.of(report).all()) {
            int from = section.start();
            for (int at = from; at < section.end(); at++) {
                boolean decimal =
                        text[at] == '.'
                                && at + 1 < section.end()
                                && !Character.isWhitespace(text[at + 1]);
                if (CLAUSE_ENDS.indexOf(text[at]) >= 0 && !decimal) {
                    add(clauses, text, from, at);
                    from = at + 1;
                }
            }
            add(clauses, text, from, section.end());
        }
        return clauses;
    }

    private static void add(List<Span> clauses, int[] text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text[start])) {
            start++;
        }
        while (start < end && Character.isWhitespace(text[end - 1])) {
            end--;
        }
        if (start < end) {
            clauses.add(new Span(start, end));
        }
    }

    private static Report without(Report report, Span clause) {
        int[] text = report.text().codePoints().toArray();
        Arrays.fill(text, clause.start(), clause.end(), ' ');
        return new Report(new String(text, 0, text.length), report.headings());
    }

    /** Reports as the inputs of patients that have nothing else. */
    private static CohortInputs inputs(List<Report> reports) {
        List<Patient> patients =
                IntStream.range(0, reports.size())
                        .mapToObj(
                                i ->
                                        new Patient(
                                                String.valueOf(i),
                                                "",
                                                new ClinicalRecord(Map.of(), Map.of()),
                                                new PatientFiles(null, null, null),
                                                new PatientLabels(null, Map.of(), false),
                                                Map.of()))
                        .toList();
        return CohortInputs.read(
                patients,
                Map.of(
                        ReportEncoder.MODALITY,
                        (patient, findings) ->
                                Optional.of(reports.get(Integer.parseInt(patient.id())))),
                new Findings(),
                Progress.NONE);
    }
}
