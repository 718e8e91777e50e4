// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A DICOM segmentation (SEG), binary or fractional. Frames are placed by their position in the
 * patient, in whatever order they are stored, and belong to the segment that they name. A frame is
 * as thick as the distance of slices or the thickness that is stated, or as the smallest gap of two
 * frames when that is less; frames farther apart than that do not touch.
 *
 * @since 0.1.0
 */
public final class DicomSegmentation implements MaskObject {
    /** Every slice of the image is visited this often at most, whatever the file says. */
    private static final long MOST_VISITS = 64;

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
        if (groups.isEmpty()) {
            throw new DicomException(
                    String.format(
                            "%s: 0 functional groups (5200,9230) for %d frames",
                            DicomFile.name(file.path()), file.frames()));
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
        TreeMap<Integer, Region> regions = new TreeMap<>();
        for (DataSet item : file.data().items(Tag.SEGMENT_SEQUENCE)) {
            item.unsigned16(Tag.SEGMENT_NUMBER)
                    .ifPresent(
                            number ->
                                    regions.putIfAbsent(
                                            number,
                                            new Region(
                                                    number,
                                                    item.text(Tag.SEGMENT_LABEL).orElse(""),
                                                    item.item(Tag.SEGMENT_TYPE)
                                                            .flatMap(t -> t.text(Tag.CODE_MEANING))
                                                            .orElse(""))));
        }
        // frames may name a segment that nothing describes
        for (int number : segmentOf) {
            regions.putIfAbsent(number, new Region(number, "", ""));
        }
        return List.copyOf(regions.values());
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
        return IntStream.range(0, segmentOf.length).filter(f -> segmentOf[f] == number).toArray();
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
        double mm = thickness(frame);
        double[] step = FrameStack.normal(slice);
        for (int r = 0; r < 3; r++) {
            step[r] *= Double.isFinite(mm) ? mm : FrameStack.UNKNOWN_MM;
        }
        int[] stored = file.storedValues(frame);
        return Volume.filled(
                FramePlace.stack(slice, step, 1),
                voxels -> {
                    for (int n = 0; n < voxels.length; n++) {
                        voxels[n] = stored[n] / most;
                    }
                });
    }

    @Override
    public Placed on(int number, Grid image, Mismatch otherwise) throws IOException {
        Misfits misfits = new Misfits(name + ": segment " + number, otherwise);
        int[] mine = frames(number);
        return misfits.placed(Volume.filled(image, v -> put(mine, image, v, misfits)));
    }

    private void put(int[] mine, Grid image, float[] voxels, Misfits misfits) throws IOException {
        long lost =
                lieOnVoxels(mine, image, misfits)
                        ? copy(mine, image, voxels)
                        : resample(mine, image, voxels, misfits);
        if (lost > 0) {
            misfits.change(lost + " voxels lie outside the image");
        }
    }

    private boolean lieOnVoxels(int[] mine, Grid image, Misfits misfits) throws DicomException {
        double apart = mine.length == 0 ? 0 : apart(mine);
        for (int f : mine) {
            FramePlace place = FramePlace.of(frames.get(f), image);
            if (!place.exact()) {
                misfits.refuse(
                        "frame " + (f + 1) + " does not lie on the voxels of the image " + image);
                return false;
            }
            if (apart > FrameStack.NEIGHBOURS * place.spacingAcrossMm(image)) {
                misfits.refuse(
                        String.format(
                                Locale.ROOT,
                                "its frames are %.2f mm apart, those of the image %.2f mm",
                                apart,
                                place.spacingAcrossMm(image)));
                return false;
            }
        }
        return true;
    }

    /** How far apart slices were when frames were drawn, in mm; 0 when that is not sure. */
    private double apart(int[] mine) throws DicomException {
        double gap = FrameStack.smallestGap(slices(mine));
        double stated = stated(mine[0], Tag.SPACING_BETWEEN_SLICES);
        if (Double.isFinite(stated)) {
            return Math.min(gap, stated);
        }
        // slices may be thicker than they are apart: the thickness of a single one tells nothing
        double thickness = stated(mine[0], Tag.SLICE_THICKNESS);
        return Double.isFinite(gap) && Double.isFinite(thickness) ? Math.min(gap, thickness) : 0;
    }

    private List<Slice> slices(int[] mine) {
        return Arrays.stream(mine).mapToObj(frames::get).toList();
    }

    /** Writes frames on the voxels that they lie on; gives the number of voxels outside. */
    private long copy(int[] mine, Grid image, float[] voxels) throws IOException {
        long[] lost = {0};
        file.forEachFrame(
                mine,
                (f, stored) -> {
                    FramePlace p = FramePlace.of(frames.get(f), image);
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
        return lost[0];
    }

    private long resample(int[] mine, Grid image, float[] voxels, Misfits misfits)
            throws IOException {
        Interpolation how = fractional ? Interpolation.LINEAR : Interpolation.NEAREST;
        List<FrameStack> stacks = FrameStack.of(slices(mine), thickness(mine[0]));
        int slice = image.width() * image.height();
        long lost = 0;
        long visited = 0;
        for (FrameStack stack : stacks) {
            Grid own = stack.grid();
            Volume drawn = Volume.filled(own, v -> copy(stack.frames(), own, v));
            lost += outside(drawn, image);
            int[] touched = stack.slices(image);
            int depth = touched[1] - touched[0];
            if (depth > 0) {
                visited += depth;
                if (visited > MOST_VISITS * image.depth()) {
                    throw new DicomException(
                            name + ": its frames lie scattered in " + stacks.size() + " stacks");
                }
                Grid part =
                        image.box(
                                new int[] {0, 0, touched[0]},
                                new int[] {image.width(), image.height(), depth});
                Volume there = drawn.resample(part, how, 0);
                for (int n = 0; n < depth * slice; n++) {
                    int at = touched[0] * slice + n;
                    voxels[at] = Math.max(voxels[at], there.at(n));
                }
            }
        }
        misfits.remark(
                String.format(
                        Locale.ROOT,
                        "resampled (%s) from %d stacks of frames, the first %s",
                        how.name().toLowerCase(Locale.ROOT),
                        stacks.size(),
                        stacks.get(0).grid()));
        return lost;
    }

    /** Voxels of a region whose centres no voxel of the image contains. */
    private static long outside(Volume drawn, Grid image) {
        Grid own = drawn.grid();
        long outside = 0;
        for (int n = 0; n < own.voxels(); n++) {
            outside += drawn.at(n) > 0 && !image.containsVoxel(own, n) ? 1 : 0;
        }
        return outside;
    }

    /** How thick a frame is, in mm; infinite when nothing is stated. */
    private double thickness(int frame) {
        double apart = stated(frame, Tag.SPACING_BETWEEN_SLICES);
        return Double.isFinite(apart) ? apart : stated(frame, Tag.SLICE_THICKNESS);
    }

    /** A pixel measure of a frame, else of all frames; infinite when it is not stated. */
    private double stated(int frame, int tag) {
        return Stream.concat(
                        Stream.of(file.data().items(Tag.PER_FRAME_GROUPS).get(frame)),
                        file.data().item(Tag.SHARED_GROUPS).stream())
                .flatMap(group -> group.item(Tag.PIXEL_MEASURES_SEQUENCE).stream())
                .map(measures -> measures.number(tag).orElse(0))
                .filter(mm -> mm > 0)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
