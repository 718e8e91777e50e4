// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the parts of {@code study.json} must not say of each other. */
final class ProtocolCheck {
    private final Fields root;
    private final Protocol protocol;

    ProtocolCheck(Fields root, Protocol protocol) {
        this.root = root;
        this.protocol = protocol;
    }

    void check() {
        checkReservedColumns();
        checkRules();
        checkDerived();
    }

    /** What is to be predicted, and who treats whom, may not be a predictor. */
    private void checkReservedColumns() {
        Map<String, String> reserved = new LinkedHashMap<>();
        TableLayout table = protocol.table();
        reserved.put(table.id(), "names the patient; set \"role\": \"identifier\"");
        if (table.centre() != null) {
            reserved.put(table.centre(), "names the centre; set \"role\": \"identifier\"");
        }
        if (protocol.diagnosis() != null) {
            reserved.put(
                    protocol.diagnosis().column(),
                    "is the diagnosis itself; set \"role\": \"outcome\"");
        }
        for (Endpoint e : protocol.endpoints()) {
            String what = "is the outcome " + e.id() + " itself; set \"role\": \"outcome\"";
            reserved.put(e.timeColumn(), what);
            reserved.put(e.eventColumn(), what);
        }
        Surgery surgery = protocol.surgery();
        if (surgery != null) {
            for (String column : new String[] {surgery.typeColumn(), surgery.dateColumn()}) {
                if (column != null) {
                    reserved.put(
                            column,
                            "tells of the surgery that followed; set \"role\": \"postoperative\"");
                }
            }
        }
        for (int i = 0; i < protocol.columns().size(); i++) {
            Column column = protocol.columns().get(i);
            String why = reserved.get(column.name());
            if (column.role() == Role.PREDICTOR && why != null) {
                root.problem(
                        "columns[" + i + "] (" + column.name() + "), role",
                        "found \"predictor\", but the column " + why);
            }
        }
    }

    /** A score whose values stand nowhere would be missing for everybody. */
    private void checkDerived() {
        for (DerivedScore score : protocol.plan().derived()) {
            if (protocol.column(score.word()).isPresent()) {
                root.problem(
                        "derived", score.word() + " is a column as well; rename or remove the one");
            }
            for (String need : score.needs()) {
                Column source = protocol.source(need).orElse(null);
                if (source == null || (need.equals("sex") && Protocol.female(source).isEmpty())) {
                    root.problem(
                            "derived",
                            score.word()
                                    + " needs "
                                    + need
                                    + ", which no predictor measures; declare its column as a"
                                    + " predictor (say what it is with \"quantity\"), or take "
                                    + score.word()
                                    + " out");
                } else if (score.needsUpperNormal()
                        && need.equals("ggt")
                        && source.measure().upperNormal() == null) {
                    root.problem(
                            "derived",
                            score.word()
                                    + " needs the upper limit of normal of "
                                    + source.name()
                                    + "; name its column with \"upper_normal\"");
                }
            }
        }
    }

    /** A rule that cannot be asked would exclude everybody or nobody. */
    private void checkRules() {
        Set<Rule> rules = new LinkedHashSet<>(protocol.eligibility().diagnostic());
        rules.addAll(protocol.eligibility().prognostic());
        Surgery surgery = protocol.surgery();
        for (Rule rule : rules) {
            String needed =
                    switch (rule) {
                        case AGE_18_80 -> protocol.table().age() == null ? "age" : "";
                        case PATHOLOGY, MALIGNANT ->
                                protocol.diagnosis() == null ? "diagnosis" : "";
                        case OUTCOME_KNOWN -> protocol.endpoints().isEmpty() ? "endpoints" : "";
                        case RADICAL_HEPATECTOMY ->
                                surgery == null
                                                || surgery.typeColumn() == null
                                                || surgery.radical().isEmpty()
                                        ? "surgery, type and radical"
                                        : "";
                        case POTENTIAL_FOLLOW_UP_24_MONTHS ->
                                surgery == null
                                                || surgery.dateColumn() == null
                                                || surgery.dataLock() == null
                                        ? "surgery, date and data_lock"
                                        : "";
                        case IMAGES, CONTRAST_CT_OR_MR, LABORATORY_COMPLETE, REPORT, DIAGNOSTIC ->
                                "";
                    };
            if (!needed.isEmpty()) {
                root.problem(
                        "eligibility",
                        "the rule "
                                + rule.word()
                                + " needs \""
                                + needed
                                + "\", which is missing; add it, or list the rules of \"eligibility\""
                                + " without it");
            }
        }
    }
}
