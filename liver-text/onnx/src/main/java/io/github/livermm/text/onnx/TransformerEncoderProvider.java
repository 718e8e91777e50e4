// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.StateReader;

/**
 * Restores {@link FittedTransformerEncoder} from a model file.
 *
 * @since 0.1.0
 */
public final class TransformerEncoderProvider implements EncoderProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public TransformerEncoderProvider() {}

    @Override
    public String id() {
        return FittedTransformerEncoder.ID;
    }

    @Override
    public FittedEncoder<?> restore(StateReader in) {
        return FittedTransformerEncoder.restore(in);
    }
}
