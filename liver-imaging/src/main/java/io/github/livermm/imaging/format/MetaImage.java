// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.SampleType;
import io.github.livermm.imaging.volume.Volume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MetaImage files of ITK, {@code .mha} with the voxels inside or {@code .mhd} with the voxels in a
 * file beside it: raw, zlib or text, both byte orders, two or three axes, one value per voxel,
 * coordinates in LPS.
 *
 * <p>Reference: ITK/MetaIO documentation, itk.org.
 *
 * @since 0.1.0
 */
public final class MetaImage {
    private MetaImage() {}

    /**
     * Reads a volume.
     *
     * @param path {@code .mha} or {@code .mhd}
     * @return the volume, in LPS
     * @throws ImageFormatException when the file is damaged or holds no single volume
     * @throws IOException when the file cannot be read
     */
    public static Volume read(Path path) throws IOException {
        return MetaImageHeader.read(path).volume();
    }

    /**
     * Writes a volume as compressed 32-bit floats.
     *
     * @param volume what to write
     * @param path {@code .mha} or {@code .mhd}, replaced when it exists
     * @throws IOException when the file cannot be written
     */
    public static void write(Volume volume, Path path) throws IOException {
        write(volume, path, VoxelEncoding.defaults());
    }

    /**
     * Writes a volume.
     *
     * @param volume what to write
     * @param path {@code .mha}, or {@code .mhd} with the voxels beside it in {@code .raw} or {@code
     *     .zraw}; replaced when it exists
     * @param encoding samples, byte order and coding
     * @throws IllegalArgumentException when the samples cannot hold the values
     * @throws IOException when the file cannot be written
     */
    public static void write(Volume volume, Path path, VoxelEncoding encoding) throws IOException {
        String name = VoxelStream.name(path);
        boolean detached = name.endsWith(".mhd");
        boolean packed = encoding.coding() == VoxelEncoding.Coding.COMPRESSED;
        String data = name.replaceFirst("\\.mhd$", "") + (packed ? ".zraw" : ".raw");
        ByteArrayOutputStream voxels = new ByteArrayOutputStream();
        if (packed) {
            // the header states the compressed size, so it comes second
            VoxelStream.write(volume, encoding, true, voxels);
        }
        try (OutputStream out = NrrdImage.open(path)) {
            out.write(header(volume.grid(), encoding, voxels.size(), detached ? data : "LOCAL"));
            if (!detached) {
                body(volume, encoding, voxels, out);
            }
        }
        if (detached) {
            try (OutputStream out = Files.newOutputStream(path.resolveSibling(data))) {
                body(volume, encoding, voxels, out);
            }
        }
    }

    private static void body(
            Volume volume, VoxelEncoding encoding, ByteArrayOutputStream packed, OutputStream out)
            throws IOException {
        if (packed.size() > 0) {
            packed.writeTo(out);
        } else {
            VoxelStream.write(volume, encoding, true, out);
        }
    }

    private static byte[] header(Grid grid, VoxelEncoding encoding, int packed, String data) {
        StringBuilder out = new StringBuilder();
        boolean text = encoding.coding() == VoxelEncoding.Coding.TEXT;
        double[] d = grid.direction();
        double[] o = grid.origin();
        line(out, "ObjectType", "Image");
        line(out, "NDims", "3");
        line(out, "BinaryData", text ? "False" : "True");
        line(
                out,
                "BinaryDataByteOrderMSB",
                encoding.order() == ByteOrder.BIG_ENDIAN ? "True" : "False");
        line(out, "CompressedData", packed > 0 ? "True" : "False");
        if (packed > 0) {
            line(out, "CompressedDataSize", String.valueOf(packed));
        }
        StringBuilder matrix = new StringBuilder();
        for (int a = 0; a < 3; a++) {
            for (int r = 0; r < 3; r++) {
                matrix.append(a + r == 0 ? "" : " ").append(d[r * 3 + a]);
            }
        }
        line(out, "TransformMatrix", matrix.toString());
        line(out, "Offset", o[0] + " " + o[1] + " " + o[2]);
        line(out, "CenterOfRotation", "0 0 0");
        line(
                out,
                "ElementSpacing",
                grid.spacingMm(0) + " " + grid.spacingMm(1) + " " + grid.spacingMm(2));
        line(out, "DimSize", grid.width() + " " + grid.height() + " " + grid.depth());
        line(out, "ElementType", name(encoding.type()));
        line(out, "ElementDataFile", data);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder out, String field, String value) {
        out.append(field).append(" = ").append(value).append('\n');
    }

    static String name(SampleType type) {
        return switch (type) {
            case INT8 -> "MET_CHAR";
            case UINT8 -> "MET_UCHAR";
            case INT16 -> "MET_SHORT";
            case UINT16 -> "MET_USHORT";
            case INT32 -> "MET_INT";
            case UINT32 -> "MET_UINT";
            case INT64 -> "MET_LONG_LONG";
            case UINT64 -> "MET_ULONG_LONG";
            case FLOAT32 -> "MET_FLOAT";
            case FLOAT64 -> "MET_DOUBLE";
        };
    }
}
