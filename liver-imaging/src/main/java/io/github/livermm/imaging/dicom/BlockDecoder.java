// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Arrays;

/**
 * Bit planes of a code block: significance, refinement and cleanup passes (T.800 annex D). Each
 * sample has a word of flags with the significance and sign of its eight neighbours, kept up to
 * date when a sample becomes significant, so that a context is one look-up. Samples carry one bit
 * below the binary point; what is not coded is reconstructed in the middle of its interval.
 */
final class BlockDecoder {
    private static final int N = 1;
    private static final int S = 2;
    private static final int E = 4;
    private static final int W = 8;
    private static final int NE = 16;
    private static final int NW = 32;
    private static final int SE = 64;
    private static final int SW = 128;
    private static final int AROUND = 255;
    private static final int SIGNS = 8;
    private static final int KNOWN = 1 << 12;
    private static final int VISITED = 1 << 13;
    private static final int REFINED = 1 << 14;
    private static final int BELOW = S | SE | SW | S << SIGNS;

    /** Of a column: a sample is significant, or has a neighbour that is. */
    private static final byte HERE = 2;

    private static final byte NEAR = 1;
    private static final byte[][] ZERO = zeroContexts();
    private static final byte[] SIGN = signContexts();

    private final JpegStream in;
    private final Jpeg2000Style style;
    private final float scale;
    private final boolean causal;
    private final MqDecoder mq = new MqDecoder();
    private int[] flags = {};
    private int[] values = {};

    /** By stripe of four rows and column: what the flags of its samples hold together. */
    private byte[] columns = {};

    private int width;
    private int height;
    private int stride;
    private byte[] zero = ZERO[0];

    BlockDecoder(JpegStream in, Jpeg2000Style style, int precision) {
        this.in = in;
        this.style = style;
        this.causal = style.has(Jpeg2000Style.CAUSAL);
        this.scale = 0.5f * (1 << precision);
    }

