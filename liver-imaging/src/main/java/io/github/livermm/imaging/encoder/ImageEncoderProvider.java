// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.StateReader;

/**
 * Restores the image encoder of a saved model.
 *
 * @since 0.1.0
 */
public final class ImageEncoderProvider implements EncoderProvider {
    /** Creates the provider, for {@link java.util.ServiceLoader}. */
    public ImageEncoderProvider() {}

    @Override
    public String id() {
        return FittedImageEncoder.ID;
    }

    @Override
    public FittedEncoder<?> restore(StateReader in) {
        return FittedImageEncoder.restore(in);
    }
}
