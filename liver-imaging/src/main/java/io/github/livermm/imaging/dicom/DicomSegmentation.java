// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * A DICOM segmentation (SEG), binary or fractional. Frames are placed by their position in the
 * patient, in whatever order they are stored, and belong to the segment that they name.
 *
 * @since 0.1.0
 */
public final class DicomSegmentation implements MaskObject {
    /**
     * A frame may lie this part of a voxel beside the voxels of the image: positions are rounded.
     */
    private static final double ROUNDING = 0.1;

    private final DicomFile file;
    private final String name;
    private final List<Slice> frames;
    private final int[] segmentOf;
    private final float most;
    private final boolean fractional;

    private DicomSegmentation(DicomFile file, List<Slice> frames, int[] segmentOf)
            throws DicomException {
        this.file = file;
        this.name = DicomFile.name(file.path());
        this.frames = frames;
        this.segmentOf = segmentOf;
        DataSet data = file.data();
        this.fractional = data.text(Tag.SEGMENTATION_TYPE).orElse("").equals("FRACTIONAL");
        this.most = fractional ? data.unsigned16(Tag.MAXIMUM_FRACTION).orElse(255) : 1;
        if (!(most > 0)) {
            throw new DicomException(
                    name + ": Maximum Fractional Value (0062,000E) is 0, allowed is 1 and above");
        }
    }

    static DicomSegmentation of(DicomFile file) throws DicomException {
        file.requirePixels();
        List<Slice> frames = Slice.of(file);
        List<DataSet> groups = file.data().items(Tag.PER_FRAME_GROUPS);
        if (frames.isEmpty() || groups.size() < file.frames()) {
            throw new DicomException(
                    String.format(
                            "%s: %d functional groups (5200,9230) for %d frames",
                            DicomFile.name(file.path()), groups.size(), file.frames()));
        }
        int[] segments = new int[frames.size()];
        for (int f = 0; f < segments.length; f++) {
            int frame = f;
            segments[f] =
                    Optional.of(groups.get(f))
                            .flatMap(DicomSegmentation::segment)
                            .or(
                                    () ->
                                            file.data()
                                                    .item(Tag.SHARED_GROUPS)
                                                    .flatMap(DicomSegmentation::segment))
                            .orElseThrow(
                                    () ->
                                            new DicomException(
                                                    DicomFile.name(file.path())
                                                            + ": frame "
                                                            + (frame + 1)
                                                            + " names no segment (0062,000B)"));
        }
        return new DicomSegmentation(file, frames, segments);
    }

    private static Optional<Integer> segment(DataSet group) {
        return group.item(Tag.SEGMENT_IDENTIFICATION)
                .flatMap(
                        item -> item.unsigned16(Tag.REFERENCED_SEGMENT).stream().boxed().findAny());
    }

    /**
     * Whether voxels hold fractions.
     *
     * @return false for a binary segmentation
     */
    public boolean isFractional() {
        return fractional;
    }

