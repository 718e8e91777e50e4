// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed report as the tree that {@code mentions.json} holds: maps, lists, strings, numbers and
 * nulls, in a fixed order.
 *
 * @since 0.1.0
 */
public final class Mentions {
    private Mentions() {}

    /**
     * The tree of one report as written; nothing is masked.
     *
     * @param parsed a parsed report
     * @return keys {@code sections, mentions, lesions, li_rads, masked}
     */
    public static Map<String, Object> tree(ParsedReport parsed) {
        return tree(parsed, parsed.mentions(), parsed.report(), List.of());
    }

    /**
     * The tree of one report without the words that name the answer: they are covered in the quoted
     * text, and mentions of diagnoses, labels and treatments are left out.
     *
     * @param parsed a parsed report
     * @return the same keys, {@code masked} with every part that was covered, and the whole {@code
     *     masked_text}
     */
    public static Map<String, Object> maskedTree(ParsedReport parsed) {
        LabelMask mask = parsed.mask();
        List<Mention> left =
                parsed.mentions().stream()
                        .filter(m -> !namesTheAnswer(m.concept().kind()))
                        .toList();
        Map<String, Object> tree = tree(parsed, left, new Report(mask.maskedText()), mask.spans());
        tree.put("masked_text", mask.maskedText());
        return tree;
    }

    private static boolean namesTheAnswer(ConceptKind kind) {
        return kind.isLabel() || kind == ConceptKind.TREATMENT;
    }

    private static Map<String, Object> tree(
            ParsedReport parsed,
            List<Mention> mentions,
            Report shown,
            List<LabelMask.Span> masked) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sections", parsed.sections().all().stream().map(Mentions::section).toList());
        tree.put("mentions", mentions.stream().map(m -> mention(shown, m)).toList());
        tree.put("lesions", parsed.lesions().stream().map(Mentions::lesion).toList());
        tree.put("li_rads", liRads(parsed.liRads()));
        tree.put("masked", masked.stream().map(Mentions::span).toList());
        return tree;
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name(section.kind()));
        tree.put("start", section.start());
        tree.put("end", section.end());
        tree.put("fallback", section.fallback());
        return tree;
    }

    private static Map<String, @Nullable Object> mention(Report shown, Mention mention) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        Grade grade = mention.grade();
        tree.put("concept", mention.concept().id());
        tree.put("status", name(mention.status()));
        tree.put("grade", grade == null ? null : name(grade));
        tree.put("organ", mention.organ());
        tree.put("lesion", mention.lesion());
        tree.put("section", name(mention.section()));
        tree.put("start", mention.start());
        tree.put("end", mention.end());
        tree.put("text", shown.quote(mention.start(), mention.end()));
        return tree;
    }

    private static Map<String, @Nullable Object> lesion(Lesion lesion) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("count", lesion.count());
        tree.put("size_cm", lesion.sizeCm());
        tree.put("segment", lesion.segment());
        tree.put("section", name(lesion.section()));
        return tree;
    }

    private static Map<String, @Nullable Object> liRads(LiRads liRads) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        List<String> features = liRads.features().stream().sorted().map(LiRads::name).toList();
        tree.put("features", features);
        tree.put("category", liRads.category());
        return tree;
    }

    private static Map<String, Object> span(LabelMask.Span span) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("start", span.start());
        tree.put("end", span.end());
        return tree;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
