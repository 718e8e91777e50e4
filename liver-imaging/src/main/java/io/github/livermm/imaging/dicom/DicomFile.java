// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One DICOM file: its header, and on demand the stored pixel values of a frame. Reads all native
 * transfer syntaxes (little and big endian, implicit and explicit VR, deflated), RLE, JPEG with 8
 * and 12 bit, JPEG lossless, JPEG-LS and JPEG 2000, with or without preamble and file header.
 *
 * @since 0.1.0
 */
public final class DicomFile {
    private final Path path;
    private final DicomContent content;

    private DicomFile(Path path, DicomContent content) {
        this.path = path;
        this.content = content;
    }

    /**
     * Reads the header of a file, up to the pixel data, by the built-in reader.
     *
     * @param path the file
     * @return the file
     * @throws DicomException when it is no DICOM file or its header is damaged
     * @throws IOException when the file cannot be read
     */
    public static DicomFile read(Path path) throws IOException {
        return read(path, DicomReader.builtIn());
    }

    /**
     * Reads the header of a file, up to the pixel data.
     *
     * @param path the file
     * @param reader parses it
     * @return the file
     * @throws DicomException when it is no DICOM file or its header is damaged
     * @throws IOException when the file cannot be read
     */
    public static DicomFile read(Path path, DicomReader reader) throws IOException {
        return new DicomFile(path, reader.read(path));
    }

    private PixelReader pixels() throws IOException {
        PixelFormat format = PixelFormat.of(name(path), data());
        Element pixels = data().pixels();
        PixelBytes.Source source = content.pixels();
        if (pixels == null || source == null) {
            throw new DicomException(name(path) + ": there is no Pixel Data (7FE0,0010)");
        }
        return new PixelReader(this, content.syntax(), format, pixels, source.open());
    }

    static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    /**
     * Where the file lies.
     *
     * @return the path as given
     */
    public Path path() {
        return path;
    }

    /**
     * How the file is coded.
     *
     * @return UID and name, such as {@code 1.2.840.10008.1.2.5 (RLE Lossless)}
     */
    public String transferSyntax() {
        String uid = content.statedUid();
        String said = uid.matches("[0-9.]{1,64}") ? uid : "not valid";
        return (uid.isEmpty() ? "not stated" : said) + " (" + content.syntax().title() + ")";
    }

    /**
     * The modality.
     *
     * @return a defined term of PS3.3 C.7.3.1.1.1 such as {@code CT}; empty text when not stated;
     *     {@code unknown} in place of any other text, which may name somebody
     */
    public String modality() {
        return ModalityTerms.of(data().text(Tag.MODALITY).orElse(""));
    }

    /**
     * Whether the file holds pixels.
     *
     * @return false for reports, directories and structure sets
     */
    public boolean hasPixels() {
        return data().pixels() != null && data().has(Tag.ROWS);
    }

    /**
     * Pixel rows.
     *
     * @return 0 when there is no image
     */
    public int rows() {
        return data().unsigned16(Tag.ROWS).orElse(0);
    }

    /**
     * Pixel columns.
     *
     * @return 0 when there is no image
     */
    public int columns() {
        return data().unsigned16(Tag.COLUMNS).orElse(0);
    }

    /**
     * Frames of a multi-frame image.
     *
     * @return at least 1
     */
    public int frames() {
        return (int) Math.max(1, data().number(Tag.NUMBER_OF_FRAMES).orElse(1));
    }

    /** Whether the coding of the pixels is one that is decoded. */
    private boolean isDecoded() {
        Element pixels = data().pixels();
        boolean plain = pixels != null && pixels.length() >= 0;
        return content.syntax().isDecoded()
                || (plain && content.syntax() == TransferSyntax.UNKNOWN);
    }

    /** Why the pixels cannot be read, as far as the scan can tell; empty when it finds nothing. */
    String fault() {
        if (!isDecoded()) {
            return name(path)
                    + ": pixels in transfer syntax "
                    + transferSyntax()
                    + " are not decoded";
        }
        try {
            return lack().map(lack -> name(path) + ": " + lack).orElse("");
        } catch (DicomException damaged) {
            return String.valueOf(damaged.getMessage());
        }
    }

    /**
     * Refuses a file that cannot hold the frames its header declares, so that memory is asked for
     * only when there is something to fill it.
     */
    void requirePixels() throws DicomException {
        Optional<String> lack = lack();
        if (lack.isPresent()) {
            throw new DicomException(name(path) + ": " + lack.get());
        }
    }

    private Optional<String> lack() throws DicomException {
        Element pixels = data().pixels();
        if (pixels == null || !isDecoded()) {
            return Optional.empty();
        }
        PixelFormat format = PixelFormat.of(name(path), data());
        return content.held().lack(Tag.pixels(pixels.tag()), format, pixels.length() < 0);
    }

    DataSet data() {
        return content.data();
    }

    /**
     * The values of one frame as stored, before rescale slope and intercept.
     *
     * @param frame 0 to frames - 1
     * @return row by row, sign extended where the pixels are signed
     * @throws DicomException when the pixels are missing, too short, damaged or in a coding that
     *     this reader does not decode; the message then names the coding
     * @throws IOException when the file cannot be read
     */
    public int[] storedValues(int frame) throws IOException {
        try (PixelReader reader = pixels()) {
            return reader.frame(frame);
        }
    }

    /**
     * The values of every frame as stored, one after the other.
     *
     * @return one array per frame
     * @throws IOException as {@link #storedValues(int)}
     */
    public List<int[]> allStoredValues() throws IOException {
        requirePixels();
        try (PixelReader reader = pixels()) {
            List<int[]> frames = new ArrayList<>();
            for (int f = 0; f < reader.format().frames(); f++) {
                frames.add(reader.frame(f));
            }
            return frames;
        }
    }

    /** Writes stored values x slope + intercept of one frame into an array. */
    void scaled(int frame, double slope, double intercept, float[] out, int at) throws IOException {
        try (PixelReader reader = pixels()) {
            reader.scaled(frame, slope, intercept, out, at);
        }
    }

    /** Takes the stored values of one frame after the other. */
    @FunctionalInterface
    interface FrameVisitor {
        void visit(int frame, int[] stored) throws IOException;
    }

    /** Reads frames in the given order; only one is held at a time. */
    void forEachFrame(int[] frames, FrameVisitor visitor) throws IOException {
        try (PixelReader reader = pixels()) {
            for (int f : frames) {
                visitor.visit(f, reader.frame(f));
            }
        }
    }
}
