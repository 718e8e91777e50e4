// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.List;

/**
 * A hospital of the group: its case mix, its scanners and modality, its outcome level and visit
 * schedule. How it writes tables and reports is kept by {@link PatientsTable} and {@link
 * ReportWriter}.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and arrays never leave and never change
enum Centre {
    A(0.34, 0.00, 3.0, 0.70, mix(0.8, 0.8, 0.8, 1.1, 1.1, 1.0, 1.0)),
    B(0.26, 0.18, 2.0, 0.60, mix(0.9, 0.9, 1.0, 1.1, 0.8, 0.9, 1.0)),
    C(0.22, -0.20, 3.0, 0.35, mix(1.3, 1.3, 1.1, 0.85, 1.0, 1.1, 1.0)),
    D(0.18, 0.10, 4.0, 0.45, mix(1.2, 1.2, 1.3, 0.85, 1.1, 1.1, 1.0));

    /** Everybody knows the same centres in the same order. */
    static final List<Centre> ALL = List.of(values());

    private final double share;
    private final double logHazard;
    private final double visitMonths;
    private final double ctShare;
    private final double[] caseMix;

    Centre(double share, double logHazard, double visitMonths, double ctShare, double[] caseMix) {
        this.share = share;
        this.logHazard = logHazard;
        this.visitMonths = visitMonths;
        this.ctShare = ctShare;
        this.caseMix = caseMix;
    }

    private static double[] mix(double... byDiagnosis) {
        return byDiagnosis;
    }

    /** The centre of a patient with this diagnosis. */
    static Centre draw(Diagnosis diagnosis, RandomStream random) {
        return ALL.get(
                random.weighted(
                        ALL.stream()
                                .mapToDouble(c -> c.share * c.caseMix[diagnosis.column()])
                                .toArray()));
    }

    /** Log hazard of this centre's outcomes that no variable explains. */
    double logHazard() {
        return logHazard;
    }

    /** Months between visits in the first two years. */
    double visitMonths() {
        return visitMonths;
    }

    /** Share of patients with CT; the others have MR. */
    double ctShare() {
        return ctShare;
    }
}
