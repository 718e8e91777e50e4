// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Knows the names of what only surgery and the pathologist can tell. A model that is to help before
 * surgery must not see such a column, however well it predicts.
 */
final class Postoperative {
    private static final List<Pattern> NAMES =
            List.of(
                    // wherever they end the name
                    Pattern.compile(
                            "(?:^|_)(?:mvi|micro_?(?:vascular|vessel)_?invasion"
                                    + "|satellite(?:s|_?nodules?)|edmondson(?:_?steiner)?"
                                    + "|histolog(?:y|ic|ical)_?grade|ptnm"
                                    + "|patholog(?:y|ic|ical)_?[tnm]?_?(?:grade|stage|staging|response)"
                                    + "|perineural(?:_?invasion)?|lymphovascular(?:_?invasion)?"
                                    + "|blood_?loss|resection_?margins?|surgical_?margins?"
                                    + "|(?:operation|operative|operating)_?time|length_?of_?stay"
                                    + "|postop|postoperative)$"),
                    // only as the whole name: inside a longer one they may mean something else
                    Pattern.compile(
                            "^(?:differentiation|margins?|margin_status|r0|r_status|satellite"
                                    + "|(?:ln|lymph_?nodes?)_?(?:status|positive)|p[tn]_?stage"
                                    + "|ajcc_path.*|pathology|tumou?r_grade|grade|lvi"
                                    + "|(?:intraoperative_?)?(?:bleeding|transfusion)"
                                    + "|(?:postop|postoperative)_.*|(?:surgical_)?complications?"
                                    + "|clavien.*|recurrence|relapse|hospital_?stay)$"),
                    Pattern.compile(
                            "微血管侵犯|微血管癌栓|脉管癌栓|卫星结节|卫星灶|分化程度|分化|切缘|神经侵犯"
                                    + "|病理|出血量|失血|输血|手术时间|住院|术中|术后|并发症|复发"));

    private Postoperative() {}

    /** Whether the name of a column says that it is known only after surgery. */
    static boolean named(String column) {
        String name =
                Normalizer.normalize(column, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[\\s.\\-/()]+", "_")
                        .replaceAll("^_+|_+$", "");
        return NAMES.stream().anyMatch(p -> p.matcher(name).find());
    }
}
