// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import org.jspecify.annotations.Nullable;

/** Coefficients of the blocks of one scan: sequential (T.81 F.2.2) or progressive (G.1.2). */
final class JpegScan {
    private final JpegStream in;
    private final JpegBits bits;
    private final @Nullable HuffmanTable dc;
    private final @Nullable HuffmanTable ac;
    private final int ss;
    private final int se;
    private final boolean refining;
    private final int al;
    private final short[] all;
    private int predicted;
    private int eobRun;

    JpegScan(
            JpegStream in,
            JpegBits bits,
            @Nullable HuffmanTable dc,
            @Nullable HuffmanTable ac,
            int[] parameters,
            short[] all)
            throws DicomException {
        this.in = in;
        this.bits = bits;
        this.dc = dc;
        this.ac = ac;
        this.ss = parameters[0];
        this.se = parameters[1];
        this.refining = parameters[2] != 0;
        this.al = parameters[3];
        this.all = all;
        boolean needsDc = ss == 0 && !refining;
        if ((needsDc && dc == null) || (se > 0 && ac == null) || al > 13) {
            throw in.damaged("a scan names a table that is not there");
        }
    }

    void restart() {
        predicted = 0;
        eobRun = 0;
    }

    void block(int at, boolean progressive) throws DicomException {
        if (ss == 0) {
            first(at);
        }
        if (!progressive) {
            sequential(at);
        } else if (ss > 0 && refining) {
            refine(at);
        } else if (ss > 0) {
            coarse(at);
        }
    }

    private void first(int at) throws DicomException {
        if (refining) {
            all[at] |= (short) (bits.take(1) << al);
        } else if (dc != null) {
            predicted += bits.signed(category(dc.decode(in, bits)));
            all[at] = (short) (predicted << al);
        }
    }

    private int category(int category) throws DicomException {
        if (category > 15) {
            throw in.damaged("a coefficient of category " + category);
        }
        return category;
    }

    private int run(int symbol, int k) throws DicomException {
        int next = k + (symbol >> 4);
        if (next > se) {
            throw in.damaged("a block has more than 64 coefficients");
        }
        return next;
    }

    private void sequential(int at) throws DicomException {
        HuffmanTable table = ac;
        if (table == null) {
            return;
        }
        for (int k = 1; k < 64; k++) {
            int symbol = table.decode(in, bits);
            int size = symbol & 15;
            if (size == 0) {
                if (symbol != 0xF0) {
                    return;
                }
                k += 15;
                continue;
            }
            k = run(symbol, k);
            all[at + JpegDct.ZIGZAG[k]] = (short) bits.signed(size);
        }
    }

    private void coarse(int at) throws DicomException {
        HuffmanTable table = ac;
        if (table == null || eobRun > 0) {
            eobRun--;
            return;
        }
        for (int k = ss; k <= se; k++) {
            int symbol = table.decode(in, bits);
            int size = symbol & 15;
            if (size == 0) {
                int length = symbol >> 4;
                if (length < 15) {
                    eobRun = (1 << length) - 1 + (length > 0 ? bits.take(length) : 0);
                    return;
                }
                k += 15;
                continue;
            }
            k = run(symbol, k);
            all[at + JpegDct.ZIGZAG[k]] = (short) (bits.signed(size) << al);
        }
    }

    private void refine(int at) throws DicomException {
        HuffmanTable table = ac;
        int k = ss;
        while (table != null && eobRun == 0 && k <= se) {
            int symbol = table.decode(in, bits);
            int zeros = symbol >> 4;
            int fresh = 0;
            if ((symbol & 15) != 0) {
                fresh = bits.take(1) == 1 ? 1 << al : -1 << al;
            } else if (zeros < 15) {
                eobRun = (1 << zeros) + (zeros > 0 ? bits.take(zeros) : 0);
                break;
            }
            k = correct(at, k, zeros);
            if (fresh != 0 && k <= se) {
                all[at + JpegDct.ZIGZAG[k]] = (short) fresh;
            }
            k++;
        }
        if (eobRun > 0) {
            correct(at, k, 64);
            eobRun--;
        }
    }

    /** Adds a bit to every known coefficient and stops at the zero behind so many zeros. */
    private int correct(int at, int from, int zeros) throws DicomException {
        int left = zeros;
        for (int k = from; k <= se; k++) {
            int place = at + JpegDct.ZIGZAG[k];
            int value = all[place];
            if (value == 0) {
                if (left-- == 0) {
                    return k;
                }
            } else if (bits.take(1) == 1 && (value & 1 << al) == 0) {
                all[place] += (short) (value > 0 ? 1 << al : -1 << al);
            }
        }
        return se + 1;
    }
}
