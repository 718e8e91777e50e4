// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * Widens the confidence limits of a figure of predictions out of fold. Limits that resample the
 * patients take the models as given; in a cross-validation each patient also trains the models that
 * predict the others, and the figure varies more.
 *
 * <p>The half-width grows by sqrt(1 + n/m), n the patients evaluated, m the patients that each
 * model was trained on. With n predictions in J folds of n/J this is Nadeau and Bengio's corrected
 * variance (1/J + n2/n1) s<sup>2</sup> against the plain s<sup>2</sup>/J, n2 the patients of a fold
 * and n1 of its training set. Without a signal it is exact for a linear score: cov(y<sub>i</sub>
 * f<sub>-i</sub>(x<sub>i</sub>), y<sub>j</sub> f<sub>-j</sub>(x<sub>j</sub>)) then doubles the
 * variance. With a strong signal it is conservative.
 *
 * <p>Reference: Nadeau C, Bengio Y (2003), Inference for the generalization error,
 * doi:10.1023/A:1024068626366; Bates S, Hastie T, Tibshirani R (2023), Cross-validation: what does
 * it estimate and how well does it do it?, doi:10.1080/01621459.2023.2197686.
 *
 * @param evaluated patients whose predictions are judged, at least 0
 * @param training patients that a model was trained on, on average, above 0
 * @since 0.1.0
 */
public record CrossValidationCorrection(double evaluated, double training) {
    private static final String NOTE = ", widened for cross-validation (Nadeau-Bengio)";

    /** Checks the numbers. */
    public CrossValidationCorrection {
        if (!(evaluated >= 0 && training > 0)) {
            throw new IllegalArgumentException(
                    "evaluated is "
                            + evaluated
                            + " (allowed at least 0) and training is "
                            + training
                            + " (allowed above 0)");
        }
    }

    /**
     * By how much half-widths grow.
     *
     * @return at least 1
     */
    public double factor() {
        return Math.sqrt(1 + evaluated / training);
    }

    /**
     * Widens the limits of a share, an AUC or a concordance, on the logit scale.
     *
     * @param share estimate and limits in [0, 1]
     * @return the same estimate with wider limits; limits that are undefined, or equal to the
     *     estimate, or an estimate of 0 or 1 stay
     */
    public Interval share(Interval share) {
        double centre = share.estimate();
        if (!(centre > 0 && centre < 1)) {
            return share;
        }
        return new Interval(
                centre,
                expit(wider(logit(centre), logit(Math.max(0, share.lower())))),
                expit(wider(logit(centre), logit(Math.min(1, share.upper())))),
                share.method() + NOTE);
    }

    /**
     * Widens the limits of a difference.
     *
     * @param difference estimate and limits of any size
     * @return the same estimate with wider limits
     */
    public Interval difference(Interval difference) {
        double centre = difference.estimate();
        return new Interval(
                centre,
                wider(centre, difference.lower()),
                wider(centre, difference.upper()),
                difference.method() + NOTE);
    }

    private double wider(double centre, double limit) {
        return centre + factor() * (limit - centre);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static double expit(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
