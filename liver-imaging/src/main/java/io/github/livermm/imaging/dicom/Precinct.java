// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The code blocks of one subband within one precinct, filled packet by packet (T.800 B.10). */
final class Precinct {
    private final Subband band;
    private final int[] bounds;
    private final int blockWidth;
    private final int blockHeight;
    private final int firstX;
    private final int firstY;
    private final int across;
    private final @Nullable CodeBlock[] blocks;
    private final TagTree inclusion;
    private final TagTree emptyPlanes;
    private final List<Piece> pieces = new ArrayList<>();

    /** Bytes of one segment that stand in the body of the packet. */
    private record Piece(CodeBlock block, int segment, int length) {}

    private Precinct(Subband band, int[] bounds, int blockWidth, int blockHeight) {
        this.band = band;
        this.bounds = bounds;
        this.blockWidth = blockWidth;
        this.blockHeight = blockHeight;
        firstX = bounds[0] >> blockWidth;
        firstY = bounds[1] >> blockHeight;
        boolean empty = bounds[0] >= bounds[2] || bounds[1] >= bounds[3];
        across = empty ? 0 : ((bounds[2] - 1) >> blockWidth) + 1 - firstX;
        int down = empty ? 0 : ((bounds[3] - 1) >> blockHeight) + 1 - firstY;
        blocks = new CodeBlock[across * down];
        inclusion = new TagTree(across, down);
        emptyPlanes = new TagTree(across, down);
    }

    static Precinct of(Subband band, long[] area, int blockWidth, int blockHeight) {
        int[] b = band.bounds();
        int[] bounds = {
            (int) Math.max(area[0], b[0]),
            (int) Math.max(area[1], b[1]),
            (int) Math.min(area[2], b[2]),
            (int) Math.min(area[3], b[3])
        };
        return new Precinct(band, bounds, blockWidth, blockHeight);
    }

    void header(JpegStream in, Jpeg2000Style style, PacketBits bits, int layer)
            throws DicomException {
        for (int n = 0; n < blocks.length; n++) {
            CodeBlock block = blocks[n];
            if (block != null) {
                if (bits.bit() == 0) {
                    continue;
                }
            } else {
                int x = n % across;
                int y = n / across;
                if (!inclusion.below(bits, x, y, layer + 1)) {
                    continue;
                }
                int empty = 0;
                while (!emptyPlanes.below(bits, x, y, empty + 1)) {
                    if (++empty > band.planes()) {
                        throw in.damaged("a block with more empty planes than there are");
                    }
                }
                block = new CodeBlock(band.planes() - empty);
                blocks[n] = block;
            }
            lengths(in, style, bits, block);
        }
    }

    private void lengths(JpegStream in, Jpeg2000Style style, PacketBits bits, CodeBlock block)
            throws DicomException {
        int left = passes(bits);
        if (block.passes() + left > Math.max(0, 3 * block.planes() - 2)) {
            throw in.damaged("a block of more passes than its planes have");
        }
        while (bits.bit() == 1) {
            block.widen();
        }
        while (left > 0) {
            int count = Math.min(left, block.room(style));
            int width = block.lengthBits() + 31 - Integer.numberOfLeadingZeros(count);
            if (width > 31) {
                throw in.damaged("the length of a block has " + width + " bits");
            }
            int segment = block.expect(count, block.opens(style));
            pieces.add(new Piece(block, segment, bits.bits(width)));
            left -= count;
        }
    }

    /** Number of coding passes (T.800 table B.4). */
    private static int passes(PacketBits bits) throws DicomException {
        if (bits.bit() == 0) {
            return 1;
        }
        if (bits.bit() == 0) {
            return 2;
        }
        int few = bits.bits(2);
        if (few < 3) {
            return 3 + few;
        }
        int more = bits.bits(5);
        return more < 31 ? 6 + more : 37 + bits.bits(7);
    }

    void body(PacketBits bits) throws DicomException {
        for (Piece piece : pieces) {
            int at = bits.skip(piece.length());
            piece.block().add(piece.segment(), bits.data(), at, piece.length());
        }
        pieces.clear();
    }

    /** A block and its place in the samples of the tile. */
    record PlacedBlock(CodeBlock block, Subband band, int width, int height, int at) {}

    /** Every block that holds anything, in a tile whose rows have so many samples. */
    void blocks(int row, List<PlacedBlock> into) {
        for (int n = 0; n < blocks.length; n++) {
            CodeBlock block = blocks[n];
            if (block == null || block.passes() == 0) {
                continue;
            }
            int x0 = Math.max(bounds[0], (firstX + n % across) << blockWidth);
            int y0 = Math.max(bounds[1], (firstY + n / across) << blockHeight);
            int x1 = Math.min(bounds[2], (firstX + n % across + 1) << blockWidth);
            int y1 = Math.min(bounds[3], (firstY + n / across + 1) << blockHeight);
            int at = (band.top() + y0 - band.bounds()[1]) * row;
            at += band.left() + x0 - band.bounds()[0];
            into.add(new PlacedBlock(block, band, x1 - x0, y1 - y0, at));
        }
    }
}
