// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.SampleType;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a NRRD header. */
final class NrrdHeader {
    private static final Pattern VECTOR = Pattern.compile("none|\\(([^()]*)\\)");

    private static final Map<String, String> ALIASES =
            Map.of(
                    "datafile", "data file",
                    "byteskip", "byte skip",
                    "lineskip", "line skip",
                    "axismins", "axis mins",
                    "axismaxs", "axis maxs",
                    "centerings", "centers");

    private final Path path;
    private final String name;
    private final Map<String, String> fields = new HashMap<>();
    private long voxelsAt;

    private NrrdHeader(Path path) {
        this.path = path;
        this.name = VoxelStream.name(path);
    }

    static NrrdHeader read(Path path) throws IOException {
        NrrdHeader header = new NrrdHeader(path);
        try (HeaderLines lines = new HeaderLines(path)) {
            if (!lines.next().matches("NRRD000[1-9]")) {
                throw new ImageFormatException(header.name + ": not a NRRD file (no NRRD000n)");
            }
            header.parse(lines);
        }
        return header;
    }

    private void parse(HeaderLines lines) throws IOException {
        while (true) {
            String line;
            try {
                line = lines.next();
            } catch (ImageFormatException end) {
                // a detached header may end without a blank line
                if (fields.containsKey("data file")) {
                    return;
                }
                throw end;
            }
            if (line.isEmpty()) {
                voxelsAt = lines.position();
                return;
            }
            int colon = line.indexOf(": ");
            if (!line.startsWith("#") && !line.contains(":=") && colon > 0) {
                String field = line.substring(0, colon).toLowerCase(Locale.ROOT).strip();
                fields.put(ALIASES.getOrDefault(field, field), line.substring(colon + 2).strip());
            }
        }
    }

    Volume volume() throws IOException {
        VoxelEncoding encoding = new VoxelEncoding(type(), order(), coding());
        if (!fields.getOrDefault("line skip", "0").equals("0")) {
            throw new ImageFormatException(name + ": field line skip is not read; remove it");
        }
        long skip = skip();
        String data = fields.get("data file");
        VoxelStream voxels =
                data == null
                        ? new VoxelStream(path, skip < 0 ? skip : voxelsAt + skip, false)
                        : new VoxelStream(VoxelStream.beside(path, data), skip, false);
        return voxels.read(grid(), encoding);
    }

    private long skip() throws ImageFormatException {
        String value = fields.getOrDefault("byte skip", "0");
        double bytes = HeaderLines.numbers(name, "byte skip", value)[0];
        if (!(bytes >= -1 && bytes < 1e15) || (bytes < 0 && coding() != VoxelEncoding.Coding.RAW)) {
            throw new ImageFormatException(
                    name + ": byte skip is " + value + ", allowed is 0 and up, or -1 with raw");
        }
        return (long) bytes;
    }

    private String required(String field) throws ImageFormatException {
        String value = fields.get(field);
        if (value == null) {
            throw new ImageFormatException(name + ": field " + field + " is missing");
        }
        return value;
    }

