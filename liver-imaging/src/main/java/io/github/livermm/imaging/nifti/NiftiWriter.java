// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes NIfTI-1, little endian, 32-bit floats, geometry as sform. */
final class NiftiWriter {
    private static final int VOXELS_AT = 352;
    private static final int MILLIMETRES = 2;
    private static final int SCANNER = 1;

    private NiftiWriter() {}

    static void write(Volume volume, Path path) throws IOException {
        Grid grid = volume.grid();
        if (Math.max(grid.width(), Math.max(grid.height(), grid.depth())) > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "volume is " + grid + ", NIfTI-1 allows 32767 voxels along an axis");
        }
        try (OutputStream out = open(path)) {
            out.write(header(grid));
            ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
            for (int n = 0; n < grid.voxels(); n++) {
                chunk.putFloat(volume.at(n));
                if (!chunk.hasRemaining() || n + 1 == grid.voxels()) {
                    out.write(chunk.array(), 0, chunk.position());
                    chunk.clear();
                }
            }
        }
    }

    private static OutputStream open(Path path) throws IOException {
        OutputStream raw = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
        return path.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw;
    }

    private static byte[] header(Grid grid) {
        ByteBuffer b = ByteBuffer.allocate(VOXELS_AT).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0, NiftiHeader.SIZE_1);
        int[] dim = {3, grid.width(), grid.height(), grid.depth(), 1, 1, 1, 1};
        for (int n = 0; n < 8; n++) {
            b.putShort(40 + 2 * n, (short) dim[n]);
        }
        b.putShort(70, (short) DataType.FLOAT32.code());
        b.putShort(72, (short) 32);
        b.putFloat(76, 1);
        for (int a = 0; a < 3; a++) {
            b.putFloat(80 + 4 * a, (float) grid.spacingMm(a));
        }
        b.putFloat(108, VOXELS_AT);
        b.putFloat(112, 1);
        b.put(123, (byte) MILLIMETRES);
        b.putShort(254, (short) SCANNER);
        double[] affine = grid.affine();
        for (int n = 0; n < 12; n++) {
            b.putFloat(280 + 4 * n, (float) (n < 8 ? -affine[n] : affine[n]));
        }
        b.put(344, "n+1".getBytes(StandardCharsets.US_ASCII));
        return b.array();
    }
}
