// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces identifiers by a keyed hash (HMAC-SHA256): the same identifier always gives the same
 * replacement, and without the key nobody can tell which, not even by trying all patient numbers.
 */
final class PseudonymKey {
    /** Dates move back by one day to about ten years. */
    private static final int MOST_DAYS = 3650;

    private final SecretKeySpec key;

    PseudonymKey(byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException(
                    "the key has " + secret.length + " bytes, allowed are 16 and more");
        }
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    String uid(String uid) {
        return Uids.ofDigest(digest("uid", uid));
    }

    /** A name of 13 letters and digits for a patient. */
    String patient(String identifier) {
        byte[] start = Arrays.copyOf(digest("patient", identifier), 8);
        String digits = new BigInteger(1, start).toString(36).toUpperCase(Locale.ROOT);
        return "0".repeat(13 - digits.length()) + digits;
    }

    /** Days by which the dates of a patient move back, 1 to 3650. */
    int days(String identifier) {
        int drawn = ByteBuffer.wrap(digest("days", identifier)).getInt();
        return 1 + Integer.remainderUnsigned(drawn, MOST_DAYS);
    }

    private byte[] digest(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
