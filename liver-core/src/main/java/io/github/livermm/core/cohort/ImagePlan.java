// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * How the protocol wants images prepared, the object {@code image} of {@code study.json}.
 *
 * @param region what of the images is shown
 * @param mrScale how values of MR, which have no unit, are made comparable
 * @param biasCorrection whether the field of MR coils is taken out
 * @param alignment whether phases are brought onto each other
 * @since 0.1.0
 */
public record ImagePlan(
        Region region, MrScale mrScale, BiasCorrection biasCorrection, Alignment alignment) {
    /** The lesion that stands for a patient with several. */
    public enum Lesion {
        /** The one with most voxels. */
        LARGEST,
        /** The one with the lowest label. */
        INDEX,
        /** All together. */
        ALL
    }

    /** How much of the tissue is shown. */
    public enum View {
        /** The lesion and the margin around it. */
        LESION,
        /** The ring of liver around the lesion. */
        RING,
        /** The whole liver. */
        LIVER
    }

    /** What becomes of a mask that does not lie on the voxels of its image. */
    public enum Masks {
        /** It is resampled. */
        RESAMPLE,
        /** It is refused and reported as a finding. */
        REFUSE
    }

    /** How values of MR are made comparable. */
    public enum MrScale {
        /** Relative to the liver of the same image. */
        LIVER,
        /** By percentiles of the foreground. */
        PERCENTILE,
        /** By mean and standard deviation of the foreground. */
        Z_SCORE,
        /** By a standard scale learned from the training patients. */
        NYUL
    }

    /** Whether the field of MR coils is taken out. */
    public enum BiasCorrection {
        /** It is not. */
        NONE,
        /** By N4. */
        N4
    }

    /** Whether phases are brought onto each other. */
    public enum Alignment {
        /** They are not. */
        NONE,
        /** Rigidly, onto the phase that shows lesions best. */
        RIGID
    }

    /**
     * What of the images is shown.
     *
     * @param lesion which of several lesions
     * @param view how much of the tissue
     * @param marginMm tissue shown around the lesion or liver, or width of the ring, 0 to 100
     * @param masks what becomes of a mask on other voxels
     */
    public record Region(Lesion lesion, View view, double marginMm, Masks masks) {}

    /**
     * The largest lesion with 10 mm around it, relative to the liver, images as they came.
     *
     * @return the default plan
     */
    public static ImagePlan defaults() {
        return new ImagePlan(
                new Region(Lesion.LARGEST, View.LESION, 10, Masks.RESAMPLE),
                MrScale.LIVER,
                BiasCorrection.NONE,
                Alignment.NONE);
    }
}
