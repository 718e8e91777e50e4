// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

/** Series descriptions as technologists write them: English, Chinese, or a bit of both. */
final class SeriesNames {
    private SeriesNames() {}

    static String of(Scanner scanner, Phase phase) {
        return switch (scanner.centre()) {
            case A -> scanner.descending() ? english(phase) : mixed(phase);
            case B -> scanner.descending() ? mixed(phase) : chinese(phase);
            case C -> scanner.descending() ? vendor(phase) : chinese(phase);
            case D -> scanner.descending() ? vendor(phase) : english(phase);
        };
    }

    private static String english(Phase phase) {
        return switch (phase) {
            case CT_NON_CONTRAST -> "Abdomen without contrast";
            case CT_ARTERIAL -> "Late arterial phase";
            case CT_PORTAL -> "Portal venous phase";
            case CT_DELAYED -> "Delayed 3 min";
            case MR_T1 -> "T1 FS pre contrast";
            case MR_T2 -> "T2 TSE FS ax";
            case MR_ARTERIAL -> "T1 +C arterial";
            case MR_PORTAL -> "T1 +C portal venous";
            case MR_DELAYED -> "T1 +C delayed";
            case MR_HEPATOBILIARY -> "T1 +C hepatobiliary 20 min";
        };
    }

    private static String chinese(Phase phase) {
        return switch (phase) {
            case CT_NON_CONTRAST -> "上腹部平扫";
            case CT_ARTERIAL -> "动脉期";
            case CT_PORTAL -> "门脉期";
            case CT_DELAYED -> "延迟期";
            case MR_T1 -> "T1WI平扫 脂肪抑制";
            case MR_T2 -> "T2WI 脂肪抑制";
            case MR_ARTERIAL -> "增强 动脉期";
            case MR_PORTAL -> "增强 门静脉期";
            case MR_DELAYED -> "增强 延迟期";
            case MR_HEPATOBILIARY -> "肝胆期 20min";
        };
    }

    private static String mixed(Phase phase) {
        return switch (phase) {
            case CT_NON_CONTRAST -> "平扫 5.0 NC";
            case CT_ARTERIAL -> "动脉期 A 5.0";
            case CT_PORTAL -> "门脉期 V 5.0";
            case CT_DELAYED -> "延迟期 D 5.0";
            case MR_T1 -> "t1_vibe_fs_tra 平扫";
            case MR_T2 -> "t2_blade_fs_tra";
            case MR_ARTERIAL -> "t1_vibe_fs_tra 动脉期";
            case MR_PORTAL -> "t1_vibe_fs_tra 门脉期";
            case MR_DELAYED -> "t1_vibe_fs_tra 延迟期";
            case MR_HEPATOBILIARY -> "t1_vibe_fs_tra 肝胆期 HBP";
        };
    }

    private static String vendor(Phase phase) {
        return switch (phase) {
            case CT_NON_CONTRAST -> "Abd NC";
            case CT_ARTERIAL -> "Abd ART";
            case CT_PORTAL -> "Abd PV";
            case CT_DELAYED -> "Abd DELAY";
            case MR_T1 -> "LAVA-Flex PRE";
            case MR_T2 -> "Ax T2 FSE FS RTr";
            case MR_ARTERIAL -> "LAVA-Flex ART";
            case MR_PORTAL -> "LAVA-Flex PVP";
            case MR_DELAYED -> "LAVA-Flex DELAY";
            case MR_HEPATOBILIARY -> "LAVA-Flex HBP";
        };
    }
}
