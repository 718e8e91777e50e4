// What does a radiology report say? Sections, mentions with negation, lesions with sizes, LI-RADS features; Chinese and
// English by one parser. Needs liver-text only.
// Run: examples/notebooks/run 02-what-a-report-says.jsh

import io.github.livermm.text.concept.*;
import io.github.livermm.text.report.*;

var parser = ReportParser.bundled();

void show(String text) {
    ParsedReport parsed = parser.parse(new Report(text));
    for (Mention m : parsed.mentions()) {
        System.out.printf("%-28s %-12s %-12s \"%s\"%n", m.concept().id(), m.status(), m.section(),
                parsed.report().quote(m.start(), m.end()));
    }
    for (Lesion lesion : parsed.lesions()) {
        System.out.println(lesion);
    }
    System.out.println("LI-RADS      " + parsed.liRads());
}

show("""
        FINDINGS: A 3.2 x 2.8 cm lesion in segment VII shows arterial hyperenhancement with washout in the portal venous
        phase and an enhancing capsule. No portal vein thrombosis. The liver is cirrhotic.
        IMPRESSION: Findings are highly suspicious for hepatocellular carcinoma.
        """);

show("""
        影像所见：肝右叶见一大小约3.2×2.8cm占位，动脉期明显强化，门脉期廓清，可见包膜。门静脉未见癌栓。
        影像诊断：肝右叶占位，考虑肝细胞癌可能。
        """);

System.out.println("notebook finished");
/exit
