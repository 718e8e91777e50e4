// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * DICOM unique identifiers below 2.25, the arc that needs no registration (PS3.5 B.2), made from
 * names.
 *
 * @since 0.1.0
 */
public final class Uids {
    private Uids() {}

    /**
     * The identifier that belongs to these names.
     *
     * @param names anything with a stable text
     * @return the same for the same names, at most 44 characters
     */
    public static String of(Object... names) {
        try {
            byte[] text = Arrays.toString(names).getBytes(StandardCharsets.UTF_8);
            return ofDigest(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The identifier of the first 16 bytes, as a UUID of version 8 (custom) of RFC 9562. */
    static String ofDigest(byte[] digest) {
        byte[] uuid = Arrays.copyOf(digest, 16);
        uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(1, uuid);
    }
}
