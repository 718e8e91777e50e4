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
    /** Molar mass and dilution: 1 IU/mL of AFP is 1.21 ng/mL. */
    private static final double NG_PER_IU = 1.21;

    private static final double UMOL_PER_MG_BILIRUBIN = 17.1;
    private static final double UMOL_PER_MG_CREATININE = 88.4;
    private static final double G_PER_L_PER_G_PER_DL = 10;
    private static final LocalDate PIVKA_EVERYWHERE = LocalDate.of(2021, 1, 1);

    /** A laboratory value as a column of the table. */
    enum Laboratory {
        AFP("afp", "log_afp", "ng/mL", true, 2, 0.02, 0, 1e6),
        PIVKA("pivka_ii", "log_pivka", "mAU/mL", true, 1, 0.08, 0, 1e6),
        CA199("ca19_9", "log_ca199", "U/mL", true, 2, 0.08, 0, 1e6),
        CEA("cea", "log_cea", "ng/mL", true, 2, 0.08, 0, 1e5),
        ALT("alt", "log_alt", "U/L", true, 0, 0.01, 1, 10000),
        AST("ast", "log_ast", "U/L", true, 0, 0.01, 1, 10000),
        GGT("ggt", "log_ggt", "U/L", true, 0, 0.03, 1, 5000),
        ALP("alp", "log_alp", "U/L", true, 0, 0.03, 1, 5000),
        TBIL("tbil", "log_tbil", "umol/L", true, 1, 0.01, 1, 1000),
        ALB("alb", "albumin", "g/L", false, 1, 0.01, 10, 70),
        INR("inr", "inr", "ratio", false, 2, 0.02, 0.5, 15),
        PLT("plt", "log_plt", "10^9/L", true, 0, 0.01, 1, 2000),
        NEUT("neut", "log_neut", "10^9/L", true, 2, 0.01, 0, 100),
        LYM("lym", "log_lym", "10^9/L", true, 2, 0.01, 0, 100),
        CR("cr", "log_cr", "umol/L", true, 0, 0.02, 10, 3000);

        private final String column;
        private final String latent;
        private final String unit;
        private final boolean log;
        private final int decimals;
        private final double missing;
        private final double low;
        private final double high;

        Laboratory(
                String column,
                String latent,
                String unit,
                boolean log,
                int decimals,
                double missing,
                double low,
                double high) {
            this.column = column;
            this.latent = latent;
            this.unit = unit;
            this.log = log;
            this.decimals = decimals;
            this.missing = missing;
            this.low = low;
            this.high = high;
        }

        String column() {
            return column;
        }

        /** The unit of the study; {@link #unitAt} gives exceptions. */
        String unit() {
            return unit;
        }

        /** Whether the variable is analysed on a log scale. */
        boolean log() {
            return log;
        }

        double low() {
            return low;
        }

        double high() {
            return high;
        }

        /** The unit in which a centre reports. */
        String unitAt(Centre centre) {
            if (this == AFP && centre == Centre.B) {
                return "IU/mL";
            }
            if (centre == Centre.D && this == ALB) {
                return "g/dL";
            }
            boolean conventional = centre == Centre.D && (this == TBIL || this == CR);
            return conventional ? "mg/dL" : unit;
        }

        private double perUnitAt(Centre centre) {
            if (unitAt(centre).equals(unit)) {
                return 1;
            }
            return switch (this) {
                case AFP -> NG_PER_IU;
                case TBIL -> UMOL_PER_MG_BILIRUBIN;
                case CR -> UMOL_PER_MG_CREATININE;
                default -> G_PER_L_PER_G_PER_DL;
            };
        }

        private double missingAt(Centre centre, LocalDate examined) {
            if (this != PIVKA) {
                return missing;
            }
            boolean early = examined.isBefore(PIVKA_EVERYWHERE);
            return switch (centre) {
                case A -> early ? 0.5 : missing;
                case B -> early ? 0.9 : 0.25;
                case C -> early ? 1 : 0.4;
                case D -> early ? 0.8 : 0.5;
            };
        }

        private int decimalsAt(Centre centre) {
            return unitAt(centre).equals(unit) ? decimals : Math.max(2, decimals);
        }
    }

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
        double latent = value(patient, laboratory.latent);
        double inUnit = (laboratory.log ? Math.exp(latent) : latent) / laboratory.perUnitAt(centre);
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
