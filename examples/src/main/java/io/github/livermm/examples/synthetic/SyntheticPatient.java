// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that is true of one patient, drawn from the seed and the patient's number alone.
 *
 * @param index position in the study, from 0
 * @param id id in the study
 * @param place diagnosis, centre and planted exclusion
 * @param stratum index into {@link Stratum#ALL}
 * @param values latent variables in the model's order
 * @param invasion severity of microvascular invasion
 * @param predictor true linear predictor without the centre's part
 * @param scanner where the patient was examined
 * @param phases phases in the export; empty when there are no images
 * @param hasMasks whether somebody drew masks
 * @param phantom the anatomy
 * @param examined day of the examination and of the report
 * @param surgery what was done
 * @param operated day of surgery, when there was one
 * @param outcome follow-up, known for malignant lesions after a radical resection
 * @param pathology word of the pathologist, empty when there is no pathology
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SyntheticPatient(
        int index,
        String id,
        CohortPlan.Place place,
        int stratum,
        double[] values,
        double invasion,
        double predictor,
        Scanner scanner,
        List<Phase> phases,
        boolean hasMasks,
        Phantom phantom,
        LocalDate examined,
        String surgery,
        Optional<LocalDate> operated,
        Optional<Outcome> outcome,
        String pathology) {

    static final LocalDate DATA_LOCK = LocalDate.of(2026, 6, 30);

    private static final LocalDate FIRST_SURGERY = LocalDate.of(2018, 7, 2);
    private static final LocalDate LAST_SURGERY = LocalDate.of(2024, 6, 14);
    private static final LocalDate FIRST_LATE_SURGERY = LocalDate.of(2024, 7, 15);
    private static final LocalDate LAST_LATE_SURGERY = LocalDate.of(2026, 3, 20);
    private static final double DAYS_PER_MONTH = 30.4375;
    private static final double WITHOUT_MASK = 0.05;

    static SyntheticPatient draw(LatentModel model, CohortPlan.Place place, int index, long seed) {
        RandomStream random = RandomStream.of(seed, index);
        int stratum = Stratum.draw(place.diagnosis(), random);
        double[] values = model.draw(random, stratum);
        if (place.planted() == Planted.AGE_18_80) {
            values[model.indexOf("age")] =
                    random.chance(0.3) ? random.uniform(14.6, 17.4) : random.uniform(80.6, 89);
        }
        double invasion = model.drawInvasion(random, values);
        double predictor = model.linearPredictor(values, stratum, invasion);
        Scanner scanner =
                random.pick(Scanner.at(place.centre(), random.chance(place.centre().ctShare())));
        List<Phase> phases = phases(place.planted(), scanner, random);
        boolean hasMasks = !random.chance(WITHOUT_MASK);
        Phantom phantom = Phantom.draw(model, values, random);
        boolean late = place.planted() == Planted.POTENTIAL_FOLLOW_UP_24_MONTHS;
        LocalDate day =
                between(
                        late ? FIRST_LATE_SURGERY : FIRST_SURGERY,
                        late ? LAST_LATE_SURGERY : LAST_SURGERY,
                        random);
        String surgery = surgery(place, random);
        boolean radical = surgery.equals("radical_hepatectomy");
        double months = (DATA_LOCK.toEpochDay() - day.toEpochDay()) / DAYS_PER_MONTH;
        Outcome outcome =
                Outcome.draw(
                        place.diagnosis(),
                        predictor + place.centre().logHazard(),
                        place.centre(),
                        months,
                        random);
        boolean known = radical && place.planted() != Planted.OUTCOME_KNOWN;
        return new SyntheticPatient(
                index,
                String.format(Locale.ROOT, "P%04d", index + 1),
                place,
                stratum,
                values,
                invasion,
                predictor,
                scanner,
                phases,
                hasMasks && !phases.isEmpty(),
                phantom,
                day.minusDays(2 + random.index(20)),
                surgery,
                operation(surgery) ? Optional.of(day) : Optional.empty(),
                known ? Optional.of(outcome) : Optional.empty(),
                pathology(place, random));
    }

    Centre centre() {
        return place.centre();
    }

    boolean malignant() {
        return place.diagnosis().malignant();
    }

    boolean neoadjuvant() {
        return Stratum.ALL.get(stratum).neoadjuvant();
    }

    private static List<Phase> phases(Planted planted, Scanner scanner, RandomStream random) {
        List<Phase> phases = new ArrayList<>();
        for (Phase phase : Phase.of(scanner.ct())) {
            boolean agent = phase != Phase.MR_HEPATOBILIARY || scanner.hepatocyteAgent();
            if (random.chance(phase.availability()) && agent) {
                phases.add(phase);
            }
        }
        if (planted == Planted.IMAGES) {
            return List.of();
        }
        if (planted == Planted.CONTRAST_CT_OR_MR) {
            return Phase.of(scanner.ct()).stream().filter(phase -> !phase.contrast()).toList();
        }
        if (phases.stream().noneMatch(Phase::contrast)) {
            phases.add(scanner.ct() ? Phase.CT_PORTAL : Phase.MR_PORTAL);
        }
        return List.copyOf(phases);
    }

    private static String surgery(CohortPlan.Place place, RandomStream random) {
        if (!place.diagnosis().malignant()) {
            return random.pick("local_resection", "local_resection", "none");
        }
        return place.planted() == Planted.RADICAL_HEPATECTOMY
                ? random.pick("palliative_hepatectomy", "tace_only", "ablation", "none")
                : "radical_hepatectomy";
    }

    private static boolean operation(String surgery) {
        return surgery.endsWith("resection") || surgery.endsWith("hepatectomy");
    }

    private static String pathology(CohortPlan.Place place, RandomStream random) {
        String word =
                place.diagnosis() == Diagnosis.OTHER_BENIGN
                        ? random.pick("adenoma", "angiomyolipoma", "inflammatory_pseudotumour")
                        : place.diagnosis().name().toLowerCase(Locale.ROOT);
        return place.planted() == Planted.PATHOLOGY ? "" : word;
    }

    private static LocalDate between(LocalDate first, LocalDate last, RandomStream random) {
        return first.plusDays(random.index((int) (last.toEpochDay() - first.toEpochDay() + 1)));
    }
}
