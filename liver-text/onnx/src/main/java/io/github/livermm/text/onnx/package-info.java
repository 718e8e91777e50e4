// SPDX-License-Identifier: Apache-2.0
/**
 * The report read by a transformer that the user exported to ONNX. Start with {@link
 * io.github.livermm.text.onnx.TransformerEncoder}.
 */
@NullMarked
package io.github.livermm.text.onnx;

import org.jspecify.annotations.NullMarked;
