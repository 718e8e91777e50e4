// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.SurvivalTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is suspicious in a study that can be read: nothing here is an error, all of it
 * deserves a look before anybody believes a figure. Errors are found by {@link StudyReader}.
 *
 * @since 0.1.0
 */
public final class StudyCheck {
    /** Ids named in one line. */
    private static final int NAMED = 5;

    /** Groups under this size say nothing. */
    private static final int SMALL = 10;

    private static final double MOSTLY_MISSING = 0.5;

    /** Difference of missing shares that chance does not make in groups of ten. */
    private static final double UNEVEN = 0.4;

    /** Medians of two centres that differ by this factor need a reason. */
    private static final double OTHER_UNIT = 3;

    /** How near a ratio of medians must come to a conversion factor. */
    private static final double NEAR_FACTOR = 1.6;

    /** Better than any laboratory value is. */
    private static final double TOO_GOOD = 0.98;

    private static final double SLACK_MONTHS = 1;

    private final Study study;
    private final Protocol protocol;
    private final List<Patient> patients;
    private final Map<String, LocalDate> surgeryDates;
    private final List<String> out = new ArrayList<>();

    private StudyCheck(Study study) {
        this.study = study;
        this.protocol = study.protocol();
        this.patients = study.everybody().patients();
        this.surgeryDates = study.surgeryDates();
    }

    /**
     * Everything suspicious in a study.
     *
     * @param study a study without errors
     * @return one line each, in the order protocol, columns, patients, files; empty when nothing is
     */
    public static List<String> suspicions(Study study) {
        StudyCheck check = new StudyCheck(study);
        check.declarations();
        for (Column column : study.protocol().predictors()) {
            check.column(column);
        }
        check.outcomes();
        check.dates();
        check.files();
        return List.copyOf(check.out);
    }

    private void declarations() {
        List<String> undeclared =
                study.headers().stream().filter(h -> !known().contains(h)).toList();
        if (!undeclared.isEmpty()) {
            out.add(
                    "patients.csv: columns that study.json does not name are not read: "
                            + String.join(", ", undeclared));
        }
        Set<String> centres = new TreeSet<>(study.everybody().centres());
        for (Column column : protocol.columns()) {
            for (String centre : new TreeSet<>(column.measure().unitByCentre().keySet())) {
                if (!centres.contains(centre)) {
                    out.add(
                            "study.json, column "
                                    + column.name()
                                    + ": unit_by_centre names centre "
                                    + centre
                                    + ", where no patient is; centres are "
                                    + String.join(", ", centres));
                }
            }
        }
        Set<Diagnosis> seen =
                patients.stream()
                        .map(p -> p.labels().diagnosis())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        if (protocol.plan().splits().of("hcc_vs_icc") == SplitKind.LEAVE_ONE_CENTRE_OUT
                && seen.contains(Diagnosis.HCC)
                && seen.contains(Diagnosis.ICC)
                && centresWithBoth() == 0) {
            out.add(
                    "study.json, splits: no centre has both HCC and ICC, so that the centre is the"
                            + " label of hcc_vs_icc; split it \"stratified\"");
        }
    }

    private long centresWithBoth() {
        return study.everybody().centres().stream()
                .filter(c -> has(c, Diagnosis.HCC) && has(c, Diagnosis.ICC))
                .count();
    }

    private boolean has(String centre, Diagnosis diagnosis) {
        return patients.stream()
                .anyMatch(p -> p.centre().equals(centre) && p.labels().diagnosis() == diagnosis);
    }

    private Set<String> known() {
        Set<String> out = new TreeSet<>();
        out.add(protocol.table().id());
        add(out, protocol.table().centre(), protocol.table().age());
        for (Column column : protocol.columns()) {
            out.add(column.name());
            add(out, column.measure().upperNormal());
        }
        DiagnosisMap diagnosis = protocol.diagnosis();
        if (diagnosis != null) {
            out.add(diagnosis.column());
        }
        protocol.endpoints().forEach(e -> add(out, e.timeColumn(), e.eventColumn()));
        Surgery surgery = protocol.surgery();
        if (surgery != null) {
            add(out, surgery.typeColumn(), surgery.dateColumn());
        }
        EligibilityRules.LaboratoryForm form = protocol.eligibility().laboratoryForm();
        if (form != null) {
            out.add(form.column());
        }
        return out;
    }

    private static void add(Set<String> to, @Nullable String... columns) {
        for (String column : columns) {
            if (column != null) {
                to.add(column);
            }
        }
    }

    private void column(Column column) {
        String where = "patients.csv, column " + column.name() + ": ";
        Predicate<Patient> present =
                column.type() == ColumnType.NUMBER
                        ? p -> p.clinical().numbers().containsKey(column.name())
                        : p -> p.clinical().categories().containsKey(column.name());
        double missing = missingShare(patients, present);
        if (missing > MOSTLY_MISSING) {
            out.add(where + percent(missing) + " are missing");
        }
        unevenMissing(where, present, Patient::centre, "centre");
        unevenMissing(
                where,
                present,
                p -> {
                    Diagnosis diagnosis = p.labels().diagnosis();
                    return diagnosis == null ? "" : diagnosis.name();
                },
                "diagnosis");
        if (column.type() == ColumnType.NUMBER) {
            number(column, where);
        } else {
            category(column, where);
        }
    }

