// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.GeometryRule;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Volume;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

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
     * @param images at least one phase that has a {@link Channel}; voxels that are not finite take
     *     no part in any level or range and are blank
     * @param masks label maps by phase; may be empty, and a map's grid may differ from that of its
     *     image
     * @return the image
     * @throws IllegalArgumentException when no phase has a channel and shows something, or a mask
     *     lies on other voxels than its image and the target says to refuse it
     */
    public LesionImage cut(Map<Phase, Volume> images, Map<Phase, LabelMap> masks) {
        return cut(images, masks, (phase, reason) -> {})
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "phases are "
                                                + images.keySet()
                                                + ", allowed is at least one of the dynamic phases,"
                                                + " T1 or T2 that shows something"));
    }

    /**
     * Cuts out one patient as far as possible.
     *
     * @param images by phase
     * @param masks label maps by phase
     * @param remarks takes what cannot be used of a phase, and why; a phase that shows nothing, or
     *     that cannot be brought to the scale, is left out
     * @return the image; empty when no phase is left
     * @throws IllegalArgumentException when a mask lies on other voxels than its image and the
     *     target says to refuse it
     */
    public Optional<LesionImage> cut(
            Map<Phase, Volume> images,
            Map<Phase, LabelMap> masks,
            BiConsumer<Phase, String> remarks) {
        Map<Channel, Phase> phases = channels(images);
        Map<Channel, LabelMap> marked = new EnumMap<>(Channel.class);
        phases.forEach(
                (channel, phase) -> {
                    LabelMap mask = masks.get(phase);
                    Volume image = images.get(phase);
                    if (mask != null && image != null && isRefused(mask, image)) {
                        throw new IllegalArgumentException(
                                phase.id() + ": the mask does not lie on the voxels of its image");
                    }
                    if (mask != null && !mask.sizes().isEmpty()) {
                        marked.put(channel, mask);
                    }
                });
        return new LesionCutter(this, marked, remarks).cut(phases, images);
    }

    /**
     * Whether a mask may not be used with an image.
     *
     * @param mask the mask
     * @param image the image it was drawn on
     * @return true when it lies on other voxels and the target says to refuse it then
     */
    public boolean isRefused(LabelMap mask, Volume image) {
        return target.masks() == GeometryRule.REFUSE && !mask.grid().matches(image.grid(), SAME_MM);
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
        return phases;
    }
}
