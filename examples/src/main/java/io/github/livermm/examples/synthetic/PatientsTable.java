// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a patient's row of {@code patients.csv} the way the patient's hospital keeps its table:
 * own units, own word for a missing value, laboratory text with a bound, gaps by variable, centre
 * and era.
 */
final class PatientsTable {
    private static final List<String> HEADER = header();

    private final LatentModel model;

    PatientsTable(LatentModel model) {
        this.model = model;
    }

    private static List<String> header() {
        List<String> header = new ArrayList<>(List.of("patient_id", "hospital", "age", "sex"));
        header.add("hbsag");
        for (Laboratory laboratory : Laboratory.values()) {
            header.add(laboratory.column());
            if (laboratory == Laboratory.AFP || laboratory == Laboratory.ALT) {
                header.add(laboratory.column() + "_uln");
            }
        }
        header.addAll(List.of("neoadjuvant", "pathology", "surgery", "surgery_date", "mvi"));
        header.addAll(List.of("edmondson", "pfs_months", "pfs_event", "os_months", "os_event"));
        return List.copyOf(header);
    }

    static String headerLine() {
        return String.join(",", HEADER);
    }

    /** The patient's line, without a line end. */
    String line(SyntheticPatient patient, long seed) {
        RandomStream random = RandomStream.of(seed, patient.index(), 2);
        List<String> cells = new ArrayList<>();
        cells.add(patient.id());
        cells.add(patient.centre().name());
        cells.add(decimal(value(patient, "age"), 0));
        cells.add(value(patient, "male") == 1 ? "M" : "F");
        boolean untested = random.chance(0.02);
        String hbsag = value(patient, "hbsag") == 1 ? "positive" : "negative";
        cells.add(untested ? gap(patient, random) : hbsag);
        for (Laboratory laboratory : Laboratory.values()) {
            cells.add(laboratory(laboratory, patient, random));
            if (laboratory == Laboratory.AFP) {
                cells.add(decimal(7 / laboratory.perUnitAt(patient.centre()), 1));
            } else if (laboratory == Laboratory.ALT) {
                cells.add(patient.centre() == Centre.D ? "45" : "40");
            }
        }
        cells.add(patient.neoadjuvant() ? "yes" : "no");
        cells.add(patient.pathology());
        cells.add(patient.surgery());
        cells.add(patient.operated().map(LocalDate::toString).orElse(""));
        addPathology(patient, random, cells);
        addOutcome(patient, cells);
        return cells.stream().collect(Collectors.joining(","));
    }

    private double value(SyntheticPatient patient, String latent) {
        return patient.values()[model.indexOf(latent)];
    }

    private String laboratory(
            Laboratory laboratory, SyntheticPatient patient, RandomStream random) {
        Centre centre = patient.centre();
        boolean planted = patient.place().planted() == Planted.LABORATORY_COMPLETE;
        // creatinine alone is left to those whose laboratory is incomplete
        boolean gap =
                random.chance(laboratory.missingAt(centre, patient.examined()))
                        || (planted && laboratory != Laboratory.CR);
        if (gap) {
            return gap(patient, random);
        }
        double latent = value(patient, laboratory.latent());
        double inUnit =
                (laboratory.log() ? Math.exp(latent) : latent) / laboratory.perUnitAt(centre);
        if (laboratory == Laboratory.AFP && centre == Centre.C) {
            if (inUnit < 2) {
                return "<2";
            }
            if (inUnit > 60500) {
                return ">60500";
            }
        }
        return decimal(inUnit, laboratory.decimalsAt(centre));
    }

    private static String gap(SyntheticPatient patient, RandomStream random) {
        return switch (patient.centre()) {
            case A -> "";
            case B -> random.pick("", "NA");
            case C -> "-999";
            case D -> "NA";
        };
    }

    private static void addPathology(
            SyntheticPatient patient, RandomStream random, List<String> cells) {
        boolean examined = patient.malignant() && patient.operated().isPresent();
        double severity = patient.invasion();
        cells.add(!examined ? "" : severity < 0.3 ? "M0" : severity < 1.3 ? "M1" : "M2");
        double grade = 0.55 * severity + 0.8 * random.gaussian();
        boolean graded = examined && patient.place().diagnosis() == Diagnosis.HCC;
        cells.add(
                !graded ? "" : grade < -1 ? "I" : grade < 0.2 ? "II" : grade < 1.5 ? "III" : "IV");
    }

    private static void addOutcome(SyntheticPatient patient, List<String> cells) {
        if (patient.outcome().isEmpty()) {
            cells.addAll(List.of("", "", "", ""));
            return;
        }
        Outcome outcome = patient.outcome().get();
        cells.add(decimal(outcome.pfsMonths(), 2));
        cells.add(outcome.pfsEvent() ? "1" : "0");
        cells.add(decimal(outcome.osMonths(), 2));
        cells.add(outcome.osEvent() ? "1" : "0");
    }

    private static String decimal(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
