// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    /** Gantries are set to whole degrees; less is rounding of positions. */
    private static final double MOST_TILT = 0.5;

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
        return stack.slices().get(0).header();
    }

    /** The files of the slices, each once. */
    List<DicomFile> files() {
        return stack.all().stream().map(Slice::file).distinct().toList();
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
     * @return as written; empty text when not stated or no number
     */
    public String number() {
        return header().text(Tag.SERIES_NUMBER).filter(n -> n.matches("[+-]?[0-9]+")).orElse("");
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
     * What to call the series in messages: number and description, but no description that holds a
     * name or number of the file's own people.
     *
     * @return such as {@code series 4 (Portal venous)}
     */
    public String label() {
        String said = IdentifyingWords.of(header()).in(description()) ? "" : description();
        String number = number().isEmpty() ? "without number" : number();
        return "series " + number + (said.isEmpty() ? "" : " (" + said + ")");
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
     * Slices that can be used, copies of one object not counted.
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
     * uneven spacing, slices beside the others, mixed orientation or size, slices that are cut off
     * or in a coding that is not decoded, UIDs that are missing or not unique.
     *
     * @return one sentence each; empty when the series can be read
     */
    public List<String> problems() {
        return List.copyOf(stack.problems());
    }

    /**
     * What keeps the slices from being an upright stack of even spacing: the {@link #problems()},
     * and a gantry tilted by more than half a degree. Slices of a tilted gantry are a volume, but
     * on a sheared grid, which many programs refuse.
     *
     * @return one sentence each; empty when {@link #readVolume(Mismatch)} has nothing to change
     */
    public List<String> deviations() {
        List<String> deviations = new ArrayList<>(problems());
        double tilt = stack.geometry().tiltDegrees();
        if (tilt > MOST_TILT) {
            deviations.add(
                    String.format(
                            Locale.ROOT,
                            "the gantry was tilted by %.1f degrees, so the stack is sheared",
                            tilt));
        }
        return List.copyOf(deviations);
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
        return filled(grid.voxels(), () -> Volume.filled(grid, v -> fill(stack.slices(), v)));
    }

    /** Makes a volume. */
    private interface Maker<T> {
        T make() throws IOException;
    }

    /** Asks for no memory that is not there, and says when it is too little. */
    private <T> T filled(long voxels, Maker<T> maker) throws IOException {
        String what = "series " + number();
        JavaHeap.require(what, Float.BYTES * voxels);
        try {
            return maker.make();
        } catch (OutOfMemoryError full) {
            throw JavaHeap.tooSmall(what, Float.BYTES * voxels);
        }
    }

    /**
     * A volume and what had to be changed to get it.
     *
     * @param volume the voxels
     * @param remarks one sentence each; empty when nothing was changed
     * @since 0.1.0
     */
    public record Evened(Volume volume, List<String> remarks) {}

    /**
     * Reads the voxels as an upright stack of even spacing. Where the slices are none, because the
     * gantry was tilted by more than half a degree, distances differ, slices lie beside the others,
     * are missing or cannot be decoded, the series is refused or resampled, as asked. An image that
     * lies twice in one place counts once; of different images in one place none is chosen.
     *
     * @param otherwise what to do with such a series
     * @return the volume and what was done
     * @throws DicomException when the series is refused, its slices differ in size or orientation,
     *     lie too far apart or are different images of one place, or no slice can be decoded
     * @throws IOException when a file cannot be read
     */
    public Evened readVolume(Mismatch otherwise) throws IOException {
        List<String> deviations = deviations();
        boolean refused = otherwise == Mismatch.REFUSE || !stack.canBeResampled();
        if (deviations.isEmpty()) {
            try {
                return new Evened(readVolume(), List.of());
            } catch (DicomException damaged) {
                if (refused) {
                    throw damaged;
                }
            }
        } else if (refused) {
            throw new DicomException(
                    "series " + number() + " is no even stack: " + String.join("; ", deviations));
        }
        DicomFile first = stack.slices().get(0).file();
        return filled(
                (long) first.rows() * first.columns() * slices(),
                () -> UnevenStack.read("series " + number(), stack));
    }

    private static void fill(List<Slice> slices, float[] voxels) throws IOException {
        int size = voxels.length / slices.size();
        ParallelSteps.run(
                slices.size(), IOException.class, k -> slices.get(k).read(voxels, k * size));
    }
}
