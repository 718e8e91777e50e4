// What does a radiology report say? Sections, mentions with status, lesions with sizes, LI-RADS features, and the text
// without the words that name the answer; Chinese and English by one parser. Needs liver-text only.
// Run: examples/notebooks/run 02-what-a-report-says.jsh

import io.github.livermm.text.concept.*;
import io.github.livermm.text.report.*;

var parser = ReportParser.bundled();

void show(Report report) {
    ParsedReport parsed = parser.parse(report);
    System.out.println("sections");
    for (Section s : parsed.sections().all()) {
        System.out.printf("  %-12s %4d to %4d%s%n", s.kind(), s.start(), s.end(), s.fallback() ? "  (no heading said so)" : "");
    }
    System.out.println("mentions");
    for (Mention m : parsed.mentions()) {
        System.out.printf("  %-24s %-10s %-12s %-10s %-12s \"%s\"%n", m.concept().id(), m.status(),
                m.grade() == null ? "" : m.grade(), m.section(), m.organ(), report.quote(m.start(), m.end()));
    }
    System.out.println("lesions");
    for (Lesion l : parsed.lesions()) {
        System.out.printf("  %-10s count %s, %s cm, segment %s%n", l.section(), l.count(), l.sizeCm(), l.segment());
    }
    System.out.println("index lesion: " + parsed.liRads());
    System.out.println("masked, " + parsed.mask().spans().size() + " places");
    System.out.println(parsed.mask().maskedText());
}

// Negation, doubt and history differ in both languages; 不除外 is doubt and no negation, "no change" is neither
show(new Report("""
        HISTORY: Chronic hepatitis B, evaluate for HCC.
        FINDINGS: A 3.2 x 2.8 cm lesion in segment VII shows arterial hyperenhancement with washout in the portal venous
        phase and an enhancing capsule. No portal vein thrombosis. No change of the 1.1 cm cyst in segment II.
        IMPRESSION: Findings are highly suspicious for hepatocellular carcinoma.
        """));

show(new Report("""
        病史：肝癌TACE术后。
        影像所见：肝右叶Ｓ６段见一占位，大小约３．２×２．８㎝（原约2.4cm），动脉期明显不均匀强化，门脉期廓清，可见包膜强化。门静脉未见癌栓，肝内外胆管及胰管未见扩张。
        影像诊断：肝右叶占位，考虑肝细胞癌，转移瘤不除外。
        """));

// A centre whose headings are its own: the table is extended, in study.json by "report_headings"
var headings = SectionHeadings.bundled().with("读片记录", SectionKind.FINDINGS).with("读片意见", SectionKind.IMPRESSION);
show(new Report("读片记录：肝左叶囊肿，直径约1.5cm。\n读片意见：肝囊肿。", headings));

System.out.println("notebook finished");
/exit
