// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import io.github.livermm.examples.synthetic.Latent.Finding;
import io.github.livermm.examples.synthetic.Latent.Gaussian;
import io.github.livermm.examples.synthetic.Latent.Measured;
import io.github.livermm.examples.synthetic.Latent.ReadFinding;
import io.github.livermm.examples.synthetic.Latent.ReadSign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The generator's truth: which variables a patient has, how each is distributed in each {@link
 * Stratum}, and what follows exactly from the variables that a set of modalities shows: the
 * posterior of the stratum, and the expected prognosis.
 *
 * <p>Prognosis is a linear predictor on the log hazard scale. Microvascular invasion is one of its
 * terms and is itself linear in size and irregularity plus an error nobody sees before surgery, so
 * that every conditional expectation has a closed form.
 */
final class LatentModel {
    private static final double NEVER = Double.NEGATIVE_INFINITY;
    private static final double ALWAYS = Double.POSITIVE_INFINITY;

    /** Log hazard ratio per unit of microvascular invasion severity. */
    private static final double INVASION_EFFECT = 0.35;

    private static final double INVASION_PER_LOG_CM = 0.5;
    private static final double INVASION_PER_IRREGULARITY = 0.3;
    private static final double NEOADJUVANT_EFFECT = 0.25;

    private final List<Latent> latents = new ArrayList<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private final Map<String, Double> directEffects = new HashMap<>();
    private final double[] effects;
    private final double offset;

    LatentModel() {
        addImage();
        addClinical();
        addReport();
        effects = totalEffects();
        offset = -meanOfMalignant();
    }

    // Order of the columns below: haemangioma, FNH, other benign, HCC, ICC, metastasis, combined.

    private void addImage() {
        image("arterial", 1, -0.4, 0.40, 0.90, 0.10, 0.70, -0.30, -0.50, 0.20);
        image("rim", 1, 0.1, 0.00, -0.60, 0.00, -0.15, 0.60, 0.80, 0.30);
        image("washout", 1, -0.2, -0.80, -0.60, -0.40, 0.55, 0.05, 0.20, 0.35);
        image("capsule", 1, 0.0, -0.40, -0.30, -0.20, 0.35, -0.15, -0.20, 0.15);
        image("log_size_cm", 0.45, 0.15, 1.50, 1.40, 1.35, 1.50, 1.62, 1.35, 1.55);
        image("irregularity", 1, 0.0, -0.60, -0.50, -0.30, 0.30, 0.45, 0.30, 0.45);
        image("necrosis", 1, 0.4, -0.45, -0.50, -0.10, 0.25, 0.30, 0.45, 0.30);
        add(new Finding("multiple", Modality.IMAGE, shares(.18, .12, .12, .17, .25, .40, .20)));
        effect("log_size_cm", 0.30);
        effect("irregularity", 0.33);
        effect("necrosis", 0.42);
        effect("multiple", 0.45);
    }

    private void addClinical() {
        normal("age", 18.5, 79.5, row(50, 47, 50, 55, 58, 58, 56), all(11));
        add(new Finding("male", Modality.CLINICAL, shares(.52, .50, .52, .76, .60, .60, .70)));
        add(new Finding("hbsag", Modality.CLINICAL, shares(.30, .28, .30, .68, .45, .32, .60)));
        normal(
                "log_afp",
                -0.5,
                13,
                row(1.3, 1.3, 1.4, 2.3, 1.7, 1.5, 2.3),
                row(0.9, 0.9, 0.9, 1.8, 1.2, 1.0, 1.7));
        normal(
                "log_pivka",
                1,
                12,
                row(3.3, 3.3, 3.3, 3.7, 3.5, 3.4, 3.7),
                row(0.7, 0.7, 0.7, 1.1, 0.8, 0.7, 1.0));
        normal(
                "log_ca199",
                0,
                9.5,
                row(2.5, 2.5, 2.6, 2.7, 3.3, 3.1, 3.0),
                row(0.9, 0.9, 0.9, 1.0, 1.5, 1.4, 1.2));
        normal(
                "log_cea",
                -1,
                7,
                row(0.8, 0.8, 0.8, 0.9, 1.1, 1.5, 1.0),
                row(0.6, 0.6, 0.6, 0.6, 0.8, 1.0, 0.7));
        normal("log_alt", 1.8, 6, row(3.20, 3.20, 3.25, 3.40, 3.30, 3.25, 3.40), all(0.55));
        normal("log_ast", 2.2, 6, row(3.20, 3.20, 3.25, 3.40, 3.35, 3.30, 3.40), all(0.50));
        normal("log_ggt", 1.8, 7, row(3.60, 3.60, 3.70, 3.95, 4.05, 3.90, 4.00), all(0.85));
        normal("log_alp", 3.0, 7, row(4.40, 4.40, 4.40, 4.50, 4.58, 4.50, 4.50), all(0.40));
        normal("log_tbil", 1, 5.5, row(2.55, 2.55, 2.55, 2.65, 2.65, 2.60, 2.65), all(0.45));
        normal("albumin", 22, 58, row(42.5, 43, 42.5, 41.2, 41.3, 41.5, 41.2), all(4.3));
        normal("inr", 0.75, 1.9, row(1.01, 1.01, 1.01, 1.03, 1.02, 1.01, 1.03), all(0.09));
        normal("log_plt", 3, 6.6, row(5.27, 5.30, 5.27, 5.10, 5.28, 5.27, 5.15), all(0.40));
        normal("log_neut", -0.5, 3.2, row(1.25, 1.25, 1.28, 1.22, 1.32, 1.30, 1.25), all(0.35));
        normal("log_lym", -1, 1.8, row(0.48, 0.48, 0.47, 0.44, 0.45, 0.45, 0.44), all(0.35));
        normal("log_cr", 3.4, 5.6, all(4.2), all(0.23));
        effect("log_afp", 0.20);
        effect("log_pivka", 0.15);
        effect("log_ca199", 0.18);
        effect("albumin", -0.09);
        effect("log_ggt", 0.30);
        effect("log_lym", -0.40);
    }

