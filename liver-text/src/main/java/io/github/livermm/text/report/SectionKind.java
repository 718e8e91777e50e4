// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

/**
 * What a part of a report is for.
 *
 * @since 0.1.0
 */
public enum SectionKind {
    /** What was seen: 影像所见, Findings. */
    FINDINGS,
    /** What the radiologist concludes, which often names the diagnosis: 影像诊断, Impression. */
    IMPRESSION,
    /** Why the study was asked for, which often names the disease: 病史, Clinical history. */
    HISTORY,
    /** How it was done: 检查方法, Technique. */
    TECHNIQUE,
    /** What it was compared with. */
    COMPARISON,
    /** What to do next: 建议. */
    RECOMMENDATION,
    /** Text added later, perhaps after pathology. */
    ADDENDUM,
    /** Names, dates and other administration. */
    ADMINISTRATION,
    /** Anything before the first heading. */
    OTHER
}
