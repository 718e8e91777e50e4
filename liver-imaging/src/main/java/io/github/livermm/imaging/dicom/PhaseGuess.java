// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;

/**
 * Which phase a series shows, how sure that is and from what it was seen.
 *
 * @param phase the phase
 * @param confidence 0 to 1: 1 named by {@code study.json} or the study's folder, 0.9 by the
 *     description, 0.75 by the protocol, 0.7 by the delay after contrast, 0.6 by temporal position
 *     or the times of a T2-weighted sequence, 0.5 and less by order of acquisition, 0.3 by
 *     intensities
 * @param evidence the tag and what it said
 * @since 0.1.0
 */
public record PhaseGuess(Phase phase, double confidence, String evidence) {
    /** Checks the confidence. */
    public PhaseGuess {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "confidence is " + confidence + ", allowed is 0 to 1");
        }
    }
}
