// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.StateReader;

/**
 * Restores {@link FittedTextNetwork} from a model file.
 *
 * @since 0.1.0
 */
public final class TextNetworkProvider implements EncoderProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public TextNetworkProvider() {}

    @Override
    public String id() {
        return FittedTextNetwork.ID;
    }

    @Override
    public FittedEncoder<?> restore(StateReader in) {
        return FittedTextNetwork.restore(in);
    }
}
