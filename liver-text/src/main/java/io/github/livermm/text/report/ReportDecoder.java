// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import io.github.livermm.text.report.Decoding.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells how a report is encoded and decodes it strictly: UTF-8 with or without byte-order mark,
 * else GB18030. A text that is neither is refused rather than shown with replacement characters.
 *
 * <p>GB18030 gives a meaning to nearly every byte sequence, so that Latin-1 would pass as rare
 * ideographs. It is therefore accepted only when nearly all its double-byte characters lie in the
 * GB2312 block, as those of Chinese prose do.
 *
 * @since 0.1.0
 */
public final class ReportDecoder {
    /** Largest report that is read, in bytes; a real one has a few thousand. */
    public static final int MAX_BYTES = 2 << 20;

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final double MIN_GB2312_SHARE = 0.9;

    private ReportDecoder() {}

    /**
     * Decodes the bytes of a report. Cost O(n).
     *
     * @param bytes the whole file
     * @return the text, or the reason why it cannot be read
     */
    public static Decoding decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return new Decoding.Unreadable(
                    "has "
                            + bytes.length
                            + " bytes, allowed are at most "
                            + MAX_BYTES
                            + "; give the text of one report");
        }
        if (opensWith(bytes, 0xFF, 0xFE) || opensWith(bytes, 0xFE, 0xFF)) {
            return new Decoding.Unreadable(
                    "is UTF-16, allowed are UTF-8 and GB18030; save it as UTF-8");
        }
        if (isBinary(bytes)) {
            return new Decoding.Unreadable(
                    "holds control bytes, so it is no text file; export the report as plain text");
        }
        boolean mark = opensWith(bytes, 0xEF, 0xBB, 0xBF);
        ByteBuffer content = ByteBuffer.wrap(bytes, mark ? 3 : 0, bytes.length - (mark ? 3 : 0));
        Optional<String> utf8 = strictly(StandardCharsets.UTF_8, content.duplicate());
        if (utf8.isPresent()) {
            return text(utf8.get(), mark ? Encoding.UTF_8_BOM : Encoding.UTF_8);
        }
        Optional<String> gb =
                !mark && looksLikeChinese(bytes) ? strictly(GB18030, content) : Optional.empty();
        if (gb.isPresent()) {
            return text(gb.get(), Encoding.GB18030);
        }
        return new Decoding.Unreadable(
                "is neither valid UTF-8 nor Chinese text in GB18030; save it as UTF-8");
    }

    private static Decoding text(String text, Encoding encoding) {
        if (text.isBlank()) {
            return new Decoding.Unreadable("is empty; leave the file out when there is no report");
        }
        return new Decoding.Text(new Report(text), encoding);
    }

    private static boolean opensWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBinary(byte[] bytes) {
        for (byte b : bytes) {
            boolean allowed = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1A;
            if ((b >= 0 && b < 0x20 && !allowed) || b == 0x7F) {
                return true;
            }
        }
        return false;
    }

    /** Whether the double-byte characters of a GB18030 reading are those that Chinese prose has. */
    private static boolean looksLikeChinese(byte[] bytes) {
        int common = 0;
        int all = 0;
        int i = 0;
        while (i < bytes.length) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int trail = i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
            boolean fourBytes = trail >= 0x30 && trail <= 0x39;
            all++;
            common += trail >= 0xA1 && (bytes[i] & 0xFF) >= 0xA1 ? 1 : 0;
            i += fourBytes ? 4 : 2;
        }
        return common >= MIN_GB2312_SHARE * all;
    }

    private static Optional<String> strictly(Charset charset, ByteBuffer bytes) {
        try {
            return Optional.of(
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(bytes)
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
