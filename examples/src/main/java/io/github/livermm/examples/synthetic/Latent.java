// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import org.apache.commons.math3.special.Erf;

/**
 * One latent variable of a patient with its exact distribution in each stratum. Echoes are readings
 * that a radiologist makes of an image variable, with error: they tell nothing new to whoever sees
 * the image, yet they tell something to whoever has the report alone.
 */
sealed interface Latent {

    /** Name in {@code truth_patients.csv}. */
    String name();

    /** Where it becomes visible. */
    Modality modality();

    /** A value for a patient of the stratum; {@code drawn} holds the variables before it. */
    double draw(RandomStream random, int stratum, double[] drawn);

    /** Log density or log probability of a value in the stratum, any source integrated out. */
    double logDensity(double value, int stratum);

    /** Mean in the stratum. */
    double mean(int stratum);

    /** Index of the variable that this one is a reading of, or -1. */
    default int source() {
        return -1;
    }

    /** Mean of the source in the stratum when this reading is known. */
    default double sourceMean(double value, int stratum) {
        throw new UnsupportedOperationException(name() + " is not a reading of another variable");
    }

    /** Distribution function of the standard normal. */
    static double phi(double x) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }

    /** Density of the standard normal. */
    static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** Normal, cut to an interval that may be the whole line. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Gaussian(
            String name,
            Modality modality,
            double[] means,
            double[] sds,
            double low,
            double high,
            double[] logNormalisers)
            implements Latent {

        static Gaussian of(
                String name,
                Modality modality,
                double[] means,
                double[] sds,
                double low,
                double high) {
            double[] logNormalisers = new double[means.length];
            for (int h = 0; h < means.length; h++) {
                double mass = phi((high - means[h]) / sds[h]) - phi((low - means[h]) / sds[h]);
                logNormalisers[h] = Math.log(sds[h] * Math.sqrt(2 * Math.PI) * mass);
            }
            return new Gaussian(name, modality, means, sds, low, high, logNormalisers);
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            double value;
            do {
                value = means[stratum] + sds[stratum] * random.gaussian();
            } while (value < low || value > high);
            return value;
        }

        @Override
        public double logDensity(double value, int stratum) {
            if (value < low || value > high) {
                return Double.NEGATIVE_INFINITY;
            }
            double z = (value - means[stratum]) / sds[stratum];
            return -z * z / 2 - logNormalisers[stratum];
        }

        @Override
        public double mean(int stratum) {
            double mass = phi(upper(stratum)) - phi(lower(stratum));
            double shift = (density(lower(stratum)) - density(upper(stratum))) / mass;
            return means[stratum] + sds[stratum] * shift;
        }

        private double lower(int stratum) {
            return (low - means[stratum]) / sds[stratum];
        }

        private double upper(int stratum) {
            return (high - means[stratum]) / sds[stratum];
        }
    }

    /** Present (1) or absent (0). */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Finding(String name, Modality modality, double[] probabilities) implements Latent {

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return random.chance(probabilities[stratum]) ? 1 : 0;
        }

        @Override
        public double logDensity(double value, int stratum) {
            return Math.log(value == 1 ? probabilities[stratum] : 1 - probabilities[stratum]);
        }

        @Override
        public double mean(int stratum) {
            return probabilities[stratum];
        }
    }

    /**
     * The radiologist calls a sign present when an image variable plus error exceeds a threshold.
     */
    record ReadSign(String name, int source, Gaussian of, double threshold, double error)
            implements Latent {

        @Override
        public Modality modality() {
            return Modality.REPORT;
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return drawn[source] + error * random.gaussian() > threshold ? 1 : 0;
        }

        @Override
        public double logDensity(double value, int stratum) {
            double z = standardised(stratum);
            return Math.log(value == 1 ? phi(z) : phi(-z));
        }

        @Override
        public double mean(int stratum) {
            return phi(standardised(stratum));
        }

        @Override
        public double sourceMean(double value, int stratum) {
            double z = standardised(stratum);
            double sd = of.sds()[stratum];
            double gain = sd * sd / Math.hypot(sd, error);
            double shift = value == 1 ? density(z) / phi(z) : -density(z) / phi(-z);
            return of.means()[stratum] + gain * shift;
        }

        private double standardised(int stratum) {
            return (of.means()[stratum] - threshold) / Math.hypot(of.sds()[stratum], error);
        }
    }

    /** The radiologist measures an image variable with error. */
    record Measured(String name, int source, Gaussian of, double error) implements Latent {

        @Override
        public Modality modality() {
            return Modality.REPORT;
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return drawn[source] + error * random.gaussian();
        }

        @Override
        public double logDensity(double value, int stratum) {
            double sd = Math.hypot(of.sds()[stratum], error);
            double z = (value - of.means()[stratum]) / sd;
            return -z * z / 2 - Math.log(sd * Math.sqrt(2 * Math.PI));
        }

        @Override
        public double mean(int stratum) {
            return of.means()[stratum];
        }

        @Override
        public double sourceMean(double value, int stratum) {
            double variance = of.sds()[stratum] * of.sds()[stratum];
            double gain = variance / (variance + error * error);
            return of.means()[stratum] + gain * (value - of.means()[stratum]);
        }
    }

    /** The radiologist reports an image finding, wrong with a fixed probability. */
    record ReadFinding(String name, int source, Finding of, double error) implements Latent {

        @Override
        public Modality modality() {
            return Modality.REPORT;
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return random.chance(error) ? 1 - drawn[source] : drawn[source];
        }

        @Override
        public double logDensity(double value, int stratum) {
            return Math.log(value == 1 ? mean(stratum) : 1 - mean(stratum));
        }

        @Override
        public double mean(int stratum) {
            double probability = of.probabilities()[stratum];
            return probability * (1 - error) + (1 - probability) * error;
        }

        @Override
        public double sourceMean(double value, int stratum) {
            double probability = of.probabilities()[stratum];
            return value == 1
                    ? probability * (1 - error) / mean(stratum)
                    : probability * error / (1 - mean(stratum));
        }
    }
}
