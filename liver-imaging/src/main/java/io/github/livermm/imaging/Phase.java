// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging;

import java.util.Locale;
import java.util.Optional;

/**
 * The contrast phases and MR sequences that a study on disk names. The id of a phase is its name in
 * lower case, such as {@code ct_arterial}.
 *
 * @since 0.1.0
 */
public enum Phase {
    /** CT before contrast. */
    CT_NON_CONTRAST,
    /** CT, late arterial, 35 to 45 s. */
    CT_ARTERIAL,
    /** CT, portal venous, 60 to 80 s. */
    CT_PORTAL,
    /** CT, delayed or equilibrium, 150 to 300 s. */
    CT_DELAYED,
    /** MR T1-weighted before contrast. */
    MR_T1,
    /** MR T2-weighted. */
    MR_T2,
    /** MR diffusion-weighted. */
    MR_DWI,
    /** MR apparent diffusion coefficient. */
    MR_ADC,
    /** MR T1 with water and fat in phase. */
    MR_IN_PHASE,
    /** MR T1 with water and fat out of phase. */
    MR_OUT_PHASE,
    /** MR T1, late arterial. */
    MR_ARTERIAL,
    /** MR T1, portal venous. */
    MR_PORTAL,
    /** MR T1, delayed or transitional. */
    MR_DELAYED,
    /** MR T1, hepatobiliary, 20 min after gadoxetate. */
    MR_HEPATOBILIARY;

    /**
     * The id in files.
     *
     * @return such as {@code ct_arterial}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this is CT, in Hounsfield units.
     *
     * @return false for MR
     */
    public boolean isCt() {
        return name().startsWith("CT_");
    }

    /**
     * The phase of an id.
     *
     * @param id as in files, any case
     * @return empty when no phase has the id
     */
    public static Optional<Phase> of(String id) {
        for (Phase phase : values()) {
            if (phase.name().equalsIgnoreCase(id)) {
                return Optional.of(phase);
            }
        }
        return Optional.empty();
    }
}
