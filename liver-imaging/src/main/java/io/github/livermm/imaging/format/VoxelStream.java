// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.SampleType;
import io.github.livermm.imaging.volume.Volume;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Voxels between a file and a volume. No memory is asked for before the file is seen to be large
 * enough for what its header declares.
 *
 * @param file holds the voxels
 * @param skip bytes before them; negative when they are the last bytes of the file
 * @param zlib whether compressed voxels have the frame of zlib, else that of gzip
 */
record VoxelStream(Path file, long skip, boolean zlib) {
    /** What one compressed byte can at most become. */
    private static final long MOST_INFLATION = 1040;

    private static final int LONGEST_NUMBER = 64;

    Volume read(Grid grid, VoxelEncoding encoding) throws IOException {
        String name = name(file);
        if (!Files.isRegularFile(file)) {
            throw new ImageFormatException(name + ": the file with the voxels is missing");
        }
        long samples = grid.voxels();
        long held = Files.size(file);
        long least =
                switch (encoding.coding()) {
                    case RAW -> samples * encoding.type().bytes();
                    case TEXT -> 2 * samples - 1;
                    case COMPRESSED -> samples * encoding.type().bytes() / MOST_INFLATION;
                };
        long from =
                skip >= 0 ? skip : encoding.coding() == VoxelEncoding.Coding.RAW ? held - least : 0;
        if (from < 0 || from > held || held - from < least) {
            throw new ImageFormatException(
                    name
                            + ": the header declares "
                            + samples
                            + " voxels of "
                            + encoding.type()
                            + ", the file of "
                            + held
                            + " bytes is too short for them");
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            raw.skipNBytes(from);
            InputStream in = raw;
            if (encoding.coding() == VoxelEncoding.Coding.COMPRESSED) {
                in = zlib ? new InflaterInputStream(raw) : new GZIPInputStream(raw, 1 << 16);
            }
            InputStream source = in;
            return encoding.coding() == VoxelEncoding.Coding.TEXT
                    ? Volume.filled(grid, voxels -> text(source, voxels, name))
                    : Volume.filled(grid, voxels -> binary(source, voxels, encoding));
        } catch (ZipException | EOFException damaged) {
            throw new ImageFormatException(
                    name + ": the file ends within its voxels or is damaged", damaged);
        }
    }

    private static void binary(InputStream in, float[] voxels, VoxelEncoding encoding)
            throws IOException {
        SampleType type = encoding.type();
        byte[] chunk = new byte[type.bytes() * Math.min(voxels.length, 1 << 15)];
        int at = 0;
        while (at < voxels.length) {
            int take = Math.min(voxels.length - at, chunk.length / type.bytes());
            if (in.readNBytes(chunk, 0, take * type.bytes()) < take * type.bytes()) {
                throw new EOFException();
            }
            ByteBuffer samples = ByteBuffer.wrap(chunk).order(encoding.order());
            for (int n = 0; n < take; n++) {
                voxels[at++] = (float) type.read(samples);
            }
        }
    }

    private static void text(InputStream in, float[] voxels, String name) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int n = 0; n < voxels.length; n++) {
            word.setLength(0);
            int c = in.read();
            while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',') {
                c = in.read();
            }
            while (c > ' ' && c != ',' && word.length() < LONGEST_NUMBER) {
                word.append((char) c);
                c = in.read();
            }
            if (word.isEmpty()) {
                throw new EOFException();
            }
            try {
                voxels[n] = (float) Double.parseDouble(word.toString());
            } catch (NumberFormatException none) {
                throw new ImageFormatException(
                        name + ": voxel " + n + " of the text is no number", none);
            }
        }
    }

    static void write(Volume volume, VoxelEncoding encoding, boolean zlib, OutputStream out)
            throws IOException {
        switch (encoding.coding()) {
            case RAW -> binary(volume, encoding, out);
            case TEXT -> text(volume, encoding, out);
            case COMPRESSED -> {
                DeflaterOutputStream packed =
                        zlib ? new DeflaterOutputStream(out) : new GZIPOutputStream(out, 1 << 16);
                binary(volume, encoding, packed);
                packed.finish();
            }
        }
    }

    private static void binary(Volume volume, VoxelEncoding encoding, OutputStream out)
            throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(encoding.order());
        int all = volume.grid().voxels();
        for (int n = 0; n < all; n++) {
            encoding.type().write(chunk, volume.at(n));
            if (!chunk.hasRemaining() || n + 1 == all) {
                out.write(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
        }
    }

    private static void text(Volume volume, VoxelEncoding encoding, OutputStream out)
            throws IOException {
        int width = volume.grid().width();
        ByteBuffer check = ByteBuffer.allocate(8);
        for (int n = 0; n < volume.grid().voxels(); n++) {
            float value = volume.at(n);
            encoding.type().write(check.clear(), value);
            String number =
                    encoding.type().isFloat() ? Float.toString(value) : Long.toString((long) value);
            out.write(
                    (number + ((n + 1) % width == 0 ? "\n" : " "))
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    /** A file that a header names: beside it, never anywhere else. */
    static Path beside(Path header, String named) throws ImageFormatException {
        String name = named.strip();
        if (name.startsWith("./")) {
            name = name.substring(2);
        }
        if (!name.matches("[^/\\\\:\\p{Cntrl}%]{1,255}") || name.equals("..") || name.equals(".")) {
            throw new ImageFormatException(
                    name(header)
                            + ": names a file of voxels that is not one plain file beside the"
                            + " header; put both into one folder");
        }
        Path voxels = header.resolveSibling(name);
        if (Files.isSymbolicLink(voxels)) {
            throw new ImageFormatException(
                    name(header)
                            + ": names a file of voxels that is a link, which is not followed; copy"
                            + " what it leads to beside the header");
        }
        return voxels;
    }
}
