// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.StateReader;

/**
 * Restores the clinical encoder from a model file.
 *
 * @since 0.1.0
 */
public final class ClinicalEncoderProvider implements EncoderProvider {
    /** Called by the service loader. */
    public ClinicalEncoderProvider() {}

    @Override
    public String id() {
        return FittedClinicalEncoder.ID;
    }

    @Override
    public FittedClinicalEncoder restore(StateReader in) {
        return FittedClinicalEncoder.restore(in);
    }
}
