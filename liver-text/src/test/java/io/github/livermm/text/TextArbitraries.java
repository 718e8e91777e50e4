// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts for the properties: any Unicode, and shuffled words that the rules react to. */
public final class TextArbitraries {
    private static final String[] PIECES = {
        "肝右叶见肿块",
        "未见",
        "无",
        "不除外",
        "肝细胞癌",
        "、",
        "，",
        "。",
        "\n",
        "大小约５．３㎝×41mm",
        "HCC",
        "  ",
        "门静脉癌栓",
        "但",
        "考虑",
        "？",
        "影像所见：",
        "影像诊断：",
        "Findings:",
        "Impression: ",
        "no ",
        "washout ",
        "capsule",
        " is not seen",
        ". ",
        ", ",
        "LI-RADS 5",
        "肝内转移",
        "cannot be excluded",
        "S8段",
        "\uFEFF",
        "胆管扩张",
        "malignant",
        "癌",
        "Ca",
        "MT",
        "😀",
        "\uD83D",
        "TACE术后",
        "碘油",
        "4.7 x 3.9 cm",
        "previously ",
        "Ⅷ",
        "动脉期",
        "明显",
        "强化",
        "不均匀",
        "cyst",
        "in the left kidney",
        "脾大",
        "\r\n",
        "\t",
        "İ"
    };

    private TextArbitraries() {}

    /** Any characters at all, unpaired surrogates included. */
    public static Arbitrary<String> unicode() {
        return Arbitraries.strings().all().ofMaxLength(300);
    }

    /** Pieces of reports in any order, with noise between them. */
    public static Arbitrary<String> reports() {
        Arbitrary<String> piece =
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(9, Arbitraries.of(PIECES)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.strings().all().ofMaxLength(3)));
        return Combinators.combine(piece.list().ofMaxSize(60), Arbitraries.just(""))
                .as((l, s) -> String.join(s, l));
    }
}
