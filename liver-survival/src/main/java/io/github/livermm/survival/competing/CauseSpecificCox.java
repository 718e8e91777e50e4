// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.competing;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.survival.cox.CoxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * One Cox model per cause, joined to absolute risks: the probability that a cause happens by a time
 * in a world where the other causes can happen first. Use it to predict and to see which cause a
 * covariate acts on; for the effect on the absolute risk itself see {@link FineGray}.
 *
 * <p>F_k(t) = sum over event times u up to t of S(u-) dH_k(u), with S the probability of no event,
 * either as the product of 1 - dH or as exp(-H).
 *
 * <p>Reference: Benichou J, Gail MH (1990), Estimates of absolute cause-specific risk in cohort
 * studies, doi:10.2307/2532098. Figures equal those of riskRegression's {@code CSC}.
 *
 * @since 0.1.0
 */
public final class CauseSpecificCox {
    private static final NormalDistribution STANDARD = new NormalDistribution(null, 0, 1);

    /** How the probability of no event is made from the hazards. */
    public enum Survival {
        /** Product of 1 - dH: agrees with Aalen-Johansen without covariates. */
        PRODUCT_LIMIT,
        /** exp(-H): smooth, never negative. */
        EXPONENTIAL
    }

    private final List<CoxModel> models;
    private final double[] times;

    private CauseSpecificCox(List<CoxModel> models) {
        this.models = List.copyOf(models);
        times =
                models.stream()
                        .flatMapToDouble(m -> Arrays.stream(m.baseline().times()))
                        .distinct()
                        .sorted()
                        .toArray();
    }

    /**
     * Fits one model per cause on the same columns, which are called x1, x2, ...
     *
     * @param outcomes follow-up with causes 1 to k, each with an event
     * @param x rows by columns, finite
     * @param options ties and penalty of every model
     * @return the fitted models
     * @throws TrainingException if a cause has no event or a model no finite estimate; the message
     *     names the cause and the columns
     * @throws IllegalArgumentException if lengths differ or a value is not finite; the message
     *     names column and row
     */
    public static CauseSpecificCox fit(
            CompetingOutcomes outcomes, double[][] x, CoxOptions options) {
        return fit(outcomes, CoxData.of(outcomes.anyCause(), x).names(), x, options);
    }

    /**
     * Fits one model per cause on the same named columns.
     *
     * @param outcomes follow-up with causes 1 to k, each with an event
     * @param names one per column
     * @param x rows by columns, finite
     * @param options ties and penalty of every model
     * @return the fitted models
     * @throws TrainingException if a cause has no event or a model no finite estimate; the message
     *     names the cause and the columns
     * @throws IllegalArgumentException if lengths differ or a value is not finite; the message
     *     names column and row
     */
    public static CauseSpecificCox fit(
            CompetingOutcomes outcomes, List<String> names, double[][] x, CoxOptions options) {
        int causes = 1;
        for (int i = 0; i < outcomes.size(); i++) {
            causes = Math.max(causes, outcomes.cause(i));
        }
        List<CoxModel> models = new ArrayList<>();
        for (int cause = 1; cause <= causes; cause++) {
            try {
                models.add(CoxModel.fit(CoxData.of(outcomes.causeOnly(cause), x, names), options));
            } catch (TrainingException e) {
                throw new TrainingException("cause " + cause + ": " + e.getMessage());
            }
        }
        return new CauseSpecificCox(models);
    }

    /**
     * The number of causes.
     *
     * @return 1 or more
     */
    public int causes() {
        return models.size();
    }

    /**
     * The column names.
     *
     * @return one per coefficient of each model
     */
    public List<String> names() {
        return models.get(0).names();
    }

    /**
     * The model of one cause, with its table of hazard ratios.
     *
     * @param cause from 1
     * @return the Cox model in which other causes are censored
     * @throws IllegalArgumentException if there is no such cause
     */
    public CoxModel model(int cause) {
        if (cause < 1 || cause > models.size()) {
            throw new IllegalArgumentException(
                    "cause " + cause + " is not among 1 to " + models.size());
        }
        return models.get(cause - 1);
    }

    /**
     * The absolute risk of a cause for a new patient.
     *
     * @param row one value per column
     * @param cause from 1
     * @param time any time
     * @param survival how the probability of no event is made
     * @return probability in [0, 1]; O(event times)
     * @throws IllegalArgumentException if there is no such cause or the length of the row differs
     *     from the number of columns
     */
    public double risk(double[] row, int cause, double time, Survival survival) {
        Course course = course(row, cause, time, survival);
        return Math.min(1, course.last());
    }

