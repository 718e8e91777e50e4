// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** The arithmetic decoder of JPEG 2000 (T.800 annex C), and its raw bits where it is bypassed. */
final class MqDecoder {
    static final int RUN = 17;
    static final int UNIFORM = 18;

    /** Table C.2: Qe, next state after the more probable symbol, after the less probable one. */
    private static final int[][] STATES = {
        {0x5601, 1, 1, 1}, {0x3401, 2, 6, 0}, {0x1801, 3, 9, 0}, {0x0AC1, 4, 12, 0},
        {0x0521, 5, 29, 0}, {0x0221, 38, 33, 0}, {0x5601, 7, 6, 1}, {0x5401, 8, 14, 0},
        {0x4801, 9, 14, 0}, {0x3801, 10, 14, 0}, {0x3001, 11, 17, 0}, {0x2401, 12, 18, 0},
        {0x1C01, 13, 20, 0}, {0x1601, 29, 21, 0}, {0x5601, 15, 14, 1}, {0x5401, 16, 14, 0},
        {0x5101, 17, 15, 0}, {0x4801, 18, 16, 0}, {0x3801, 19, 17, 0}, {0x3401, 20, 18, 0},
        {0x3001, 21, 19, 0}, {0x2801, 22, 19, 0}, {0x2401, 23, 20, 0}, {0x2201, 24, 21, 0},
        {0x1C01, 25, 22, 0}, {0x1801, 26, 23, 0}, {0x1601, 27, 24, 0}, {0x1401, 28, 25, 0},
        {0x1201, 29, 26, 0}, {0x1101, 30, 27, 0}, {0x0AC1, 31, 28, 0}, {0x09C1, 32, 29, 0},
        {0x08A1, 33, 30, 0}, {0x0521, 34, 31, 0}, {0x0441, 35, 32, 0}, {0x02A1, 36, 33, 0},
        {0x0221, 37, 34, 0}, {0x0141, 38, 35, 0}, {0x0111, 39, 36, 0}, {0x0085, 40, 37, 0},
        {0x0049, 41, 38, 0}, {0x0025, 42, 39, 0}, {0x0015, 43, 40, 0}, {0x0009, 44, 41, 0},
        {0x0005, 45, 42, 0}, {0x0001, 45, 43, 0}, {0x5601, 46, 46, 0}
    };

    private static final int MPS = 1 << 15;

    /**
     * By state x 2 + more probable symbol, packed so that a context is one load: Qe in the low 15
     * bits, the symbol above, then the next such number after the more and the less probable one.
     */
    private static final int[] PACKED = new int[94];

    static {
        for (int s = 0; s < STATES.length; s++) {
            for (int mps = 0; mps < 2; mps++) {
                int more = 2 * STATES[s][1] + mps;
                int less = 2 * STATES[s][2] + (mps ^ STATES[s][3]);
                PACKED[2 * s + mps] = STATES[s][0] | mps * MPS | more << 16 | less << 24;
            }
        }
    }

    private final int[] contexts = new int[19];
    private byte[] data = {};
    private int at;
    private int end;

    /** The interval, 16 bits. */
    private int a;

    /** The code register: 16 bits above bit 32 as in the standard, below it bits still to come. */
    private long c;

    /** How many bits below bit 32 are known. */
    private int ct;

    void reset() {
        java.util.Arrays.fill(contexts, PACKED[0]);
        contexts[0] = PACKED[2 * 4];
        contexts[RUN] = PACKED[2 * 3];
        contexts[UNIFORM] = PACKED[2 * 46];
    }

    void start(byte[] from, int begin, int length) {
        data = from;
        at = begin;
        end = begin + length;
        c = (long) peek(at) << 32;
        ct = 0;
        fill();
        c <<= 7;
        ct -= 7;
        a = 0x8000;
    }

    /** Beyond the segment there are ones. */
    private int peek(int n) {
        return n < end ? data[n] & 0xFF : 0xFF;
    }

    /** Fetches bytes; after one of ones, the next brings seven bits and a carry. */
    private void fill() {
        while (ct <= 24) {
            int next = peek(at + 1);
            int bits = 8;
            if (peek(at) != 0xFF) {
                at++;
            } else if (next > 0x8F) {
                next = 0xFF;
            } else {
                at++;
                bits = 7;
            }
            ct += bits;
            c += (long) next << (32 - ct);
        }
    }

    /**
     * The next decision. Only whether the interval must grow is a branch: it alone is foreseeable.
     */
    int decode(int context) {
        int state = contexts[context];
        int qe = state & (MPS - 1);
        int symbol = (state >>> 15) & 1;
        int rest = a - qe;
        int lower = ((int) (c >>> 32) - qe) >>> 31;
        if ((rest & 0x8000 & (lower - 1)) != 0) {
            a = rest;
            c -= (long) qe << 32;
            return symbol;
        }
        // the less probable symbol, unless the smaller part of the interval is the upper one
        int less = lower ^ ((rest - qe) >>> 31);
        contexts[context] = PACKED[(state >>> (16 + 8 * less)) & 0xFF];
        int interval = rest + ((qe - rest) & -lower);
        long code = c - ((long) (qe & (lower - 1)) << 32);
        int shift = Integer.numberOfLeadingZeros(interval) - 16;
        if (ct < shift) {
            c = code;
            fill();
            code = c;
        }
        a = interval << shift;
        c = code << shift;
        ct -= shift;
        return symbol ^ less;
    }

    void startRaw(byte[] from, int begin, int length) {
        data = from;
        at = begin;
        end = begin + length;
        c = 0;
        ct = 0;
    }

    int raw() {
        if (ct == 0) {
            ct = c == 0xFF ? 7 : 8;
            c = peek(at++);
        }
        return (int) (c >> --ct) & 1;
    }
}
