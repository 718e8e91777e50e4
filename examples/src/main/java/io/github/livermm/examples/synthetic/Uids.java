// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** DICOM unique identifiers below 2.25, the arc that needs no registration, made from names. */
final class Uids {
    private Uids() {}

    /** The identifier that belongs to these names; the same names give the same one. */
    static String of(Object... names) {
        byte[] digest = digest(Arrays.toString(names));
        byte[] uuid = Arrays.copyOf(digest, 16);
        // version 8 (custom) and variant bits of RFC 9562
        uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(1, uuid);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
