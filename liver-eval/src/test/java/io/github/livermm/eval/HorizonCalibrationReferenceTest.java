// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.HorizonCalibration.Fit;
import io.github.livermm.eval.HorizonCalibration.Group;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Calibration at a horizon equals survfit by group and coxph on the transformed risk. */
class HorizonCalibrationReferenceTest {
    @TestFactory
    Stream<DynamicTest> calibrationEqualsSurvivalAndHmisc() {
        return Fixture.tests("survival_calibration", HorizonCalibrationReferenceTest::check);
    }

    private static void check(Fixture fixture) {
        CsvTable table = fixture.input();
        JsonNode spec = fixture.spec();
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(table.numbers("time"), table.flags("event"));
        double[] risk = table.numbers("risk");
        HorizonCalibration calibration =
                HorizonCalibration.of(outcomes, risk, spec.path("horizon").asDouble());
        int count = spec.path("groups").asInt();
        List<Group> groups = calibration.groups(count);
        List<Object> rows = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            Map<String, Object> row = group(groups.get(g));
            row.put("group", g + 1);
            rows.add(row);
        }
        Fit merged = HorizonCalibration.test(calibration.mergedGroups(count, 5));
        Map<String, Object> slope = new LinkedHashMap<>();
        slope.put("est", calibration.slope().estimate());
        slope.put("se", calibration.slopeStandardError());
        Map<String, Object> smooth = new LinkedHashMap<>();
        smooth.put("ici", calibration.ici());
        smooth.put("e50", calibration.e50());
        smooth.put("e90", calibration.e90());
        smooth.put("emax", calibration.eMax());
        double[] row = fixture.csv("expected_smooth.csv").numbers("row");
        // names of merged groups, knots and notes are no figures of ours
        fixture.comparison()
                .except("knots", "note")
                .value("observed", calibration.observed())
                .value("observed_se", calibration.observedStandardError())
                .value("mean_predicted", calibration.meanRisk())
                .value("oe_ratio", calibration.observedToExpected().estimate())
                .value("groups", rows)
                .value("gnd", test(HorizonCalibration.test(groups)))
                .value("gnd_merged/chisq", merged.statistic())
                .value("gnd_merged/df", merged.degreesOfFreedom())
                .value("gnd_merged/p", merged.p())
                .value("cox_slope", slope)
                .value("smooth", smooth)
                .file(
                        "smooth",
                        Map.of(
                                "row", row,
                                "risk", risk,
                                "recalibrated", calibration.recalibrated()))
                .verify();
    }

    private static Map<String, Object> group(Group group) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", group.n());
        map.put("events_by_t", group.events());
        map.put("mean_predicted", group.meanRisk());
        map.put("observed", group.observed());
        map.put("se", group.standardError());
        return map;
    }

    private static Map<String, Object> test(Fit fit) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("chisq", fit.statistic());
        map.put("df", fit.degreesOfFreedom());
        map.put("p", fit.p());
        return map;
    }
}
