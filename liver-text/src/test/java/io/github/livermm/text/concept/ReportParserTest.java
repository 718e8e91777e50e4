// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.text.report.NormalizedText;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.SectionKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves each rule of status, organ, size, segment and count on the sentence that needs it. */
class ReportParserTest {
    private static ParsedReport parse(String text) {
        return ReportParser.bundled().parse(new Report(text));
    }

    private static String status(String text, String concept) {
        List<String> all =
                parse(text).mentions().stream()
                        .filter(m -> m.concept().id().equals(concept))
                        .map(m -> m.grade() == null ? m.status().name() : m.grade().name())
                        .toList();
        return String.join("+", all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "肝细胞癌不除外。|hcc|NOT_EXCLUDED",
                "不能排除胆管细胞癌。|icc|NOT_EXCLUDED",
                "动脉期不均匀强化。|heterogeneous_enhancement|PRESENT",
                "边界不清。|ill_defined_margin|PRESENT",
                "未见出血、钙化及囊变。|cystic_change|ABSENT",
                "未见肿块，但见结节。|nodule|PRESENT",
                "脾不大。|splenomegaly|ABSENT",
                "血管瘤可排除。|haemangioma|ABSENT",
                "强化未见减退。|washout|ABSENT",
                "动脉期未见明显强化。|aphe|ABSENT",
                "考虑肝癌可能大。|hcc|PROBABLE",
                "肝癌？|hcc|POSSIBLE",
                "符合血管瘤。|haemangioma|CONSISTENT",
                "腹水：无|ascites|ABSENT",
                "肝癌切除术后。|hcc|HISTORICAL",
                "未见变化的结节。|nodule|PRESENT",
                "No change in the nodule.|nodule|PRESENT",
                "HCC cannot be excluded.|hcc|NOT_EXCLUDED",
                "Cannot rule out HCC.|hcc|NOT_EXCLUDED",
                "Not only washout.|washout|PRESENT",
                "No ascites, varices or splenomegaly.|splenomegaly|ABSENT",
                "No washout, but a capsule.|capsule|PRESENT",
                "Metastasis has been ruled out.|metastasis|ABSENT",
                "Abscess is unlikely.|abscess|ABSENT",
                "Washout: no|washout|ABSENT",
                "History of hepatocellular carcinoma.|hcc|HISTORICAL",
                "FNH versus adenoma.|fnh|POSSIBLE",
                "Likely haemangioma.|haemangioma|PROBABLE",
                "Consistent with hemangiomas.|haemangioma|CONSISTENT",
                "肝内外胆管不扩张。|bile_duct_dilatation|ABSENT",
                "未见门静脉癌栓，胆管扩张。|bile_duct_dilatation|PRESENT",
                "肝癌不能完全排除。|hcc|NOT_EXCLUDED",
                "HCC cannot with certainty be excluded.|hcc|NOT_EXCLUDED",
                "No calcification, invading the portal vein.|vessel_encasement|PRESENT",
                "The bile ducts are not dilated.|bile_duct_dilatation|ABSENT",
                "The spleen is not enlarged.|splenomegaly|ABSENT",
                "No evidence of portal vein\\nthrombus.|pvtt|ABSENT",
                "The mass is hypovascular with mass effect.|mass|PRESENT"
            })
    void givesTheStatus(String text, String concept, String expected) {
        assertThat(status(text.replace("\\n", "\n"), concept)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "肝右叶肿块，大小约5.3cm×4.1cm×3.9cm。|5.3",
                "肝右叶肿块，约53×41mm。|5.3",
                "肝左叶结节，直径约２．３㎝。|2.3",
                "肝内多发结节，大者约3.1*2.6cm。|3.1",
                "肝内结节，直径0.5-1.2cm。|1.2",
                "肝右叶肿块，长径约7.2厘米，距包膜约9.0cm。|7.2",
                "肝右叶结节3.0cm。脾大，长径15cm。|3.0",
                "肝右叶结节3.0cm。肝门淋巴结肿大，短径4.5cm。|3.0",
                "肝右叶结节3.0cm（原约8.0cm）。|3.0",
                "A mass measuring 5.3 x 4.1 cm.|5.3",
                "A lesion of up to 32 mm.|3.2",
                "A 3.2 cm nodule, 5.0 cm from the portal vein.|3.2",
                "A nodule measures 3.2 cm. The spleen measures 15 cm.|3.2",
                "A 2 cm cyst. Renal cyst of 6 cm.|2.0",
                "A 2 cm nodule and a 5.5 cm hepatic cyst.|2.0",
                "A 3 cm hepatic cyst and a 5.5 cm hepatic cyst.|5.5"
            })
    void givesTheLargestAxisOfTheIndexLesion(String text, double expected) {
        assertThat(parse(text).indexLesion().orElseThrow().sizeCm()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "肝右叶肿块，大小约53。",
                "脾大，长径约14cm。",
                "肝内未见占位，门静脉内径1.3cm。",
                "A mass on image 23.",
                "层厚5mm。"
            })
    void findsNoSizeOfALesion(String text) {
        assertThat(parse(text).indexLesion().map(Lesion::sizeCm)).isEmpty();
    }

