// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

/** What the pathologist finds. The share is that of a surgical or biopsied cohort. */
enum Diagnosis {
    HAEMANGIOMA(0, 0.09, false),
    FNH(1, 0.06, false),
    OTHER_BENIGN(2, 0.07, false),
    HCC(3, 0.55, true),
    ICC(4, 0.13, true),
    METASTASIS(5, 0.07, true),
    CHCC_CCA(6, 0.03, true);

    private final int column;
    private final double share;
    private final boolean malignant;

    Diagnosis(int column, double share, boolean malignant) {
        this.column = column;
        this.share = share;
        this.malignant = malignant;
    }

    /** Position in tables that list the diagnoses in this order. */
    int column() {
        return column;
    }

    double share() {
        return share;
    }

    boolean malignant() {
        return malignant;
    }
}
