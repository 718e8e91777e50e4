// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.fusion.FusionNetwork;
import io.github.livermm.core.fusion.NetworkOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained network over one or more encoders and all heads.
 *
 * @since 0.1.0
 */
public final class NetworkMember implements Member {
    private static final int BATCH = 32;

    private final Fusion.Joint fusion;
    private final List<FittedEncoder<?>> encoders;
    private final List<PredictionHead> heads;
    private final FusionNetwork network;
    private final double[] centres;

    /**
     * Joins a trained network and what it needs.
     *
     * @param fusion the strategy the network was built with
     * @param encoders its encoders
     * @param heads its heads
     * @param network trained
     * @param centres one per head: mean linear predictor of the training patients
     */
    public NetworkMember(
            Fusion.Joint fusion,
            List<FittedEncoder<?>> encoders,
            List<PredictionHead> heads,
            FusionNetwork network,
            double[] centres) {
        this.fusion = fusion;
        this.encoders = List.copyOf(encoders);
        this.heads = List.copyOf(heads);
        this.network = network;
        this.centres = centres.clone();
    }

    /**
     * Encodes one patient for the encoders of a network.
     *
     * @param encoders fitted encoders
     * @param inputs patients
     * @param row patient
     * @return [encoder][input][value], null where a modality is absent; null when all are
     */
    public static float @Nullable [] @Nullable [][] encode(
            List<FittedEncoder<?>> encoders, CohortInputs inputs, int row) {
        float[] @Nullable [][] arrays = new float[encoders.size()][][];
        boolean any = false;
        for (int e = 0; e < arrays.length; e++) {
            arrays[e] = EncoderInputs.encode(encoders.get(e), inputs, row);
            any |= arrays[e] != null;
        }
        return any ? arrays : null;
    }

    /**
     * Patients go through the network in batches of a fixed size, each at the place of its row and
     * absent ones as empty places: what one patient has cannot change the last digits of another.
     */
    @Override
    public double[][] linearPredictors(CohortInputs inputs) {
        double[][] eta = new double[heads.size()][inputs.size()];
        for (int from = 0; from < inputs.size(); from += BATCH) {
            List<float[] @Nullable [][]> batch = new ArrayList<>();
            boolean[] present = new boolean[BATCH];
            for (int k = 0; k < BATCH; k++) {
                float @Nullable [] @Nullable [][] arrays =
                        from + k < inputs.size() ? encode(encoders, inputs, from + k) : null;
                present[k] = arrays != null;
                batch.add(arrays == null ? new float[encoders.size()][][] : arrays);
            }
            double[][] out;
            synchronized (network) {
                out = network.linearPredictors(batch);
            }
            for (int h = 0; h < eta.length; h++) {
                for (int k = 0; k < BATCH && from + k < inputs.size(); k++) {
                    eta[h][from + k] = present[k] ? out[h][k] - centres[h] : Double.NaN;
                }
            }
        }
        return eta;
    }

    @Override
    public Map<String, ModalityReader<?>> readers() {
        Map<String, ModalityReader<?>> readers = new LinkedHashMap<>();
        encoders.forEach(e -> readers.put(e.modality(), e.reader()));
        return readers;
    }

    @Override
    public void save(StateWriter out) {
        out.json(
                "network",
                Map.of(
                        "fusion",
                        fusion.name(),
                        "width",
                        fusion.width(),
                        "modality_dropout",
                        fusion.modalityDropout(),
                        "encoders",
                        encoders.size()));
        for (int e = 0; e < encoders.size(); e++) {
            EncoderInputs.save(encoders.get(e), out.part("encoder." + e));
        }
        synchronized (network) {
            out.array("weights", network.weights());
        }
        out.array("centres", centres);
    }

    static NetworkMember restore(StateReader in, List<PredictionHead> heads) {
        Map<String, Object> state = in.json("network");
        int width = ((Number) state.getOrDefault("width", 0)).intValue();
        double dropout = ((Number) state.getOrDefault("modality_dropout", 0)).doubleValue();
        Fusion.Joint fusion;
        try {
            fusion = Fusion.joint(String.valueOf(state.get("fusion")), width, dropout);
        } catch (IllegalArgumentException e) {
            throw new ModelFileException("network.json: " + e.getMessage(), e);
        }
        List<FittedEncoder<?>> encoders = new ArrayList<>();
        for (int e = 0; e < ((Number) state.getOrDefault("encoders", 0)).intValue(); e++) {
            encoders.add(EncoderInputs.restore(in.part("encoder." + e)));
        }
        FusionNetwork network =
                FusionNetwork.build(fusion, encoders, heads, NetworkOptions.defaults(), 0);
        network.weights(in.array("weights"));
        return new NetworkMember(fusion, encoders, heads, network, in.array("centres"));
    }
}
