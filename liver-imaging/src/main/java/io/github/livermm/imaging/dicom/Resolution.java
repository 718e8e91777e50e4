// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One resolution of a tile: its subbands, precincts and code blocks (T.800 B.5 to B.10). */
final class Resolution {
    private static final int MOST_PLANES = 30;

    private final JpegStream in;
    private final Jpeg2000Style style;
    private final int[] bounds;
    private final int shift;
    private final int index;
    private final int precinctWidth;
    private final int precinctHeight;
    private final int across;
    private final int down;
    private final Subband[] bands;
    private @Nullable Precinct[][] precincts = new Precinct[0][];

    Resolution(JpegStream in, Jpeg2000Style style, int[] tile, int index) {
        this.in = in;
        this.style = style;
        this.index = index;
        this.shift = style.levels() - index;
        this.bounds = new int[4];
        for (int n = 0; n < 4; n++) {
            bounds[n] = ceil(tile[n], shift);
        }
        precinctWidth = style.precincts()[index] & 15;
        precinctHeight = style.precincts()[index] >> 4;
        boolean empty = bounds[0] >= bounds[2] || bounds[1] >= bounds[3];
        across = empty ? 0 : ceil(bounds[2], precinctWidth) - (bounds[0] >> precinctWidth);
        down = empty ? 0 : ceil(bounds[3], precinctHeight) - (bounds[1] >> precinctHeight);
        bands = new Subband[index == 0 ? 1 : 3];
        for (int b = 0; b < bands.length; b++) {
            bands[b] = Subband.of(style, tile, index, index == 0 ? 0 : b + 1);
        }
    }

    private static int ceil(long value, int shift) {
        return (int) ((value + (1L << shift) - 1) >> shift);
    }

    void allocate() {
        precincts = new Precinct[(int) precincts()][];
    }

    long precincts() {
        return (long) across * down;
    }

    int[] bounds() {
        return bounds;
    }

    /** Upper left corner of a precinct on the reference grid. */
    long[] corner(int precinct) {
        long x = (long) (bounds[0] >> precinctWidth) + precinct % across;
        long y = (long) (bounds[1] >> precinctHeight) + precinct / across;
        return new long[] {
            Math.max(x << precinctWidth, bounds[0]) << shift,
            Math.max(y << precinctHeight, bounds[1]) << shift
        };
    }

    void packets(PacketBits bits, int layer) throws DicomException {
        for (int p = 0; p < precincts.length; p++) {
            packet(bits, p, layer);
        }
    }

    void packet(PacketBits bits, int precinct, int layer) throws DicomException {
        if ((style.markers() & 2) != 0) {
            bits.pass(0x91, 6);
        }
        Precinct[] parts = precincts[precinct];
        if (parts == null) {
            parts = open(precinct);
            precincts[precinct] = parts;
        }
        boolean any = bits.bit() == 1;
        for (Precinct part : parts) {
            if (any) {
                part.header(in, style, bits, layer);
            }
        }
        bits.align();
        if ((style.markers() & 4) != 0) {
            bits.pass(0x92, 2);
        }
        for (Precinct part : parts) {
            part.body(bits);
        }
    }

    private Precinct[] open(int precinct) throws DicomException {
        int half = index == 0 ? 0 : 1;
        long x = (long) (bounds[0] >> precinctWidth) + precinct % across;
        long y = (long) (bounds[1] >> precinctHeight) + precinct / across;
        Precinct[] parts = new Precinct[bands.length];
        for (int b = 0; b < bands.length; b++) {
            if (bands[b].planes() > MOST_PLANES) {
                throw in.damaged("a subband of " + bands[b].planes() + " bit planes");
            }
            parts[b] =
                    Precinct.of(
                            bands[b],
                            new long[] {
                                x << (precinctWidth - half), y << (precinctHeight - half),
                                (x + 1) << (precinctWidth - half),
                                        (y + 1) << (precinctHeight - half)
                            },
                            Math.min(style.blockWidth(), precinctWidth - half),
                            Math.min(style.blockHeight(), precinctHeight - half));
        }
        return parts;
    }

    void blocks(int row, List<Precinct.PlacedBlock> into) {
        for (Precinct[] parts : precincts) {
            if (parts != null) {
                for (Precinct part : parts) {
                    part.blocks(row, into);
                }
            }
        }
    }
}
