// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.imaging.Phase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions as technologists write them, in English and Chinese. */
class PhaseRulesTest {
    private static void put(DataSet data, int tag, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        data.put(new Element(tag, "LO", false, value, 0, value.length, List.of()));
    }

    private static DataSet header(String modality, String description) {
        DataSet data = new DataSet();
        put(data, Tag.MODALITY, modality);
        put(data, Tag.SERIES_DESCRIPTION, description);
        return data;
    }

    @ParameterizedTest
    @CsvSource({
        "CT, Abdomen without contrast, CT_NON_CONTRAST",
        "CT, 上腹部平扫, CT_NON_CONTRAST",
        "CT, Abd NC 5.0, CT_NON_CONTRAST",
        "CT, Late arterial phase, CT_ARTERIAL",
        "CT, Liver_ART_1.5mm, CT_ARTERIAL",
        "CT, 动脉期 A 5.0, CT_ARTERIAL",
        "CT, Portal venous, CT_PORTAL",
        "CT, 门静脉期, CT_PORTAL",
        "CT, Abd PV, CT_PORTAL",
        "CT, Delayed 3 min, CT_DELAYED",
        "CT, 平衡期, CT_DELAYED",
        "MR, t1_vibe_fs_tra_pre, MR_T1",
        "MR, T1WI平扫 脂肪抑制, MR_T1",
        "MR, t1_vibe_fs_tra, MR_T1",
        "MR, t2_blade_fs_tra, MR_T2",
        "MR, Ax T2 FSE FS RTr, MR_T2",
        "MR, LAVA-Flex ART, MR_ARTERIAL",
        "MR, LAVA-Flex PVP, MR_PORTAL",
        "MR, 增强 延迟期, MR_DELAYED",
        "MR, T1 +C hepatobiliary 20 min, MR_HEPATOBILIARY",
        "MR, 肝胆期 20min, MR_HEPATOBILIARY",
        "MR, ep2d_diff_b800, MR_DWI",
        "MR, DWI弥散, MR_DWI",
        "MR, ADC map, MR_ADC",
        "MR, T1 in-phase, MR_IN_PHASE",
        "MR, T1 out of phase, MR_OUT_PHASE",
        "MR, 反相位, MR_OUT_PHASE",
    })
    void descriptionsNameThePhase(String modality, String description, Phase expected) {
        PhaseGuess guess = PhaseRules.byHeader(header(modality, description)).orElseThrow();

        assertThat(guess.phase()).isEqualTo(expected);
        assertThat(guess.evidence()).contains("(0008,103E)");
    }

    @ParameterizedTest
    @CsvSource({"CT, CT C/A/P LIVER", "CT, Abdomen 5.0 B30f", "CT, 动脉期+门脉期", "US, arterial"})
    void descriptionsThatNameNoneOrTwoSayNothing(String modality, String description) {
        assertThat(PhaseRules.byHeader(header(modality, description))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CT, 100030, CT_ARTERIAL",
        "CT, 100110, CT_PORTAL",
        "CT, 100400, CT_DELAYED",
        "MR, 102000, MR_HEPATOBILIARY",
        "CT, 095900, CT_NON_CONTRAST",
    })
    void theDelayAfterContrastNamesThePhase(String modality, String time, Phase expected) {
        DataSet data = header(modality, "Liver 5.0");
        put(data, Tag.CONTRAST_START_TIME, "100000");
        put(data, Tag.ACQUISITION_TIME, time);

        PhaseGuess guess = PhaseRules.byHeader(data).orElseThrow();

        assertThat(guess.phase()).isEqualTo(expected);
        assertThat(guess.confidence()).isEqualTo(0.7);
    }

    @Test
    void anotherPlaneIsLessSureAndADifferenceIsNoPhase() {
        Optional<PhaseGuess> plain = PhaseRules.byHeader(header("MR", "T1 arterial"));
        Optional<PhaseGuess> plane = PhaseRules.byHeader(header("MR", "T1 arterial COR"));

        assertThat(plane.orElseThrow().confidence()).isLessThan(plain.orElseThrow().confidence());
        assertThat(PhaseRules.byHeader(header("MR", "T1 arterial SUB"))).isEmpty();
    }

    @Test
    void imageTypeNamesPhaseOfWaterAndFat() {
        DataSet data = header("MR", "LAVA-Flex");
        put(data, Tag.CONTRAST_AGENT, "gadoxetate");
        put(data, Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\OUT_PHASE");

        assertThat(PhaseRules.byHeader(data).orElseThrow().phase()).isEqualTo(Phase.MR_OUT_PHASE);
    }
}
