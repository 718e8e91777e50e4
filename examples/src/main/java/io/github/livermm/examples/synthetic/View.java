// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import io.github.livermm.examples.synthetic.Latent.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What follows exactly from the variables that a set of modalities shows: the posterior of the
 * stratum and the expected prognosis. Made once for a set, used for many patients.
 */
final class View {
    /** A hidden prognostic variable of which a reading is shown. */
    private record Read(int reading, Reading of, double effect) {}

    private final LatentModel model;
    private final int[] informative;
    private final int[] shownPrognostic;
    private final List<Read> read = new ArrayList<>();

    /** By stratum, the linear predictor but for the variables that are shown or read. */
    private final double[] unseen;

    View(LatentModel model, Set<Modality> shown) {
        List<Latent> latents = model.latents();
        this.model = model;
        this.informative = all(latents).filter(k -> informative(latents, k, shown)).toArray();
        this.shownPrognostic =
                all(latents)
                        .filter(k -> shown.contains(latents.get(k).modality()))
                        .filter(k -> model.effect(k) != 0)
                        .toArray();
        this.unseen =
                IntStream.range(0, Stratum.ALL.size())
                        .mapToDouble(model::stratumPredictor)
                        .toArray();
        for (int k = 0; k < latents.size(); k++) {
            if (model.effect(k) != 0 && !shown.contains(latents.get(k).modality())) {
                addHidden(latents, k, shown);
            }
        }
    }

    private static IntStream all(List<Latent> latents) {
        return IntStream.range(0, latents.size());
    }

    /** A reading adds nothing once the variable that was read is shown itself. */
    private static boolean informative(List<Latent> latents, int k, Set<Modality> shown) {
        return shown.contains(latents.get(k).modality())
                && !(latents.get(k) instanceof Reading reading
                        && shown.contains(latents.get(reading.source()).modality()));
    }

    private void addHidden(List<Latent> latents, int hidden, Set<Modality> shown) {
        double effect = model.effect(hidden);
        for (int k = 0; k < latents.size(); k++) {
            if (latents.get(k) instanceof Reading reading
                    && reading.source() == hidden
                    && shown.contains(reading.modality())) {
                read.add(new Read(k, reading, effect));
                return;
            }
        }
        for (int h = 0; h < unseen.length; h++) {
            unseen[h] += effect * latents.get(hidden).mean(h);
        }
    }

    /** Exact posterior of every stratum; {@code logDensities} as the model gives them. */
    double[] posterior(double[][] logDensities) {
        double[] posterior = new double[Stratum.ALL.size()];
        for (int k : informative) {
            for (int h = 0; h < posterior.length; h++) {
                posterior[h] += logDensities[k][h];
            }
        }
        double largest = Arrays.stream(posterior).max().orElseThrow();
        double total = 0;
        for (int h = 0; h < posterior.length; h++) {
            posterior[h] = Stratum.ALL.get(h).prior() * Math.exp(posterior[h] - largest);
            total += posterior[h];
        }
        for (int h = 0; h < posterior.length; h++) {
            posterior[h] /= total;
        }
        return posterior;
    }

    /**
     * Expected linear predictor of a malignant patient: the mean over the posterior of the strata
     * of the mean within the stratum.
     */
    double expectedPredictor(double[] values, double[] posterior) {
        double hidden = 0;
        for (int h = 0; h < posterior.length; h++) {
            if (Stratum.ALL.get(h).diagnosis().malignant()) {
                double sum = unseen[h];
                for (Read one : read) {
                    sum += one.effect * one.of.sourceMean(values[one.reading], h);
                }
                hidden += posterior[h] * sum;
            }
        }
        double known = 0;
        for (int k : shownPrognostic) {
            known += model.effect(k) * values[k];
        }
        return known + hidden / LatentModel.malignant(posterior);
    }
}
