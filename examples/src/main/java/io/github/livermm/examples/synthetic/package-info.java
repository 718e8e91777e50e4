// SPDX-License-Identifier: Apache-2.0
/**
 * A study that never happened, written to disk as hospitals deliver one: DICOM series, masks, a
 * patients table and reports, drawn from a model whose exact answers are known. Start at {@link
 * io.github.livermm.examples.synthetic.SyntheticStudy}.
 */
@NullMarked
package io.github.livermm.examples.synthetic;

import org.jspecify.annotations.NullMarked;
