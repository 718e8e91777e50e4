// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

/**
 * Outcome of decoding the bytes of a report: a text, or the reason why there is none.
 *
 * @since 0.1.0
 */
public sealed interface Decoding {
    /**
     * The bytes are text.
     *
     * @param report the decoded report, without byte-order mark
     * @param encoding how it was encoded
     */
    record Text(Report report, Encoding encoding) implements Decoding {}

    /**
     * The bytes cannot be read as a report.
     *
     * @param reason what is wrong and how to mend it, without any of the content
     */
    record Unreadable(String reason) implements Decoding {}

    /** Encodings that reports come in. */
    enum Encoding {
        /** UTF-8 without byte-order mark. */
        UTF_8,
        /** UTF-8 that opens with a byte-order mark. */
        UTF_8_BOM,
        /** GB18030, of which GBK and GB2312 are parts. */
        GB18030
    }
}
