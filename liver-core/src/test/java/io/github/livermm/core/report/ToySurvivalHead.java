// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.SurvivalTime;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Exponential survival whose log hazard is the sum of the columns; nothing is fitted but the rate.
 */
record ToySurvivalHead(String target, List<Double> horizons) implements PredictionHead {
    @Override
    public String id() {
        return "test.survival";
    }

    @Override
    public boolean labelled(PatientLabels labels) {
        return labels.outcome(target).isPresent();
    }

    @Override
    public String stratum(PatientLabels labels) {
        return labels.outcome(target).orElseThrow().event() ? "event" : "censored";
    }

    @Override
    public void contribute(GraphBuilder graph, String output, Embedding embedding) {
        graph.addLayer(
                output,
                new OutputLayer.Builder(new LossMSE())
                        .nIn(embedding.width())
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                embedding.vertex());
    }

    @Override
    public INDArray labels(List<PatientLabels> batch) {
        return Nd4j.zeros(batch.size(), 1);
    }

    @Override
    public HeadModel fit(double[][] x, List<PatientLabels> labels, double ridge) {
        double time = 0;
        double events = 0;
        for (PatientLabels l : labels) {
            SurvivalTime outcome = l.outcome(target).orElseThrow();
            time += outcome.months();
            events += outcome.event() ? 1 : 0;
        }
        double rate = events / time;
        double[] beta = new double[x[0].length];
        for (int j = 0; j < beta.length; j++) {
            int column = j;
            boolean varies = java.util.Arrays.stream(x).anyMatch(r -> r[column] != x[0][column]);
            beta[j] = varies ? 1 : 0;
        }
        return new Model(rate, beta, horizons);
    }

    @Override
    public double loss(double[] linearPredictor, List<PatientLabels> labels) {
        // the profile likelihood of an exponential model
        double events = 0;
        double hazard = 0;
        double sum = 0;
        for (int i = 0; i < linearPredictor.length; i++) {
            SurvivalTime outcome = labels.get(i).outcome(target).orElseThrow();
            events += outcome.event() ? 1 : 0;
            sum += outcome.event() ? linearPredictor[i] : 0;
            hazard += outcome.months() * Math.exp(linearPredictor[i]);
        }
        return (events * Math.log(hazard) - sum) / linearPredictor.length;
    }

    @Override
    public void save(StateWriter out) {}

    @Override
    public HeadModel restore(StateReader in) {
        return new Model(in.array("rate")[0], in.array("beta"), horizons);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Model(double rate, double[] beta, List<Double> horizons) implements HeadModel {
        @Override
        public double linearPredictor(double[] x) {
            double sum = 0;
            for (int j = 0; j < x.length; j++) {
                sum += beta[j] * x[j];
            }
            return sum;
        }

        @Override
        public Prediction predict(double[] x) {
            double eta = linearPredictor(x);
            double hazard = rate * Math.exp(Math.max(-3, Math.min(3, eta)));
            return new Prediction.Survival(
                    eta, horizons.stream().map(t -> Math.exp(-hazard * t)).toList());
        }

        @Override
        public double[] coefficients() {
            return beta.clone();
        }

        @Override
        public void save(StateWriter out) {
            out.array("rate", new double[] {rate});
            out.array("beta", beta);
        }
    }
}
