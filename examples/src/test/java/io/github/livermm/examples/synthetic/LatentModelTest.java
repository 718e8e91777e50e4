// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.examples.synthetic.Latent.Finding;
import io.github.livermm.examples.synthetic.Latent.Gaussian;
import io.github.livermm.examples.synthetic.Latent.Measured;
import io.github.livermm.examples.synthetic.Latent.ReadFinding;
import io.github.livermm.examples.synthetic.Latent.ReadSign;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Proves that the densities are densities and that what is derived from them (posterior, expected
 * prognosis, means given a reading) agrees with numerical integration and with simulation.
 */
class LatentModelTest {
    private static final int STRATUM = 3;
    private static final LatentModel MODEL = new LatentModel();

    @Test
    void densitiesOfNormalVariablesIntegrateToOne() {
        for (Latent latent : MODEL.latents()) {
            if (latent instanceof Gaussian || latent instanceof Measured) {
                double mass = integral(x -> Math.exp(latent.logDensity(x, STRATUM)));

                assertThat(mass).as(latent.name()).isEqualTo(1, within(2e-3));
            }
        }
    }

    @Test
    void probabilitiesOfFindingsAddUpToOne() {
        for (Latent latent : MODEL.latents()) {
            if (!(latent instanceof Gaussian) && !(latent instanceof Measured)) {
                for (int h = 0; h < Stratum.ALL.size(); h++) {
                    double present = Math.exp(latent.logDensity(1, h));

                    assertThat(present + Math.exp(latent.logDensity(0, h)))
                            .isEqualTo(1, within(1e-12));
                    assertThat(latent.mean(h)).isEqualTo(present, within(1e-12));
                }
            }
        }
    }

