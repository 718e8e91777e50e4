// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.ConcordanceDifference;
import io.github.livermm.eval.SurvivalEvaluation;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A time-to-event endpoint: the block of the first risk with its probabilities at horizons, those
 * of further risks, the paired difference of C of every pair with Holm's adjustment, centres with
 * pooling and subgroups with interaction. Centres and subgroups show O/E and slope at the second
 * horizon, or at the only one.
 *
 * @since 0.1.0
 */
public final class SurvivalStudy implements StudyEvaluation {
    private final CompetingOutcomes outcomes;
    private final double[] horizons;
    private final double[][] probability;
    private final Map<String, double[]> risks = new LinkedHashMap<>();
    private final Map<String, SurvivalEvaluation> models = new LinkedHashMap<>();
    private final List<Comparison> comparisons;
    private final @Nullable CentreTable centres;
    private final Map<String, SubgroupTable> subgroups = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private SurvivalStudy(
            CompetingOutcomes outcomes,
            Map<String, double[]> risks,
            double[] horizons,
            double[][] probability,
            RowColumns columns,
            long seed) {
        columns.requireRows(outcomes.size());
        notes.addAll(columns.notes());
        this.outcomes = outcomes;
        this.horizons = horizons.clone();
        this.probability = new double[probability.length][];
        Arrays.setAll(this.probability, i -> probability[i].clone());
        risks.forEach((name, risk) -> addModel(name, risk, columns, seed));
        this.comparisons = compare(SurvivalScored.outliving(outcomes), risks);
        int shown = Math.min(1, horizons.length - 1);
        double[] atHorizon = new double[outcomes.size()];
        Arrays.setAll(atHorizon, i -> shown < 0 ? Double.NaN : probability[i][shown]);
        Scored main =
                Scored.survival(
                        outcomes,
                        risks.values().iterator().next(),
                        shown < 0 ? Double.NaN : horizons[shown],
                        atHorizon);
        this.centres = columns.centres == null ? null : CentreTable.of(main, columns.centres);
        columns.levels()
                .forEach((column, level) -> subgroups.put(column, SubgroupTable.of(main, level)));
        notes.addAll(StudyNotes.of(columns, centres, subgroups, !comparisons.isEmpty()));
        if (horizons.length == 0) {
            notes.add(
                    "no probability at a horizon: o_e, slope and every figure of a horizon are"
                            + " undefined");
        } else if (centres != null || !subgroups.isEmpty()) {
            notes.add(
                    "o_e and slope of centres and subgroups are those at "
                            + StudyNotes.plain(horizons[shown]));
        }
    }

    /**
     * Evaluates a table.
     *
     * @param outcomes follow-up with causes: cause 1 is the event, others compete
     * @param risks by name, higher = worse; the first is the one judged and finite, in the others
     *     {@code NaN} is missing
     * @param horizons ascending positive times; may be empty
     * @param probability of the event by each horizon, rows x horizons, in [0, 1], of the first
     *     risk; {@code NaN} where there is none
     * @param columns weights, centres, clusters and subgroups
     * @param seed of the bootstrap; the same seed gives the same limits for any number of threads
     * @return the evaluation
     * @throws IllegalArgumentException when lengths differ, there is no risk, or a value is not
     *     allowed
     */
    public static SurvivalStudy of(
            CompetingOutcomes outcomes,
            Map<String, double[]> risks,
            double[] horizons,
            double[][] probability,
            RowColumns columns,
            long seed) {
        if (risks.isEmpty()) {
            throw new IllegalArgumentException("risks has no column; needed is at least one");
        }
        if (probability.length != outcomes.size()) {
            throw new IllegalArgumentException(
                    "outcomes have "
                            + outcomes.size()
                            + " rows, probability has "
                            + probability.length);
        }
        return new SurvivalStudy(outcomes, risks, horizons, probability, columns, seed);
    }

