// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.study.BinaryStudy;
import io.github.livermm.eval.study.MulticlassStudy;
import io.github.livermm.eval.study.StudyEvaluation;
import io.github.livermm.eval.study.SurvivalStudy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pictures and the page of one evaluated table: every figure of the block with its limits,
 * scores side by side, centres, subgroups, and the reasons of what is undefined. One self-contained
 * HTML file in English or Chinese.
 *
 * @since 0.1.0
 */
public final class EvaluationReport {
    private final String title;
    private final StudyEvaluation study;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    private EvaluationReport(String title, StudyEvaluation study) {
        this.title = title;
        this.study = study;
        if (study instanceof BinaryStudy binary) {
            BinaryPage.draw(binary, figures);
        } else if (study instanceof SurvivalStudy survival) {
            SurvivalPage.draw(survival, figures);
        } else if (study instanceof MulticlassStudy multiclass) {
            MulticlassPage.draw(multiclass, figures);
        }
    }

    /**
     * Draws an evaluation.
     *
     * @param title of the page, for example the name of the table
     * @param study the figures
     * @return the pictures and the page
     */
    public static EvaluationReport of(String title, StudyEvaluation study) {
        return new EvaluationReport(title, study);
    }

    /**
     * The pictures.
     *
     * @return by a name fit for a file, in the order of the page; in English, see {@link Figure#in}
     */
    public Map<String, Figure> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /**
     * The page.
     *
     * @param words its language
     * @return HTML text, the same bytes for the same evaluation
     */
    public String html(Language words) {
        HtmlReport page =
                HtmlReport.titled(words.text("Evaluation of {0}", title), words.tag())
                        .footer(
                                words.text(
                                        "Research use; not a medical device. Limits are at 95 %"
                                                + " unless a table says otherwise."));
        StudySections sections = new StudySections(words, figures);
        if (study instanceof BinaryStudy binary) {
            BinaryPage.write(page, binary, sections);
        } else if (study instanceof SurvivalStudy survival) {
            SurvivalPage.write(page, survival, sections);
        } else if (study instanceof MulticlassStudy multiclass) {
            MulticlassPage.write(page, multiclass, sections);
        }
        List<String> notes = study.notes();
        if (!notes.isEmpty()) {
            page.section(
                    words.text("Notes"),
                    body -> body.list(notes.stream().map(words::sentence).toList()));
        }
        return page.html();
    }
}
