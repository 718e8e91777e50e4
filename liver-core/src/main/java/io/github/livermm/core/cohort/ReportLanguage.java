// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * In which language the radiology reports are written.
 *
 * @since 0.1.0
 */
public enum ReportLanguage {
    /** Chinese. */
    ZH,
    /** English. */
    EN,
    /** Found out report by report. */
    AUTO
}
