// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** Canonical Huffman codes (ITU-T T.81 annex C); codes of up to nine bits are looked up at once. */
final class HuffmanTable {
    private static final int FAST = 9;

    private final short[] fast = new short[1 << FAST];
    private final int[] beyond = new int[17];
    private final int[] offset = new int[17];
    private final int[] values;

    private HuffmanTable(int[] values) {
        this.values = values;
    }

    /** Reads the tables of one segment into those known, at index 4 x class + identifier. */
    static void read(JpegStream in, HuffmanTable[] into) throws DicomException {
        while (in.position() < in.end()) {
            int id = in.u8();
            int[] counts = new int[16];
            int total = 0;
            for (int n = 0; n < 16; n++) {
                counts[n] = in.u8();
                total += counts[n];
            }
            int[] values = new int[total];
            for (int n = 0; n < total; n++) {
                values[n] = in.u8();
            }
            into[(id >> 2 & 4) | (id & 3)] = of(in, counts, values);
        }
    }

    private static HuffmanTable of(JpegStream in, int[] counts, int[] values)
            throws DicomException {
        HuffmanTable table = new HuffmanTable(values);
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++) {
            table.offset[length] = index - code;
            for (int n = 0; n < counts[length - 1]; n++, code++, index++) {
                if (code >= 1 << length) {
                    throw in.damaged("a Huffman table has more codes than fit");
                }
                for (int rest = 0; length <= FAST && rest < 1 << (FAST - length); rest++) {
                    table.fast[(code << (FAST - length)) + rest] =
                            (short) (length << 8 | values[index]);
                }
            }
            table.beyond[length] = code << (16 - length);
            code <<= 1;
        }
        return table;
    }

    int decode(JpegStream in, JpegBits bits) throws DicomException {
        int next = bits.peek(16);
        int known = fast[next >> (16 - FAST)];
        if (known != 0) {
            bits.skip(known >> 8);
            return known & 0xFF;
        }
        for (int length = FAST + 1; length <= 16; length++) {
            if (next < beyond[length]) {
                bits.skip(length);
                return values[offset[length] + (next >> (16 - length))];
            }
        }
        throw in.damaged("a code that its table does not hold");
    }
}
