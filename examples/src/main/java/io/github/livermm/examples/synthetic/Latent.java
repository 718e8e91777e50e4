// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * One latent variable of a patient with its exact distribution in each stratum. Readings are what a
 * radiologist makes of an image variable, with error: they tell nothing new to whoever sees the
 * image, yet they tell something to whoever has the report alone.
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

    /** Distribution function of the standard normal. */
    static double phi(double x) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }

    /** Density of the standard normal. */
    static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** A radiologist's reading of an image variable. */
    sealed interface Reading extends Latent {

        /** Index of the variable that is read. */
        int source();

        /** Mean of the source in the stratum when this reading is known. */
        double sourceMean(double value, int stratum);

        @Override
        default Modality modality() {
            return Modality.REPORT;
        }
    }

    /** Normal, cut to an interval that may be the whole line. */
    final class Gaussian implements Latent {
        private final String name;
        private final Modality modality;
        private final double[] means;
        private final double[] sds;
        private final double low;
        private final double high;
        private final double[] logNormalisers;
        private final double[] cutMeans;

        Gaussian(
                String name,
                Modality modality,
                double[] means,
                double[] sds,
                double low,
                double high) {
            this.name = name;
            this.modality = modality;
            this.means = means.clone();
            this.sds = sds.clone();
            this.low = low;
            this.high = high;
            this.logNormalisers = new double[means.length];
            this.cutMeans = new double[means.length];
            for (int h = 0; h < means.length; h++) {
                double from = (low - means[h]) / sds[h];
                double to = (high - means[h]) / sds[h];
                double mass = phi(to) - phi(from);
                logNormalisers[h] = Math.log(sds[h] * Math.sqrt(2 * Math.PI) * mass);
                cutMeans[h] = means[h] + sds[h] * (density(from) - density(to)) / mass;
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Modality modality() {
            return modality;
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
            return cutMeans[stratum];
        }
    }

    /** Present (1) or absent (0). */
    final class Finding implements Latent {
        private final String name;
        private final Modality modality;
        private final double[] probabilities;
        private final double[] logPresent;
        private final double[] logAbsent;

        Finding(String name, Modality modality, double[] probabilities) {
            this.name = name;
            this.modality = modality;
            this.probabilities = probabilities.clone();
            this.logPresent = Arrays.stream(probabilities).map(Math::log).toArray();
            this.logAbsent = Arrays.stream(probabilities).map(p -> Math.log1p(-p)).toArray();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Modality modality() {
            return modality;
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return random.chance(probabilities[stratum]) ? 1 : 0;
        }

        @Override
        public double logDensity(double value, int stratum) {
            return value == 1 ? logPresent[stratum] : logAbsent[stratum];
        }

        @Override
        public double mean(int stratum) {
            return probabilities[stratum];
        }
    }

    /**
     * The radiologist calls a sign present when an image variable plus error exceeds a threshold.
     */
    final class ReadSign implements Reading {
        private final Finding call;
        private final int source;
        private final double threshold;
        private final double error;
        private final double[] meansWhenCalled;
        private final double[] meansWhenNot;

        ReadSign(String name, int source, Gaussian of, double threshold, double error) {
            int strata = of.means.length;
            double[] z = new double[strata];
            this.meansWhenCalled = new double[strata];
            this.meansWhenNot = new double[strata];
            for (int h = 0; h < strata; h++) {
                double spread = Math.hypot(of.sds[h], error);
                double gain = of.sds[h] * of.sds[h] / spread;
                z[h] = (of.means[h] - threshold) / spread;
                meansWhenCalled[h] = of.means[h] + gain * density(z[h]) / phi(z[h]);
                meansWhenNot[h] = of.means[h] - gain * density(z[h]) / phi(-z[h]);
            }
            this.call =
                    new Finding(name, Modality.REPORT, Arrays.stream(z).map(Latent::phi).toArray());
            this.source = source;
            this.threshold = threshold;
            this.error = error;
        }

        @Override
        public String name() {
            return call.name();
        }

        @Override
        public int source() {
            return source;
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return drawn[source] + error * random.gaussian() > threshold ? 1 : 0;
        }

        @Override
        public double logDensity(double value, int stratum) {
            return call.logDensity(value, stratum);
        }

        @Override
        public double mean(int stratum) {
            return call.mean(stratum);
        }

        @Override
        public double sourceMean(double value, int stratum) {
            return value == 1 ? meansWhenCalled[stratum] : meansWhenNot[stratum];
        }
    }

    /** The radiologist measures an image variable with error. */
    final class Measured implements Reading {
        private final Gaussian reading;
        private final int source;
        private final Gaussian of;
        private final double error;

        Measured(String name, int source, Gaussian of, double error) {
            double[] spreads = Arrays.stream(of.sds).map(sd -> Math.hypot(sd, error)).toArray();
            this.reading =
                    new Gaussian(
                            name,
                            Modality.REPORT,
                            of.means,
                            spreads,
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY);
            this.source = source;
            this.of = of;
            this.error = error;
        }

        @Override
        public String name() {
            return reading.name();
        }

        @Override
        public int source() {
            return source;
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return drawn[source] + error * random.gaussian();
        }

        @Override
        public double logDensity(double value, int stratum) {
            return reading.logDensity(value, stratum);
        }

        @Override
        public double mean(int stratum) {
            return reading.mean(stratum);
        }

        @Override
        public double sourceMean(double value, int stratum) {
            double variance = of.sds[stratum] * of.sds[stratum];
            double gain = variance / (variance + error * error);
            return of.means[stratum] + gain * (value - of.means[stratum]);
        }
    }

    /** The radiologist reports an image finding, wrong with a fixed probability. */
    final class ReadFinding implements Reading {
        private final Finding call;
        private final int source;
        private final Finding of;
        private final double error;

        ReadFinding(String name, int source, Finding of, double error) {
            double[] probabilities =
                    IntStream.range(0, of.probabilities.length)
                            .mapToDouble(h -> of.mean(h) * (1 - error) + (1 - of.mean(h)) * error)
                            .toArray();
            this.call = new Finding(name, Modality.REPORT, probabilities);
            this.source = source;
            this.of = of;
            this.error = error;
        }

        @Override
        public String name() {
            return call.name();
        }

        @Override
        public int source() {
            return source;
        }

        @Override
        public double draw(RandomStream random, int stratum, double[] drawn) {
            return random.chance(error) ? 1 - drawn[source] : drawn[source];
        }

        @Override
        public double logDensity(double value, int stratum) {
            return call.logDensity(value, stratum);
        }

        @Override
        public double mean(int stratum) {
            return call.mean(stratum);
        }

        @Override
        public double sourceMean(double value, int stratum) {
            return value == 1
                    ? of.mean(stratum) * (1 - error) / mean(stratum)
                    : of.mean(stratum) * error / (1 - mean(stratum));
        }
    }
}
