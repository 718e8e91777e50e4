// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Set;

/**
 * What becomes of an element by the Basic Application Level Confidentiality Profile (PS3.15 table
 * E.1-1). Where the table leaves a choice by the type of the attribute, such as X/Z/D, the one is
 * taken that is valid for every type: a value that says nothing.
 */
final class ConfidentialityProfile {
    private static final DataDictionary<String[]> TABLE =
            DataDictionary.read("confidentiality-profile.tsv", cells -> cells);

    private final Set<RetainOption> retained;

    ConfidentialityProfile(Set<RetainOption> retained) {
        this.retained = retained;
    }

    /** What to do with an element. */
    enum Action {
        /** X: it goes. */
        REMOVE,
        /** Z: it stays without a value. */
        EMPTY,
        /** D: it gets a value that says nothing. */
        DUMMY,
        /** U: its UID is replaced by another, the same everywhere. */
        MAP_UID,
        /** C of dates: moved by the days of the patient. */
        SHIFT,
        /** K: it stays by an option; items of a sequence are treated by their own rules. */
        KEEP,
        /** The table does not name it. */
        UNLISTED
    }

    Action of(int tag) {
        String[] row = TABLE.get(tag).orElse(null);
        if (row == null) {
            return Action.UNLISTED;
        }
        for (RetainOption option : retained) {
            if (row[option.column()].equals("K")) {
                return Action.KEEP;
            }
            if (row[option.column()].equals("C") && option == RetainOption.DATES_SHIFTED) {
                return Action.SHIFT;
            }
        }
        return switch (row[1]) {
            case "X" -> Action.REMOVE;
            case "Z", "X/Z" -> Action.EMPTY;
            case "D", "X/D", "Z/D", "X/Z/D" -> Action.DUMMY;
            case "U" -> Action.MAP_UID;
            case "X/Z/U*" -> Action.KEEP;
            default -> throw new IllegalStateException("unknown action " + row[1]);
        };
    }
}
