// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.CumulativeIncidence;
import io.github.livermm.eval.HorizonCalibration;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.CoxRegression;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** A time-to-event endpoint beside a risk and, at one horizon, a probability. */
final class SurvivalScored extends Scored {
    final CompetingOutcomes outcomes;
    final double[] risk;
    final double horizon;
    final double[] probability;

    SurvivalScored(
            CompetingOutcomes outcomes, double[] risk, double horizon, double[] probability) {
        requireFinite("risk", outcomes.size(), risk);
        if (probability.length != risk.length) {
            throw new IllegalArgumentException(
                    "risk has " + risk.length + " rows, probability has " + probability.length);
        }
        this.outcomes = outcomes;
        this.risk = risk.clone();
        this.horizon = horizon;
        this.probability = probability.clone();
    }

    @Override
    public int size() {
        return risk.length;
    }

    @Override
    public int events() {
        return outcomes.causeOnly(1).events();
    }

    @Override
    public Scored select(int[] rows) {
        return new SurvivalScored(
                outcomes.select(rows), pick(risk, rows), horizon, pick(probability, rows));
    }

    @Override
    public Interval discrimination() {
        return Concordance.harrell(outliving(outcomes), risk).interval();
    }

    @Override
    public double standardError() {
        return Concordance.harrell(outliving(outcomes), risk).standardError();
    }

    /** Follow-up in which whoever had a competing event outlives everybody, without the event. */
    static SurvivalOutcomes outliving(CompetingOutcomes outcomes) {
        if (!competing(outcomes)) {
            return outcomes.causeOnly(1);
        }
        double beyond = 2 * outcomes.anyCause().lastTime() + 1;
        double[] time = new double[outcomes.size()];
        boolean[] event = new boolean[time.length];
        for (int i = 0; i < time.length; i++) {
            event[i] = outcomes.cause(i) == 1;
            time[i] = outcomes.cause(i) > 1 ? beyond : outcomes.time(i);
        }
        return SurvivalOutcomes.of(time, event);
    }

    static boolean competing(CompetingOutcomes outcomes) {
        return IntStream.range(0, outcomes.size()).anyMatch(i -> outcomes.cause(i) > 1);
    }

    /** With competing events by Aalen-Johansen, without limits. */
    @Override
    public Interval observedToExpected() {
        if (competing(outcomes) && reached()) {
            int[] known = known();
            double mean = Arrays.stream(pick(probability, known)).average().orElse(Double.NaN);
            double observed = CumulativeIncidence.of(outcomes.select(known), 1).at(horizon);
            return new Interval(observed / mean, Double.NaN, Double.NaN, "Aalen-Johansen");
        }
        return calibration()
                .map(HorizonCalibration::observedToExpected)
                .orElse(Interval.undefined("no probability at a horizon that follow-up reaches"));
    }

    @Override
    public Interval slope() {
        return calibration()
                .map(HorizonCalibration::slope)
                .orElse(Interval.undefined("no probability at a horizon that follow-up reaches"));
    }

    private Optional<HorizonCalibration> calibration() {
        if (competing(outcomes) || !reached()) {
            return Optional.empty();
        }
        int[] known = known();
        return Optional.of(
                HorizonCalibration.of(
                        outcomes.causeOnly(1).select(known), pick(probability, known), horizon));
    }

    private boolean reached() {
        int[] known = known();
        return known.length > 0 && horizon <= outcomes.select(known).anyCause().lastTime();
    }

    private int[] known() {
        return IntStream.range(0, size()).filter(i -> !Double.isNaN(probability[i])).toArray();
    }

    @Override
    boolean event(int row) {
        return outcomes.cause(row) == 1;
    }

    @Override
    double[] linearPredictor() {
        return risk;
    }

    @Override
    double logLikelihood(double[][] x) {
        CoxFit fit = CoxRegression.fit(CoxData.of(outcomes.causeOnly(1), x), CoxOptions.defaults());
        return fit.status() == CoxFit.Status.CONVERGED ? fit.logLikelihood() : Double.NaN;
    }

    @Override
    boolean informative() {
        return events() > 0;
    }
}
