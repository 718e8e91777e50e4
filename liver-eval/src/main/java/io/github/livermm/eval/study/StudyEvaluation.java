// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything asked of one table of outcomes and scores: the block of the target, the same for
 * further scores, their comparison pair by pair, centres and subgroups. It holds figures; {@code
 * eval.report} draws them.
 *
 * @since 0.1.0
 */
public sealed interface StudyEvaluation permits BinaryStudy, MulticlassStudy, SurvivalStudy {
    /**
     * Every figure.
     *
     * @return the tree of {@code metrics.json}: ordered maps, undefined figures {@code null}, the
     *     reasons under {@code notes}
     */
    Map<String, @Nullable Object> toMap();

    /**
     * Why figures are undefined and what was left out.
     *
     * @return one sentence each
     */
    List<String> notes();

    /**
     * The figures of every centre.
     *
     * @return empty without centres, or for several classes
     */
    Optional<CentreTable> centres();

    /**
     * The figures of every level of every subgroup column.
     *
     * @return by column; empty for several classes
     */
    Map<String, SubgroupTable> subgroups();
}
