// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The scale on which limits of a survival probability are symmetric; the limits are clipped to [0,
 * 1].
 *
 * @since 0.1.0
 */
public enum ConfidenceScale {
    /** log S, the default of R's {@code survfit}. */
    LOG {
        @Override
        double limit(double s, double se, double z) {
            return Math.min(1, s * Math.exp(z * se / s));
        }
    },
    /** log(-log S): stays inside (0, 1) by itself; undefined where S is 1. */
    LOG_LOG {
        @Override
        double limit(double s, double se, double z) {
            if (s == 1) {
                return Double.NaN;
            }
            double logS = Math.log(s);
            return Math.exp(-Math.exp(Math.log(-logS) + z * se / (s * logS)));
        }
    },
    /** S itself. */
    PLAIN {
        @Override
        double limit(double s, double se, double z) {
            return Math.max(0, Math.min(1, s + z * se));
        }
    };

    /** The limit z standard errors away, on the survival scale; NaN where S is 0. */
    abstract double limit(double s, double se, double z);

    double lower(double s, double se, double z) {
        return s > 0 ? limit(s, se, -z) : Double.NaN;
    }

    double upper(double s, double se, double z) {
        return s > 0 ? limit(s, se, z) : Double.NaN;
    }
}
