// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.text.report.Decoding.Encoding;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Proves which bytes are read as which encoding, and which are refused with a reason. */
class ReportDecoderTest {
    private static final String CHINESE = "影像所见：肝右叶见一肿块，大小约5.3×4.1㎝，边界清。";
    private static final Charset GB18030 = Charset.forName("GB18030");

    @Test
    void readsUtf8() {
        assertThat(ReportDecoder.decode(CHINESE.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Decoding.Text(new Report(CHINESE), Encoding.UTF_8));
    }

    @Test
    void dropsTheByteOrderMark() {
        assertThat(ReportDecoder.decode(("\uFEFF" + CHINESE).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Decoding.Text(new Report(CHINESE), Encoding.UTF_8_BOM));
    }

    @Test
    void readsGb18030() {
        assertThat(ReportDecoder.decode(CHINESE.getBytes(GB18030)))
                .isEqualTo(new Decoding.Text(new Report(CHINESE), Encoding.GB18030));
    }

    @Test
    void readsFourByteCharactersOfGb18030() {
        String rare = CHINESE + CHINESE + "𠮷";

        assertThat(ReportDecoder.decode(rare.getBytes(GB18030)))
                .isEqualTo(new Decoding.Text(new Report(rare), Encoding.GB18030));
    }

    @Test
    void refusesLatin1() {
        byte[] bytes =
                "L\u00e9sion h\u00e9patique, \u00e9tendue".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(reason(bytes)).contains("neither valid UTF-8 nor").contains("save it as UTF-8");
    }

    @Test
    void refusesUtf16() {
        assertThat(reason(CHINESE.getBytes(StandardCharsets.UTF_16))).contains("UTF-16");
    }

    @Test
    void refusesBinary() {
        assertThat(reason(new byte[] {'%', 'P', 'D', 'F', 0, 1, 2})).contains("control bytes");
    }

    @Test
    void refusesBlank() {
        assertThat(reason(" \n\t".getBytes(StandardCharsets.UTF_8))).contains("is empty");
    }

    @Test
    void refusesTenMegabytes() {
        assertThat(reason(new byte[10 << 20])).contains("10485760 bytes").contains("2097152");
    }

    @Test
    void refusesTruncatedUtf8() {
        byte[] bytes = "肝".getBytes(StandardCharsets.UTF_8);

        assertThat(reason(new byte[] {bytes[0], bytes[1]})).contains("neither");
    }

    private static String reason(byte[] bytes) {
        Decoding decoding = ReportDecoder.decode(bytes);
        assertThat(decoding).isInstanceOf(Decoding.Unreadable.class);
        return ((Decoding.Unreadable) decoding).reason();
    }
}
