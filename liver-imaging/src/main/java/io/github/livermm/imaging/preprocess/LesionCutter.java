// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cuts one patient out by the choices of a {@link LesionCrop}. */
final class LesionCutter {
    /** Phases by how well a lesion's outline shows, best first. */
    private static final List<Channel> REFERENCE =
            List.of(
                    Channel.PORTAL,
                    Channel.DELAYED,
                    Channel.ARTERIAL,
                    Channel.HEPATOBILIARY,
                    Channel.T2,
                    Channel.PRE);

    private final LesionCrop crop;
    private final BiConsumer<Phase, String> remarks;
    private final Map<Channel, LabelMap> masks;
    private final Map<Channel, LabelRegion> regions = new EnumMap<>(Channel.class);
    private final @Nullable LabelMap mask;
    private final @Nullable LabelRegion index;
    private final @Nullable LabelRegion shown;
    private final int[] size;
    private final int block;
    private final double[] spacing = new double[3];
    private final float[] voxels;
    private final boolean[] present = new boolean[Channel.values().length];
    private final double[] landmarks;

    /** Takes masks that mark something. */
    LesionCutter(LesionCrop crop, Map<Channel, LabelMap> masks, BiConsumer<Phase, String> remarks) {
        this.crop = crop;
        this.remarks = remarks;
        this.masks = masks;
        masks.forEach(
                (channel, map) -> {
                    LabelRegion region = LabelRegion.of(map, crop.target().lesion());
                    if (region != null) {
                        regions.put(channel, region);
                    }
                });
        Channel reference = reference();
        mask = reference == null ? null : masks.get(reference);
        index = reference == null ? null : regions.get(reference);
        shown = shown(index, mask);
        size = new int[] {crop.width(), crop.height(), crop.depth()};
        block = size[0] * size[1] * size[2];
        double side = shown == null ? 0 : shown.extentMm() + 2 * crop.marginMm();
        Arrays.setAll(spacing, a -> Math.max(1e-3, side / size[a]));
        voxels = new float[present.length * block];
        int marks = crop.mrScale() == MrScale.NYUL ? NyulScale.LANDMARKS : 0;
        landmarks = new double[marks * present.length];
        Arrays.fill(landmarks, Double.NaN);
    }

    private @Nullable Channel reference() {
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

    /** What the box is laid around. */
    private @Nullable LabelRegion shown(@Nullable LabelRegion lesion, @Nullable LabelMap map) {
        return crop.target().view() == CropTarget.View.LIVER && map != null
                ? LabelRegion.liver(map)
                : lesion;
    }

    /** The image; empty when no phase shows anything. */
    Optional<LesionImage> cut(Map<Channel, Phase> phases, Map<Phase, Volume> images) {
        phases.forEach(
                (channel, phase) -> {
                    Volume image = images.get(phase);
                    present[channel.plane()] = image != null && cut(channel, phase, image);
                });
        boolean any = false;
        for (boolean there : present) {
            any |= there;
        }
        return any ? Optional.of(measured()) : Optional.empty();
    }

    private LesionImage measured() {
        LesionImage.Region region =
                index == null
                        ? LesionImage.Region.BODY
                        : index.isLesion() ? LesionImage.Region.LESION : LesionImage.Region.LIVER;
        float[] lesion = new float[block];
        if (index != null && index.isLesion() && mask != null && shown != null) {
            lesion = share(mask, index, Grid.centred(size, spacing, shown.centre()));
        }
        double[] measured = LesionMeasurement.of(index, lesion, voxels, present, size, spacing);
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = Float.isNaN(voxels[v]) ? 0 : voxels[v];
        }
        return new LesionImage(size, voxels, present, lesion, region, measured, landmarks);
    }

    /** Fills the plane of a phase; false when it cannot be used, which is told. */
    private boolean cut(Channel channel, Phase phase, Volume image) {
        LabelMap labels = masks.getOrDefault(channel, mask);
        LabelRegion own =
                regions.containsKey(channel) ? shown(regions.get(channel), labels) : shown;
        Grid box =
                own == null ? whole(image.grid(), size) : Grid.centred(size, spacing, own.centre());
        try {
            return fill(channel, phase, image, labels, own, box);
        } catch (IllegalArgumentException unusable) {
            remarks.accept(phase, unusable.getMessage() + "; the phase is left out");
            return false;
        }
    }

