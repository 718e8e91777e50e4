// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * NRRD files, {@code .nrrd} with the voxels inside or {@code .nhdr} with the voxels in a file
 * beside it: raw, gzip or text, both byte orders, two or three spatial axes, space LPS, RAS or LAS.
 * A file without a space is taken as LPS, as ITK does, and placed by the mins and centres of its
 * axes when each has a min; spacings that are missing follow from mins and maxs, else are 1. Axes
 * that are no space must have size 1.
 *
 * <p>Reference: Definition of NRRD File Format, teem.sourceforge.net/nrrd/format.html.
 *
 * @since 0.1.0
 */
public final class NrrdImage {
    private NrrdImage() {}

    /**
     * Reads a volume.
     *
     * @param path {@code .nrrd} or {@code .nhdr}
     * @return the volume, in LPS
     * @throws ImageFormatException when the file is damaged or holds no single volume
     * @throws IOException when the file cannot be read
     */
    public static Volume read(Path path) throws IOException {
        return NrrdHeader.read(path).volume();
    }

    /**
     * Writes a volume as compressed 32-bit floats.
     *
     * @param volume what to write
     * @param path {@code .nrrd} or {@code .nhdr}, replaced when it exists
     * @throws IOException when the file cannot be written
     */
    public static void write(Volume volume, Path path) throws IOException {
        write(volume, path, VoxelEncoding.defaults());
    }

    /**
     * Writes a volume.
     *
     * @param volume what to write
     * @param path {@code .nrrd}, or {@code .nhdr} with the voxels beside it in {@code .raw}, {@code
     *     .raw.gz} or {@code .txt}; replaced when it exists
     * @param encoding samples, byte order and coding
     * @throws IllegalArgumentException when the samples cannot hold the values
     * @throws IOException when the file cannot be written
     */
    public static void write(Volume volume, Path path, VoxelEncoding encoding) throws IOException {
        String name = VoxelStream.name(path);
        boolean detached = name.endsWith(".nhdr");
        String suffix =
                switch (encoding.coding()) {
                    case RAW -> ".raw";
                    case COMPRESSED -> ".raw.gz";
                    case TEXT -> ".txt";
                };
        String data = name.replaceFirst("\\.nhdr$", "") + suffix;
        try (OutputStream out = open(path)) {
            out.write(header(volume.grid(), encoding, detached ? data : ""));
            if (!detached) {
                VoxelStream.write(volume, encoding, false, out);
            }
        }
        if (detached) {
            try (OutputStream out = open(path.resolveSibling(data))) {
                VoxelStream.write(volume, encoding, false, out);
            }
        }
    }

    static OutputStream open(Path path) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    }

    private static byte[] header(Grid grid, VoxelEncoding encoding, String data) {
        StringBuilder out = new StringBuilder("NRRD0004\n");
        line(out, "type", NrrdHeader.name(encoding.type()));
        line(out, "dimension", "3");
        line(out, "space", "left-posterior-superior");
        line(out, "sizes", grid.width() + " " + grid.height() + " " + grid.depth());
        double[] m = grid.affine();
        line(out, "space directions", column(m, 0) + " " + column(m, 1) + " " + column(m, 2));
        line(out, "kinds", "domain domain domain");
        if (encoding.type().bytes() > 1) {
            line(out, "endian", encoding.order() == ByteOrder.BIG_ENDIAN ? "big" : "little");
        }
        String coding =
                switch (encoding.coding()) {
                    case RAW -> "raw";
                    case COMPRESSED -> "gzip";
                    case TEXT -> "ascii";
                };
        line(out, "encoding", coding);
        line(out, "space origin", column(m, 3));
        if (!data.isEmpty()) {
            line(out, "data file", data);
        }
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder out, String field, String value) {
        out.append(field).append(": ").append(value).append('\n');
    }

    private static String column(double[] affine, int c) {
        return String.format(Locale.ROOT, "(%s,%s,%s)", affine[c], affine[4 + c], affine[8 + c]);
    }
}