    @Test
    void meanOfCutNormalIsItsIntegral() {
        Gaussian cut =
                new Gaussian("cut", Modality.CLINICAL, new double[] {1}, new double[] {2}, 0, 3);

        double mean = integral(x -> x * Math.exp(cut.logDensity(x, 0)));

        assertThat(cut.mean(0)).isEqualTo(mean, within(1e-3));
        assertThat(cut.logDensity(3.1, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void readSignAgreesWithIntegrationOverItsSource() {
        Gaussian source = normal(0.4, 1.3);
        ReadSign sign = new ReadSign("sign", 0, source, 0.2, 0.9);

        double called =
                integral(x -> Math.exp(source.logDensity(x, 0)) * Latent.phi((x - 0.2) / 0.9));
        double mean =
                integral(x -> x * Math.exp(source.logDensity(x, 0)) * Latent.phi((x - 0.2) / 0.9));
        double meanNot =
                integral(x -> x * Math.exp(source.logDensity(x, 0)) * Latent.phi((0.2 - x) / 0.9));

        assertThat(sign.mean(0)).isEqualTo(called, within(1e-6));
        assertThat(sign.sourceMean(1, 0)).isEqualTo(mean / called, within(1e-6));
        assertThat(sign.sourceMean(0, 0)).isEqualTo(meanNot / (1 - called), within(1e-6));
    }

    @Test
    void measurementAgreesWithIntegrationOverItsSource() {
        Gaussian source = normal(0.4, 1.3);
        Measured measured = new Measured("measured", 0, source, 0.5);
        double read = 1.1;

        double density =
                integral(x -> Math.exp(source.logDensity(x, 0)) * Latent.density((read - x) / 0.5))
                        / 0.5;
        double mean =
                integral(
                                x ->
                                        x
                                                * Math.exp(source.logDensity(x, 0))
                                                * Latent.density((read - x) / 0.5))
                        / 0.5;

        assertThat(Math.exp(measured.logDensity(read, 0))).isEqualTo(density, within(1e-6));
        assertThat(measured.sourceMean(read, 0)).isEqualTo(mean / density, within(1e-6));
        assertThat(measured.mean(0)).isEqualTo(0.4);
    }

    @Test
    void readFindingFollowsBayes() {
        Finding source = new Finding("source", Modality.IMAGE, new double[] {0.3});
        ReadFinding read = new ReadFinding("read", 0, source, 0.1);

        assertThat(read.mean(0)).isEqualTo(0.3 * 0.9 + 0.7 * 0.1, within(1e-12));
        assertThat(read.sourceMean(1, 0)).isEqualTo(0.27 / 0.34, within(1e-12));
        assertThat(read.sourceMean(0, 0)).isEqualTo(0.03 / 0.66, within(1e-12));
    }

    @Test
    void posteriorIsPriorTimesDensitiesByDirectMultiplication() {
        RandomStream random = RandomStream.of(11);
        double[] values = MODEL.draw(random, STRATUM);
        double[] direct = new double[Stratum.ALL.size()];
        double total = 0;
        for (int h = 0; h < direct.length; h++) {
            direct[h] = Stratum.ALL.get(h).prior();
            for (int k = 0; k < values.length; k++) {
                if (MODEL.latents().get(k).modality() == Modality.CLINICAL) {
                    direct[h] *= Math.exp(MODEL.latents().get(k).logDensity(values[k], h));
                }
            }
            total += direct[h];
        }

        double[] posterior =
                MODEL.view(Set.of(Modality.CLINICAL)).posterior(MODEL.logDensities(values));

        for (int h = 0; h < direct.length; h++) {
            assertThat(posterior[h]).isEqualTo(direct[h] / total, within(1e-9));
        }
    }

    /** A posterior is right if, of the patients to whom it gives 70 %, 70 % are malignant. */
    @Test
    void posteriorsAreCalibratedForEverySetOfModalities() {
        List<double[]> patients = new ArrayList<>();
        List<Integer> strata = new ArrayList<>();
        draw(20_000, patients, strata);
        for (Set<Modality> set : Modality.sets()) {
            View view = MODEL.view(set);
            double[] sum = new double[5];
            double[] seen = new double[5];
            double[] variance = new double[5];
            for (int i = 0; i < patients.size(); i++) {
                double[] posterior = view.posterior(MODEL.logDensities(patients.get(i)));
                double p = LatentModel.malignant(posterior);
                int bin = Math.min(4, (int) (5 * p));
                sum[bin] += p;
                variance[bin] += p * (1 - p);
                seen[bin] += Stratum.ALL.get(strata.get(i)).diagnosis().malignant() ? 1 : 0;
            }
            for (int bin = 0; bin < 5; bin++) {
                assertThat(seen[bin])
                        .as(set + ", fifth " + bin)
                        .isEqualTo(sum[bin], within(4.5 * Math.sqrt(variance[bin]) + 1));
            }
        }
    }

    /** An expectation leaves an error that averages zero wherever the expectation lies. */
    @Test
    void expectedPredictorLeavesNoSystematicError() {
        List<double[]> patients = new ArrayList<>();
        List<Integer> strata = new ArrayList<>();
        draw(20_000, patients, strata);
        RandomStream random = RandomStream.of(17);
        double[] truth = new double[patients.size()];
        for (int i = 0; i < truth.length; i++) {
            double invasion = MODEL.drawInvasion(random, patients.get(i));
            truth[i] = MODEL.linearPredictor(patients.get(i), strata.get(i), invasion);
        }
        for (Set<Modality> set : Modality.sets()) {
            View view = MODEL.view(set);
            double[] sum = new double[2];
            double[] squares = new double[2];
            double[] count = new double[2];
            for (int i = 0; i < truth.length; i++) {
                if (Stratum.ALL.get(strata.get(i)).diagnosis().malignant()) {
                    double[] posterior = view.posterior(MODEL.logDensities(patients.get(i)));
                    double expected = view.expectedPredictor(patients.get(i), posterior);
                    int half = expected > 0 ? 1 : 0;
                    sum[half] += truth[i] - expected;
                    squares[half] += (truth[i] - expected) * (truth[i] - expected);
                    count[half]++;
                }
            }
            for (int half = 0; half < 2; half++) {
                assertThat(sum[half] / count[half])
                        .as(set + ", half " + half)
                        .isEqualTo(0, within(4 * Math.sqrt(squares[half]) / count[half]));
            }
        }
    }

    @Test
    void linearPredictorIsCentredOnMalignantPatients() {
        List<double[]> patients = new ArrayList<>();
        List<Integer> strata = new ArrayList<>();
        draw(20_000, patients, strata);
        RandomStream random = RandomStream.of(19);
        double sum = 0;
        int n = 0;
        for (int i = 0; i < patients.size(); i++) {
            if (Stratum.ALL.get(strata.get(i)).diagnosis().malignant()) {
                double invasion = MODEL.drawInvasion(random, patients.get(i));
                sum += MODEL.linearPredictor(patients.get(i), strata.get(i), invasion);
                n++;
            }
        }

        assertThat(sum / n).isEqualTo(0, within(0.04));
    }

    @Test
    void refusesUnknownNames() {
        assertThatThrownBy(() -> MODEL.indexOf("shoe_size"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shoe_size");
        assertThatThrownBy(() -> Stratum.indexOf(Diagnosis.FNH, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FNH");
    }

    @Test
    void priorsAddUpToOne() {
        assertThat(Stratum.ALL.stream().mapToDouble(Stratum::prior).sum())
                .isEqualTo(1, within(1e-12));
    }

    private static void draw(int n, List<double[]> patients, List<Integer> strata) {
        RandomStream random = RandomStream.of(5);
        double[] priors = Stratum.ALL.stream().mapToDouble(Stratum::prior).toArray();
        for (int i = 0; i < n; i++) {
            int stratum = random.weighted(priors);
            strata.add(stratum);
            patients.add(MODEL.draw(random, stratum));
        }
    }

    private static Gaussian normal(double mean, double sd) {
        return new Gaussian(
                "source",
                Modality.IMAGE,
                new double[] {mean},
                new double[] {sd},
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY);
    }

    private interface Function {
        double at(double x);
    }

    /** Trapezium rule over every value that occurs. */
    private static double integral(Function function) {
        double step = 0.001;
        double sum = 0;
        for (int i = -30_000; i <= 120_000; i++) {
            sum += function.at(i * step) * step;
        }
        return sum;
    }
}