    private void addReport() {
        finding("capsular_retraction", .04, .03, .06, .07, .22, .12, .15);
        finding("bile_duct_dilatation", .05, .04, .07, .09, .25, .13, .17);
        finding("hepatolithiasis", .03, .02, .05, .03, .10, .03, .05);
        finding("cirrhosis", .10, .08, .12, .48, .24, .12, .40);
        finding("splenomegaly", .07, .06, .08, .28, .16, .10, .24);
        finding("satellite_nodule", .05, .04, .06, .22, .26, .32, .25);
        finding("portal_vein_thrombus", .01, .01, .02, .16, .12, .08, .14);
        finding("enlarged_lymph_nodes", .07, .06, .09, .13, .24, .22, .19);
        finding("vessel_encasement", .03, .03, .05, .15, .23, .15, .19);
        finding("ascites", .04, .04, .05, .14, .12, .12, .13);
        finding("ill_defined_margin", .22, .25, .32, .42, .55, .50, .48);
        finding("calcification", .10, .06, .10, .06, .09, .13, .07);
        effect("satellite_nodule", 0.65);
        effect("portal_vein_thrombus", 0.85);
        effect("enlarged_lymph_nodes", 0.55);
        effect("vessel_encasement", 0.55);
        effect("ascites", 0.60);
        effect("cirrhosis", 0.30);
        sign("read_arterial_hyperenhancement", "arterial", 0.1, 1.3);
        sign("read_rim_enhancement", "rim", 0.8, 1.3);
        sign("read_washout", "washout", 0.2, 1.3);
        sign("read_capsule", "capsule", 0.5, 1.3);
        sign("read_irregular_shape", "irregularity", 0.4, 1.3);
        sign("read_necrosis", "necrosis", 0.6, 1.3);
        int size = indexOf("log_size_cm");
        add(new Measured("read_log_size_cm", size, (Gaussian) latents.get(size), 0.12));
        int multiple = indexOf("multiple");
        add(new ReadFinding("read_multiple", multiple, (Finding) latents.get(multiple), 0.08));
    }

    private void image(String name, double sd, double treated, double... means) {
        double[] byStratum = perStratum(means);
        for (int h = 0; h < byStratum.length; h++) {
            byStratum[h] += Stratum.ALL.get(h).neoadjuvant() ? treated : 0;
        }
        double[] sds = perStratum(all(sd));
        add(new Gaussian(name, Modality.IMAGE, byStratum, sds, NEVER, ALWAYS));
    }

    private void normal(String name, double low, double high, double[] means, double[] sds) {
        double[] byStratum = perStratum(means);
        if ("log_afp".equals(name)) {
            for (int h = 0; h < byStratum.length; h++) {
                byStratum[h] -= Stratum.ALL.get(h).neoadjuvant() ? 0.3 : 0;
            }
        }
        add(new Gaussian(name, Modality.CLINICAL, byStratum, perStratum(sds), low, high));
    }

    private void finding(String name, double... probabilities) {
        add(new Finding(name, Modality.REPORT, shares(probabilities)));
    }

    private void sign(String name, String of, double threshold, double error) {
        int source = indexOf(of);
        add(new ReadSign(name, source, (Gaussian) latents.get(source), threshold, error));
    }

    private void effect(String name, double logHazardRatio) {
        directEffects.put(name, logHazardRatio);
    }

    private void add(Latent latent) {
        indices.put(latent.name(), latents.size());
        latents.add(latent);
    }

