// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.text.concept.LiRads.Feature;
import io.github.livermm.text.report.Report;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves every cell of the LI-RADS v2018 diagnostic table, and the features of a report. */
class LiRadsTest {
    @ParameterizedTest
    @CsvSource({
        "false,15,,LR-3",
        "false,15,WASHOUT,LR-3",
        "false,15,WASHOUT+CAPSULE,LR-4",
        "false,20,,LR-3",
        "false,20,CAPSULE,LR-4",
        "false,30,GROWTH+WASHOUT,LR-4",
        "true,9,,LR-3",
        "true,9,CAPSULE,LR-4",
        "true,9,WASHOUT+CAPSULE+GROWTH,LR-4",
        "true,10,,LR-3",
        "true,15,CAPSULE,LR-4",
        "true,15,WASHOUT,LR-5",
        "true,15,GROWTH,LR-5",
        "true,19.9,CAPSULE+WASHOUT,LR-5",
        "true,20,,LR-4",
        "true,20,CAPSULE,LR-5",
        "true,50,WASHOUT+GROWTH,LR-5"
    })
    void tableGivesTheCategory(boolean aphe, double sizeMm, String features, String expected) {
        EnumSet<Feature> set = EnumSet.noneOf(Feature.class);
        for (String feature : (features == null ? "" : features).split("[+]", -1)) {
            if (!feature.isEmpty()) {
                set.add(Feature.valueOf(feature));
            }
        }

        assertThat(LiRads.table(aphe, sizeMm, set)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "结节，1.8cm，动脉期明显强化，强化减退。|LR-5",
                "结节，1.8cm，动脉期明显强化，未见廓清。|LR-3",
                "结节，2.5cm，动脉期环形强化。|LR-M",
                "结节，2.5cm，动脉期明显强化，门静脉癌栓。|LR-TIV",
                "A 25 mm nodule with arterial hyperenhancement and no washout.|LR-4"
            })
    void reportGivesTheCategory(String text, String expected) {
        assertThat(liRads(text).category()).isEqualTo(expected);
    }

    @Test
    void noCategoryWithoutSizeOrArterialPhase() {
        assertThat(liRads("结节，动脉期明显强化。").category()).isNull();
        assertThat(liRads("结节，2.5cm，强化减退。").category()).isNull();
    }

    private static LiRads liRads(String text) {
        return ReportParser.bundled().parse(new Report(text)).liRads();
    }
}
