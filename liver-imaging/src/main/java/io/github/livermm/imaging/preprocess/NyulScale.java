// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A standard scale of MR intensities learned from training images: the percentiles 1, 10, 20 to 90
 * and 99 of an image's region are its landmarks; those of every training image are mapped linearly
 * so that the outer two become 0 and 100, and averaged. An image is normalised by the piecewise
 * linear map that takes its landmarks to the averages; beyond the outer landmarks the outer pieces
 * go on. To be fitted inside the training fold.
 *
 * <p>Reference: Nyul LG, Udupa JK, Zhang X 2000, doi:10.1109/42.836373.
 *
 * @since 0.1.0
 */
public final class NyulScale {
    private static final double[] PERCENT = {1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99};

    /** How many landmarks an image has. */
    static final int LANDMARKS = PERCENT.length;

    private final double[] standard;

    private NyulScale(double[] standard) {
        this.standard = standard;
    }

    /**
     * Learns the scale.
     *
     * @param images at least one
     * @param regions one flag per voxel for each image, such as {@link Normalisation#foreground}
     * @return the scale
     * @throws IllegalArgumentException when the lists differ in length or a region has no spread
     */
    public static NyulScale fit(List<Volume> images, List<boolean[]> regions) {
        if (images.isEmpty() || images.size() != regions.size()) {
            throw new IllegalArgumentException(
                    "there are "
                            + images.size()
                            + " images and "
                            + regions.size()
                            + " regions, allowed are as many of both and at least one");
        }
        List<double[]> marks = new ArrayList<>();
        for (int n = 0; n < images.size(); n++) {
            marks.add(landmarks(images.get(n), regions.get(n)));
        }
        return fit(marks);
    }

    /**
     * Learns the scale from landmarks that were taken before.
     *
     * @param landmarks at least one, each as {@link #landmarks} gave it
     * @return the scale
     */
    public static NyulScale fit(List<double[]> landmarks) {
        if (landmarks.isEmpty()) {
            throw new IllegalArgumentException("landmarks are empty, at least one image is needed");
        }
        double[] sum = new double[PERCENT.length];
        for (double[] marks : landmarks) {
            double low = marks[0];
            double range = marks[marks.length - 1] - low;
            for (int p = 0; p < sum.length; p++) {
                sum[p] += 100 * (marks[p] - low) / range;
            }
        }
        return new NyulScale(Arrays.stream(sum).map(s -> s / landmarks.size()).toArray());
    }

    /**
     * A scale that was fitted before.
     *
     * @param standard as {@link #standard()} gave it
     * @return the scale
     */
    public static NyulScale of(double... standard) {
        if (standard.length != PERCENT.length) {
            throw new IllegalArgumentException(
                    "a scale has " + standard.length + " values, allowed are " + PERCENT.length);
        }
        return new NyulScale(standard.clone());
    }

    /**
     * The landmarks on the standard scale, to be saved.
     *
     * @return eleven rising values from 0 to 100
     */
    public double[] standard() {
        return standard.clone();
    }

    /**
     * The landmarks of an image.
     *
     * @param image the image
     * @param region where they are taken
     * @return eleven values, ascending
     * @throws IllegalArgumentException when the region is empty or has no spread
     */
    public static double[] landmarks(Volume image, boolean[] region) {
        double[] values = Normalisation.values(image, region);
        Arrays.sort(values);
        double[] marks =
                Arrays.stream(PERCENT).map(p -> Normalisation.percentile(values, p)).toArray();
        if (!(marks[marks.length - 1] > marks[0])) {
            throw new IllegalArgumentException(
                    "the values of the region are all equal, a scale needs a spread");
        }
        return marks;
    }

    /**
     * Brings an image to the scale.
     *
     * @param image the image
     * @param region where its landmarks are taken; all voxels are changed
     * @return a new volume on the same grid
     * @throws IllegalArgumentException when the region is empty or has no spread
     */
    public Volume apply(Volume image, boolean[] region) {
        double[] marks = landmarks(image, region);
        return Volume.<RuntimeException>filled(
                image.grid(),
                out -> {
                    for (int v = 0; v < out.length; v++) {
                        out[v] = (float) map(image.at(v), marks);
                    }
                });
    }

    /**
     * Brings one value to the scale.
     *
     * @param x a value of an image
     * @param marks the landmarks of that image
     * @return the value on the standard scale of 0 to 100
     */
    public double map(double x, double[] marks) {
        int last = marks.length - 1;
        int p = 0;
        while (p < last - 1 && x >= marks[p + 1]) {
            p++;
        }
        // outer pieces of no width would be infinitely steep: the nearest one with a width goes on
        int a = p;
        int b = p + 1;
        while (marks[a] == marks[b] && b < last) {
            b++;
        }
        while (marks[a] == marks[b] && a > 0) {
            a--;
        }
        return standard[a] + (x - marks[a]) / (marks[b] - marks[a]) * (standard[b] - standard[a]);
    }
}
