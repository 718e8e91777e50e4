// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stack of slices and everything that is wrong with it. A slice that cannot be used, because it
 * is cut off or coded in a way that is not decoded, counts as missing.
 */
final class SliceStack {
    private final List<Slice> all;
    private final Map<Slice, String> faults;
    private final StackGeometry geometry;
    private final List<String> problems = new ArrayList<>();

    SliceStack(List<Slice> slices) {
        this(slices, Map.of());
    }

    private SliceStack(List<Slice> slices, Map<Slice, String> broken) {
        all = slices;
        faults = new HashMap<>(broken);
        List<Slice> usable = new ArrayList<>();
        for (Slice s : slices) {
            String fault = faults.getOrDefault(s, s.fault());
            if (fault.isEmpty()) {
                usable.add(s);
            } else {
                faults.put(s, fault);
            }
        }
        geometry = new StackGeometry(usable.isEmpty() ? slices : usable);
        tellUids();
        tellFaults();
        problems.addAll(geometry.problems());
    }

    /** The same stack, where some more slices cannot be used, for the reason given. */
    SliceStack without(Map<Slice, String> broken) {
        Map<Slice, String> both = new HashMap<>(faults);
        both.putAll(broken);
        return new SliceStack(all, both);
    }

    private void tellUids() {
        DataSet first = all.get(0).header();
        if (first.text(Tag.SERIES_INSTANCE_UID).isEmpty()) {
            problems.add(
                    "Series Instance UID (0020,000E) is missing: slices of several series may be"
                            + " mixed");
        }
        Set<String> seen = new HashSet<>();
        long again =
                all.stream().filter(s -> !s.object().isEmpty() && !seen.add(s.object())).count();
        if (again > 0) {
            problems.add(
                    again
                            + " slices carry the SOP Instance UID (0008,0018) of another one, but"
                            + " are no copies of it");
        }
    }

    private void tellFaults() {
        all.stream()
                .filter(faults::containsKey)
                .findFirst()
                .ifPresent(
                        s ->
                                problems.add(
                                        String.format(
                                                "%d of %d slices cannot be used (%s)",
                                                faults.size(), all.size(), faults.get(s))));
    }

    /** The slices that can be used, sorted by position; all of them when none can. */
    List<Slice> slices() {
        return geometry.slices();
    }

    /** Every slice, whether it can be used or not. */
    List<Slice> all() {
        return all;
    }

    List<String> problems() {
        return problems;
    }

    StackGeometry geometry() {
        return geometry;
    }

    @Nullable Grid grid() {
        return problems.isEmpty() ? geometry.grid() : null;
    }

    /** Whether there are slices that can be used, of one size and orientation. */
    boolean canBeResampled() {
        return faults.size() < all.size() && geometry.isCoherent();
    }
}
