// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Phases of series whose own header does not tell, by their place among the series of one
 * examination and modality:
 *
 * <ol>
 *   <li>four to six temporal positions of an MR are before contrast, arterial, portal, delayed; an
 *       MR long after the first with an agent that the liver takes up is the hepatobiliary one;
 *   <li>CT series taken at one time are reconstructions of the same;
 *   <li>enhanced series at as many times as phases fit between those that are known (arterial,
 *       portal and delayed where none is) take them in their order; two times and nothing known are
 *       arterial and portal, one alone stays open: its voxels tell more;
 *   <li>a CT without contrast before the first with it is the plain one, and so is one whose agent
 *       was only drunk.
 * </ol>
 *
 * Other planes, differences, projections and maps take no part, nor do MR with long echo times.
 */
final class PhaseOrder {
    private static final List<ContrastTiming> POSITIONS =
            List.of(
                    ContrastTiming.PRE,
                    ContrastTiming.ARTERIAL,
                    ContrastTiming.PORTAL,
                    ContrastTiming.DELAYED);
    private static final List<ContrastTiming> DYNAMIC = POSITIONS.subList(1, 4);
    private static final String AGENT =
            Tag.name(Tag.CONTRAST_AGENT) + ", " + Tag.name(Tag.CONTRAST_ROUTE);

    /** Longest echo time of a dynamic series, in ms. */
    private static final double DYNAMIC_ECHO = 10;

    /** Least time between the first series with contrast and the hepatobiliary one, in seconds. */
    private static final double UPTAKE = 600;

    private final boolean ct;
    private final List<DicomSeries> all;

    private PhaseOrder(List<DicomSeries> all) {
        this.ct = all.get(0).modality().equals("CT");
        this.all = all;
    }

    /** Gives phases to those series of one examination and modality that have none. */
    static void complete(List<DicomSeries> examination) {
        PhaseOrder order = new PhaseOrder(examination);
        if (order.ct) {
            order.reconstructions();
        } else {
            order.byTemporalPosition();
            order.hepatobiliary();
        }
        List<DicomSeries> known =
                examination.stream().filter(s -> order.timing(s).isPresent()).toList();
        order.byTime(known);
        if (order.ct) {
            order.plain();
        }
    }

    private List<DicomSeries> open() {
        return all.stream().filter(s -> s.phase().isEmpty() && takesPart(s)).toList();
    }

    private List<DicomSeries> openAndEnhanced() {
        return open().stream().filter(PhaseOrder::isEnhancedAtATime).toList();
    }

    private static boolean takesPart(DicomSeries s) {
        return !PhaseRules.showsNoPhase(s.header())
                && !PhaseRules.isOtherPlane(s.header())
                && s.header().number(Tag.ECHO_TIME).orElse(0) <= DYNAMIC_ECHO;
    }

    private static boolean isEnhancedAtATime(DicomSeries s) {
        return PhaseRules.isEnhanced(s.header()) && time(s).isPresent();
    }

    private void byTemporalPosition() {
        SortedSet<Integer> positions = new TreeSet<>();
        for (DicomSeries s : all) {
            // what says that it is T1-weighted and has no agent yet is the first of them
            boolean first =
                    s.phase().map(PhaseGuess::phase).filter(Phase.MR_T1::equals).isPresent();
            if (first || (s.phase().isEmpty() && takesPart(s))) {
                s.header().number(Tag.TEMPORAL_POSITION).ifPresent(p -> positions.add((int) p));
            }
        }
        int count = positions.size();
        if (count < 4 || count > 6 || positions.first() != 1 || positions.last() != count) {
            return;
        }
        for (DicomSeries s : open()) {
            OptionalDouble position = s.header().number(Tag.TEMPORAL_POSITION);
            if (position.isPresent()) {
                int n = (int) position.getAsDouble();
                String evidence = Tag.name(Tag.TEMPORAL_POSITION) + " " + n;
                give(s, POSITIONS.get(Math.min(n, POSITIONS.size()) - 1), 0.6, evidence);
            }
        }
    }

