// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One target (malignant or not, HCC or ICC, a survival endpoint): whom it has a label for, its loss
 * in a network, and its penalised model for late fusion. Immutable.
 *
 * <p>Axes: B batch, K values of a label.
 *
 * @since 0.1.0
 */
public interface PredictionHead {
    /**
     * Stable id under which a {@link HeadProvider} restores this head.
     *
     * @return such as {@code core.binary}
     */
    String id();

    /**
     * Name of the target in tables and files.
     *
     * @return {@code malignant}, {@code hcc_vs_icc}, or an endpoint's id
     */
    String target();

    /**
     * Whether the target is defined and known for a patient: the label mask.
     *
     * @param labels the patient's labels
     * @return false when the patient must not touch this head's loss
     */
    boolean labelled(PatientLabels labels);

    /**
     * The group of a labelled patient that splits keep balanced, such as the class, or event and
     * censoring.
     *
     * @param labels labels of a patient for whom {@link #labelled} is true
     * @return a short word
     */
    String stratum(PatientLabels labels);

    /**
     * Adds the output layer, named {@code output}, with this head's loss. Its output, mostly of
     * shape (B, 1), is the linear predictor, or {@link #linearPredictor} makes one of it. Losses
     * are means over the labelled patients of a batch: the network is built with {@code
     * miniBatch(false)}.
     *
     * @param graph the network under construction
     * @param output name of the output layer
     * @param embedding what to predict from
     */
    void contribute(GraphBuilder graph, String output, Embedding embedding);

    /**
     * The linear predictor in the outputs of a network for one patient.
     *
     * @param outputs of the layer that {@link #contribute} added
     * @return the only output, unless a head has several
     */
    default double linearPredictor(double[] outputs) {
        return outputs[0];
    }

    /**
     * The head for one training of a network: what it takes from labels, such as cut points of
     * time, comes from the training patients only.
     *
     * @param training labels of all training patients, also those without a label of this head
     * @return this head, unless it takes something from the labels
     * @throws TrainingException when the labels do not allow it
     */
    default PredictionHead fitted(List<PatientLabels> training) {
        return this;
    }

    /**
     * Labels of a batch for the loss.
     *
     * @param batch labels of the patients; unlabelled ones give a row of zeros
     * @return shape (B, K)
     */
    INDArray labels(List<PatientLabels> batch);

    /**
     * Fits this head's penalised model: minimises the mean negative log-likelihood (binary) or the
     * negative log partial likelihood per event (survival) plus {@code ridge / 2} times the sum of
     * squared weights of the standardised columns.
     *
     * @param x rows of labelled patients by columns, finite
     * @param labels their labels, all of them labelled
     * @param ridge penalty, at least 0
     * @return the fitted model
     * @throws TrainingException when the labels allow no fit (one class only, no event)
     */
    HeadModel fit(double[][] x, List<PatientLabels> labels, double ridge);

    /**
     * How badly linear predictors fit labels that they were not fitted on: mean negative
     * log-likelihood, or negative log partial likelihood per event.
     *
     * @param linearPredictor one per patient
     * @param labels labels of those patients, all of them labelled
     * @return lower is better; NaN when undefined (no event)
     */
    double loss(double[] linearPredictor, List<PatientLabels> labels);

    /**
     * How many terms the mean of {@link #loss} has, so that the loss times the terms is minus a
     * log-likelihood.
     *
     * @param labels labels for which {@link #labelled} is true
     * @return patients, or events where only events have a term
     */
    default int terms(List<PatientLabels> labels) {
        return labels.size();
    }

    /**
     * Writes what is needed to restore this head.
     *
     * @param out where to write
     */
    void save(StateWriter out);

    /**
     * Restores a model that {@link #fit} of this head gave.
     *
     * @param in what {@link HeadModel#save} wrote
     * @return a model that predicts as the saved one did
     * @throws ModelFileException when the state is not of this head
     */
    HeadModel restore(StateReader in);
}
