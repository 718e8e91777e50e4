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

    private static final float AIR_HU = -1024;

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

    /** The files of the slices, each once. */
    List<DicomFile> files() {
        return stack.slices().stream().map(Slice::file).distinct().toList();
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
     * uneven spacing, mixed orientation or size, pixels in a coding that is not decoded.
     *
     * @return one sentence each; empty when the series can be read
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(stack.problems());
        stack.slices().stream()
                .map(Slice::file)
                .filter(file -> !file.isDecoded())
                .findFirst()
                .ifPresent(
                        file ->
                                problems.add(
                                        "pixels in transfer syntax "
                                                + file.transferSyntax()
                                                + " are not decoded"));
        return List.copyOf(problems);
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

    /**
     * Asks for memory only when the pixels to fill it are there, and says when it is too little.
     */
    private <T> T filled(long voxels, Maker<T> maker) throws IOException {
        for (DicomFile file : files()) {
            file.requirePixels();
        }
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
     * gantry was tilted by more than half a degree, distances differ, slices are missing or lie
     * twice in one place, the series is refused or resampled, as asked.
     *
     * @param otherwise what to do with such a series
     * @return the volume and what was done
     * @throws DicomException when the series is refused, its slices differ in size or orientation,
     *     or their pixels cannot be decoded
     * @throws IOException when a file cannot be read
     */
    public Evened readVolume(Mismatch otherwise) throws IOException {
        double tilt = stack.tiltDegrees();
        if (problems().isEmpty() && tilt <= MOST_TILT) {
            return new Evened(readVolume(), List.of());
        }
        Grid first = stack.firstGrid();
        if (otherwise == Mismatch.REFUSE || first == null || !stack.isCoherent()) {
            String tilted = String.format(Locale.ROOT, "tilted by %.1f degrees", tilt);
            throw new DicomException(
                    "series "
                            + number()
                            + " is no even stack: "
                            + (problems().isEmpty() ? tilted : String.join("; ", problems())));
        }
        return filled((long) first.voxels() * stack.slices().size(), () -> resampled(first));
    }

    private Evened resampled(Grid first) throws IOException {
        double[] d = first.direction();
        double[] normal = {
            d[3] * d[7] - d[6] * d[4], d[6] * d[1] - d[0] * d[7], d[0] * d[4] - d[3] * d[1]
        };
        List<Slice> kept = EvenStack.distinct(stack.slices(), normal);
        double height = kept.get(kept.size() - 1).along(normal) - kept.get(0).along(normal);
        double step = kept.size() > 1 ? medianGap(kept, normal) : first.spacingMm(2);
        if (!(height / step < 4.0 * kept.size())) {
            throw new DicomException(
                    "series " + number() + ": more slices are missing than there are");
        }
        List<String> remarks = new ArrayList<>(problems());
        float[] pixels = new float[Math.multiplyExact(kept.size(), first.voxels())];
        fill(kept, pixels);
        List<double[]> positions = new ArrayList<>();
        for (Slice s : kept) {
            positions.add(java.util.Objects.requireNonNull(s.position()));
        }
        float outside = modality().equals("CT") ? AIR_HU : 0;
        return new Evened(
                EvenStack.resample(first, positions, step, pixels, outside, remarks),
                List.copyOf(remarks));
    }

    private static double medianGap(List<Slice> kept, double[] normal) {
        double[] gaps = new double[kept.size() - 1];
        for (int n = 0; n < gaps.length; n++) {
            gaps[n] = kept.get(n + 1).along(normal) - kept.get(n).along(normal);
        }
        java.util.Arrays.sort(gaps);
        return gaps[gaps.length / 2];
    }

    private void fill(List<Slice> slices, float[] voxels) throws IOException {
        int size = voxels.length / slices.size();
        ParallelSteps.run(
                slices.size(), IOException.class, k -> fill(slices.get(k), voxels, k * size));
    }

    private void fill(Slice slice, float[] voxels, int at) throws IOException {
        DicomFile file = slice.file();
        boolean invert =
                file.data().text(Tag.PHOTOMETRIC).orElse("").equals("MONOCHROME1")
                        && file.data().has(Tag.PIXEL_DATA)
                        && !modality().equals("CT");
        // an inverted value is a constant minus the value
        double slope = invert ? -slice.slope() : slice.slope();
        double intercept = slice.intercept();
        if (invert) {
            PixelFormat format = PixelFormat.of(DicomFile.name(file.path()), file.data());
            intercept += slice.slope() * format.highestPlusLowest();
        }
        file.scaled(slice.frame(), slope, intercept, voxels, at);
    }
}