    private void hepatobiliary() {
        double first =
                all.stream()
                        .filter(s -> timing(s).isPresent() || s.phase().isEmpty())
                        .filter(s -> takesPart(s) && isEnhancedAtATime(s))
                        .mapToDouble(s -> time(s).getAsDouble())
                        .min()
                        .orElse(Double.POSITIVE_INFINITY);
        for (DicomSeries s : openAndEnhanced()) {
            double later = time(s).getAsDouble() - first;
            if (later >= UPTAKE && PhaseRules.isTakenUp(s.header())) {
                String evidence = Math.round(later) + " s after the first series with contrast";
                give(s, ContrastTiming.HEPATOBILIARY, 0.5, evidence);
            }
        }
    }

    private void reconstructions() {
        for (DicomSeries s : open()) {
            List<PhaseGuess> same =
                    all.stream()
                            .filter(o -> time(s).isPresent() && time(o).equals(time(s)))
                            .flatMap(o -> o.phase().stream())
                            .toList();
            if (same.stream().map(PhaseGuess::phase).distinct().count() == 1) {
                PhaseGuess guess = same.get(0);
                String evidence = "taken at the time of another series: " + guess.evidence();
                s.phase(new PhaseGuess(guess.phase(), 0.5, evidence));
            }
        }
    }

    /** Series whose times are as many as the phases that fit between the known ones. */
    private void byTime(List<DicomSeries> known) {
        Map<List<ContrastTiming>, List<DicomSeries>> gaps = new LinkedHashMap<>();
        for (DicomSeries s : openAndEnhanced()) {
            gaps.computeIfAbsent(fitting(s, known), k -> new ArrayList<>()).add(s);
        }
        gaps.forEach(
                (fitting, gap) -> {
                    List<Double> times =
                            gap.stream()
                                    .map(s -> time(s).getAsDouble())
                                    .distinct()
                                    .sorted()
                                    .toList();
                    boolean portalIsLast = known.isEmpty() && times.size() == 2;
                    if (times.size() == fitting.size() || portalIsLast) {
                        for (DicomSeries s : gap) {
                            int place = times.indexOf(time(s).getAsDouble());
                            String evidence =
                                    String.format(
                                            "time %d of %d with contrast %s",
                                            place + 1, times.size(), AGENT);
                            give(s, fitting.get(place), portalIsLast ? 0.4 : 0.5, evidence);
                        }
                    }
                });
    }

    /** The phases later than every one before the series and earlier than every one after it. */
    private List<ContrastTiming> fitting(DicomSeries s, List<DicomSeries> known) {
        List<ContrastTiming> fit = new ArrayList<>(DYNAMIC);
        double at = time(s).getAsDouble();
        for (DicomSeries other : known) {
            ContrastTiming its = timing(other).orElseThrow();
            OptionalDouble when = time(other);
            if (when.isEmpty() || when.getAsDouble() == at) {
                return List.of();
            }
            boolean after = at > when.getAsDouble();
            fit.removeIf(t -> after ? t.compareTo(its) <= 0 : t.compareTo(its) >= 0);
        }
        return fit;
    }

    private void plain() {
        double first =
                all.stream()
                        .filter(s -> timing(s).isPresent() || PhaseRules.isEnhanced(s.header()))
                        .filter(s -> !PhaseRules.showsNoPhase(s.header()))
                        .map(PhaseOrder::time)
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .min()
                        .orElse(Double.NEGATIVE_INFINITY);
        for (DicomSeries s : open()) {
            boolean before = time(s).isPresent() && time(s).getAsDouble() < first;
            boolean drunk = s.header().text(Tag.CONTRAST_AGENT).isPresent();
            if (!PhaseRules.isEnhanced(s.header()) && (before || drunk)) {
                give(s, ContrastTiming.PRE, 0.5, "no contrast " + AGENT);
            }
        }
    }

    private void give(DicomSeries s, ContrastTiming timing, double confidence, String evidence) {
        s.phase(new PhaseGuess(timing.phase(ct), confidence, evidence));
    }

    /** The timing of a series that has a phase with contrast. */
    private Optional<ContrastTiming> timing(DicomSeries s) {
        Optional<Phase> phase = s.phase().map(PhaseGuess::phase);
        return DYNAMIC.stream()
                .filter(t -> phase.filter(t.phase(ct)::equals).isPresent())
                .findAny();
    }

    private static OptionalDouble time(DicomSeries s) {
        return PhaseRules.taken(s.header());
    }
}
