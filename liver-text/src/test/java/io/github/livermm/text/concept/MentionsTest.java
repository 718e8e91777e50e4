// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.SectionKind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Proves what mentions.json holds: the promised keys, offsets in code points, masked words. */
class MentionsTest {
    private static final String TEXT =
            "病史：肝占位，约9cm。\n影像所见：𠮷肝S6段结节，大小约2.3cm，动脉期明显强化，考虑肝癌。门静脉癌栓形成。\n印象：肝癌TACE术后，肝S2段结节，约1.2cm。";
    private static final ParsedReport PARSED = ReportParser.bundled().parse(new Report(TEXT));

    private static JsonNode json(Map<String, Object> tree) {
        return new ObjectMapper().valueToTree(tree);
    }

    private static JsonNode mention(JsonNode tree, String concept) {
        for (JsonNode mention : tree.get("mentions")) {
            if (mention.path("concept").asText().equals(concept)) {
                return mention;
            }
        }
        return MissingNode.getInstance();
    }

    @Test
    void holdsTheKeysOfTheFormat() {
        JsonNode tree = json(Mentions.tree(PARSED));

        assertThat(tree.fieldNames())
                .toIterable()
                .containsExactly("sections", "mentions", "lesions", "li_rads", "masked");
        assertThat(mention(tree, "aphe").fieldNames())
                .toIterable()
                .containsExactly(
                        "concept", "status", "grade", "organ", "lesion", "section", "start", "end",
                        "text");
        assertThat(mention(tree, "hcc").path("status").asText()).isEqualTo("uncertain");
        assertThat(mention(tree, "hcc").path("grade").asText()).isEqualTo("probable");
        assertThat(mention(tree, "hcc").path("section").asText()).isEqualTo("findings");
        assertThat(tree.get("masked")).isEmpty();
    }

    @Test
    void offsetsAreCodePoints() {
        JsonNode aphe = mention(json(Mentions.tree(PARSED)), "aphe");
        int start = aphe.path("start").asInt();
        int end = aphe.path("end").asInt();
        String quoted = new String(TEXT.codePoints().toArray(), start, end - start);

        assertThat(quoted).isEqualTo(aphe.path("text").asText()).startsWith("动脉期");
    }

    @Test
    void findingsAloneLeaveOutTheRestAndNumberLesionsAnew() {
        JsonNode tree = json(Mentions.tree(PARSED.within(Set.of(SectionKind.FINDINGS))));
        JsonNode all = json(Mentions.tree(PARSED));

        assertThat(tree.get("mentions"))
                .allMatch(m -> m.path("section").asText().equals("findings"));
        assertThat(tree.get("lesions")).hasSize(1);
        assertThat(tree.at("/lesions/0/size_cm").asDouble()).isEqualTo(2.3);
        assertThat(tree.at("/lesions/0/segment").asText()).isEqualTo("S6");
        assertThat(mention(tree, "aphe").path("lesion").asInt()).isEqualTo(1);
        assertThat(all.get("lesions")).hasSize(3);
        assertThat(mention(all, "aphe").path("lesion").asInt()).isEqualTo(2);
    }

    @Test
    void maskingLeavesNoAnswerButTheThrombus() {
        JsonNode tree = json(Mentions.maskedTree(PARSED));

        assertThat(mention(tree, "hcc").isMissingNode()).isTrue();
        assertThat(mention(tree, "post_tace").isMissingNode()).isTrue();
        assertThat(mention(tree, "pvtt").path("text").asText()).isEqualTo("门静脉■栓");
        assertThat(tree.toString()).doesNotContain("癌").doesNotContain("TACE");
        assertThat(tree.get("masked")).hasSize(PARSED.mask().spans().size()).isNotEmpty();
    }
}
