// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a mask as gzipped NIfTI-1 of unsigned bytes. NIfTI counts x to the right and y forwards,
 * DICOM the other way: the affine takes that up, the voxels stay in place.
 *
 * <p>Reference: Cox et al. (2004), A (sort of) new image data format standard: NIfTI-1.
 */
final class NiftiMask {
    private static final int HEADER_BYTES = 352;
    private static final short UNSIGNED_BYTE = 2;
    private static final short SCANNER_FRAME = 1;
    private static final byte MILLIMETRES = 2;

    private NiftiMask() {}

    static void write(Path file, byte[][][] mask, Geometry grid) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(header(grid));
            for (byte[][] slice : mask) {
                for (byte[] row : slice) {
                    out.write(row);
                }
            }
        }
    }

    private static byte[] header(Geometry grid) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, 348);
        short[] dimensions = {
            3, (short) grid.columns(), (short) grid.rows(), (short) grid.slices(), 1, 1, 1, 1
        };
        for (int i = 0; i < dimensions.length; i++) {
            header.putShort(40 + 2 * i, dimensions[i]);
        }
        header.putShort(70, UNSIGNED_BYTE);
        header.putShort(72, (short) 8);
        float[] spacing = {
            1, (float) grid.pixelMm(), (float) grid.pixelMm(), (float) grid.sliceMm(), 0, 0, 0, 0
        };
        for (int i = 0; i < spacing.length; i++) {
            header.putFloat(76 + 4 * i, spacing[i]);
        }
        header.putFloat(108, HEADER_BYTES);
        header.putFloat(112, 1);
        header.put(123, MILLIMETRES);
        header.putShort(254, SCANNER_FRAME);
        putAffine(header, grid);
        byte[] magic = "n+1\0".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < magic.length; i++) {
            header.put(344 + i, magic[i]);
        }
        byte[] bytes = new byte[HEADER_BYTES];
        header.rewind().get(bytes);
        return bytes;
    }

    private static void putAffine(ByteBuffer header, Geometry grid) {
        double[][] columns = {
            scaled(grid.alongRow(), grid.pixelMm()),
            scaled(grid.alongColumn(), grid.pixelMm()),
            scaled(grid.normal(), grid.sliceMm()),
            grid.origin()
        };
        for (int row = 0; row < 3; row++) {
            int sign = row < 2 ? -1 : 1;
            for (int column = 0; column < 4; column++) {
                header.putFloat(
                        280 + 16 * row + 4 * column, (float) (sign * columns[column][row] + 0.0));
            }
        }
    }

    private static double[] scaled(double[] direction, double length) {
        return new double[] {direction[0] * length, direction[1] * length, direction[2] * length};
    }
}
