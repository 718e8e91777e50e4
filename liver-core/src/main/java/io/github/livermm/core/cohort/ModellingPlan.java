// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.List;
import java.util.Map;

/**
 * What the protocol asks of modelling and evaluation.
 *
 * @param splits how each target is split
 * @param horizonsMonths times at which survival is predicted, ascending
 * @param missingIndicator whether the model may see which values are missing
 * @param derived scores to compute from the columns and to use as predictors
 * @param comparators models of a few features to compare with
 * @param seed seed of every random choice
 * @param report how the radiology report is read
 * @param image how images are prepared
 * @since 0.1.0
 */
public record ModellingPlan(
        Splits splits,
        List<Double> horizonsMonths,
        boolean missingIndicator,
        List<DerivedScore> derived,
        List<ComparatorModel> comparators,
        long seed,
        ReportPlan report,
        ImagePlan image) {
    /** Copies the lists. */
    public ModellingPlan {
        horizonsMonths = List.copyOf(horizonsMonths);
        derived = List.copyOf(derived);
        comparators = List.copyOf(comparators);
    }

    /**
     * A plan that reads reports and images by default.
     *
     * @param splits how each target is split
     * @param horizonsMonths times at which survival is predicted, ascending
     * @param missingIndicator whether the model may see which values are missing
     * @param derived scores to compute from the columns and to use as predictors
     * @param comparators models of a few features to compare with
     * @param seed seed of every random choice
     */
    public ModellingPlan(
            Splits splits,
            List<Double> horizonsMonths,
            boolean missingIndicator,
            List<DerivedScore> derived,
            List<ComparatorModel> comparators,
            long seed) {
        this(
                splits,
                horizonsMonths,
                missingIndicator,
                derived,
                comparators,
                seed,
                ReportPlan.defaults(),
                ImagePlan.defaults());
    }

    /**
     * How patients are divided into folds.
     *
     * @param byTarget kind of split per target; a target that is absent is split stratified
     * @param folds number of stratified folds
     * @param poolCentresUnder when centres are left out, those with fewer patients share one fold
     * @since 0.1.0
     */
    public record Splits(Map<String, SplitKind> byTarget, int folds, int poolCentresUnder) {
        /** Five folds: four fifths of a few hundred patients are enough to train on. */
        public static final int FOLDS = 5;

        /** Under 15 patients, figures of a centre say nothing. */
        public static final int POOL_CENTRES_UNDER = 15;

        /** Copies the map. */
        public Splits {
            byTarget = Map.copyOf(byTarget);
        }

        /**
         * The split of a target.
         *
         * @param target {@code malignant}, {@code hcc_vs_icc} or the id of an endpoint
         * @return stratified unless the protocol says otherwise
         */
        public SplitKind of(String target) {
            return byTarget.getOrDefault(target, SplitKind.STRATIFIED);
        }
    }
}