    /** Decodes a block into samples; for the 9/7 transform these are the bits of floats. */
    void decode(Precinct.PlacedBlock placed, int[] samples, int row) throws DicomException {
        int w = placed.width();
        int h = placed.height();
        width = w;
        height = h;
        stride = w + 2;
        if (flags.length < stride * (h + 2)) {
            flags = new int[stride * (h + 2)];
            values = new int[w * h];
        }
        values = values.length < w * h ? new int[w * h] : values;
        int stripes = stride * (h / 4 + 3);
        columns = columns.length < stripes ? new byte[stripes] : columns;
        Arrays.fill(flags, 0, stride * (h + 2), 0);
        Arrays.fill(values, 0, w * h, 0);
        Arrays.fill(columns, (byte) 0);
        zero = ZERO[placed.band().kind()];
        passes(placed.block());
        float step = scale * placed.band().step();
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int v = values[y * w + x];
                samples[placed.at() + y * row + x] =
                        style.reversible() ? v / 2 : Float.floatToRawIntBits(v * step);
            }
        }
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

    private int seen(int flag, int y) {
        return causal && (y & 3) == 3 ? flag & ~BELOW : flag;
    }

    private void significance(int plane, boolean raw) {
        for (int top = 0; top < height; top += 4) {
            int bottom = Math.min(top + 4, height);
            int column = column(top);
            for (int x = 0; x < width; x++) {
                if (columns[column + x] == 0) {
                    continue;
                }
                int f = (top + 1) * stride + x + 1;
                for (int y = top; y < bottom; y++, f += stride) {
                    int flag = seen(flags[f], y);
                    if ((flag & KNOWN) == 0 && (flag & AROUND) != 0) {
                        int bit = raw ? mq.raw() : mq.decode(zero[flag & AROUND]);
                        if (bit == 1) {
                            found(f, y, x, flag, plane, raw);
                        }
                        flags[f] |= VISITED;
                    }
                }
            }
        }
    }

    /** Where the columns of a row's stripe begin; there is a stripe more above and below. */
    private int column(int y) {
        return (y / 4 + 1) * stride + 1;
    }

    private void refinement(int plane, boolean raw) {
        int half = 1 << plane;
        for (int top = 0; top < height; top += 4) {
            int bottom = Math.min(top + 4, height);
            int column = column(top);
            for (int x = 0; x < width; x++) {
                if ((columns[column + x] & HERE) == 0) {
                    continue;
                }
                int f = (top + 1) * stride + x + 1;
                for (int y = top; y < bottom; y++, f += stride) {
                    if ((flags[f] & (KNOWN | VISITED)) != KNOWN) {
                        continue;
                    }
                    int flag = seen(flags[f], y);
                    int context = (flag & AROUND) == 0 ? 14 : 15;
                    context = (flag & REFINED) == 0 ? context : 16;
                    int bit = raw ? mq.raw() : mq.decode(context);
                    int v = values[y * width + x];
                    int change = bit == 1 ? half : -half;
                    values[y * width + x] = v < 0 ? v - change : v + change;
                    flags[f] |= REFINED;
                }
            }
        }
    }

    private void cleanup(int plane) throws DicomException {
        for (int top = 0; top < height; top += 4) {
            for (int x = 0; x < width; x++) {
                column(top, Math.min(top + 4, height), x, plane);
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

    private void column(int top, int bottom, int x, int plane) {
        int y = top;
        int f = (top + 1) * stride + x + 1;
        boolean first = false;
        if (bottom - top == 4 && isQuiet(f, top, x)) {
            if (mq.decode(MqDecoder.RUN) == 0) {
                return;
            }
            int skip = mq.decode(MqDecoder.UNIFORM) << 1;
            skip |= mq.decode(MqDecoder.UNIFORM);
            y += skip;
            f += skip * stride;
            first = true;
        }
        for (; y < bottom; y++, f += stride) {
            int flag = seen(flags[f], y);
            if ((flag & (KNOWN | VISITED)) == 0) {
                if (first || mq.decode(zero[flag & AROUND]) == 1) {
                    found(f, y, x, flag, plane, false);
                }
            }
            first = false;
            flags[f] &= ~VISITED;
        }
    }

    private boolean isQuiet(int f, int top, int x) {
        boolean empty = columns[column(top) + x] == 0;
        if (empty || !causal) {
            return empty;
        }
        // what lies below a stripe may be out of sight
        int any = flags[f] | flags[f + stride] | flags[f + 2 * stride];
        any |= seen(flags[f + 3 * stride], top + 3);
        return (any & (AROUND | KNOWN | VISITED)) == 0;
    }

    /** A sample becomes significant: its sign is read and its neighbours are told. */
    private void found(int f, int y, int x, int flag, int plane, boolean raw) {
        int negative;
        if (raw) {
            negative = mq.raw();
        } else {
            int known = SIGN[(flag & 15) | (flag >> (SIGNS - 4) & 0xF0)];
            negative = mq.decode(known & 15) ^ known >> 4;
        }
        int value = 3 << plane;
        values[y * width + x] = negative == 1 ? -value : value;
        int sign = negative << SIGNS;
        flags[f] |= KNOWN;
        flags[f - stride] |= S | S * sign;
        flags[f + stride] |= N | N * sign;
        flags[f - 1] |= E | E * sign;
        flags[f + 1] |= W | W * sign;
        flags[f - stride - 1] |= SE;
        flags[f - stride + 1] |= SW;
        flags[f + stride - 1] |= NE;
        flags[f + stride + 1] |= NW;
        int column = column(y) + x;
        around(column);
        columns[column] |= HERE;
        if ((y & 3) == 0) {
            around(column - stride);
        } else if ((y & 3) == 3) {
            around(column + stride);
        }
    }

    private void around(int column) {
        columns[column - 1] |= NEAR;
        columns[column] |= NEAR;
        columns[column + 1] |= NEAR;
    }

    /** Table D.1 by kind of subband and neighbours. */
    private static byte[][] zeroContexts() {
        byte[][] table = new byte[4][256];
        for (int f = 0; f < 256; f++) {
            int h = (f & E) / E + (f & W) / W;
            int v = (f & N) / N + (f & S) / S;
            int d = Integer.bitCount(f & (NE | NW | SE | SW));
            table[0][f] = (byte) zeroContext(h, v, d);
            table[1][f] = (byte) zeroContext(v, h, d);
            table[2][f] = table[0][f];
            table[3][f] = (byte) diagonalContext(h + v, d);
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

    /** Tables D.2 and D.3: context, and 16 where the sign is flipped. */
    private static byte[] signContexts() {
        byte[] table = new byte[256];
        for (int f = 0; f < 256; f++) {
            int h = contribution(f, E) + contribution(f, W);
            int v = contribution(f, N) + contribution(f, S);
            h = Integer.signum(h);
            v = Integer.signum(v);
            boolean flip = h < 0 || (h == 0 && v < 0);
            int context = h == 0 ? 9 + Math.abs(v) : 12 + h * v;
            table[f] = (byte) (context | (flip ? 16 : 0));
        }
        return table;
    }

    private static int contribution(int f, int side) {
        if ((f & side) == 0) {
            return 0;
        }
        return (f & side << 4) == 0 ? 1 : -1;
    }
}
