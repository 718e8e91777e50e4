// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;

/**
 * One row per event, by stratum, then time: covariates of the patient less their mean in the risk
 * set, and the same scaled so that it estimates the coefficient at that time.
 *
 * @since 0.1.0
 */
public final class SchoenfeldResiduals {
    private final int[] rows;
    private final double[] times;
    private final double[][] residuals;
    private final double[][] scaled;

    SchoenfeldResiduals(int[] rows, double[] times, double[][] residuals, double[][] scaled) {
        this.rows = rows;
        this.times = times;
        this.residuals = residuals;
        this.scaled = scaled;
    }

    /**
     * Which row of the data each event is.
     *
     * @return row numbers from 0
     */
    public int[] rows() {
        return rows.clone();
    }

    /**
     * The time of each event.
     *
     * @return times
     */
    public double[] times() {
        return times.clone();
    }

    /**
     * The residuals.
     *
     * @return events x columns
     */
    public double[][] residuals() {
        return Arrays.stream(residuals).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Number of events times residual times model covariance, plus the coefficient.
     *
     * @return events x columns
     */
    public double[][] scaled() {
        return Arrays.stream(scaled).map(double[]::clone).toArray(double[][]::new);
    }
}
