// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.BinaryEvaluation;
import io.github.livermm.eval.DeLongTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A yes-or-no target: the block of the first score, those of the others, DeLong's paired test of
 * every pair with Holm's adjustment, centres with pooling, and subgroups with interaction and gaps.
 *
 * <p>With clusters or weights every limit comes from a bootstrap of clusters or rows; centres,
 * subgroups and the paired tests do not use them, and the notes say so.
 *
 * @since 0.1.0
 */
public final class BinaryStudy implements StudyEvaluation {
    private final Map<String, BinaryScored> scores = new LinkedHashMap<>();
    private final Map<String, BinaryEvaluation> models = new LinkedHashMap<>();
    private final List<Comparison> comparisons;
    private final @Nullable CentreTable centres;
    private final Map<String, SubgroupTable> subgroups = new LinkedHashMap<>();
    private final Map<String, GroupGaps> gaps = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private BinaryStudy(
            boolean[] positive,
            Map<String, double[]> scores,
            RowColumns columns,
            double threshold,
            long seed) {
        columns.requireRows(positive.length);
        notes.addAll(columns.notes());
        scores.forEach((name, score) -> addModel(name, positive, score, columns, threshold, seed));
        this.comparisons = compare(positive, scores);
        BinaryScored main = this.scores.values().iterator().next();
        BinaryEvaluation block = models.values().iterator().next();
        this.centres = columns.centres == null ? null : CentreTable.of(main, columns.centres);
        columns.levels()
                .forEach(
                        (column, level) -> {
                            subgroups.put(column, SubgroupTable.of(main, level));
                            gaps.put(
                                    column,
                                    GroupGaps.of(
                                            main.positive, main.score, block.threshold(), level));
                        });
        notes.addAll(StudyNotes.of(columns, centres, subgroups, !comparisons.isEmpty()));
    }

    /**
     * Evaluates a table.
     *
     * @param positive the truth of each row
     * @param scores by name, the first is the one judged; every score of the first is finite, in
     *     the others {@code NaN} is missing
     * @param columns weights, centres, clusters and subgroups
     * @param threshold rows at or above it are called positive; {@code NaN}: 0.5 for scores inside
     *     [0, 1], else Youden's on these rows, which the block calls optimistic
     * @param seed of the bootstrap; the same seed gives the same limits for any number of threads
     * @return the evaluation
     * @throws IllegalArgumentException when lengths differ, there is no score, or a score of the
     *     first is not finite
     */
    public static BinaryStudy of(
            boolean[] positive,
            Map<String, double[]> scores,
            RowColumns columns,
            double threshold,
            long seed) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("scores has no column; needed is at least one");
        }
        return new BinaryStudy(positive, scores, columns, threshold, seed);
    }

    private void addModel(
            String name,
            boolean[] positive,
            double[] score,
            RowColumns columns,
            double threshold,
            long seed) {
        boolean first = scores.isEmpty();
        int[] known =
                IntStream.range(0, score.length).filter(i -> !Double.isNaN(score[i])).toArray();
        if (first || known.length == score.length) {
            known = IntStream.range(0, score.length).toArray();
        } else {
            notes.add(
                    name
                            + ": "
                            + (score.length - known.length)
                            + " rows without this score are left out of its block");
        }
        BinaryScored rows =
                score.length == positive.length
                        ? new BinaryScored(Scored.pick(positive, known), Scored.pick(score, known))
                        : new BinaryScored(positive, score);
        String from = "given";
        double cut = threshold;
        if (Double.isNaN(threshold)) {
            cut = rows.probabilities ? 0.5 : BinaryFigures.youden(rows);
            from =
                    rows.probabilities
                            ? "default for probabilities"
                            : "Youden on these rows, optimistic";
        }
        BinaryEvaluation block = BinaryFigures.of(rows, columns.select(known), cut, from, seed);
        scores.put(name, rows);
        models.put(name, block);
        block.notes().forEach(note -> notes.add(first ? note : name + ": " + note));
    }

    private static List<Comparison> compare(boolean[] positive, Map<String, double[]> scores) {
        List<String> names = List.copyOf(scores.keySet());
        List<Comparison> pairs = new ArrayList<>();
        for (int a = 0; a < names.size(); a++) {
            for (int b = a + 1; b < names.size(); b++) {
                double[] one = scores.getOrDefault(names.get(a), new double[0]);
                double[] other = scores.getOrDefault(names.get(b), new double[0]);
                int[] both =
                        IntStream.range(0, positive.length)
                                .filter(i -> !Double.isNaN(one[i]) && !Double.isNaN(other[i]))
                                .toArray();
                DeLongTest test =
                        DeLongTest.paired(
                                Scored.pick(positive, both),
                                Scored.pick(one, both),
                                Scored.pick(other, both),
                                Scored.LEVEL);
                pairs.add(
                        new Comparison(
                                names.get(a),
                                names.get(b),
                                both.length,
                                test.difference(),
                                test.statistic(),
                                test.pValue(),
                                Double.NaN));
            }
        }
        return Comparison.adjusted(pairs);
    }

    /**
     * The truth of the rows that a score was judged on.
     *
     * @param name of the score
     * @return one value for each row
     * @throws IllegalArgumentException when there is no such score
     */
    public boolean[] positive(String name) {
        return scored(name).positive.clone();
    }

    /**
     * The values of a score on the rows it was judged on.
     *
     * @param name of the score
     * @return one value for each row
     * @throws IllegalArgumentException when there is no such score
     */
    public double[] score(String name) {
        return scored(name).score.clone();
    }

    /**
     * Whether every value of a score lies in [0, 1].
     *
     * @param name of the score
     * @return whether calibration and net benefit are defined
     * @throws IllegalArgumentException when there is no such score
     */
    public boolean probabilities(String name) {
        return scored(name).probabilities;
    }

    private BinaryScored scored(String name) {
        BinaryScored found = scores.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no score " + name + "; there are " + scores.keySet());
        }
        return found;
    }

    /**
     * The block of every score.
     *
     * @return by name, the judged one first
     */
    public Map<String, BinaryEvaluation> models() {
        return Collections.unmodifiableMap(models);
    }

    /**
     * Every pair of scores.
     *
     * @return empty with one score
     */
    public List<Comparison> comparisons() {
        return List.copyOf(comparisons);
    }

    /**
     * The gaps between the levels of each subgroup column.
     *
     * @return by column
     */
    public Map<String, GroupGaps> gaps() {
        return Collections.unmodifiableMap(gaps);
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
        map.put("task", "binary");
        map.putAll(models.values().iterator().next().toMap());
        Map<String, Object> blocks = new LinkedHashMap<>();
        models.forEach((name, block) -> blocks.put(name, block.toMap()));
        StudyNotes.put(map, "auc", blocks, comparisons, centres, subgroups);
        if (!gaps.isEmpty()) {
            Map<String, Object> byColumn = new LinkedHashMap<>();
            gaps.forEach((column, gap) -> byColumn.put(column, gap.toMap()));
            map.put("gaps", byColumn);
        }
        map.put("notes", notes);
        return Collections.unmodifiableMap(map);
    }
}