    @Test
    void theCategoryOfLiRadsIsNoSegmentWhateverListFollows() {
        assertThat(SegmentScanner.segments("li-rads 5、s8段"))
                .extracting(SegmentScanner.Segment::name)
                .containsExactly("S8");
        String dotted = NormalizedText.of("S8段、\u0130").value();
        assertThat(SegmentScanner.segments(dotted)).hasSize(1);
        assertThat(SegmentScanner.segments("病灶位于5、8段"))
                .extracting(SegmentScanner.Segment::name)
                .containsExactly("S5", "S8");
    }

    @Test
    void placesMentionsInOrgans() {
        assertThat(organ("双肾囊肿。", "cyst")).isEqualTo("kidney");
        assertThat(organ("Simple cyst in the left kidney.", "cyst")).isEqualTo("kidney");
        assertThat(organ("肝右叶囊肿。", "cyst")).isEqualTo("liver");
        assertThat(organ("Liver with multiple cysts.", "cyst")).isEqualTo("liver");
        assertThat(organ("Pancreatic mass with necrosis.", "necrosis")).isEqualTo("pancreas");
        assertThat(organ("腹水。", "ascites")).isEqualTo("peritoneum");
    }

    private static String organ(String text, String concept) {
        return parse(text).mentions().stream()
                .filter(m -> m.concept().id().equals(concept))
                .findFirst()
                .orElseThrow()
                .organ();
    }

    @Test
    void dividesLesions() {
        ParsedReport parsed = parse("影像所见：肝S6段见肿块，大小5.3×4.1cm。动脉期明显强化。另于S2段见囊肿，直径1.2cm。");

        assertThat(parsed.lesions())
                .containsExactly(
                        new Lesion(SectionKind.FINDINGS, null, 5.3, "S6", false),
                        new Lesion(SectionKind.FINDINGS, null, 1.2, "S2", true));
        assertThat(parsed.mentions())
                .filteredOn(m -> m.concept().id().equals("aphe"))
                .extracting(Mention::lesion)
                .containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"肝内见3枚结节。|3", "肝内见两个结节。|2", "Two hypodense nodules.|2", "肝内单发结节。|1"})
    void countsLesions(String text, int expected) {
        assertThat(parse(text).lesions().get(0).count()).isEqualTo(expected);
    }

    @Test
    void readsSegments() {
        assertThat(segments("肝S5/6段、第8段结节")).containsExactly("S5", "S6", "S8");
        assertThat(segments("nodules in segments 5 and 6, segment VIII and segment IVa"))
                .containsExactly("S5", "S6", "S8", "S4");
        assertThat(segments("Ⅳ段")).containsExactly("S4");
        assertThat(segments("L5/S1 disc, image s23, t2 5cm, s1.5")).isEmpty();
    }

    private static List<String> segments(String text) {
        String normal = io.github.livermm.text.report.NormalizedText.of(text).value();
        return SegmentScanner.segments(normal).stream().map(SegmentScanner.Segment::name).toList();
    }

    @Test
    void givesTheTreeOfTheFile() {
        Map<String, Object> tree = Mentions.tree(parse("影像所见：肝S6段结节，2.3cm，肝癌不除外。"));

        assertThat(tree.keySet())
                .containsExactly("sections", "mentions", "lesions", "li_rads", "masked");
        assertThat(String.valueOf(tree.get("sections")))
                .isEqualTo("[{name=findings, start=5, end=24, fallback=false}]");
        assertThat(String.valueOf(tree.get("lesions")))
                .isEqualTo("[{count=null, size_cm=2.3, segment=S6, section=findings}]");
        assertThat(String.valueOf(tree.get("mentions")))
                .contains(
                        "{concept=hcc, status=uncertain, grade=not_excluded, organ=liver, lesion=1,"
                                + " section=findings, start=18, end=20, text=肝癌}");
    }
}
