// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.mask;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A mask with one whole number per voxel: 0 background, 1 liver, 2 and up one label per lesion.
 * Lesions are part of the liver. Immutable.
 *
 * @since 0.1.0
 */
public final class LabelMap {
    /** Background. */
    public static final int BACKGROUND = 0;

    /** Liver without its lesions. */
    public static final int LIVER = 1;

    private static final int MOST = 65535;

    /** Corners that differ less are the same place: a tenth of the thinnest usual voxel. */
    private static final double SAME_MM = 0.05;

    private final Volume volume;
    private final SortedMap<Integer, Integer> sizes;

    private LabelMap(Volume volume, SortedMap<Integer, Integer> sizes) {
        this.volume = volume;
        this.sizes = sizes;
    }

    /**
     * A label map from a volume.
     *
     * @param volume whole numbers of 0 to 65535
     * @return the label map
     * @throws IllegalArgumentException when a voxel is no label, as in a probability map
     */
    public static LabelMap of(Volume volume) {
        int[] count = new int[MOST + 1];
        for (int v = 0; v < volume.grid().voxels(); v++) {
            float value = volume.at(v);
            int label = Math.round(value);
            if (!(Math.abs(value - label) <= 1e-3f && label >= 0 && label <= MOST)) {
                throw new IllegalArgumentException(
                        "a mask holds the value "
                                + value
                                + ", allowed are whole labels (0 background, 1 liver, 2 and up one"
                                + " per lesion, at most 65535); threshold a map of probabilities"
                                + " first, and export labels without a scale");
            }
            count[label]++;
        }
        SortedMap<Integer, Integer> sizes = new TreeMap<>();
        for (int label = 1; label <= MOST; label++) {
            if (count[label] > 0) {
                sizes.put(label, count[label]);
            }
        }
        return new LabelMap(volume, Collections.unmodifiableSortedMap(sizes));
    }

    /**
     * The labels as a volume.
     *
     * @return the volume
     */
    public Volume volume() {
        return volume;
    }

    /**
     * Where the voxels lie.
     *
     * @return the grid
     */
    public Grid grid() {
        return volume.grid();
    }

    /**
     * The label of one voxel.
     *
     * @param index 0 to voxels - 1
     * @return 0 for background
     */
    public int at(int index) {
        return Math.round(volume.at(index));
    }

    /**
     * Voxels by label, background left out.
     *
     * @return immutable, in the order of the labels
     */
    public SortedMap<Integer, Integer> sizes() {
        return sizes;
    }

    /**
     * The labels that a rule chooses among the lesions (labels of 2 and up).
     *
     * @param rule index, largest or all
     * @return empty when there is no lesion
     */
    public Set<Integer> lesions(LesionRule rule) {
        SortedMap<Integer, Integer> lesions = sizes.tailMap(LIVER + 1);
        if (lesions.isEmpty()) {
            return Set.of();
        }
        return switch (rule) {
            case INDEX -> Set.of(lesions.firstKey());
            case LARGEST ->
                    Set.of(
                            lesions.entrySet().stream()
                                    .max(
                                            Map.Entry.<Integer, Integer>comparingByValue()
                                                    .thenComparing(
                                                            Map.Entry.comparingByKey(
                                                                    Comparator.reverseOrder())))
                                    .map(Map.Entry::getKey)
                                    .orElseThrow());
            case ALL -> Set.copyOf(lesions.keySet());
        };
    }

    /**
     * The lesions that a rule chooses, as flags.
     *
     * @param rule index, largest or all
     * @return one flag per voxel; all false when there is no lesion
     */
    public boolean[] lesion(LesionRule rule) {
        Set<Integer> chosen = lesions(rule);
        return flags(chosen::contains);
    }

    /**
     * The liver with its lesions.
     *
     * @return one flag per voxel
     */
    public boolean[] liver() {
        return flags(label -> label >= LIVER);
    }

    private boolean[] flags(java.util.function.IntPredicate chosen) {
        boolean[] of = new boolean[sizes.isEmpty() ? 1 : sizes.lastKey() + 1];
        for (int label = 0; label < of.length; label++) {
            of[label] = chosen.test(label);
        }
        boolean[] flags = new boolean[volume.grid().voxels()];
        for (int v = 0; v < flags.length; v++) {
            flags[v] = of[at(v)];
        }
        return flags;
    }

    /**
     * The mask on the voxels of an image; never by index alone.
     *
     * @param image grid of the image
     * @param rule what to do when the voxels differ
     * @return this map when its voxels are those of the image, else a resampled one
     * @throws IllegalArgumentException when they differ and the rule is {@link
     *     GeometryRule#REFUSE}, or when no labelled voxel comes to lie within the image
     */
    public LabelMap on(Grid image, GeometryRule rule) {
        if (volume.grid().matches(image, SAME_MM)) {
            return this;
        }
        if (rule == GeometryRule.REFUSE) {
            throw new IllegalArgumentException(
                    "the mask lies on "
                            + volume.grid()
                            + ", the image on "
                            + image
                            + "; resample the mask or choose the series it was drawn on");
        }
        LabelMap moved = of(volume.resample(image, Interpolation.NEAREST, BACKGROUND));
        if (moved.sizes.isEmpty() && !sizes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no labelled voxel of the mask on "
                            + volume.grid()
                            + " lies within the image on "
                            + image
                            + "; check that both belong together");
        }
        return moved;
    }

    /**
     * Whether a labelled voxel lies within an image.
     *
     * @param image grid of the image
     * @return false when mask and image cannot belong together
     */
    public boolean reaches(Grid image) {
        for (int v = 0; v < grid().voxels(); v++) {
            if (at(v) != BACKGROUND && image.containsVoxel(grid(), v)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The map of a mask that may be missing: then the whole image is one region, labelled {@link
     * #LIVER}.
     *
     * @param mask the mask, empty when there is none
     * @param image grid of the image
     * @param rule what to do when the voxels differ
     * @return a map on the image's grid
     */
    public static LabelMap orWhole(Optional<LabelMap> mask, Grid image, GeometryRule rule) {
        return mask.map(m -> m.on(image, rule))
                .orElseGet(
                        () ->
                                of(
                                        Volume.<RuntimeException>filled(
                                                image, v -> java.util.Arrays.fill(v, LIVER))));
    }

    @Override
    public String toString() {
        return sizes.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue() + " voxels")
                .collect(Collectors.joining(", ", "labels {", "}"));
    }
}