    private static double missingShare(List<Patient> group, Predicate<Patient> present) {
        return (double) group.stream().filter(present.negate()).count() / Math.max(1, group.size());
    }

    private void unevenMissing(
            String where,
            Predicate<Patient> present,
            Function<Patient, String> group,
            String kind) {
        Map<String, Double> shares = new TreeMap<>();
        patients.stream()
                .collect(Collectors.groupingBy(group))
                .forEach(
                        (name, members) -> {
                            if (!name.isEmpty() && members.size() >= SMALL) {
                                shares.put(name, missingShare(members, present));
                            }
                        });
        Optional<Map.Entry<String, Double>> most =
                shares.entrySet().stream().max(Map.Entry.comparingByValue());
        Optional<Map.Entry<String, Double>> least =
                shares.entrySet().stream().min(Map.Entry.comparingByValue());
        if (most.isPresent()
                && least.isPresent()
                && most.get().getValue() - least.get().getValue() > UNEVEN) {
            out.add(
                    where
                            + percent(most.get().getValue())
                            + " are missing for "
                            + kind
                            + " "
                            + most.get().getKey()
                            + ", "
                            + percent(least.get().getValue())
                            + " for "
                            + least.get().getKey()
                            + "; a model that sees what is missing would learn the "
                            + kind);
        }
    }

    private void number(Column column, String where) {
        if (column.measure().limits() == null) {
            out.add(where + "no \"limits\", so that a value in another unit would pass");
        }
        int bounds = study.bounds().getOrDefault(column.name(), 0);
        if (bounds > 0) {
            out.add(where + bounds + " values are limits of detection, read as the limit itself");
        }
        double[] values = values(column, patients);
        if (values.length > 0 && values[0] == values[values.length - 1]) {
            out.add(where + "every value is " + Numbers.show(values[0]));
        }
        for (String centre : study.everybody().centres()) {
            otherUnit(column, where, centre);
        }
        tooGood(column, where, "malignant", p -> malignant(p));
        tooGood(column, where, "hcc_vs_icc", p -> hcc(p));
    }

