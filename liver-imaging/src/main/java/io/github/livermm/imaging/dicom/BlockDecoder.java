// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Arrays;

/**
 * Bit planes of a code block: significance, refinement and cleanup passes (T.800 annex D). The four
 * samples of a column of a stripe share a word that holds the significance and sign of the 3 x 6
 * samples in and around them, kept up to date when a sample becomes significant: a context is one
 * look-up, and a column in which a pass has nothing to do costs one look. Samples carry one bit
 * below the binary point; what is not coded is reconstructed in the middle of its interval.
 */
final class BlockDecoder {
    /*
     * A word, from its lowest bit: significance of 6 rows of 3 samples (the row above, the four of
     * the stripe, the row below), then their signs in the same order, then for each sample of the
     * stripe whether this plane has visited it and whether it was ever refined. Shifted right by
     * the sample's own bit less 4, bits 0 to 8 are the 3 x 3 samples around it.
     */
    private static final int FIRST = 4;

    private static final int LAST = 13;
    private static final long OWN = 0b010_010_010_010_000L;
    private static final int SIGN = 18;
    private static final int VISITED = 32;
    private static final int REFINED = 33;
    private static final int AROUND = 0b111_101_111;

    private static final byte[][] ZERO_CONTEXT = zeroContexts();
    private static final byte[] SIGN_CONTEXT = signContexts();

    private final JpegStream in;
    private final Jpeg2000Style style;
    private final float scale;
    private final boolean causal;
    private final MqDecoder mq = new MqDecoder();

    /** By stripe and column, with an empty stripe above and below and an empty column beside. */
    private long[] words = {};

    /** Twice the magnitude of the four samples of each word. */
    private int[] magnitudes = {};

    private int width;
    private int height;
    private int stride;
    private byte[] zero = ZERO_CONTEXT[0];

    BlockDecoder(JpegStream in, Jpeg2000Style style, int precision) {
        this.in = in;
        this.style = style;
        this.causal = style.has(Jpeg2000Style.CAUSAL);
        this.scale = 0.5f * (1 << precision);
    }

    /** Decodes a block into samples; for the 9/7 transform these are the bits of floats. */
    void decode(Precinct.PlacedBlock placed, int[] samples, int row) throws DicomException {
        width = placed.width();
        height = placed.height();
        stride = width + 2;
        int count = stride * ((height + 3) / 4 + 2);
        if (words.length < count) {
            words = new long[count];
            magnitudes = new int[4 * count];
        } else {
            Arrays.fill(words, 0, count, 0);
            Arrays.fill(magnitudes, 0, 4 * count, 0);
        }
        zero = ZERO_CONTEXT[placed.band().kind()];
        passes(placed.block());
        float step = scale * placed.band().step();
        for (int y = 0; y < height; y++) {
            int word = word(y);
            int sign = SIGN + FIRST + 3 * (y & 3);
            int to = placed.at() + y * row;
            for (int x = 0; x < width; x++) {
                int v = magnitudes[4 * (word + x) + (y & 3)];
                int negative = -(int) (words[word + x] >>> sign & 1);
                if (style.reversible()) {
                    samples[to + x] = (v / 2 ^ negative) - negative;
                } else {
                    samples[to + x] = Float.floatToRawIntBits(((v ^ negative) - negative) * step);
                }
            }
        }
    }

    /** The word of the first column of a row. */
    private int word(int y) {
        return (y / 4 + 1) * stride + 1;
    }

    /** The bits of the samples that the stripe from this row has. */
    private long rows(int top) {
        return OWN & ((2L << (FIRST + 3 * Math.min(3, height - top - 1))) - 1);
    }

    private void passes(CodeBlock block) throws DicomException {
        mq.reset();
        int pass = 0;
        int begin = 0;
        for (int s = 0; s < block.segments(); s++) {
            boolean raw = style.has(Jpeg2000Style.BYPASS) && pass >= 10 && (pass - 10) % 3 < 2;
            if (raw) {
                mq.startRaw(block.bytes(), begin, block.lengthOf(s));
            } else {
                mq.start(block.bytes(), begin, block.lengthOf(s));
            }
            begin += block.lengthOf(s);
            for (int n = 0; n < block.passesOf(s); n++, pass++) {
                // the first pass is a cleanup pass of the highest plane
                int plane = block.planes() - 1 - (pass + 2) / 3;
                switch (pass % 3) {
                    case 0 -> cleanup(plane);
                    case 1 -> significance(plane, raw);
                    default -> refinement(plane, raw);
                }
                if (style.has(Jpeg2000Style.RESET)) {
                    mq.reset();
                }
            }
        }
    }

    private void significance(int plane, boolean raw) {
        for (int top = 0; top < height; top += 4) {
            long rows = rows(top);
            for (int at = word(top), end = at + width; at < end; at++) {
                long word = words[at];
                long visited = 0;
                long left = rows & ~word & beside(word);
                while (left != 0) {
                    int own = Long.numberOfTrailingZeros(left);
                    visited |= 1L << own;
                    int near = (int) (word >>> (own - FIRST)) & AROUND;
                    if ((raw ? mq.raw() : mq.decode(zero[near])) == 1) {
                        found(at, own, plane, raw);
                        word = words[at];
                    }
                    left = rows & ~word & beside(word) & (-2L << own);
                }
                words[at] |= visited << VISITED;
            }
        }
    }