    @Override
    public List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        for (DataSet item : file.data().items(Tag.SEGMENT_SEQUENCE)) {
            item.unsigned16(Tag.SEGMENT_NUMBER)
                    .ifPresent(
                            number ->
                                    regions.add(
                                            new Region(
                                                    number,
                                                    item.text(Tag.SEGMENT_LABEL).orElse(""),
                                                    item.item(Tag.SEGMENT_TYPE)
                                                            .flatMap(t -> t.text(Tag.CODE_MEANING))
                                                            .orElse(""))));
        }
        return List.copyOf(regions);
    }

    @Override
    public NavigableSet<String> referencedSeries() {
        return MaskObject.seriesWithin(
                file.data(), Tag.REFERENCED_SERIES, Tag.STUDIES_CONTAINING_OTHERS);
    }

    /**
     * The frames of a segment.
     *
     * @param number the segment
     * @return 0-based frames, as stored
     */
    public int[] frames(int number) {
        return java.util.stream.IntStream.range(0, segmentOf.length)
                .filter(f -> segmentOf[f] == number)
                .toArray();
    }

    /**
     * One frame as a volume of depth 1.
     *
     * @param frame 0-based, as stored
     * @return 0 to 1 at its place in the patient
     * @throws DicomException when its place or its pixels are missing or damaged
     * @throws IOException when the file cannot be read
     */
    public Volume frame(int frame) throws IOException {
        Slice slice = frames.get(frame);
        Grid grid = grid(1, affine(slice, normalStep(slice, thickness())));
        int[] stored = file.storedValues(frame);
        return Volume.filled(
                grid,
                voxels -> {
                    for (int n = 0; n < voxels.length; n++) {
                        voxels[n] = stored[n] / most;
                    }
                });
    }

    @Override
    public Placed on(int number, Grid image, Mismatch otherwise) throws IOException {
        int[] mine = frames(number);
        for (int f : mine) {
            if (!place(frames.get(f), image).exact()) {
                if (otherwise == Mismatch.REFUSE) {
                    throw new DicomException(
                            String.format(
                                    "%s: frame %d of segment %d does not lie on the voxels of the"
                                            + " image (%s); resample it or give its own image",
                                    name, f + 1, number, image));
                }
                return resampled(number, mine, image);
            }
        }
        List<String> remarks = new ArrayList<>();
        Volume volume = Volume.filled(image, voxels -> copy(mine, image, voxels, remarks));
        if (!remarks.isEmpty() && otherwise == Mismatch.REFUSE) {
            throw new DicomException(name + ": segment " + number + ": " + remarks.get(0));
        }
        return new Placed(volume, remarks);
    }

    private void copy(int[] mine, Grid image, float[] voxels, List<String> remarks)
            throws IOException {
        long[] lost = {0};
        file.forEachFrame(
                mine,
                (f, stored) -> {
                    Place p = place(frames.get(f), image);
                    for (int n = 0; n < stored.length; n++) {
                        if (stored[n] != 0) {
                            int at = p.index(n % file.columns(), n / file.columns(), image);
                            if (at < 0) {
                                lost[0]++;
                            } else {
                                voxels[at] = Math.max(voxels[at], stored[n] / most);
                            }
                        }
                    }
                });
        if (lost[0] > 0) {
            remarks.add(lost[0] + " voxels lie outside the image");
        }
    }

    /** Index of the first pixel of a frame in the image, and its steps; exact when whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Place(long[] origin, long[] across, long[] down, boolean exact) {
        int index(int x, int y, Grid image) {
            long i = origin[0] + x * across[0] + y * down[0];
            long j = origin[1] + x * across[1] + y * down[1];
            long k = origin[2] + x * across[2] + y * down[2];
            boolean inside = i >= 0 && j >= 0 && k >= 0;
            inside &= i < image.width() && j < image.height() && k < image.depth();
            return inside ? (int) ((k * image.height() + j) * image.width() + i) : -1;
        }
    }

    private Place place(Slice slice, Grid image) throws DicomException {
        double[] affine = affine(slice, new double[3]);
        double[] o = image.toIndex(affine[3], affine[7], affine[11]);
        long[][] whole = new long[3][3];
        double worst = 0;
        for (int axis = 0; axis < 3; axis++) {
            double extent = axis == 0 ? file.columns() : file.rows();
            double[] next =
                    axis == 2
                            ? o
                            : image.toIndex(
                                    affine[3] + affine[axis],
                                    affine[7] + affine[4 + axis],
                                    affine[11] + affine[8 + axis]);
            for (int r = 0; r < 3; r++) {
                double step = axis == 2 ? o[r] : next[r] - o[r];
                whole[axis][r] = Math.round(step);
                worst = Math.max(worst, Math.abs(step - whole[axis][r]) * (axis == 2 ? 1 : extent));
            }
        }
        boolean unit = length(whole[0]) == 1 && length(whole[1]) == 1;
        return new Place(whole[2], whole[0], whole[1], unit && worst <= ROUNDING);
    }

    private static long length(long[] v) {
        return v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    }

    private Placed resampled(int number, int[] mine, Grid image) throws IOException {
        Grid own = ownGrid(mine);
        Volume drawn = Volume.filled(own, voxels -> copy(mine, own, voxels, new ArrayList<>()));
        Interpolation how = fractional ? Interpolation.LINEAR : Interpolation.NEAREST;
        return new Placed(
                drawn.resample(image, how, 0),
                List.of(
                        String.format(
                                Locale.ROOT,
                                "segment %d was resampled (%s) from %s",
                                number,
                                how.name().toLowerCase(Locale.ROOT),
                                own)));
    }

    /** The stack that the frames of a segment lie on; frames that are not stored are empty. */
    private Grid ownGrid(int[] mine) throws DicomException {
        double[] normal = frames.get(mine[0]).normal();
        if (normal == null) {
            throw new DicomException(name + ": a frame has no orientation (0020,0037)");
        }
        List<Slice> sorted = new ArrayList<>();
        for (int f : mine) {
            sorted.add(frames.get(f));
        }
        sorted.sort(java.util.Comparator.comparingDouble(s -> s.along(normal)));
        Slice first = sorted.get(0);
        double step = Double.POSITIVE_INFINITY;
        for (int n = 1; n < sorted.size(); n++) {
            double gap = sorted.get(n).along(normal) - sorted.get(n - 1).along(normal);
            step = gap > 0.01 ? Math.min(step, gap) : step;
        }
        step = Double.isInfinite(step) ? thickness() : step;
        double last = (sorted.get(sorted.size() - 1).along(normal) - first.along(normal)) / step;
        if (!(last < 8 * mine.length + 8)) {
            throw new DicomException(name + ": its frames are too far apart for a stack");
        }
        Grid own = grid((int) Math.rint(last) + 1, affine(first, normalStep(first, step)));
        for (Slice s : sorted) {
            if (!place(s, own).exact()) {
                throw new DicomException(
                        name + ": its frames are no even stack of one orientation");
            }
        }
        return own;
    }

    private Grid grid(int depth, double[] affine) throws DicomException {
        try {
            return Grid.ofAffine(new int[] {file.columns(), file.rows(), depth}, affine);
        } catch (IllegalArgumentException degenerate) {
            throw new DicomException(name + ": " + degenerate.getMessage(), degenerate);
        }
    }

    private double thickness() {
        DataSet data = file.data();
        for (int tag : new int[] {Tag.SPACING_BETWEEN_SLICES, Tag.SLICE_THICKNESS}) {
            double mm =
                    data.item(Tag.SHARED_GROUPS)
                            .flatMap(g -> g.item(Tag.PIXEL_MEASURES_SEQUENCE))
                            .map(m -> m.number(tag).orElse(0))
                            .orElse(0.0);
            if (mm > 0) {
                return mm;
            }
        }
        return 1;
    }

    private double[] normalStep(Slice slice, double step) throws DicomException {
        double[] n = slice.normal();
        if (n == null) {
            throw new DicomException(name + ": a frame has no orientation (0020,0037)");
        }
        return new double[] {n[0] * step, n[1] * step, n[2] * step};
    }

    private double[] affine(Slice slice, double[] step) throws DicomException {
        double[] o = slice.orientation();
        double[] p = slice.position();
        double[] s = slice.spacing();
        if (o == null || p == null || s == null) {
            throw new DicomException(
                    name + ": frame " + (slice.frame() + 1) + " has no place in the patient");
        }
        double[] affine = new double[12];
        for (int r = 0; r < 3; r++) {
            affine[r * 4] = o[r] * s[1];
            affine[r * 4 + 1] = o[r + 3] * s[0];
            affine[r * 4 + 2] = step[r];
            affine[r * 4 + 3] = p[r];
        }
        return affine;
    }
}
