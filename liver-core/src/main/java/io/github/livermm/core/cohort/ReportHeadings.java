// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Headings that the reports of a study use beside the usual ones, for each kind of section: {@code
 * report_headings} and {@code report_headings_by_centre} of {@code study.json}.
 *
 * @param everywhere headings of every centre, by section
 * @param byCentre headings of one centre, by centre and section
 * @since 0.1.0
 */
public record ReportHeadings(
        Map<String, List<String>> everywhere, Map<String, Map<String, List<String>>> byCentre) {
    /** Kinds of section that a heading may open. */
    public static final List<String> SECTIONS =
            List.of(
                    "findings",
                    "impression",
                    "history",
                    "technique",
                    "comparison",
                    "recommendation",
                    "addendum",
                    "administration",
                    "other");

    private static final ReportHeadings NONE = new ReportHeadings(Map.of(), Map.of());

    /** Copies the maps. */
    public ReportHeadings {
        everywhere = Map.copyOf(everywhere);
        byCentre = Map.copyOf(byCentre);
    }

    /**
     * No headings but the usual ones.
     *
     * @return an empty table
     */
    public static ReportHeadings none() {
        return NONE;
    }

    /**
     * The headings of one centre, those of every centre included.
     *
     * @param centre a centre of the study
     * @return headings by section, perhaps none
     */
    public Map<String, List<String>> at(String centre) {
        Map<String, List<String>> own = byCentre.getOrDefault(centre, Map.of());
        Map<String, List<String>> all = new LinkedHashMap<>(everywhere);
        own.forEach((section, more) -> all.merge(section, more, ReportHeadings::joined));
        return Map.copyOf(all);
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> both = new ArrayList<>(a);
        both.addAll(b);
        return List.copyOf(both);
    }
}
