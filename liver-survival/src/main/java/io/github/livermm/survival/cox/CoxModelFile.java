// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CurveBasis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parts of a Cox model as they stand in a model file: one JSON tree and plain arrays. */
final class CoxModelFile {
    final List<String> names;
    final double[] coefficients;
    final double[] mean;
    final double[][] covariance;
    final List<CurveBasis> strata;

    CoxModelFile(
            List<String> names,
            double[] coefficients,
            double[] mean,
            double[][] covariance,
            List<CurveBasis> strata) {
        this.names = names;
        this.coefficients = coefficients;
        this.mean = mean;
        this.covariance = covariance;
        this.strata = strata;
    }

    void save(StateWriter out) {
        List<Integer> codes = strata.stream().map(b -> b.hazard().stratum()).toList();
        out.json("cox", Map.of("names", names, "strata", codes));
        out.array("coefficients", coefficients);
        out.array("mean", mean);
        out.array("covariance", flat(covariance));
        for (int s = 0; s < strata.size(); s++) {
            StateWriter part = out.part("stratum." + s);
            CurveBasis basis = strata.get(s);
            HazardFile.write(part, basis.hazard());
            part.array("at_risk", basis.atRisk());
            part.array("events", basis.events());
            part.array("variance", basis.variance());
            part.array("means", flat(basis.means()));
        }
    }

    static CoxModelFile restore(StateReader in) {
        try {
            Map<String, Object> tree = in.json("cox");
            List<String> names = list(tree, "names").stream().map(String::valueOf).toList();
            int p = names.size();
            List<CurveBasis> strata = new ArrayList<>();
            for (Object code : list(tree, "strata")) {
                StateReader part = in.part("stratum." + strata.size());
                BaselineHazard hazard = HazardFile.read(part, ((Number) code).intValue());
                int events = hazard.times().length;
                strata.add(
                        CurveBasis.of(
                                hazard,
                                part.array("at_risk"),
                                part.array("events"),
                                part.array("variance"),
                                square(part.array("means"), events, p)));
            }
            return new CoxModelFile(
                    names,
                    square(in.array("coefficients"), 1, p)[0],
                    square(in.array("mean"), 1, p)[0],
                    square(in.array("covariance"), p, p),
                    strata);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | ClassCastException e) {
            throw new ModelFileException("the saved Cox model is damaged: " + e.getMessage(), e);
        }
    }

    private static List<?> list(Map<String, Object> tree, String key) {
        if (tree.get(key) instanceof List<?> list) {
            return list; // a model of the base rate has no names
        }
        throw new IllegalArgumentException("no " + key);
    }

    private static double[] flat(double[][] rows) {
        int p = rows.length == 0 ? 0 : rows[0].length;
        double[] out = new double[rows.length * p];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, out, i * p, p);
        }
        return out;
    }

    private static double[][] square(double[] values, int rows, int p) {
        if (values.length != rows * p) {
            throw new IllegalArgumentException(
                    values.length + " values where " + rows + " x " + p + " are needed");
        }
        double[][] out = new double[rows][p];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * p, out[i], 0, p);
        }
        return out;
    }
}
