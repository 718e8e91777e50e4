// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.SampleType;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a MetaImage header. */
final class MetaImageHeader {
    private final Path path;
    private final String name;
    private final Map<String, String> fields = new HashMap<>();
    private long voxelsAt;

    private MetaImageHeader(Path path) {
        this.path = path;
        this.name = VoxelStream.name(path);
    }

    static MetaImageHeader read(Path path) throws IOException {
        MetaImageHeader header = new MetaImageHeader(path);
        try (HeaderLines lines = new HeaderLines(path)) {
            header.parse(lines);
        }
        return header;
    }

    private void parse(HeaderLines lines) throws IOException {
        while (!fields.containsKey("ElementDataFile")) {
            String line = lines.next();
            int equals = line.indexOf('=');
            if (equals < 1 || equals > 64) {
                throw new ImageFormatException(
                        name
                                + ": not a MetaImage file (a line of its header has no field = value)");
            }
            fields.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
        voxelsAt = lines.position();
        if (!fields.getOrDefault("ObjectType", "Image").equalsIgnoreCase("Image")) {
            throw new ImageFormatException(name + ": ObjectType is no Image");
        }
    }

    Volume volume() throws IOException {
        if (!fields.getOrDefault("ElementNumberOfChannels", "1").equals("1")) {
            throw new ImageFormatException(
                    name + ": holds several values per voxel, allowed is one");
        }
        VoxelEncoding encoding = encoding();
        String data = required("ElementDataFile");
        boolean local = data.equalsIgnoreCase("LOCAL");
        long skip = skip(encoding.coding());
        VoxelStream voxels =
                local
                        ? new VoxelStream(path, skip < 0 ? skip : voxelsAt + skip, true)
                        : new VoxelStream(VoxelStream.beside(path, data), skip, true);
        return voxels.read(grid(), encoding);
    }

    private VoxelEncoding encoding() throws ImageFormatException {
        boolean big = flag("BinaryDataByteOrderMSB", false) || flag("ElementByteOrderMSB", false);
        VoxelEncoding.Coding coding =
                !flag("BinaryData", true)
                        ? VoxelEncoding.Coding.TEXT
                        : flag("CompressedData", false)
                                ? VoxelEncoding.Coding.COMPRESSED
                                : VoxelEncoding.Coding.RAW;
        return new VoxelEncoding(
                type(), big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, coding);
    }

    private boolean flag(String field, boolean otherwise) {
        String value = fields.get(field);
        return value == null ? otherwise : value.equalsIgnoreCase("True") || value.equals("1");
    }

    private long skip(VoxelEncoding.Coding coding) throws ImageFormatException {
        double bytes =
                HeaderLines.numbers(name, "HeaderSize", fields.getOrDefault("HeaderSize", "0"))[0];
        if (!(bytes >= -1 && bytes < 1e15) || (bytes < 0 && coding != VoxelEncoding.Coding.RAW)) {
            throw new ImageFormatException(
                    name + ": HeaderSize is out of range, allowed is 0 and up, or -1 with raw");
        }
        return (long) bytes;
    }

    private SampleType type() throws ImageFormatException {
        String type = required("ElementType");
        for (SampleType candidate : SampleType.values()) {
            if (MetaImage.name(candidate).equals(type)) {
                return candidate;
            }
        }
        throw new ImageFormatException(
                name
                        + ": ElementType is not read, allowed are MET_CHAR to MET_ULONG_LONG,"
                        + " MET_FLOAT and MET_DOUBLE");
    }

    private String required(String field) throws ImageFormatException {
        String value = fields.get(field);
        if (value == null) {
            throw new ImageFormatException(name + ": field " + field + " is missing");
        }
        return value;
    }

    private double @Nullable [] vector(int length, String... names) throws ImageFormatException {
        for (String field : names) {
            String value = fields.get(field);
            if (value != null) {
                double[] numbers = HeaderLines.numbers(name, field, value);
                if (numbers.length != length) {
                    throw new ImageFormatException(
                            name
                                    + ": "
                                    + field
                                    + " has "
                                    + numbers.length
                                    + " numbers, allowed are "
                                    + length);
                }
                return numbers;
            }
        }
        return null;
    }

    private Grid grid() throws ImageFormatException {
        int[] size = HeaderLines.sizes(name, "DimSize", required("DimSize"));
        int n = size.length;
        if (n < 2 || n > 4 || (n == 4 && size[3] != 1)) {
            throw new ImageFormatException(
                    name + ": DimSize has " + n + " axes, allowed are two or three");
        }
        double[] spacing = vector(n, "ElementSpacing", "ElementSize");
        double[] offset = vector(n, "Offset", "Position", "Origin");
        double[] matrix = vector(n * n, "TransformMatrix", "Rotation", "Orientation");
        int[] size3 = {1, 1, 1};
        double[] affine = new double[12];
        for (int a = 0; a < 3; a++) {
            double step = spacing == null || a >= n ? 1 : spacing[a];
            size3[a] = a < n ? size[a] : 1;
            for (int r = 0; r < 3; r++) {
                double direction = r == a ? 1 : 0;
                if (matrix != null && a < n && r < n) {
                    direction = matrix[a * n + r];
                }
                affine[r * 4 + a] = direction * step;
            }
            affine[a * 4 + 3] = offset == null || a >= n ? 0 : offset[a];
        }
        try {
            return Grid.ofAffine(Arrays.copyOf(size3, 3), affine);
        } catch (IllegalArgumentException degenerate) {
            throw new ImageFormatException(
                    name + ": the geometry cannot be used: " + degenerate.getMessage(), degenerate);
        }
    }
}
