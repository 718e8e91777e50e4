// SPDX-License-Identifier: Apache-2.0
/**
 * One run of the protocol: predictions out of fold, their evaluation, and the files and report that
 * tell about it. Start at {@link io.github.livermm.core.report.StudyRun}. What may enter: figures
 * and pages about predictions; nothing here fits a model itself.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.core.report;
