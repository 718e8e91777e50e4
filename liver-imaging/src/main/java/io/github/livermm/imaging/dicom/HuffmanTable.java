// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** Canonical Huffman codes by length (ITU-T T.81 annex C). */
final class HuffmanTable {
    private final int[] firstCode = new int[16];
    private final int[] firstIndex = new int[16];
    private final int[] counts;
    private final int[] values;

    private HuffmanTable(int[] counts, int[] values) {
        this.counts = counts;
        this.values = values;
    }

    static HuffmanTable of(int[] counts, int[] values) {
        HuffmanTable table = new HuffmanTable(counts, values);
        int code = 0;
        int index = 0;
        for (int n = 0; n < 16; n++) {
            table.firstCode[n] = code;
            table.firstIndex[n] = index;
            index += counts[n];
            code = (code + counts[n]) << 1;
        }
        return table;
    }

    /** Index of the value of a code of {@code length + 1} bits, or -1. */
    int index(int code, int length) {
        int offset = code - firstCode[length];
        return offset >= 0 && offset < counts[length] ? firstIndex[length] + offset : -1;
    }

    int value(int index) {
        return values[index];
    }
}