    /**
     * The absolute risk of a cause with its limits. The standard error is that of the delta method,
     * with S = exp(-H): a change of dH_k(u) by one changes F(t) by [S(u-) if k is the cause] less
     * F(t) - F(u), and the hazards of the causes are estimated from different events. The limits
     * are symmetric in log(-log(1 - F)), so that they stay inside (0, 1).
     *
     * @param row one value per column
     * @param cause from 1
     * @param time any time
     * @param level confidence level in (0, 1), for example 0.95
     * @return the interval; a point of 0 before the first event of the cause
     * @throws IllegalArgumentException if the level is outside (0, 1), there is no such cause or
     *     the length of the row differs from the number of columns
     */
    public Interval riskInterval(double[] row, int cause, double time, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
        Course course = course(row, cause, time, Survival.EXPONENTIAL);
        double risk = Math.min(1, course.last());
        String method = "delta, log(-log) scale";
        if (risk <= 0 || risk >= 1) {
            return new Interval(risk, risk, risk, method);
        }
        double variance = 0;
        for (int c = 1; c <= models.size(); c++) {
            boolean own = c == cause;
            variance += model(c).hazardVariance(row, u -> course.change(u, own));
        }
        double z = STANDARD.inverseCumulativeProbability(0.5 + level / 2);
        double cumulative = -Math.log1p(-risk);
        double shift = z * Math.sqrt(variance) / ((1 - risk) * cumulative);
        return new Interval(
                risk,
                -Math.expm1(-cumulative * Math.exp(-shift)),
                -Math.expm1(-cumulative * Math.exp(shift)),
                method);
    }

    private Course course(double[] row, int cause, double time, Survival survival) {
        model(cause);
        int k = models.size();
        double[] relative = new double[k];
        BaselineHazard[] hazard = new BaselineHazard[k];
        for (int c = 0; c < k; c++) {
            relative[c] = Math.exp(models.get(c).linearPredictor(row));
            hazard[c] = models.get(c).baseline();
        }
        int at = Arrays.binarySearch(times, time);
        int end = at >= 0 ? at + 1 : -at - 1;
        double[] free = new double[end];
        double[] risk = new double[end];
        double[] before = new double[k];
        double left = 1;
        double sum = 0;
        for (int m = 0; m < end; m++) {
            double all = 0;
            double own = 0;
            for (int c = 0; c < k; c++) {
                double now = hazard[c].cumulativeHazard(times[m]) * relative[c];
                double step = now - before[c];
                before[c] = now;
                all += step;
                own = c == cause - 1 ? step : own;
            }
            free[m] = left;
            sum += left * own;
            risk[m] = sum;
            left *= survival == Survival.PRODUCT_LIMIT ? Math.max(0, 1 - all) : Math.exp(-all);
        }
        return new Course(free, risk);
    }

    /** A patient's way up to a horizon: S just before and F at each event time up to it. */
    private final class Course {
        private final double[] free;
        private final double[] risk;

        Course(double[] free, double[] risk) {
            this.free = free;
            this.risk = risk;
        }

        double last() {
            return risk.length == 0 ? 0 : risk[risk.length - 1];
        }

        /** The change of the last risk by an increment of a hazard at an event time. */
        double change(double time, boolean own) {
            int m = Arrays.binarySearch(times, time);
            return m < 0 || m >= risk.length ? 0 : (own ? free[m] : 0) - (last() - risk[m]);
        }
    }

    /**
     * Writes the models, one part for each cause.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        out.json("cause_specific", Map.of("causes", models.size()));
        for (int c = 1; c <= models.size(); c++) {
            model(c).save(out.part("cause." + c));
        }
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return equal models
     * @throws ModelFileException if a part is damaged or the parts do not fit
     */
    public static CauseSpecificCox restore(StateReader in) {
        List<CoxModel> models = new ArrayList<>();
        if (in.json("cause_specific").get("causes") instanceof Number causes) {
            for (int c = 1; c <= causes.intValue(); c++) {
                models.add(CoxModel.restore(in.part("cause." + c)));
            }
        }
        if (models.stream().map(CoxModel::names).distinct().count() != 1) {
            throw new ModelFileException(
                    "the saved cause-specific models are damaged: %d causes with columns %s"
                            .formatted(
                                    models.size(), models.stream().map(CoxModel::names).toList()));
        }
        return new CauseSpecificCox(models);
    }
}
