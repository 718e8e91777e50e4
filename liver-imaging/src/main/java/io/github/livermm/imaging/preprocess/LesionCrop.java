// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.GeometryRule;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the phases of one patient out around a lesion with a margin, on one small grid along the
 * patient axes. Without a lesion in the mask the liver is cut out, without a mask the whole volume
 * is taken. A phase with its own mask is centred on the lesion as that phase shows it, which takes
 * out the difference between two breath-holds; the others use the reference phase.
 *
 * @param depth voxels towards the head
 * @param height voxels towards the back
 * @param width voxels towards the left
 * @param marginMm tissue shown around the lesion or liver; width of the ring
 * @param target which lesion, and how much of the tissue
 * @param mrScale how MR values are made comparable
 * @since 0.1.0
 */
public record LesionCrop(
        int depth, int height, int width, double marginMm, CropTarget target, MrScale mrScale) {
    /** Most voxels along an axis. */
    static final int MOST_VOXELS = 256;

    /** Corners that differ less are the same place. */
    private static final double SAME_MM = 0.05;

    /** Phases by how well a lesion's outline shows, best first. */
    private static final List<Channel> REFERENCE =
            List.of(
                    Channel.PORTAL,
                    Channel.DELAYED,
                    Channel.ARTERIAL,
                    Channel.HEPATOBILIARY,
                    Channel.T2,
                    Channel.PRE);

    /** Checks the ranges. */
    public LesionCrop {
        if (Math.min(depth, Math.min(height, width)) < 4
                || Math.max(depth, Math.max(height, width)) > MOST_VOXELS) {
            throw new IllegalArgumentException(
                    String.format(
                            "grid is %d x %d x %d, allowed are 4 to 256 voxels along an axis",
                            depth, height, width));
        }
        if (!(marginMm >= 0 && marginMm <= 100)) {
            throw new IllegalArgumentException(
                    "margin is " + marginMm + " mm, allowed is 0 to 100 mm");
        }
    }

    /**
     * The largest lesion with its margin, MR relative to the liver.
     *
     * @param depth voxels towards the head
     * @param height voxels towards the back
     * @param width voxels towards the left
     * @param marginMm tissue shown around the lesion or liver
     */
    public LesionCrop(int depth, int height, int width, double marginMm) {
        this(depth, height, width, marginMm, CropTarget.defaults(), MrScale.LIVER);
    }

    /**
     * 12 x 24 x 24 voxels, slices being thicker than pixels; 10 mm around the lesion, within the 5
     * to 20 mm that published designs use.
     *
     * @return the defaults
     */
    public static LesionCrop defaults() {
        return new LesionCrop(12, 24, 24, 10);
    }

    /**
     * The same with another grid.
     *
     * @param newDepth voxels towards the head
     * @param newHeight voxels towards the back
     * @param newWidth voxels towards the left
     * @return a copy
     */
    public LesionCrop withGrid(int newDepth, int newHeight, int newWidth) {
        return new LesionCrop(newDepth, newHeight, newWidth, marginMm, target, mrScale);
    }

    /**
     * The same with another margin.
     *
     * @param newMarginMm 0 to 100
     * @return a copy
     */
    public LesionCrop withMarginMm(double newMarginMm) {
        return new LesionCrop(depth, height, width, newMarginMm, target, mrScale);
    }

    /**
     * The same for another target.
     *
     * @param newTarget which lesion, and how much of the tissue
     * @return a copy
     */
    public LesionCrop withTarget(CropTarget newTarget) {
        return new LesionCrop(depth, height, width, marginMm, newTarget, mrScale);
    }

    /**
     * The same with another scale of MR values.
     *
     * @param newScale the scale
     * @return a copy
     */
    public LesionCrop withMrScale(MrScale newScale) {
        return new LesionCrop(depth, height, width, marginMm, target, newScale);
    }

    /**
     * Cuts out one patient.
     *
     * @param images at least one phase that has a {@link Channel}
     * @param masks label maps by phase (0 background, 1 liver, 2 and up lesions); may be empty, and
     *     a map's grid may differ from that of its image
     * @return the image
     * @throws IllegalArgumentException when no phase has a channel, or a mask lies on other voxels
     *     than its image and the target says to refuse it
     */
    public LesionImage cut(Map<Phase, Volume> images, Map<Phase, Volume> masks) {
        Map<Channel, Phase> phases = channels(images);
        Map<Channel, Volume> onImage = new EnumMap<>(Channel.class);
        Map<Channel, LabelRegion> regions = new EnumMap<>(Channel.class);
        phases.forEach(
                (channel, phase) -> {
                    Volume mask = masks.get(phase);
                    Volume image = images.get(phase);
                    if (mask != null && image != null && isRefused(mask, image)) {
                        throw new IllegalArgumentException(
                                phase.id() + ": the mask does not lie on the voxels of its image");
                    }
                    LabelRegion region =
                            mask == null ? null : LabelRegion.of(mask, target.lesion());
                    if (mask != null && region != null) {
                        onImage.put(channel, mask);
                        regions.put(channel, region);
                    }
                });
        @Nullable Channel reference = reference(regions);
        LabelRegion index = reference == null ? null : regions.get(reference);
        LesionImage.Region region =
                index == null
                        ? LesionImage.Region.BODY
                        : index.isLesion() ? LesionImage.Region.LESION : LesionImage.Region.LIVER;
        LabelRegion shown = shown(index, reference, onImage);
        double side = shown == null ? 0 : shown.extentMm() + 2 * marginMm;
        int[] size = {width, height, depth};
        int block = depth * height * width;
        float[] voxels = new float[Channel.values().length * block];
        boolean[] present = new boolean[Channel.values().length];
        double[] landmarks = landmarks();
        for (Map.Entry<Channel, Phase> e : phases.entrySet()) {
            Volume image = images.get(e.getValue());
            if (image == null) {
                continue;
            }
            LabelRegion own =
                    regions.containsKey(e.getKey())
                            ? shown(regions.get(e.getKey()), e.getKey(), onImage)
                            : shown;
            Volume mask = onImage.get(e.getKey());
            if (mask == null && reference != null) {
                mask = onImage.get(reference);
            }
            Volume aligned = mask == null ? null : align(mask, image.grid());
            boolean relative = e.getValue().isCt() || mrScale == MrScale.LIVER;
            Intensity scale =
                    relative
                            ? Intensity.of(image, e.getValue().isCt(), aligned)
                            : Intensity.UNCHANGED;
            Volume scaled = relative ? image : mrScale.apply(image);
            if (!relative && mrScale == MrScale.NYUL) {
                double[] marks = NyulScale.landmarks(scaled, Normalisation.foreground(scaled));
                int from = e.getKey().plane() * marks.length;
                System.arraycopy(marks, 0, landmarks, from, marks.length);
            }
            Grid box =
                    own == null
                            ? whole(image.grid(), size)
                            : Grid.centred(size, spacing(size, side), own.centre());
            Volume cut = scaled.resample(box, Interpolation.MEAN, Float.NaN);
            boolean[] visible = mask == null ? null : visible(mask, own, box);
            for (int v = 0; v < block; v++) {
                float value = cut.at(v);
                voxels[e.getKey().plane() * block + v] =
                        Float.isNaN(value) || (visible != null && !visible[v])
                                ? 0
                                : scale.apply(value);
            }
            present[e.getKey().plane()] = true;
        }
        float[] lesion = new float[block];
        if (index != null && index.isLesion() && reference != null) {
            Volume mask = onImage.get(reference);
            if (mask != null) {
                lesion =
                        share(
                                mask,
                                index,
                                Grid.centred(
                                        size,
                                        spacing(size, side),
                                        (shown == null ? index : shown).centre()));
            }
        }
        double[] measured =
                LesionMeasurement.of(index, lesion, voxels, present, size, spacing(size, side));
        return new LesionImage(size, voxels, present, lesion, region, measured, landmarks);
    }

    /**
     * Whether a mask may not be used with an image.
     *
     * @param mask the mask
     * @param image the image it was drawn on
     * @return true when it lies on other voxels and the target says to refuse it then
     */
    public boolean isRefused(Volume mask, Volume image) {
        return target.masks() == GeometryRule.REFUSE && !mask.grid().matches(image.grid(), SAME_MM);
    }

    private double[] landmarks() {
        int count = mrScale == MrScale.NYUL ? NyulScale.LANDMARKS : 0;
        double[] none = new double[count * Channel.values().length];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /** What the box is laid around. */
    private @Nullable LabelRegion shown(
            @Nullable LabelRegion index, @Nullable Channel channel, Map<Channel, Volume> masks) {
        Volume mask = channel == null ? null : masks.get(channel);
        return target.view() == CropTarget.View.LIVER && mask != null
                ? LabelRegion.liver(mask)
                : index;
    }

    /** Voxels of the ring around the lesion; null when everything is to be seen. */
    private boolean @Nullable [] visible(Volume mask, @Nullable LabelRegion lesion, Grid box) {
        if (target.view() != CropTarget.View.RING || lesion == null || !lesion.isLesion()) {
            return null;
        }
        LabelRegion liver = LabelRegion.liver(mask);
        float[] inside = share(mask, lesion, box);
        float[] organ = liver == null ? inside : share(mask, liver, box);
        boolean[] structure = new boolean[inside.length];
        boolean[] around = new boolean[inside.length];
        for (int v = 0; v < inside.length; v++) {
            structure[v] = inside[v] >= 0.5f;
            around[v] = organ[v] >= 0.5f;
        }
        return Region.ring(box, structure, around, Math.max(marginMm, box.spacingMm(0)));
    }

    /** One phase per channel; where two share one, the modality with more phases is kept. */
    private static Map<Channel, Phase> channels(Map<Phase, Volume> images) {
        long ct =
                images.keySet().stream().filter(p -> p.isCt() && Channel.of(p).isPresent()).count();
        long mr =
                images.keySet().stream()
                        .filter(p -> !p.isCt() && Channel.of(p).isPresent())
                        .count();
        Map<Channel, Phase> phases = new EnumMap<>(Channel.class);
        for (Phase phase : Phase.values()) {
            if (images.containsKey(phase) && phase.isCt() == (ct >= mr)) {
                Channel.of(phase).ifPresent(c -> phases.put(c, phase));
            }
        }
        if (phases.isEmpty()) {
            throw new IllegalArgumentException(
                    "phases are "
                            + images.keySet()
                            + ", allowed is at least one of the dynamic phases, T1 or T2");
        }
        return phases;
    }

    private static @Nullable Channel reference(Map<Channel, LabelRegion> regions) {
        Channel found = null;
        for (Channel channel : REFERENCE) {
            LabelRegion region = regions.get(channel);
            if (region != null && region.isLesion()) {
                return channel;
            }
            if (region != null && found == null) {
                found = channel;
            }
        }
        return found;
    }

    private static Volume align(Volume mask, Grid grid) {
        return mask.grid().matches(grid, 1e-3)
                ? mask
                : mask.resample(grid, Interpolation.NEAREST, 0);
    }

    private static double[] spacing(int[] size, double side) {
        double[] spacing = new double[3];
        for (int a = 0; a < 3; a++) {
            spacing[a] = Math.max(1e-3, side / size[a]);
        }
        return spacing;
    }

    /** The whole volume, along the patient axes. */
    private static Grid whole(Grid image, int[] size) {
        double[] low = new double[3];
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int c = 0; c < 8; c++) {
            double[] p =
                    image.toPatient(
                            (c & 1) * image.width() - 0.5,
                            (c >> 1 & 1) * image.height() - 0.5,
                            (c >> 2) * image.depth() - 0.5);
            for (int a = 0; a < 3; a++) {
                low[a] = Math.min(low[a], p[a]);
                high[a] = Math.max(high[a], p[a]);
            }
        }
        double[] spacing = new double[3];
        double[] centre = new double[3];
        for (int a = 0; a < 3; a++) {
            spacing[a] = (high[a] - low[a]) / size[a];
            centre[a] = (high[a] + low[a]) / 2;
        }
        return Grid.centred(size, spacing, centre);
    }

    private static float[] share(Volume mask, LabelRegion index, Grid target) {
        Volume binary =
                Volume.<RuntimeException>filled(
                        mask.grid(),
                        voxels -> {
                            for (int v = 0; v < voxels.length; v++) {
                                voxels[v] = index.contains(mask.at(v)) ? 1 : 0;
                            }
                        });
        return binary.resample(target, Interpolation.MEAN, 0).toArray();
    }
}
