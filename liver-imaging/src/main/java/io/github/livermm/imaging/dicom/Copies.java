// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of one object, which exports hold under two names: they share the SOP Instance UID and lie
 * in the same place of the same acquisition. Careless tools give one UID to different slices.
 */
final class Copies {
    private Copies() {}

    /** One of every object, complete where one is. */
    static List<Slice> leaveOut(List<Slice> slices) {
        if (slices.stream().map(Slice::object).distinct().count() == slices.size()) {
            return slices;
        }
        Map<Object, Slice> kept = new LinkedHashMap<>();
        for (Slice s : slices) {
            Object key = s.object().isEmpty() ? s : key(s);
            kept.merge(key, s, (a, b) -> a.fault().isEmpty() || !b.fault().isEmpty() ? a : b);
        }
        return List.copyOf(kept.values());
    }

    private static Object key(Slice s) {
        return List.of(s.object(), Arrays.toString(s.position()), StackSplitter.keys(s));
    }
}
