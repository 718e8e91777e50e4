// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stack of slices of one series: what it shows, where it lies, what is wrong with it, and on
 * demand its voxels. Comes from {@link DicomFolder}; the pixel data are read by {@link
 * #readVolume()} only.
 *
 * @since 0.1.0
 */
public final class DicomSeries {
    private final Path root;
    private final SliceStack stack;
    private final int part;
    private @Nullable PhaseGuess phase;

    DicomSeries(Path root, SliceStack stack, int part) {
        this.root = root;
        this.stack = stack;
        this.part = part;
    }

    DataSet header() {
        return stack.slices().get(0).file().data();
    }

    void phase(@Nullable PhaseGuess guess) {
        this.phase = guess;
    }

    /**
     * The Series Instance UID.
     *
     * @return the UID; {@code UID#2} for the second stack of slices within one series
     */
    public String uid() {
        String uid = header().text(Tag.SERIES_INSTANCE_UID).orElse("");
        return part == 1 ? uid : uid + "#" + part;
    }

    /**
     * The Series Number.
     *
     * @return as written; empty text when not stated
     */
    public String number() {
        return header().text(Tag.SERIES_NUMBER).orElse("");
    }

    /**
     * The modality.
     *
     * @return {@code CT} or {@code MR}
     */
    public String modality() {
        return header().text(Tag.MODALITY).orElse("");
    }

    /**
     * The Series Description.
     *
     * @return as written; empty text when not stated
     */
    public String description() {
        return header().text(Tag.SERIES_DESCRIPTION).orElse("");
    }

    /**
     * How the pixels are coded.
     *
     * @return UID and name
     */
    public String transferSyntax() {
        return stack.slices().get(0).file().transferSyntax();
    }

    /**
     * Slices, copies of one object not counted.
     *
     * @return at least 1
     */
    public int slices() {
        return stack.slices().size();
    }

    /**
     * Folder of the first slice, relative to the scanned folder.
     *
     * @return a relative path; empty for the scanned folder itself
     */
    public Path folder() {
        Path file = root.relativize(stack.slices().get(0).file().path());
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /**
     * The phase that headers or the order of acquisition tell.
     *
     * @return empty when nothing tells
     */
    public Optional<PhaseGuess> phase() {
        return Optional.ofNullable(phase);
    }

    /**
     * Where the voxels lie. The spacing between slices comes from their positions, never from Slice
     * Thickness; a tilted gantry gives a sheared grid.
     *
     * @return empty when the slices are no volume; {@link #problems()} says why
     */
    public Optional<Grid> grid() {
        return Optional.ofNullable(stack.grid());
    }

    /**
     * What keeps the slices from being a volume: missing geometry, missing or repeated slices,
     * uneven spacing, mixed orientation or size.
     *
     * @return one sentence each; empty when the series can be read
     */
    public List<String> problems() {
        return List.copyOf(stack.problems());
    }

    /**
     * Reads the voxels: stored values times rescale slope plus intercept, so Hounsfield units for
     * CT. Padding keeps its value. An MR image stored as MONOCHROME1 is inverted within its bits.
     *
     * @return the volume, first slice lowest along the normal
     * @throws DicomException when {@link #problems()} is not empty, or the pixels of a slice cannot
     *     be decoded
     * @throws IOException when a file cannot be read
     */
    public Volume readVolume() throws IOException {
        Grid grid = stack.grid();
        if (grid == null) {
            throw new DicomException(
                    "series " + number() + " is no volume: " + String.join("; ", problems()));
        }
        return Volume.filled(grid, this::fill);
    }

    private void fill(float[] voxels) throws IOException {
        int size = voxels.length / slices();
        for (int k = 0; k < slices(); k++) {
            Slice slice = stack.slices().get(k);
            DicomFile file = slice.file();
            int[] stored = file.storedValues(slice.frame());
            if (stored.length != size) {
                throw new DicomException(
                        DicomFile.name(file.path()) + ": rows and columns changed while reading");
            }
            DataSet data = file.data();
            boolean invert =
                    data.text(Tag.PHOTOMETRIC).orElse("").equals("MONOCHROME1")
                            && !modality().equals("CT");
            PixelFormat format = invert ? PixelFormat.of(DicomFile.name(file.path()), data) : null;
            for (int n = 0; n < size; n++) {
                int value = format == null ? stored[n] : inverted(stored[n], format);
                voxels[k * size + n] = (float) (value * slice.slope() + slice.intercept());
            }
        }
    }

    private static int inverted(int value, PixelFormat format) {
        return format.signed() ? -1 - value : (int) ((1L << format.bitsStored()) - 1 - value);
    }
}