    /** The samples with a significant one beside them. */
    private static long beside(long word) {
        long across = word << 1 | word >>> 1;
        long row = across | word;
        return across | row << 3 | row >>> 3;
    }

    private void refinement(int plane, boolean raw) {
        int half = 1 << plane;
        for (int top = 0; top < height; top += 4) {
            for (int at = word(top), end = at + width; at < end; at++) {
                long word = words[at];
                long known = OWN & word & ~(word >>> VISITED);
                words[at] = word | known << REFINED;
                for (long left = known; left != 0; left &= left - 1) {
                    int own = Long.numberOfTrailingZeros(left);
                    int near = (int) (word >>> (own - FIRST)) & AROUND;
                    int context = near == 0 ? 14 : 15;
                    context = ((word >>> (REFINED + own)) & 1) == 0 ? context : 16;
                    int bit = raw ? mq.raw() : mq.decode(context);
                    magnitudes[magnitude(at, own)] += (bit << (plane + 1)) - half;
                }
            }
        }
    }

    private void cleanup(int plane) throws DicomException {
        for (int top = 0; top < height; top += 4) {
            long rows = rows(top);
            for (int at = word(top), end = at + width; at < end; at++) {
                long word = words[at];
                long left = rows & ~(word | word >>> VISITED);
                if (word == 0 && rows == OWN) {
                    if (mq.decode(MqDecoder.RUN) == 0) {
                        continue;
                    }
                    int skip = mq.decode(MqDecoder.UNIFORM) << 1;
                    skip |= mq.decode(MqDecoder.UNIFORM);
                    int own = FIRST + 3 * skip;
                    found(at, own, plane, false);
                    left &= -2L << own;
                }
                for (; left != 0; left &= left - 1) {
                    int own = Long.numberOfTrailingZeros(left);
                    int near = (int) (words[at] >>> (own - FIRST)) & AROUND;
                    if (mq.decode(zero[near]) == 1) {
                        found(at, own, plane, false);
                    }
                }
                words[at] &= ~(OWN << VISITED);
            }
        }
        if (style.has(Jpeg2000Style.SYMBOLS)) {
            int symbol = 0;
            for (int n = 0; n < 4; n++) {
                symbol = symbol << 1 | mq.decode(MqDecoder.UNIFORM);
            }
            if (symbol != 10) {
                throw in.damaged("a segmentation symbol is missing");
            }
        }
    }

    private static int magnitude(int at, int own) {
        return 4 * at + own / 3 - 1;
    }

    /** A sample becomes significant: its sign is read and the words that see it are told. */
    private void found(int at, int own, int plane, boolean raw) {
        int negative;
        if (raw) {
            negative = mq.raw();
        } else {
            long near = words[at] >>> (own - FIRST);
            int known = SIGN_CONTEXT[(int) ((near & 0xAA) | ((near >>> (SIGN + 1)) & 0x55))];
            negative = mq.decode(known & 15) ^ known >> 4;
        }
        magnitudes[magnitude(at, own)] = 3 << plane;
        long mark = (1L | (long) negative << SIGN) << own;
        tell(at, mark);
        if (own == FIRST && !causal) {
            tell(at - stride, mark << 12);
        } else if (own == LAST) {
            tell(at + stride, mark >>> 12);
        }
    }

    private void tell(int at, long mark) {
        words[at - 1] |= mark << 1;
        words[at] |= mark;
        words[at + 1] |= mark >>> 1;
    }

    /** Table D.1 by kind of subband and neighbours. */
    private static byte[][] zeroContexts() {
        byte[][] table = new byte[4][AROUND + 1];
        for (int near = 0; near <= AROUND; near++) {
            int h = Integer.bitCount(near & 0b000_101_000);
            int v = Integer.bitCount(near & 0b010_000_010);
            int d = Integer.bitCount(near & 0b101_000_101);
            table[0][near] = (byte) zeroContext(h, v, d);
            table[1][near] = (byte) zeroContext(v, h, d);
            table[2][near] = table[0][near];
            table[3][near] = (byte) diagonalContext(h + v, d);
        }
        return table;
    }

    private static int zeroContext(int h, int v, int d) {
        if (h == 2) {
            return 8;
        }
        if (h == 1) {
            return v >= 1 ? 7 : d >= 1 ? 6 : 5;
        }
        return v > 0 ? v + 2 : Math.min(d, 2);
    }

    private static int diagonalContext(int straight, int d) {
        return switch (d) {
            case 0 -> Math.min(straight, 2);
            case 1 -> 3 + Math.min(straight, 2);
            case 2 -> straight == 0 ? 6 : 7;
            default -> 8;
        };
    }

    /**
     * Tables D.2 and D.3: context, and 16 where the sign is flipped; by the significance (odd bits)
     * and sign (the bit below) of the neighbours above, left, right and below.
     */
    private static byte[] signContexts() {
        byte[] table = new byte[256];
        for (int near = 0; near < 256; near++) {
            int h = Integer.signum(contribution(near, 3) + contribution(near, 5));
            int v = Integer.signum(contribution(near, 1) + contribution(near, 7));
            boolean flip = h < 0 || (h == 0 && v < 0);
            int context = h == 0 ? 9 + Math.abs(v) : 12 + h * v;
            table[near] = (byte) (context | (flip ? 16 : 0));
        }
        return table;
    }

    private static int contribution(int near, int neighbour) {
        if (((near >> neighbour) & 1) == 0) {
            return 0;
        }
        return ((near >> (neighbour - 1)) & 1) == 0 ? 1 : -1;
    }
}