    private static double[] values(Column column, List<Patient> of) {
        return of.stream()
                .map(p -> p.clinical().numbers().get(column.name()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    private void otherUnit(Column column, String where, String centre) {
        double[] here =
                values(column, patients.stream().filter(p -> p.centre().equals(centre)).toList());
        double[] elsewhere =
                values(column, patients.stream().filter(p -> !p.centre().equals(centre)).toList());
        Quantity quantity = Quantity.of(column).orElse(null);
        if (quantity == null || here.length < SMALL || elsewhere.length < SMALL) {
            return;
        }
        double ratio = here[here.length / 2] / elsewhere[elsewhere.length / 2];
        if (!(Math.abs(Math.log(ratio)) > Math.log(OTHER_UNIT)) || Double.isInfinite(ratio)) {
            return;
        }
        for (String unit : quantity.units()) {
            double factor = quantity.factor(unit, column.measure().unit()).orElse(1);
            if (factor != 1 && Math.abs(Math.log(ratio * factor)) < Math.log(NEAR_FACTOR)) {
                out.add(
                        where
                                + "the median of centre "
                                + centre
                                + " is "
                                + Numbers.show(here[here.length / 2])
                                + ", elsewhere "
                                + Numbers.show(elsewhere[elsewhere.length / 2])
                                + " "
                                + column.measure().unit()
                                + "; if the centre reports "
                                + unit
                                + ", say so with \"unit_by_centre\"");
                return;
            }
        }
    }

    private static @Nullable Boolean malignant(Patient patient) {
        Diagnosis diagnosis = patient.labels().diagnosis();
        return diagnosis == null ? null : Boolean.valueOf(diagnosis.malignant());
    }

    private static @Nullable Boolean hcc(Patient patient) {
        Diagnosis diagnosis = patient.labels().diagnosis();
        return (diagnosis != Diagnosis.HCC && diagnosis != Diagnosis.ICC)
                ? null
                : Boolean.valueOf(diagnosis == Diagnosis.HCC);
    }

    private void tooGood(
            Column column,
            String where,
            String target,
            Function<Patient, @Nullable Boolean> label) {
        double[] yes =
                values(
                        column,
                        patients.stream()
                                .filter(p -> Boolean.TRUE.equals(label.apply(p)))
                                .toList());
        double[] no =
                values(
                        column,
                        patients.stream()
                                .filter(p -> Boolean.FALSE.equals(label.apply(p)))
                                .toList());
        if (yes.length < SMALL || no.length < SMALL) {
            return;
        }
        double auc = auc(yes, no);
        if (Math.max(auc, 1 - auc) >= TOO_GOOD) {
            out.add(
                    where
                            + "alone it tells "
                            + target
                            + " with an AUC of "
                            + Numbers.show(Math.round(1000 * Math.max(auc, 1 - auc)) / 1000.0)
                            + "; was it known before surgery?");
        }
    }

    /** Mann-Whitney, ties one half; both arrays sorted. O(n log n). */
    private static double auc(double[] yes, double[] no) {
        double wins = 0;
        for (double value : yes) {
            int below = lowerBound(no, value);
            int ties = lowerBound(no, Math.nextUp(value)) - below;
            wins += below + 0.5 * ties;
        }
        return wins / ((double) yes.length * no.length);
    }

    private static int lowerBound(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void category(Column column, String where) {
        Map<String, List<Patient>> byLevel =
                patients.stream()
                        .filter(p -> p.clinical().categories().containsKey(column.name()))
                        .collect(
                                Collectors.groupingBy(
                                        p ->
                                                p.clinical()
                                                        .categories()
                                                        .getOrDefault(column.name(), ""),
                                        TreeMap::new,
                                        Collectors.toList()));
        if (column.levels().isEmpty()) {
            out.add(where + "no \"levels\", so that a misspelt word would pass as one more");
        }
        if (byLevel.size() == 1) {
            out.add(where + "every value is " + byLevel.keySet().iterator().next());
        }
        for (String target : List.of("malignant", "hcc_vs_icc")) {
            int right = 0;
            int n = 0;
            int positives = 0;
            for (List<Patient> level : byLevel.values()) {
                List<Boolean> labels =
                        level.stream()
                                .map(p -> target.equals("malignant") ? malignant(p) : hcc(p))
                                .filter(Objects::nonNull)
                                .toList();
                int yes = (int) labels.stream().filter(b -> b).count();
                right += Math.max(yes, labels.size() - yes);
                n += labels.size();
                positives += yes;
            }
            if (Math.min(positives, n - positives) >= SMALL && right >= TOO_GOOD * n) {
                out.add(
                        where
                                + "alone it tells "
                                + target
                                + " for "
                                + percent((double) right / n)
                                + " of patients; was it known before surgery?");
            }
        }
    }

    private void outcomes() {
        for (Endpoint endpoint : protocol.endpoints()) {
            named(
                    "endpoint " + endpoint.id() + ": time is 0",
                    p -> {
                        SurvivalTime time = p.labels().outcomes().get(endpoint.id());
                        return time != null && time.months() == 0;
                    });
            if (endpoint.includesDeath() && !endpoint.id().equals("os")) {
                named(
                        "endpoint "
                                + endpoint.id()
                                + ": dead in os, but censored here, although death is an event",
                        p -> {
                            SurvivalTime time = p.labels().outcomes().get(endpoint.id());
                            SurvivalTime death = p.labels().outcomes().get("os");
                            return time != null && death != null && death.event() && !time.event();
                        });
            }
        }
    }

    private void dates() {
        Surgery surgery = protocol.surgery();
        LocalDate lock = surgery == null ? null : surgery.dataLock();
        if (lock == null) {
            return;
        }
        named("surgery after the data lock", p -> monthsToLock(p, lock) < 0);
        named(
                "followed for longer than from surgery to the data lock",
                p -> {
                    double months = monthsToLock(p, lock);
                    return months >= 0
                            && p.labels().outcomes().values().stream()
                                    .anyMatch(t -> t.months() > months + SLACK_MONTHS);
                });
    }

    /** NaN when the date of surgery is unknown. */
    private double monthsToLock(Patient patient, LocalDate lock) {
        LocalDate date = surgeryDates.get(patient.id());
        return date == null
                ? Double.NaN
                : ChronoUnit.DAYS.between(date, lock) / TimeUnit.DAYS_PER_MONTH;
    }

    private void named(String what, Predicate<Patient> condition) {
        List<String> ids = patients.stream().filter(condition).map(Patient::id).toList();
        if (!ids.isEmpty()) {
            out.add("patients.csv: " + what + ": " + list(ids));
        }
    }

    private static String list(List<String> ids) {
        return ids.size()
                + (ids.size() == 1 ? " patient (" : " patients (")
                + String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())))
                + (ids.size() > NAMED ? ", ...)" : ")");
    }

    private void files() {
        Set<String> ids = patients.stream().map(Patient::id).collect(Collectors.toSet());
        for (String kind : List.of("images", "masks", "reports")) {
            List<String> strangers =
                    names(study.folder().resolve(kind)).stream()
                            .filter(
                                    n ->
                                            !ids.contains(
                                                    kind.equals("reports")
                                                            ? n.replaceFirst("\\.txt$", "")
                                                            : n))
                            .toList();
            if (!strangers.isEmpty()) {
                out.add(
                        kind
                                + ": "
                                + strangers.size()
                                + " entries belong to no patient of patients.csv; their names must"
                                + " be the ids");
            }
        }
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> p.getFileName().toString())
                    .filter(n -> !n.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
