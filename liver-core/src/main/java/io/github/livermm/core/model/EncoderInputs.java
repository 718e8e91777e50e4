// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.cohort.CohortInputs;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a cohort's inputs to fitted encoders, and encoders to and from a model file. The one place
 * where a modality's name vouches for the type of its inputs: both come from the same {@link
 * io.github.livermm.core.ModalityReader}.
 *
 * @since 0.1.0
 */
public final class EncoderInputs {
    private EncoderInputs() {}

    /**
     * Features of one patient.
     *
     * @param encoder fitted encoder with features
     * @param inputs patients
     * @param row patient
     * @return null when the patient lacks the modality
     */
    public static double @Nullable [] features(
            FittedEncoder<?> encoder, CohortInputs inputs, int row) {
        Object input = inputs.input(encoder.modality(), row);
        return input == null ? null : typed(encoder).features(input);
    }

    /**
     * Network arrays of one patient.
     *
     * @param encoder fitted encoder
     * @param inputs patients
     * @param row patient
     * @return null when the patient lacks the modality
     */
    public static float @Nullable [][] encode(
            FittedEncoder<?> encoder, CohortInputs inputs, int row) {
        Object input = inputs.input(encoder.modality(), row);
        return input == null ? null : typed(encoder).encode(input);
    }

    static void save(FittedEncoder<?> encoder, StateWriter out) {
        out.json("encoder", Map.of("id", encoder.id(), "modality", encoder.modality()));
        encoder.save(out.part("state"));
    }

    static FittedEncoder<?> restore(StateReader in) {
        String id = String.valueOf(in.json("encoder").get("id"));
        Map<String, EncoderProvider> providers = new TreeMap<>();
        ServiceLoader.load(EncoderProvider.class).forEach(p -> providers.put(p.id(), p));
        EncoderProvider provider = providers.get(id);
        if (provider == null) {
            throw new ModelFileException(
                    "encoder "
                            + id
                            + " is not on the class path, which holds "
                            + providers.keySet()
                            + "; add the artifact io.github.livermm:liver-"
                            + id.replaceAll("\\..*", ""));
        }
        return provider.restore(in.part("state"));
    }

    @SuppressWarnings("unchecked") // inputs of a modality come from the reader of its encoder
    private static FittedEncoder<Object> typed(FittedEncoder<?> encoder) {
        return (FittedEncoder<Object>) encoder;
    }
}
