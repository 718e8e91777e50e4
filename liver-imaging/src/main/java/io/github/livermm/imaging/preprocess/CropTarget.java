// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.mask.GeometryRule;
import io.github.livermm.imaging.mask.LesionRule;

/**
 * What is cut out of a patient's images.
 *
 * @param lesion which of several lesions stands for the patient
 * @param masks what becomes of a mask whose voxels do not lie on those of its image
 * @param view how much of the tissue is shown
 * @since 0.1.0
 */
public record CropTarget(LesionRule lesion, GeometryRule masks, View view) {
    /** How much of the tissue is shown. */
    public enum View {
        /** The lesion and the margin around it. */
        LESION,
        /**
         * The ring of liver around the lesion, as wide as the margin; the lesion and all else are
         * blank.
         */
        RING,
        /** The whole liver with its lesions and the margin around it. */
        LIVER
    }

    /**
     * The largest lesion with its margin; a mask on other voxels is resampled.
     *
     * @return the defaults
     */
    public static CropTarget defaults() {
        return new CropTarget(LesionRule.LARGEST, GeometryRule.RESAMPLE, View.LESION);
    }

    /**
     * The same for another lesion.
     *
     * @param rule index, largest or all
     * @return a copy
     */
    public CropTarget withLesion(LesionRule rule) {
        return new CropTarget(rule, masks, view);
    }

    /**
     * The same with another rule for masks.
     *
     * @param rule refuse or resample
     * @return a copy
     */
    public CropTarget withMasks(GeometryRule rule) {
        return new CropTarget(lesion, rule, view);
    }

    /**
     * The same with another view.
     *
     * @param other lesion, ring or liver
     * @return a copy
     */
    public CropTarget withView(View other) {
        return new CropTarget(lesion, masks, other);
    }
}
