// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.concept.Concept;
import io.github.livermm.text.concept.Lesion;
import io.github.livermm.text.concept.Lexicon;
import io.github.livermm.text.concept.Mention;
import io.github.livermm.text.concept.ParsedReport;
import io.github.livermm.text.concept.ReportParser;
import io.github.livermm.text.concept.Status;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every value that a report can give, before a vocabulary chooses among them: {@code
 * washout.present} and the like as 0 or 1, then size and count, each with whether it is known.
 */
final class ConceptVector {
    static final String SIZE = "size_log_cm";
    static final String SIZE_KNOWN = "size_known";
    static final String COUNT = "count_log";
    static final String COUNT_KNOWN = "count_known";

    private static final Status[] STATUSES = {Status.PRESENT, Status.ABSENT, Status.UNCERTAIN};
    private static final Set<String> LIVER_SITES = Set.of("liver", "bile_duct", "peritoneum");

    private static final List<String> NAMES = names();
    private static final Map<String, Integer> INDEX = index();

    private ConceptVector() {}

    /** Names of all values, in order. */
    static List<String> allNames() {
        return NAMES;
    }

    static int indexOf(String name) {
        return Objects.requireNonNullElse(INDEX.get(name), -1);
    }

    static double[] of(Report report, Set<SectionKind> sections) {
        ParsedReport parsed = ReportParser.bundled().parse(report);
        double[] values = new double[NAMES.size()];
        Map<String, Status> said = new HashMap<>();
        for (Mention mention : parsed.mentions()) {
            if (counts(mention) && sections.contains(mention.section())) {
                said.merge(mention.concept().id(), mention.status(), ConceptVector::stronger);
            }
        }
        said.forEach(
                (concept, status) -> {
                    int at = indexOf(name(concept, status));
                    if (at >= 0) {
                        values[at] = 1;
                    }
                });
        parsed.indexLesion(sections).ifPresent(lesion -> put(lesion, values));
        return values;
    }

    private static void put(Lesion lesion, double[] values) {
        Double size = lesion.sizeCm();
        Integer count = lesion.count();
        put(values, SIZE, SIZE_KNOWN, size == null ? null : Math.log(size));
        put(values, COUNT, COUNT_KNOWN, count == null ? null : Math.log(count));
    }

    private static void put(double[] values, String name, String known, @Nullable Double value) {
        if (value != null) {
            values[indexOf(name)] = value;
            values[indexOf(known)] = 1;
        }
    }

    /** Mentions of the liver, or of what a concept itself places elsewhere. */
    static boolean counts(Mention mention) {
        Concept concept = mention.concept();
        return concept.kind().isFeature()
                && (concept.organ().isPresent() || LIVER_SITES.contains(mention.organ()));
    }

    /** Present outweighs uncertain, uncertain outweighs absent; history does not count. */
    private static Status stronger(Status a, Status b) {
        return rank(a) <= rank(b) ? a : b;
    }

    private static int rank(Status status) {
        return switch (status) {
            case PRESENT -> 0;
            case UNCERTAIN -> 1;
            case ABSENT -> 2;
            case HISTORICAL -> 3;
        };
    }

    static String name(String concept, Status status) {
        return concept + "." + status.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Concept concept : Lexicon.bundled().concepts()) {
            if (concept.kind().isFeature()) {
                for (Status status : STATUSES) {
                    names.add(name(concept.id(), status));
                }
            }
        }
        names.addAll(List.of(SIZE, SIZE_KNOWN, COUNT, COUNT_KNOWN));
        return List.copyOf(names);
    }

    private static Map<String, Integer> index() {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            index.put(NAMES.get(i), i);
        }
        return index;
    }
}
