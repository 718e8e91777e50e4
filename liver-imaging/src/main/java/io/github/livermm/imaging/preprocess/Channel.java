// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.Phase;
import java.util.Optional;

/**
 * What a plane of a prepared image shows. CT and MR share the dynamic channels, because values are
 * relative to the liver in both.
 *
 * @since 0.1.0
 */
public enum Channel {
    /** Before contrast: non-contrast CT, T1. */
    PRE(0),
    /** Late arterial. */
    ARTERIAL(1),
    /** Portal venous. */
    PORTAL(2),
    /** Delayed. */
    DELAYED(3),
    /** T2-weighted MR. */
    T2(4),
    /** Hepatobiliary MR. */
    HEPATOBILIARY(5);

    private final int plane;

    Channel(int plane) {
        this.plane = plane;
    }

    /**
     * Index of the channel among the planes of an image.
     *
     * @return 0 and up
     */
    public int plane() {
        return plane;
    }

    /**
     * The channel of a phase.
     *
     * @param phase the phase
     * @return empty for diffusion and in-phase or out-of-phase images, which have none yet
     */
    public static Optional<Channel> of(Phase phase) {
        return switch (phase) {
            case CT_NON_CONTRAST, MR_T1 -> Optional.of(PRE);
            case CT_ARTERIAL, MR_ARTERIAL -> Optional.of(ARTERIAL);
            case CT_PORTAL, MR_PORTAL -> Optional.of(PORTAL);
            case CT_DELAYED, MR_DELAYED -> Optional.of(DELAYED);
            case MR_T2 -> Optional.of(T2);
            case MR_HEPATOBILIARY -> Optional.of(HEPATOBILIARY);
            case MR_DWI, MR_ADC, MR_IN_PHASE, MR_OUT_PHASE -> Optional.empty();
        };
    }
}
