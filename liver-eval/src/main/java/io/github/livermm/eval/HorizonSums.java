// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The weighted sums behind one {@link HorizonScore}: rows with their weight, whether the event of
 * interest happened by the horizon, and the predicted risk.
 */
final class HorizonSums {
    private final double[] weight;
    private final boolean[] happened;
    private final double[] risk;
    private final double nullRisk;
    private final double cases;
    private final double controls;

    private HorizonSums(double[] weight, boolean[] happened, double[] risk, double nullRisk) {
        this.weight = weight;
        this.happened = happened;
        this.risk = risk;
        this.nullRisk = nullRisk;
        double yes = 0;
        double no = 0;
        for (int i = 0; i < weight.length; i++) {
            yes += happened[i] ? weight[i] : 0;
            no += happened[i] ? 0 : weight[i];
        }
        cases = yes;
        controls = no;
    }

    /** Sums that are all undefined. */
    static HorizonSums undefined(int n) {
        double[] nothing = new double[n];
        Arrays.fill(nothing, Double.NaN);
        return new HorizonSums(nothing, new boolean[n], new double[n], Double.NaN);
    }

    /** Weights by Kaplan-Meier of the censoring. */
    static HorizonSums marginal(HorizonCohort cohort, double[] risk, double horizon) {
        int n = cohort.size();
        int after = cohort.after(horizon);
        double free = 1 / cohort.uncensoredBefore(after);
        double[] weight = new double[n];
        boolean[] happened = new boolean[n];
        for (int i = 0; i < n; i++) {
            if (cohort.index[i] >= after) {
                weight[i] = free;
            } else if (cohort.outcomes.cause(i) > 0) {
                weight[i] = 1 / cohort.uncensoredBefore(cohort.index[i]);
                happened[i] = cohort.outcomes.cause(i) == 1;
            }
        }
        return new HorizonSums(weight, happened, risk, cohort.incidenceBefore(after));
    }

    /** Weights by a model of the censoring. */
    static HorizonSums modelled(
            HorizonCohort cohort, double[] risk, double horizon, CensoringModel censoring) {
        int n = cohort.size();
        int after = cohort.after(horizon);
        double[] weight = new double[n];
        boolean[] happened = new boolean[n];
        for (int i = 0; i < n; i++) {
            if (cohort.index[i] >= after) {
                weight[i] = 1 / censoring.at(i, horizon);
            } else if (cohort.outcomes.cause(i) > 0) {
                weight[i] = 1 / censoring.beforeOwnTime(i);
                happened[i] = cohort.outcomes.cause(i) == 1;
            }
        }
        return new HorizonSums(weight, happened, risk, cohort.incidenceBefore(after));
    }

    double brier() {
        return mean(risk);
    }

    double nullBrier() {
        return mean(null);
    }

    /** The weighted mean squared error of predictions, or of the null model without any. */
    private double mean(double @Nullable [] predicted) {
        double sum = 0;
        for (int i = 0; i < weight.length; i++) {
            sum += squaredError(i, predicted == null ? nullRisk : predicted[i]);
        }
        return sum / weight.length;
    }

    private double squaredError(int i, double predicted) {
        double error = (happened[i] ? 1 : 0) - predicted;
        return weight[i] * error * error;
    }

    double[] brierInfluence(CensoringInfluence censoring) {
        return influence(risk, censoring);
    }

    double[] nullInfluence(CensoringInfluence censoring) {
        return influence(null, censoring);
    }

    private double[] influence(double @Nullable [] predicted, CensoringInfluence censoring) {
        int n = weight.length;
        double[] part = new double[n];
        for (int i = 0; i < n; i++) {
            part[i] = squaredError(i, predicted == null ? nullRisk : predicted[i]) / n;
        }
        double[] influence = new double[n];
        censoring.fill(part, influence);
        double mean = mean(predicted);
        for (int i = 0; i < n; i++) {
            influence[i] -= mean;
        }
        return influence;
    }

    double auc() {
        return walk(null);
    }

    double[] aucInfluence(CensoringInfluence censoring) {
        double[] part = new double[weight.length];
        double auc = walk(part);
        for (int i = 0; i < part.length; i++) {
            double others = happened[i] ? controls : cases;
            part[i] = weight[i] * (part[i] - auc * others) / (cases * controls);
        }
        double[] influence = new double[part.length];
        censoring.fill(part, influence);
        return influence;
    }

    /**
     * The area, by a walk over the rows in order of risk; fills the weight of the other kind that
     * each row is ranked rightly against, ties one half.
     */
    private double walk(double @Nullable [] won) {
        int[] order = SortOrder.ascending(risk);
        double controlsBelow = 0;
        double casesBelow = 0;
        double sum = 0;
        for (int a = 0, b; a < order.length; a = b) {
            double tiedCases = 0;
            double tiedControls = 0;
            double value = risk[order[a]];
            for (b = a; b < order.length && risk[order[b]] == value; b++) {
                if (happened[order[b]]) {
                    tiedCases += weight[order[b]];
                } else {
                    tiedControls += weight[order[b]];
                }
            }
            double ofCase = controlsBelow + tiedControls / 2;
            double ofControl = cases - casesBelow - tiedCases / 2;
            for (int k = a; won != null && k < b; k++) {
                won[order[k]] = happened[order[k]] ? ofCase : ofControl;
            }
            sum += tiedCases * ofCase;
            controlsBelow += tiedControls;
            casesBelow += tiedCases;
        }
        return sum / (cases * controls);
    }
}