    private boolean fill(
            Channel channel,
            Phase phase,
            Volume image,
            @Nullable LabelMap labels,
            @Nullable LabelRegion own,
            Grid box) {
        boolean relative = phase.isCt() || crop.mrScale() == MrScale.LIVER;
        Volume scaled = relative ? image : crop.mrScale().apply(image);
        Volume cut = scaled.resample(box, Interpolation.MEAN, Float.NaN);
        if (!(cut.min() <= cut.max())) {
            remarks.accept(
                    phase,
                    "shows nothing of the part that is cut out, which lies beyond it or holds no"
                            + " numbers; check that mask and image belong together. The phase is"
                            + " left out");
            return false;
        }
        tellWhatIsNoNumber(phase, image, box);
        Intensity scale =
                relative
                        ? Intensity.of(
                                image,
                                phase.isCt(),
                                labels == null ? null : align(labels, image.grid()))
                        : Intensity.UNCHANGED;
        if (!relative && crop.mrScale() == MrScale.NYUL) {
            double[] marks = NyulScale.landmarks(scaled, Normalisation.foreground(scaled));
            System.arraycopy(marks, 0, landmarks, channel.plane() * marks.length, marks.length);
        }
        boolean[] visible = labels == null ? null : visible(labels, own, box);
        int from = channel.plane() * block;
        for (int v = 0; v < block; v++) {
            float value = cut.at(v);
            if (visible == null || visible[v]) {
                // what is no number within the image is not measured, and blank in the end
                voxels[from + v] =
                        !Float.isNaN(value)
                                ? scale.apply(value)
                                : image.grid().containsVoxel(box, v) ? Float.NaN : 0;
            }
        }
        return true;
    }

    private void tellWhatIsNoNumber(Phase phase, Volume image, Grid box) {
        int slice = image.grid().width() * image.grid().height();
        int count =
                IntStream.range(0, image.grid().depth())
                        .parallel()
                        .map(k -> noNumbers(image, box, k * slice, (k + 1) * slice))
                        .sum();
        if (count > 0) {
            remarks.accept(
                    phase,
                    (count == 1
                                    ? "1 voxel of what is shown is no number"
                                    : count + " voxels of what is shown are no numbers")
                            + "; they are left blank: export the image again when they belong to"
                            + " the body");
        }
    }

    private static int noNumbers(Volume image, Grid box, int from, int to) {
        int count = 0;
        for (int v = from; v < to; v++) {
            count += !Float.isFinite(image.at(v)) && box.containsVoxel(image.grid(), v) ? 1 : 0;
        }
        return count;
    }

    /** Voxels of the ring around the lesion; null when everything is to be seen. */
    private boolean @Nullable [] visible(LabelMap map, @Nullable LabelRegion lesion, Grid box) {
        if (crop.target().view() != CropTarget.View.RING || lesion == null || !lesion.isLesion()) {
            return null;
        }
        LabelRegion liver = LabelRegion.liver(map);
        float[] inside = share(map, lesion, box);
        float[] organ = liver == null ? inside : share(map, liver, box);
        boolean[] structure = new boolean[inside.length];
        boolean[] around = new boolean[inside.length];
        for (int v = 0; v < inside.length; v++) {
            structure[v] = inside[v] >= 0.5f;
            around[v] = organ[v] >= 0.5f;
        }
        return Region.ring(box, structure, around, Math.max(crop.marginMm(), box.spacingMm(0)));
    }

    private static LabelMap align(LabelMap map, Grid grid) {
        return map.grid().matches(grid, 1e-3)
                ? map
                : LabelMap.of(
                        map.volume().resample(grid, Interpolation.NEAREST, LabelMap.BACKGROUND));
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

    private static float[] share(LabelMap map, LabelRegion region, Grid target) {
        Volume binary =
                Volume.<RuntimeException>filled(
                        map.grid(),
                        voxels -> {
                            for (int v = 0; v < voxels.length; v++) {
                                voxels[v] = region.contains(map.at(v)) ? 1 : 0;
                            }
                        });
        return binary.resample(target, Interpolation.MEAN, 0).toArray();
    }
}
