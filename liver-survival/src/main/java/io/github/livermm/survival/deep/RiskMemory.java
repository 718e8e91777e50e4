// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import java.util.Arrays;

/**
 * The last patients a network was trained on, with the predictors they had then: a ring that lends
 * its members to the risk sets of later batches. A batch joins only when the next one comes, so
 * that gradient and score of one step see the same members.
 */
final class RiskMemory {
    private final double[] labels;
    private final double[] eta;
    private int size;
    private int next;
    private double[] waitingLabels = {};
    private double[] waitingEta = {};

    RiskMemory(int capacity) {
        labels = new double[2 * capacity];
        eta = new double[capacity];
    }

    /** Takes in the batch that waits. */
    void admit() {
        for (int i = 0; i < waitingEta.length; i++) {
            labels[2 * next] = waitingLabels[2 * i];
            labels[2 * next + 1] = waitingLabels[2 * i + 1];
            eta[next] = waitingEta[i];
            next = (next + 1) % eta.length;
            size = Math.min(size + 1, eta.length);
        }
        waitingEta = new double[0];
    }

    /** Names the batch that joins with the next call of {@link #admit}; rows of count 0 do not. */
    void await(double[] batchLabels, double[] batchEta, double[] counts) {
        int m = 0;
        double[] l = new double[batchLabels.length];
        double[] e = new double[batchEta.length];
        for (int i = 0; i < batchEta.length; i++) {
            boolean counted = counts.length == 0 || counts[i] != 0;
            if (counted && Math.abs(batchEta[i]) < Double.POSITIVE_INFINITY) {
                l[2 * m] = batchLabels[2 * i];
                l[2 * m + 1] = batchLabels[2 * i + 1];
                e[m++] = batchEta[i];
            }
        }
        waitingLabels = l;
        waitingEta = Arrays.copyOf(e, m);
    }

    int size() {
        return size;
    }

    /** The members' labels, before those of a batch. */
    double[] labelsBefore(double[] batch) {
        return joined(labels, 2 * size, batch);
    }

    /** The members' predictors, before those of a batch. */
    double[] etaBefore(double[] batch) {
        return joined(eta, size, batch);
    }

    private static double[] joined(double[] members, int count, double[] batch) {
        double[] all = Arrays.copyOf(members, count + batch.length);
        System.arraycopy(batch, 0, all, count, batch.length);
        return all;
    }
}
