// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

/**
 * What a concept tells, and hence whether a model may learn from it.
 *
 * @since 0.1.0
 */
public enum ConceptKind {
    /** A sign in the images: enhancement, margin, vessel. */
    FINDING,
    /** The state of liver and abdomen around the lesion: cirrhosis, ascites. */
    BACKGROUND,
    /** Where a lesion lies. */
    SITE,
    /** The name of a disease: a label word, never a feature. */
    DIAGNOSIS,
    /** Malignant, benign or a LI-RADS category: a label word, never a feature. */
    LABEL,
    /** Treatment that gives the disease away or belongs to another time: never a feature. */
    TREATMENT;

    /**
     * Whether mentions of this kind may become features of a model.
     *
     * @return true for findings and background
     */
    public boolean isFeature() {
        return this == FINDING || this == BACKGROUND;
    }

    /**
     * Whether words of this kind name the answer of the diagnostic tasks.
     *
     * @return true for diagnoses and labels
     */
    public boolean isLabel() {
        return this == DIAGNOSIS || this == LABEL;
    }
}
