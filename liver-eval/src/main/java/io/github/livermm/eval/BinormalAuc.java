// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * An area under the ROC curve in the binormal model {@code sensitivity = Phi(a + b Phi^-1(1 -
 * specificity))}, with its large-sample variances, for planning a study. With b = 1 both classes
 * vary alike.
 *
 * <p>Reference: Obuchowski NA, McClish DK (1997), Sample size determination for diagnostic accuracy
 * studies involving binormal ROC curve indices, doi:10.1002/(SICI)1097-0258(19970715)16:13&lt;1529.
 *
 * @param a the distance of the class means in standard deviations of the positives
 * @param b the standard deviation of the negatives over that of the positives, positive
 * @since 0.1.0
 */
public record BinormalAuc(double a, double b) {
    /**
     * Checks the parameters.
     *
     * @param a finite
     * @param b positive and finite
     * @throws IllegalArgumentException when a parameter is not allowed
     */
    public BinormalAuc {
        if (!Double.isFinite(a)) {
            throw new IllegalArgumentException("a " + a + " is not finite");
        }
        if (!(b > 0) || Double.isInfinite(b)) {
            throw new IllegalArgumentException("b " + b + " is not a finite number above 0");
        }
    }

    /**
     * The model with equal spread in both classes that has a given area.
     *
     * @param auc in (0, 1)
     * @return the model
     * @throws IllegalArgumentException when the area is outside (0, 1)
     */
    public static BinormalAuc of(double auc) {
        requireAuc("auc", auc);
        return new BinormalAuc(Math.sqrt(2) * Normal.quantile(auc), 1);
    }

    static void requireAuc(String name, double auc) {
        if (!(auc > 0 && auc < 1)) {
            throw new IllegalArgumentException(name + " " + auc + " is outside (0, 1)");
        }
    }

    /**
     * The area.
     *
     * @return in (0, 1)
     */
    public double auc() {
        return Normal.cumulative(a / Math.sqrt(1 + b * b));
    }

    /** The derivative of the area by a. */
    private double byA() {
        double q = 1 + b * b;
        return Math.exp(-a * a / (2 * q)) / Math.sqrt(2 * Math.PI * q);
    }

    /** The derivative of the area by b. */
    private double byB() {
        return -byA() * a * b / (1 + b * b);
    }

    /**
     * The variance of the area times the number of positives, as published and as R's pROC has it:
     * the covariance of a and b, which would lower it, is left out, so that sample sizes lie on the
     * safe side.
     *
     * @param ratio negatives per positive, positive
     * @return the variance with one positive
     */
    public double variance(double ratio) {
        return byA() * byA() * (1 + b * b / ratio + a * a / 2)
                + byB() * byB() * b * b * (1 + ratio) / (2 * ratio);
    }

    /**
     * The covariance with another area on the same patients, times the number of positives.
     *
     * @param other the other area
     * @param inPositives the correlation of the two scores among positives
     * @param inNegatives the correlation among negatives
     * @param ratio negatives per positive, positive
     * @return the covariance with one positive
     */
    public double covariance(
            BinormalAuc other, double inPositives, double inNegatives, double ratio) {
        double rp = inPositives;
        double rn = inNegatives;
        double rp2 = rp * rp / 2;
        double ofA = rp + rn * b * other.b / ratio + rp2 * a * other.a;
        double ofB = b * other.b * (rn * rn + ratio * rp * rp) / (2 * ratio);
        return byA() * other.byA() * ofA
                + byB() * other.byB() * ofB
                + byA() * other.byB() * rp2 * a * other.b
                + other.byA() * byB() * rp2 * other.a * b;
    }
}
