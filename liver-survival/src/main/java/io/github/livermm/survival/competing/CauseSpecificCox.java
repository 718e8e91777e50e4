// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.competing;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.survival.cox.CoxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    /** How the probability of no event is made from the hazards. */
    public enum Survival {
        /** Product of 1 - dH: agrees with Aalen-Johansen without covariates. */
        PRODUCT_LIMIT,
        /** exp(-H): smooth, never negative. */
        EXPONENTIAL
    }

    private final List<CoxModel> models;
    private final double[] times;

    private CauseSpecificCox(List<CoxModel> models, double[] times) {
        this.models = models;
        this.times = times;
    }

    /**
     * Fits one model per cause on the same columns.
     *
     * @param outcomes follow-up with causes 1 to k, each with an event
     * @param x rows by columns, finite
     * @param options ties and penalty of every model
     * @return the fitted models
     * @throws io.github.livermm.core.TrainingException if a cause has no event or a model no finite
     *     estimate
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     */
    public static CauseSpecificCox fit(
            CompetingOutcomes outcomes, double[][] x, CoxOptions options) {
        int causes = 1;
        for (int i = 0; i < outcomes.size(); i++) {
            causes = Math.max(causes, outcomes.cause(i));
        }
        List<CoxModel> models = new ArrayList<>();
        for (int cause = 1; cause <= causes; cause++) {
            models.add(CoxModel.fit(outcomes.causeOnly(cause), x, options));
        }
        double[] times =
                models.stream()
                        .flatMapToDouble(m -> Arrays.stream(m.baseline().times()))
                        .distinct()
                        .sorted()
                        .toArray();
        return new CauseSpecificCox(List.copyOf(models), times);
    }

    /**
     * The model of one cause.
     *
     * @param cause from 1
     * @return the Cox model in which other causes are censored
     */
    public CoxModel model(int cause) {
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
     */
    public double risk(double[] row, int cause, double time, Survival survival) {
        int k = models.size();
        double[] relative = new double[k];
        BaselineHazard[] hazard = new BaselineHazard[k];
        for (int c = 0; c < k; c++) {
            relative[c] = Math.exp(models.get(c).linearPredictor(row));
            hazard[c] = models.get(c).baseline();
        }
        double free = 1;
        double sum = 0;
        double[] before = new double[k];
        for (double u : times) {
            if (u > time) {
                break;
            }
            double all = 0;
            double own = 0;
            for (int c = 0; c < k; c++) {
                double now = hazard[c].cumulativeHazard(u) * relative[c];
                double step = now - before[c];
                before[c] = now;
                all += step;
                own = c == cause - 1 ? step : own;
            }
            sum += free * own;
            free *= survival == Survival.PRODUCT_LIMIT ? Math.max(0, 1 - all) : Math.exp(-all);
        }
        return Math.min(1, sum);
    }
}
