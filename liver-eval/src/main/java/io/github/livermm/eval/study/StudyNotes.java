// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the blocks of all targets have in common. */
final class StudyNotes {
    private StudyNotes() {}

    static List<String> of(
            RowColumns columns,
            @Nullable CentreTable centres,
            Map<String, SubgroupTable> subgroups,
            boolean compared) {
        List<String> notes = new ArrayList<>();
        boolean parts = centres != null || !subgroups.isEmpty();
        if (!columns.manner().isEmpty() && (parts || compared)) {
            notes.add(
                    "centres, subgroups and paired comparisons take each row once: they use no"
                            + " weights and no clusters");
        }
        if (centres != null && !centres.notPooled().isEmpty()) {
            notes.add(
                    "centres shown and not pooled, for their discrimination is undefined, 0, 1 or"
                            + " without standard error: "
                            + String.join(", ", centres.notPooled()));
        }
        if (centres != null && centres.rows().size() - centres.notPooled().size() < 2) {
            notes.add("fewer than two centres can be pooled: no limits of a pooled figure");
        }
        subgroups.forEach(
                (column, table) -> {
                    if (table.missing() > 0) {
                        notes.add(column + ": " + table.missing() + " rows without a level");
                    }
                    if (!table.interaction().reason().isEmpty()) {
                        notes.add(
                                column
                                        + ": the test of interaction is undefined: "
                                        + table.interaction().reason());
                    }
                });
        return notes;
    }

    /** A time without a point when it is whole. */
    static String plain(double time) {
        return time == Math.rint(time) && Math.abs(time) < 1e15
                ? String.valueOf((long) time)
                : String.valueOf(time);
    }

    static void put(
            Map<String, @Nullable Object> map,
            String measure,
            Map<String, Object> models,
            List<Comparison> comparisons,
            @Nullable CentreTable centres,
            Map<String, SubgroupTable> subgroups) {
        if (models.size() > 1) {
            map.put("models", models);
            map.put("comparisons", comparisons.stream().map(Comparison::toMap).toList());
        }
        if (centres != null) {
            Map<String, Object> byCentre = new LinkedHashMap<>();
            centres.rows().forEach(row -> byCentre.put(row.level(), row.toMap(measure)));
            map.put("centres", byCentre);
            map.put("pooled", centres.pooledToMap(measure));
        }
        if (!subgroups.isEmpty()) {
            Map<String, Object> byColumn = new LinkedHashMap<>();
            subgroups.forEach(
                    (column, table) -> {
                        Map<String, Object> block = new LinkedHashMap<>();
                        table.rows().forEach(row -> block.put(row.level(), row.toMap(measure)));
                        block.put("interaction", table.interaction().toMap());
                        byColumn.put(column, block);
                    });
            map.put("subgroups", byColumn);
        }
    }
}
