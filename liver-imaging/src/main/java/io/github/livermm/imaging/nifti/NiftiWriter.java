// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes NIfTI-1 and NIfTI-2, single files and pairs, one or several frames, geometry as sform. */
final class NiftiWriter {
    private static final int MILLIMETRES = 2;
    private static final int SCANNER = 1;

    private NiftiWriter() {}

    static void write(List<Volume> frames, Path path, NiftiFormat format) throws IOException {
        int[] dim = dim(frames);
        for (int n : dim) {
            if (format.version() == 1 && n > Short.MAX_VALUE) {
                throw new IllegalArgumentException(
                        frames.size()
                                + " x "
                                + frames.get(0).grid()
                                + ", NIfTI-1 allows 32767 voxels or frames along an axis");
            }
        }
        Grid grid = frames.get(0).grid();
        String name = NiftiImage.name(path);
        boolean pair = name.endsWith(".hdr") || name.endsWith(".hdr.gz");
        byte[] header =
                format.version() == 1
                        ? first(grid, dim, format, pair)
                        : second(grid, dim, format, pair);
        if (pair) {
            try (OutputStream out = open(path)) {
                out.write(header);
            }
            try (OutputStream out = open(path.resolveSibling(name.replace(".hdr", ".img")))) {
                voxels(frames, format, out);
            }
        } else {
            try (OutputStream out = open(path)) {
                out.write(header);
                voxels(frames, format, out);
            }
        }
    }

    private static void voxels(List<Volume> frames, NiftiFormat format, OutputStream out)
            throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(format.order());
        for (Volume frame : frames) {
            int all = frame.grid().voxels();
            for (int n = 0; n < all; n++) {
                format.type().write(chunk, frame.at(n));
                if (!chunk.hasRemaining() || n + 1 == all) {
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

    private static byte[] first(Grid grid, int[] dim, NiftiFormat format, boolean pair) {
        // four zeros after the header: no extensions
        int size = NiftiHeader.SIZE_1 + 4;
        ByteBuffer b = ByteBuffer.allocate(size).order(format.order());
        b.putInt(0, NiftiHeader.SIZE_1);
        for (int n = 0; n < 8; n++) {
            b.putShort(40 + 2 * n, (short) dim[n]);
        }
        b.putShort(70, (short) DataType.code(format.type()));
        b.putShort(72, (short) (8 * format.type().bytes()));
        b.putFloat(76, 1);
        for (int a = 0; a < 3; a++) {
            b.putFloat(80 + 4 * a, (float) grid.spacingMm(a));
        }
        b.putFloat(92, 1);
        b.putFloat(108, pair ? 0 : size);
        b.putFloat(112, 1);
        b.put(123, (byte) MILLIMETRES);
        b.putShort(254, (short) SCANNER);
        double[] affine = grid.affine();
        for (int n = 0; n < 12; n++) {
            b.putFloat(280 + 4 * n, (float) (n < 8 ? -affine[n] : affine[n]));
        }
        b.put(344, (pair ? "ni1" : "n+1").getBytes(StandardCharsets.US_ASCII));
        return b.array();
    }

    private static byte[] second(Grid grid, int[] dim, NiftiFormat format, boolean pair) {
        int size = NiftiHeader.SIZE_2 + 4;
        ByteBuffer b = ByteBuffer.allocate(size).order(format.order());
        b.putInt(0, NiftiHeader.SIZE_2);
        b.put(4, (pair ? "ni2" : "n+2").getBytes(StandardCharsets.US_ASCII));
        // bytes that a transfer as text would change
        b.put(8, new byte[] {13, 10, 26, 10});
        b.putShort(12, (short) DataType.code(format.type()));
        b.putShort(14, (short) (8 * format.type().bytes()));
        for (int n = 0; n < 8; n++) {
            b.putLong(16 + 8 * n, dim[n]);
        }
        b.putDouble(104, 1);
        for (int a = 0; a < 3; a++) {
            b.putDouble(112 + 8 * a, grid.spacingMm(a));
        }
        b.putDouble(136, 1);
        b.putLong(168, pair ? 0 : size);
        b.putDouble(176, 1);
        b.putInt(348, SCANNER);
        double[] affine = grid.affine();
        for (int n = 0; n < 12; n++) {
            b.putDouble(400 + 8 * n, n < 8 ? -affine[n] : affine[n]);
        }
        b.putInt(500, MILLIMETRES);
        return b.array();
    }

    /** Number of axes and voxels along each, the frames on the fourth. */
    private static int[] dim(List<Volume> frames) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("there are 0 frames, allowed is at least one");
        }
        Grid grid = frames.get(0).grid();
        for (int n = 1; n < frames.size(); n++) {
            if (!frames.get(n).grid().matches(grid, 1e-6)) {
                throw new IllegalArgumentException(
                        "frame "
                                + n
                                + " lies on "
                                + frames.get(n).grid()
                                + ", frame 0 on "
                                + grid
                                + "; resample it first");
            }
        }
        int count = frames.size();
        int axes = count == 1 ? 3 : 4;
        return new int[] {axes, grid.width(), grid.height(), grid.depth(), count, 1, 1, 1};
    }
}
