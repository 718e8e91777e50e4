// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * Diagnosis together with neoadjuvant therapy: given its stratum, all latent variables of a patient
 * are independent. Only malignant lesions are treated before surgery.
 *
 * @param diagnosis what the lesion is
 * @param neoadjuvant whether it was treated before surgery
 * @param prior probability before anything is known of the patient
 */
record Stratum(Diagnosis diagnosis, boolean neoadjuvant, double prior) {
    private static final double NEOADJUVANT_SHARE = 0.18;

    /** All strata; the position in this list is the index used by {@link LatentModel}. */
    static final List<Stratum> ALL = all();

    private static List<Stratum> all() {
        List<Stratum> strata = new ArrayList<>();
        for (Diagnosis diagnosis : Diagnosis.values()) {
            double treated = diagnosis.malignant() ? NEOADJUVANT_SHARE : 0;
            strata.add(new Stratum(diagnosis, false, diagnosis.share() * (1 - treated)));
            if (diagnosis.malignant()) {
                strata.add(new Stratum(diagnosis, true, diagnosis.share() * treated));
            }
        }
        return List.copyOf(strata);
    }

    /** The index of the stratum of a diagnosis with or without treatment. */
    static int indexOf(Diagnosis diagnosis, boolean neoadjuvant) {
        for (int i = 0; i < ALL.size(); i++) {
            if (ALL.get(i).diagnosis == diagnosis && ALL.get(i).neoadjuvant == neoadjuvant) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                diagnosis + " with neoadjuvant " + neoadjuvant + " is not a stratum");
    }

    /** Draws whether a patient with this diagnosis was treated, and answers the stratum's index. */
    static int draw(Diagnosis diagnosis, RandomStream random) {
        boolean treated = random.chance(NEOADJUVANT_SHARE);
        return indexOf(diagnosis, treated && diagnosis.malignant());
    }
}
