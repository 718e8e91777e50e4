// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** Tag tree of a precinct (T.800 B.10.2): whole numbers of a grid, told layer by layer. */
final class TagTree {
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final int[] widths = new int[32];
    private final int[] starts = new int[32];
    private final int levels;
    private final int[] values;
    private final int[] lows;

    TagTree(int width, int height) {
        int total = 0;
        int level = 0;
        int w = width;
        int h = height;
        while (true) {
            widths[level] = w;
            starts[level++] = total;
            total += w * h;
            if (w * h <= 1) {
                break;
            }
            w = (w + 1) / 2;
            h = (h + 1) / 2;
        }
        levels = level;
        values = new int[total];
        lows = new int[total];
        java.util.Arrays.fill(values, UNKNOWN);
    }

    /** Whether the number at a place is below a threshold, reading what is needed to know. */
    boolean below(PacketBits bits, int x, int y, int threshold) throws DicomException {
        int low = 0;
        for (int level = levels - 1; level >= 0; level--) {
            int node = starts[level] + (y >> level) * widths[level] + (x >> level);
            low = Math.max(low, lows[node]);
            while (low < threshold && low < values[node]) {
                if (bits.bit() == 1) {
                    values[node] = low;
                } else {
                    low++;
                }
            }
            lows[node] = low;
        }
        return values[starts[0] + y * widths[0] + x] < threshold;
    }
}
