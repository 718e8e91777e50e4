// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text of an element by its Specific Character Set (PS3.3 C.12.1.1.2). Scanners in China often
 * write GBK bytes under a Latin-1 label or none, so text that is not plain ASCII is tried as UTF-8
 * and GB18030 before Latin-1.
 */
final class CharacterSet {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private CharacterSet() {}

    static String decode(byte[] value, byte[] declared) {
        int n = value.length;
        while (n > 0 && (value[n - 1] == 0 || value[n - 1] == ' ')) {
            n--;
        }
        boolean ascii = true;
        for (int i = 0; i < n; i++) {
            ascii &= value[i] >= 0 && value[i] != 0x1B;
        }
        if (ascii) {
            return new String(value, 0, n, StandardCharsets.US_ASCII);
        }
        String sets = new String(declared, StandardCharsets.US_ASCII);
        if (sets.contains("ISO 2022 IR 58")) {
            return new String(withoutEscapes(value, n), GB18030);
        }
        if (sets.contains("GB")) {
            return new String(value, 0, n, GB18030);
        }
        try {
            return strict(value, n, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            return chineseOrLatin(value, n);
        }
    }

    private static String chineseOrLatin(byte[] value, int n) {
        try {
            String chinese = strict(value, n, GB18030);
            boolean han = chinese.codePoints().anyMatch(CharacterSet::isHan) && paired(value, n);
            if (han) {
                return chinese;
            }
        } catch (CharacterCodingException notChinese) {
            // Latin-1 below
        }
        return new String(value, 0, n, StandardCharsets.ISO_8859_1);
    }

    private static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    /**
     * GB 2312, the common part of GB18030, has the high bit in both bytes; Latin-1 rarely twice.
     */
    private static boolean paired(byte[] value, int n) {
        int i = 0;
        while (i < n) {
            if (value[i] < 0) {
                if (i + 1 >= n || value[i + 1] >= 0) {
                    return false;
                }
                i++;
            }
            i++;
        }
        return true;
    }

    private static String strict(byte[] value, int n, Charset charset)
            throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(value, 0, n)).toString();
    }

    /** Drops the escape that designates GB 2312; its bytes have the high bit set already. */
    private static byte[] withoutEscapes(byte[] value, int n) {
        byte[] out = new byte[n];
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (value[i] == 0x1B) {
                i++;
                while (i < n && value[i] >= 0x20 && value[i] <= 0x2F) {
                    i++;
                }
            } else {
                out[kept++] = value[i];
            }
        }
        return java.util.Arrays.copyOf(out, kept);
    }
}
