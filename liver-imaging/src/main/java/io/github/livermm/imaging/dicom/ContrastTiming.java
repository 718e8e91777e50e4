// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;
import java.util.Optional;

/** A part of a contrast examination, whatever the modality. */
enum ContrastTiming {
    PRE(Phase.CT_NON_CONTRAST, Phase.MR_T1),
    ARTERIAL(Phase.CT_ARTERIAL, Phase.MR_ARTERIAL),
    PORTAL(Phase.CT_PORTAL, Phase.MR_PORTAL),
    DELAYED(Phase.CT_DELAYED, Phase.MR_DELAYED),
    HEPATOBILIARY(Phase.CT_DELAYED, Phase.MR_HEPATOBILIARY);

    private static final int EARLIEST_ARTERIAL = 15;
    private static final int EARLIEST_PORTAL = 52;
    private static final int EARLIEST_DELAYED = 115;
    private static final int EARLIEST_HEPATOBILIARY = 720;
    private static final int LATEST = 3600;

    /** Gadobenate is imaged up to three hours after its injection. */
    private static final int LATEST_HEPATOBILIARY = 4 * 3600;

    private final Phase ofCt;
    private final Phase ofMr;

    ContrastTiming(Phase ofCt, Phase ofMr) {
        this.ofCt = ofCt;
        this.ofMr = ofMr;
    }

    Phase phase(boolean ct) {
        return ct ? ofCt : ofMr;
    }

    /**
     * By seconds after the start of contrast; the limits lie between the delays of common
     * protocols.
     *
     * @param hepatobiliary whether the agent is one that the liver takes up
     */
    static Optional<ContrastTiming> after(double seconds, boolean ct, boolean hepatobiliary) {
        if (seconds < 0) {
            return Optional.of(PRE);
        }
        if (seconds < EARLIEST_ARTERIAL
                || seconds > (hepatobiliary ? LATEST_HEPATOBILIARY : LATEST)) {
            return Optional.empty();
        }
        if (seconds < EARLIEST_PORTAL) {
            return Optional.of(ARTERIAL);
        }
        if (seconds < EARLIEST_DELAYED) {
            return Optional.of(PORTAL);
        }
        return Optional.of(seconds < EARLIEST_HEPATOBILIARY || ct ? DELAYED : HEPATOBILIARY);
    }
}
