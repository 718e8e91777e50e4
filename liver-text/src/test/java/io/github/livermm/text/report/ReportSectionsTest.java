// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Proves the division into sections in both languages, and the fallback. */
class ReportSectionsTest {
    private static List<String> sections(String text) {
        return sections(text, SectionHeadings.bundled());
    }

    private static List<String> sections(String text, SectionHeadings headings) {
        Report report = new Report(text);
        return ReportSections.of(NormalizedText.of(text), headings).all().stream()
                .map(
                        s ->
                                s.kind()
                                        + (s.fallback() ? "?" : "")
                                        + " "
                                        + report.quote(s.start(), s.end()))
                .collect(Collectors.toList());
    }

    @Test
    void dividesAChineseReport() {
        assertThat(
                        sections(
                                "检查部位：上腹部\n临床诊断：肝占位待查\n影像所见：\n肝右叶见结节。\n影像诊断：\n1. 肝癌可能。\n报告日期：2024-01-02\n"))
                .containsExactly(
                        "TECHNIQUE 上腹部",
                        "HISTORY 肝占位待查",
                        "FINDINGS 肝右叶见结节。",
                        "IMPRESSION 1. 肝癌可能。",
                        "ADMINISTRATION 2024-01-02");
    }

    @Test
    void dividesAnEnglishReport() {
        assertThat(
                        sections(
                                "CLINICAL HISTORY: Liver lesion.\nTECHNIQUE: MRI.\nCOMPARISON: None.\n\n"
                                        + "FINDINGS:\nA nodule.\nNo ascites.\n\nIMPRESSION:\nLikely HCC."))
                .containsExactly(
                        "HISTORY Liver lesion.",
                        "TECHNIQUE MRI.",
                        "COMPARISON None.",
                        "FINDINGS A nodule.\nNo ascites.",
                        "IMPRESSION Likely HCC.");
    }

    @Test
    void readsHeadingsInBracketsAndWithWordsBefore() {
        assertThat(sections("【检查所见】肝内未见占位。\n【检查结论】未见异常。"))
                .containsExactly("FINDINGS 肝内未见占位。", "IMPRESSION 未见异常。");
        assertThat(sections("上腹部CT平扫+增强所见：肝右叶结节。")).containsExactly("FINDINGS 肝右叶结节。");
    }

    @Test
    void readsHeadingsInsideALine() {
        assertThat(sections("History: Cirrhosis. Findings: A mass. Impression: HCC."))
                .containsExactly("HISTORY Cirrhosis.", "FINDINGS A mass.", "IMPRESSION HCC.");
        assertThat(sections("病史：乙肝。检查所见：肝右叶结节。诊断意见：肝癌？"))
                .containsExactly("HISTORY 乙肝。", "FINDINGS 肝右叶结节。", "IMPRESSION 肝癌？");
    }

    @Test
    void takesTextWithoutHeadingAsFindingsAndSaysSo() {
        assertThat(sections("肝右叶见结节。")).containsExactly("FINDINGS? 肝右叶见结节。");
        assertThat(sections("肝右叶见结节。\n印象：肝癌。"))
                .containsExactly("FINDINGS? 肝右叶见结节。", "IMPRESSION 肝癌。");
    }

    @Test
    void takesNoImpressionForFindings() {
        assertThat(sections("Impression: HCC.")).containsExactly("IMPRESSION HCC.");
    }

    @Test
    void ordinaryWordsBeforeAColonAreNoHeading() {
        assertThat(sections("Findings:\nLiver: normal.\nSpleen: normal."))
                .containsExactly("FINDINGS Liver: normal.\nSpleen: normal.");
    }

    @Test
    void readsAChineseHeadingBeforeABlank() {
        assertThat(sections("影像所见  肝右叶结节。\n影像诊断　肝癌。"))
                .containsExactly("FINDINGS 肝右叶结节。", "IMPRESSION 肝癌。");
        assertThat(sections("所见肝脏 未见异常。")).containsExactly("FINDINGS? 所见肝脏 未见异常。");
    }

    @Test
    void readsHeadingsOfBothLanguagesInOneReport() {
        assertThat(sections("影像所见/Findings：结节 A nodule.\n影像诊断/Impression：HCC"))
                .containsExactly("FINDINGS 结节 A nodule.", "IMPRESSION HCC");
    }

    @Test
    void readsOverFullWidthBlanksAndRules() {
        assertThat(sections("影 像 所 见 ：\n结节。\nＣＴ诊断：肝癌。"))
                .containsExactly("FINDINGS 结节。", "IMPRESSION 肝癌。");
        assertThat(sections("FINDINGS\n=====\nA mass.\n\nIMPRESSION\n-----\nHCC."))
                .containsExactly("FINDINGS A mass.", "IMPRESSION HCC.");
        assertThat(sections("第1页 共2页\n姓名：□□\n检查所见:结节。\n检查提示:肝癌。\n报告医师：□□"))
                .containsExactly(
                        "OTHER 第1页 共2页",
                        "ADMINISTRATION □□",
                        "FINDINGS 结节。",
                        "IMPRESSION 肝癌。",
                        "ADMINISTRATION □□");
    }

    @Test
    void keepsAnAddendumApart() {
        assertThat(sections("影像所见：结节。\n影像诊断：肝癌。\n补充报告（2024-03-01）：病理为胆管细胞癌。"))
                .containsExactly("FINDINGS 结节。", "IMPRESSION 肝癌。", "ADDENDUM 病理为胆管细胞癌。");
        assertThat(sections("FINDINGS: A mass.\nADDENDUM 2024-03-01: Pathology ICC."))
                .containsExactly("FINDINGS A mass.", "ADDENDUM Pathology ICC.");
    }

    @Test
    void aStudyAddsTheHeadingsOfItsCentre() {
        SectionHeadings headings = SectionHeadings.bundled().with("读片记录", SectionKind.FINDINGS);

        assertThat(sections("读片记录：肝右叶结节。", headings)).containsExactly("FINDINGS 肝右叶结节。");
    }
}