    private static double[] row(double... values) {
        return values;
    }

    private static double[] all(double value) {
        double[] all = new double[Diagnosis.values().length];
        Arrays.fill(all, value);
        return all;
    }

    private static double[] shares(double... byDiagnosis) {
        return perStratum(byDiagnosis);
    }

    private static double[] perStratum(double[] byDiagnosis) {
        return Stratum.ALL.stream()
                .mapToDouble(stratum -> byDiagnosis[stratum.diagnosis().column()])
                .toArray();
    }

    private double[] totalEffects() {
        double[] total = new double[latents.size()];
        directEffects.forEach((name, effect) -> total[indexOf(name)] = effect);
        total[indexOf("log_size_cm")] += INVASION_EFFECT * INVASION_PER_LOG_CM;
        total[indexOf("irregularity")] += INVASION_EFFECT * INVASION_PER_IRREGULARITY;
        return total;
    }

    private double meanOfMalignant() {
        double sum = 0;
        double mass = 0;
        for (int h = 0; h < Stratum.ALL.size(); h++) {
            if (Stratum.ALL.get(h).diagnosis().malignant()) {
                double mean = intercept(h);
                for (int k = 0; k < effects.length; k++) {
                    mean += effects[k] * latents.get(k).mean(h);
                }
                sum += Stratum.ALL.get(h).prior() * mean;
                mass += Stratum.ALL.get(h).prior();
            }
        }
        return sum / mass;
    }

    /** The part of the linear predictor that the stratum decides by itself. */
    private static double intercept(int stratum) {
        Stratum known = Stratum.ALL.get(stratum);
        double lesion =
                switch (known.diagnosis()) {
                    case ICC -> 0.45;
                    case METASTASIS -> 0.35;
                    case CHCC_CCA -> 0.30;
                    default -> 0;
                };
        return lesion + (known.neoadjuvant() ? NEOADJUVANT_EFFECT : 0);
    }

    List<Latent> latents() {
        return List.copyOf(latents);
    }

    int indexOf(String name) {
        Integer index = indices.get(name);
        if (index == null) {
            throw new IllegalArgumentException("no latent variable named " + name);
        }
        return index;
    }

    /** All variables of one patient. */
    double[] draw(RandomStream random, int stratum) {
        double[] values = new double[latents.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = latents.get(k).draw(random, stratum, values);
        }
        return values;
    }

    /** Severity of microvascular invasion; an error term of one that only pathology sees. */
    double drawInvasion(RandomStream random, double[] values) {
        return invasionMean(values) + random.gaussian();
    }

    private double invasionMean(double[] values) {
        return INVASION_PER_LOG_CM * (values[indexOf("log_size_cm")] - 1.5)
                + INVASION_PER_IRREGULARITY * values[indexOf("irregularity")];
    }

    /** The true log hazard, zero on average over malignant patients. */
    double linearPredictor(double[] values, int stratum, double invasion) {
        double sum = offset + intercept(stratum);
        for (int k = 0; k < effects.length; k++) {
            sum += effects[k] * values[k];
        }
        return sum + INVASION_EFFECT * (invasion - invasionMean(values));
    }

    /** Log density of every variable (first index) in every stratum (second index). */
    double[][] logDensities(double[] values) {
        double[][] densities = new double[values.length][Stratum.ALL.size()];
        for (int k = 0; k < values.length; k++) {
            for (int h = 0; h < densities[k].length; h++) {
                densities[k][h] = latents.get(k).logDensity(values[k], h);
            }
        }
        return densities;
    }

    /** Probability of malignancy under a posterior. */
    static double malignant(double[] posterior) {
        double sum = 0;
        for (int h = 0; h < posterior.length; h++) {
            sum += Stratum.ALL.get(h).diagnosis().malignant() ? posterior[h] : 0;
        }
        return sum;
    }

    /** Probability of HCC among HCC and ICC under a posterior. */
    static double hccVersusIcc(double[] posterior) {
        double hcc = 0;
        double icc = 0;
        for (int h = 0; h < posterior.length; h++) {
            hcc += Stratum.ALL.get(h).diagnosis() == Diagnosis.HCC ? posterior[h] : 0;
            icc += Stratum.ALL.get(h).diagnosis() == Diagnosis.ICC ? posterior[h] : 0;
        }
        return hcc / (hcc + icc);
    }

    /** Log hazard ratio of a unit of a variable, what passes through microvascular invasion too. */
    double effect(int k) {
        return effects[k];
    }

    /** The part of the linear predictor that belongs to the stratum alone. */
    double stratumPredictor(int stratum) {
        return offset + intercept(stratum);
    }

    /** What a set of modalities shows of a patient. */
    View view(Set<Modality> shown) {
        return new View(this, shown);
    }
}
