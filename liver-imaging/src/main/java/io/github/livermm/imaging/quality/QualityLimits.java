// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.quality;

/**
 * Where an image becomes suspicious.
 *
 * @param fewestSlices slices, at least 1
 * @param thickestMm distance of slices
 * @param leastCoverageMm extent towards the head, when no mask shows the liver
 * @param noisiestHu standard deviation of CT noise
 * @param noisiestShare standard deviation of MR noise over the signal of the tissue
 * @since 0.1.0
 */
public record QualityLimits(
        int fewestSlices,
        double thickestMm,
        double leastCoverageMm,
        double noisiestHu,
        double noisiestShare) {
    /** Checks the ranges. */
    public QualityLimits {
        if (fewestSlices < 1
                || !(thickestMm > 0
                        && leastCoverageMm >= 0
                        && noisiestHu > 0
                        && noisiestShare > 0)) {
            throw new IllegalArgumentException(
                    "limits are "
                            + fewestSlices
                            + " slices, "
                            + thickestMm
                            + " mm, "
                            + leastCoverageMm
                            + " mm, "
                            + noisiestHu
                            + " HU and "
                            + noisiestShare
                            + ", allowed are positive limits");
        }
    }

    /**
     * 10 slices, 8 mm, 100 mm, 40 HU, 0.3. The 8 mm are the largest slice distance of abdominal
     * protocols in use; an adult liver is 100 mm high or more; thin CT slices reach 30 HU.
     *
     * @return the defaults
     */
    public static QualityLimits defaults() {
        return new QualityLimits(10, 8, 100, 40, 0.3);
    }
}
