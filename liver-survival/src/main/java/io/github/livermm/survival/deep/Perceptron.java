// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.fusion.ColumnScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trained multilayer perceptron in plain arrays: predicts without a backend, in double precision,
 * from any thread. Layer l maps h to rectifier(h W + b); the last layer has no rectifier.
 */
final class Perceptron {
    private final Rectifier rectifier;
    private final List<Layer> layers;

    /** Weights row-major, (inputs, outputs). */
    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this class
    record Layer(int inputs, double[] weights, double[] bias) {}

    Perceptron(Rectifier rectifier, List<Layer> layers) {
        this.rectifier = rectifier;
        this.layers = List.copyOf(layers);
    }

    List<Layer> layers() {
        return layers;
    }

    int inputs() {
        return layers.get(0).inputs();
    }

    int outputs() {
        return layers.get(layers.size() - 1).bias().length;
    }

    /** The outputs of one row. */
    double[] apply(double[] row) {
        if (row.length != inputs()) {
            throw new IllegalArgumentException(
                    "row has " + row.length + " values, the model has " + inputs() + " columns");
        }
        double[] h = row;
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            double[] z = layer.bias().clone();
            for (int i = 0; i < h.length; i++) {
                double value = h[i];
                if (value != 0) {
                    for (int j = 0, at = i * z.length; j < z.length; j++, at++) {
                        z[j] += value * layer.weights()[at];
                    }
                }
            }
            if (l < layers.size() - 1) {
                for (int j = 0; j < z.length; j++) {
                    z[j] = rectifier.apply(z[j]);
                }
            }
            h = z;
        }
        return h;
    }

    /** The same network for rows in their own units instead of standardised ones. */
    Perceptron unscaled(ColumnScale scale) {
        Layer first = layers.get(0);
        double[] weights = new double[first.weights().length];
        double[] bias = first.bias().clone();
        double[] column = new double[first.inputs()];
        for (int j = 0; j < bias.length; j++) {
            for (int i = 0; i < column.length; i++) {
                column[i] = first.weights()[i * bias.length + j];
            }
            double[] own = scale.coefficients(column);
            bias[j] -= scale.offset(own);
            for (int i = 0; i < column.length; i++) {
                weights[i * bias.length + j] = own[i];
            }
        }
        List<Layer> changed = new ArrayList<>(layers);
        changed.set(0, new Layer(first.inputs(), weights, bias));
        return new Perceptron(rectifier, changed);
    }

    /** The same network with its only output moved by a constant. */
    Perceptron shifted(double by) {
        Layer last = layers.get(layers.size() - 1);
        List<Layer> changed = new ArrayList<>(layers);
        double[] bias = {last.bias()[0] + by};
        changed.set(layers.size() - 1, new Layer(last.inputs(), last.weights(), bias));
        return new Perceptron(rectifier, changed);
    }

    void save(StateWriter out) {
        List<Integer> widths = new ArrayList<>(List.of(inputs()));
        for (int l = 0; l < layers.size(); l++) {
            widths.add(layers.get(l).bias().length);
            out.array("weights_" + l, layers.get(l).weights());
            out.array("bias_" + l, layers.get(l).bias());
        }
        out.json("network", Map.of("rectifier", rectifier.name(), "widths", widths));
    }

    static Perceptron restore(StateReader in) {
        Map<String, Object> json = in.json("network");
        List<Layer> layers = new ArrayList<>();
        if (!(json.get("widths") instanceof List<?> widths) || widths.size() < 2) {
            throw new ModelFileException(
                    "network.json: widths is " + json.get("widths") + ", at least 2 are needed");
        }
        for (int l = 0; l + 1 < widths.size(); l++) {
            int inputs = width(widths.get(l));
            int outputs = width(widths.get(l + 1));
            layers.add(
                    new Layer(
                            inputs,
                            array(in, "weights_" + l, (long) inputs * outputs),
                            array(in, "bias_" + l, outputs)));
        }
        try {
            return new Perceptron(Rectifier.valueOf(String.valueOf(json.get("rectifier"))), layers);
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(
                    "network.json: unknown rectifier " + json.get("rectifier"), e);
        }
    }

    private static int width(Object value) {
        if (value instanceof Number number && number.intValue() >= 1) {
            return number.intValue();
        }
        throw new ModelFileException("network.json: width " + value + ", allowed is at least 1");
    }

    private static double[] array(StateReader in, String name, long length) {
        double[] values = in.array(name);
        if (values.length != length) {
            throw new ModelFileException(
                    name + " has " + values.length + " values, the network needs " + length);
        }
        for (double value : values) {
            if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
                throw new ModelFileException(
                        name + " holds " + value + ", a finite number is needed");
            }
        }
        return values;
    }
}