    private SampleType type() throws ImageFormatException {
        String type = required("type").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "signed char", "int8", "int8_t" -> SampleType.INT8;
            case "uchar", "unsigned char", "uint8", "uint8_t" -> SampleType.UINT8;
            case "short", "short int", "signed short", "signed short int", "int16", "int16_t" ->
                    SampleType.INT16;
            case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" ->
                    SampleType.UINT16;
            case "int", "signed int", "int32", "int32_t" -> SampleType.INT32;
            case "uint", "unsigned int", "uint32", "uint32_t" -> SampleType.UINT32;
            case "longlong",
                    "long long",
                    "long long int",
                    "signed long long",
                    "signed long long int",
                    "int64",
                    "int64_t" ->
                    SampleType.INT64;
            case "ulonglong",
                    "unsigned long long",
                    "unsigned long long int",
                    "uint64",
                    "uint64_t" ->
                    SampleType.UINT64;
            case "float" -> SampleType.FLOAT32;
            case "double" -> SampleType.FLOAT64;
            default ->
                    throw new ImageFormatException(
                            name
                                    + ": type is not read, allowed are integers of 8 to 64 bits,"
                                    + " float and double");
        };
    }

    static String name(SampleType type) {
        return type.isFloat()
                ? type == SampleType.FLOAT32 ? "float" : "double"
                : type.name().toLowerCase(Locale.ROOT);
    }

    private ByteOrder order() throws ImageFormatException {
        return switch (fields.getOrDefault("endian", "little").toLowerCase(Locale.ROOT)) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new ImageFormatException(name + ": endian is neither little nor big");
        };
    }

    private VoxelEncoding.Coding coding() throws ImageFormatException {
        return switch (required("encoding").toLowerCase(Locale.ROOT)) {
            case "raw" -> VoxelEncoding.Coding.RAW;
            case "gzip", "gz" -> VoxelEncoding.Coding.COMPRESSED;
            case "ascii", "text", "txt" -> VoxelEncoding.Coding.TEXT;
            default ->
                    throw new ImageFormatException(
                            name + ": encoding is not read, allowed are raw, gzip and ascii");
        };
    }

    private Grid grid() throws ImageFormatException {
        int[] sizes = HeaderLines.sizes(name, "sizes", required("sizes"));
        refuseTwoPlaces(sizes);
        List<double[]> directions = directions(sizes);
        List<Integer> size = new ArrayList<>();
        List<double[]> axes = new ArrayList<>();
        int spatial = (int) directions.stream().filter(d -> d.length > 0).count();
        for (int a = 0; a < sizes.length; a++) {
            if (directions.get(a).length == 3 && axes.size() < 3) {
                size.add(sizes[a]);
                axes.add(directions.get(a));
            } else if (sizes[a] != 1) {
                throw new ImageFormatException(
                        name
                                + ": holds several values or volumes along axis "
                                + a
                                + ", allowed are two or three axes of space");
            }
        }
        if (spatial < 2 || axes.size() < 2) {
            throw new ImageFormatException(
                    name + ": has " + axes.size() + " axes of space, allowed are two or three");
        }
        if (axes.size() == 2) {
            size.add(1);
            axes.add(normal(axes.get(0), axes.get(1)));
        }
        double[] origin = origin(sizes);
        double[] sign = sign();
        double[] affine = new double[12];
        for (int r = 0; r < 3; r++) {
            for (int a = 0; a < 3; a++) {
                affine[r * 4 + a] = sign[r] * axes.get(a)[r];
            }
            affine[r * 4 + 3] = sign[r] * origin[r];
        }
        try {
            return Grid.ofAffine(size.stream().mapToInt(Integer::intValue).toArray(), affine);
        } catch (IllegalArgumentException degenerate) {
            throw new ImageFormatException(
                    name + ": the geometry cannot be used: " + degenerate.getMessage(), degenerate);
        }
    }

    /** The format allows a space or mins of the axes. */
    private void refuseTwoPlaces(int[] sizes) throws ImageFormatException {
        for (int a = 0; a < sizes.length; a++) {
            boolean hasMin = !Double.isNaN(NrrdAxis.of(name, fields, a, sizes).min());
            if (hasMin && fields.keySet().stream().anyMatch(f -> f.startsWith("space"))) {
                throw new ImageFormatException(
                        name
                                + ": has a space and axis mins, which exclude each other; keep one of both");
            }
        }
    }

    private static double[] normal(double[] a, double[] b) {
        double[] n = {
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        };
        double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        return new double[] {n[0] / length, n[1] / length, n[2] / length};
    }

    /** One vector per axis in the file's space; empty for an axis that is no space. */
    private List<double[]> directions(int[] sizes) throws ImageFormatException {
        List<double[]> out = new ArrayList<>();
        String value = fields.get("space directions");
        if (value != null) {
            Matcher vectors = VECTOR.matcher(value);
            while (vectors.find()) {
                out.add(vectors.group(1) == null ? new double[0] : vector(vectors.group(1)));
            }
        } else {
            for (int a = 0; a < sizes.length; a++) {
                double[] unit = new double[a < 3 ? 3 : 0];
                if (a < 3) {
                    unit[a] = NrrdAxis.of(name, fields, a, sizes).step();
                }
                out.add(unit);
            }
        }
        if (out.size() != sizes.length) {
            throw new ImageFormatException(
                    name
                            + ": there are "
                            + out.size()
                            + " space directions and "
                            + sizes.length
                            + " sizes, allowed are as many of both");
        }
        return out;
    }

    private double[] vector(String inner) throws ImageFormatException {
        double[] v = HeaderLines.numbers(name, "space", inner.replace(',', ' '));
        if (v.length != 3) {
            throw new ImageFormatException(
                    name + ": a vector has " + v.length + " numbers, allowed are 3");
        }
        return v;
    }

    private double[] origin(int[] sizes) throws ImageFormatException {
        String value = fields.get("space origin");
        if (value == null) {
            return originByMins(sizes);
        }
        Matcher m = VECTOR.matcher(value);
        if (!m.find() || m.group(1) == null) {
            throw new ImageFormatException(name + ": space origin is no vector (x,y,z)");
        }
        return vector(m.group(1));
    }

    /** By the mins of the axes, when each has one; else 0. */
    private double[] originByMins(int[] sizes) throws ImageFormatException {
        double[] origin = new double[3];
        for (int a = 0; a < Math.min(3, sizes.length); a++) {
            origin[a] = NrrdAxis.of(name, fields, a, sizes).first();
            if (Double.isNaN(origin[a])) {
                return new double[3];
            }
        }
        return origin;
    }

    /** Signs that turn the file's space into LPS. */
    private double[] sign() throws ImageFormatException {
        return switch (fields.getOrDefault("space", "LPS").toLowerCase(Locale.ROOT)) {
            case "lps", "left-posterior-superior" -> new double[] {1, 1, 1};
            case "ras", "right-anterior-superior" -> new double[] {-1, -1, 1};
            case "las", "left-anterior-superior" -> new double[] {1, -1, 1};
            default ->
                    throw new ImageFormatException(
                            name
                                    + ": space is not read, allowed are left-posterior-superior,"
                                    + " right-anterior-superior and left-anterior-superior");
        };
    }
}