    private void addModel(String name, double[] risk, RowColumns columns, long seed) {
        boolean first = risks.isEmpty();
        if (first) {
            Scored.requireFinite(name, outcomes.size(), risk);
        }
        int[] known = IntStream.range(0, risk.length).filter(i -> !Double.isNaN(risk[i])).toArray();
        if (known.length < risk.length) {
            notes.add(
                    name
                            + ": "
                            + (risk.length - known.length)
                            + " rows without this score are left out of its block");
        }
        SurvivalEvaluation block =
                SurvivalFigures.of(
                        outcomes.select(known),
                        Scored.pick(risk, known),
                        first ? horizons : new double[0],
                        first ? probability : new double[known.length][0],
                        columns.select(known),
                        seed);
        risks.put(name, risk.clone());
        models.put(name, block);
        block.notes().stream()
                .filter(note -> first || !note.startsWith("ibs"))
                .forEach(note -> notes.add(first ? note : name + ": " + note));
    }

    private static List<Comparison> compare(SurvivalOutcomes times, Map<String, double[]> risks) {
        List<String> names = List.copyOf(risks.keySet());
        List<Comparison> pairs = new ArrayList<>();
        for (int a = 0; a < names.size(); a++) {
            for (int b = a + 1; b < names.size(); b++) {
                double[] one = risks.getOrDefault(names.get(a), new double[0]);
                double[] other = risks.getOrDefault(names.get(b), new double[0]);
                int[] both =
                        IntStream.range(0, times.size())
                                .filter(i -> !Double.isNaN(one[i]) && !Double.isNaN(other[i]))
                                .toArray();
                ConcordanceDifference difference =
                        Concordance.difference(
                                Concordance.harrell(times.select(both), Scored.pick(one, both)),
                                Concordance.harrell(times.select(both), Scored.pick(other, both)));
                pairs.add(
                        new Comparison(
                                names.get(a),
                                names.get(b),
                                both.length,
                                difference.interval(),
                                difference.z(),
                                difference.p(),
                                Double.NaN));
            }
        }
        return Comparison.adjusted(pairs);
    }

    /**
     * Follow-up with causes.
     *
     * @return as given
     */
    public CompetingOutcomes outcomes() {
        return outcomes;
    }

    /**
     * Whether any row had a competing event.
     *
     * @return whether the figures are those of competing risks
     */
    public boolean competing() {
        return SurvivalScored.competing(outcomes);
    }

    /**
     * A risk.
     *
     * @param name of the risk
     * @return one value for each row, {@code NaN} where missing
     * @throws IllegalArgumentException when there is no such risk
     */
    public double[] risk(String name) {
        double[] found = risks.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no risk " + name + "; there are " + risks.keySet());
        }
        return found.clone();
    }

    /**
     * The probability of the event by one horizon.
     *
     * @param horizon by its place
     * @return one value for each row, {@code NaN} where missing
     */
    public double[] probability(int horizon) {
        return Arrays.stream(probability).mapToDouble(row -> row[horizon]).toArray();
    }

    /**
     * The block of every risk.
     *
     * @return by name, the judged one first
     */
    public Map<String, SurvivalEvaluation> models() {
        return Collections.unmodifiableMap(models);
    }

    /**
     * Every pair of risks.
     *
     * @return empty with one risk
     */
    public List<Comparison> comparisons() {
        return List.copyOf(comparisons);
    }

    @Override
    public Optional<CentreTable> centres() {
        return Optional.ofNullable(centres);
    }

    @Override
    public Map<String, SubgroupTable> subgroups() {
        return Collections.unmodifiableMap(subgroups);
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("task", "survival");
        map.putAll(models.values().iterator().next().toMap());
        if (competing()) {
            map.put("competing_events", outcomes.causeOnly(2).events());
        }
        Map<String, Object> blocks = new LinkedHashMap<>();
        models.forEach((name, block) -> blocks.put(name, block.toMap()));
        StudyNotes.put(map, "c_index", blocks, comparisons, centres, subgroups);
        map.put("notes", notes);
        return Collections.unmodifiableMap(map);
    }
}
