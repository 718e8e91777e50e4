// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Inverted dropout whose choices depend on a seed and on nothing else. The backend's own draws from
 * a generator that all networks of a program share, so that parallel trainings disturb each other.
 */
final class SeededDropout implements IDropout {
    private static final long serialVersionUID = 1L;

    private final double share;
    private final long seed;
    private final transient SplittableRandom random;
    private transient float[] mask = {};

    SeededDropout(double share, long seed) {
        this.share = share;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public INDArray applyDropout(
            INDArray input,
            INDArray result,
            int iteration,
            int epoch,
            LayerWorkspaceMgr workspaces) {
        int length = Math.toIntExact(input.length());
        mask = mask.length == length ? mask : new float[length];
        float kept = (float) (1 / (1 - share));
        int limit = (int) Math.round((share - 0.5) * 4294967296.0);
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextInt() < limit ? 0 : kept;
        }
        return input.muli(asArray(input), result);
    }

    @Override
    public INDArray backprop(
            INDArray gradAtOutput, INDArray gradAtInput, int iteration, int epoch) {
        return gradAtOutput.muli(asArray(gradAtOutput), gradAtInput);
    }

    @Override
    public void clear() {
        // the mask is replaced at the next step
    }

    @Override
    public IDropout clone() {
        return new SeededDropout(share, seed);
    }

    private INDArray asArray(INDArray like) {
        return Nd4j.create(mask, like.shape(), 'c').castTo(like.dataType());
    }
}
