// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a latent variable becomes visible. */
enum Modality {
    IMAGE,
    CLINICAL,
    REPORT;

    /** Every non-empty set, single modalities first. */
    static List<Set<Modality>> sets() {
        List<Set<Modality>> sets = new ArrayList<>();
        for (int size = 1; size <= values().length; size++) {
            for (int bits = 1; bits < 1 << values().length; bits++) {
                if (Integer.bitCount(bits) == size) {
                    sets.add(fromBits(bits));
                }
            }
        }
        return List.copyOf(sets);
    }

    private static Set<Modality> fromBits(int bits) {
        EnumSet<Modality> set = EnumSet.noneOf(Modality.class);
        int rest = bits;
        for (Modality modality : values()) {
            if (rest % 2 == 1) {
                set.add(modality);
            }
            rest /= 2;
        }
        return set;
    }

    /** The key of a set in {@code truth.json}, such as {@code image_report}. */
    static String key(Set<Modality> set) {
        return set.stream()
                .map(modality -> modality.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("_"));
    }
}
