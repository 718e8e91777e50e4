// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.SampleType;
import io.github.livermm.imaging.volume.Volume;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A NIfTI-1 or NIfTI-2 file, plain or compressed, single or a pair of header and image, in either
 * byte order. Coordinates are turned from the RAS of the format to the LPS of {@link Grid}; sform
 * goes before qform, and lengths in metres or microns become millimetres. Colour and complex
 * samples are refused.
 *
 * <p>Reference: NIfTI-1 Data Format, nifti.nimh.nih.gov.
 *
 * @since 0.1.0
 */
public final class NiftiImage {
    /** What one compressed byte can at most become. */
    private static final long MOST_INFLATION = 1040;

    private final Path path;
    private final NiftiHeader header;

    private NiftiImage(Path path, NiftiHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Reads the header.
     *
     * @param path {@code .nii}, {@code .nii.gz}, {@code .hdr} or {@code .hdr.gz}
     * @return the image; its voxels are read by {@link #volume(int)}
     * @throws NiftiException when the file is no NIfTI file or its header is damaged
     * @throws IOException when the file cannot be read
     */
    public static NiftiImage read(Path path) throws IOException {
        try (InputStream in = open(path)) {
            return new NiftiImage(
                    path, NiftiHeader.parse(name(path), in.readNBytes(NiftiHeader.SIZE_2)));
        } catch (ZipException | EOFException damaged) {
            throw new NiftiException(
                    name(path) + ": the compressed file is damaged (" + damaged.getMessage() + ")",
                    damaged);
        }
    }

    /**
     * Reads the only volume of a file.
     *
     * @param path as for {@link #read}
     * @return the volume
     * @throws NiftiException when the file is damaged or holds several volumes
     * @throws IOException when the file cannot be read
     */
    public static Volume readVolume(Path path) throws IOException {
        NiftiImage image = read(path);
        if (image.frames() != 1) {
            throw new NiftiException(
                    name(path) + ": holds " + image.frames() + " volumes, allowed is one");
        }
        return image.volume(0);
    }

    /**
     * Writes a volume as NIfTI-1 with 32-bit floats and an sform.
     *
     * @param volume what to write
     * @param path {@code .nii} or {@code .nii.gz}, replaced when it exists
     * @throws IOException when the file cannot be written
     */
    public static void write(Volume volume, Path path) throws IOException {
        write(volume, path, NiftiFormat.defaults());
    }

    /**
     * Writes a volume in a chosen form.
     *
     * @param volume what to write
     * @param path {@code .nii}, or {@code .hdr} with the voxels in an {@code .img} beside it, each
     *     also with {@code .gz}; replaced when it exists
     * @param format version, samples, byte order
     * @throws IllegalArgumentException when the samples cannot hold the values, or NIfTI-1 the size
     * @throws IOException when the file cannot be written
     */
    public static void write(Volume volume, Path path, NiftiFormat format) throws IOException {
        write(List.of(volume), path, format);
    }

    /**
     * Writes volumes as the frames of one file: in three dimensions when it is one, else in four.
     *
     * @param frames at least one, all on the voxels of the first
     * @param path as for one volume
     * @param format version, samples, byte order
     * @throws IllegalArgumentException when there is no frame or they lie on different voxels, when
     *     the samples cannot hold the values, or NIfTI-1 the size
     * @throws IOException when the file cannot be written
     */
    public static void write(List<Volume> frames, Path path, NiftiFormat format)
            throws IOException {
        NiftiWriter.write(frames, path, format);
    }

    /**
     * Volumes in the file.
     *
     * @return at least 1
     */
    public int frames() {
        return header.frames();
    }

    /**
     * Where the voxels of each volume lie.
     *
     * @return the grid, in LPS
     */
    public Grid grid() {
        return header.grid();
    }

    /**
     * Reads the voxels of one volume, scaled.
     *
     * @param frame 0 to frames - 1, the fourth axis fastest
     * @return the volume
     * @throws NiftiException when the file holds fewer bytes than its header declares
     * @throws IOException when the file cannot be read
     */
    public Volume volume(int frame) throws IOException {
        if (frame < 0 || frame >= frames()) {
            throw new IllegalArgumentException(
                    "frame is " + frame + ", allowed is 0 to " + (frames() - 1));
        }
        Path data = header.pair() ? partner() : path;
        long bytes = (long) header.grid().voxels() * header.type().bytes();
        long from = header.offset() + frame * bytes;
        long most = Files.size(data) * (isGzip(data) ? MOST_INFLATION : 1);
        if (from + bytes > most || from < 0) {
            throw new NiftiException(
                    String.format(
                            "%s: the header declares voxels up to byte %d, the file holds at most"
                                    + " %d",
                            name(data), from + bytes, most));
        }
        try (InputStream in = open(data)) {
            in.skipNBytes(from);
            return Volume.filled(header.grid(), voxels -> fill(in, voxels));
        } catch (ZipException | EOFException damaged) {
            throw new NiftiException(
                    name(data) + ": the file ends within its voxels or is damaged", damaged);
        }
    }

    private void fill(InputStream in, float[] voxels) throws IOException {
        SampleType type = header.type();
        byte[] chunk = new byte[type.bytes() * Math.min(voxels.length, 1 << 15)];
        int at = 0;
        while (at < voxels.length) {
            int take = Math.min(voxels.length - at, chunk.length / type.bytes());
            if (in.readNBytes(chunk, 0, take * type.bytes()) < take * type.bytes()) {
                throw new EOFException();
            }
            ByteBuffer samples = ByteBuffer.wrap(chunk).order(header.order());
            for (int n = 0; n < take; n++) {
                voxels[at++] = (float) (type.read(samples) * header.slope() + header.intercept());
            }
        }
    }

    private Path partner() throws NiftiException {
        String name = name(path);
        for (String suffix : new String[] {".hdr.gz", ".hdr"}) {
            if (name.endsWith(suffix)) {
                String stem = name.substring(0, name.length() - suffix.length());
                for (String image : new String[] {".img", ".img.gz"}) {
                    Path candidate = path.resolveSibling(stem + image);
                    if (Files.isRegularFile(candidate, LinkOption.NOFOLLOW_LINKS)) {
                        return candidate;
                    }
                }
            }
        }
        throw new NiftiException(
                name + ": the image file (.img or .img.gz) beside it is missing or a link");
    }

    private static InputStream open(Path path) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        if (!isGzip(path)) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException notGzip) {
            raw.close();
            throw notGzip;
        }
    }

    private static boolean isGzip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1F && in.read() == 0x8B;
        }
    }

    static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }
}
