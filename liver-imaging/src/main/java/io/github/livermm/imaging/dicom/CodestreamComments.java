// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Arrays;

/**
 * Blanks the comments and application data in the header of a JPEG, JPEG-LS or JPEG 2000 stream;
 * some encoders repeat the patient's name there. Lengths stay, so that offsets stay true.
 */
final class CodestreamComments {
    private static final int START_OF_IMAGE = 0xFFD8;
    private static final int START_OF_CODESTREAM = 0xFF4F;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int START_OF_TILE = 0xFF90;
    private static final int COMMENT = 0xFFFE;
    private static final int COMMENT_2000 = 0xFF64;
    private static final int APPLICATION = 0xFFE0;

    /** Tell the colour transform, which decoders need, in 14 bytes without text of others. */
    private static final int ADOBE = 0xFFEE;

    private static final int JFIF_BYTES = 16;

    private CodestreamComments() {}

    /** Blanks in place; a fragment that does not begin a stream stays as it is. */
    static void blank(byte[] fragment) {
        int start = fragment.length < 4 ? 0 : u16(fragment, 0);
        if (start != START_OF_IMAGE && start != START_OF_CODESTREAM) {
            return;
        }
        int at = 2;
        while (at + 4 <= fragment.length) {
            int marker = u16(fragment, at);
            int length = u16(fragment, at + 2);
            if (marker < 0xFF00 || marker == START_OF_SCAN || marker == START_OF_TILE) {
                return;
            }
            int end = Math.min(fragment.length, at + 2 + Math.max(2, length));
            boolean colour = marker == ADOBE || (marker == APPLICATION && length == JFIF_BYTES);
            boolean application = (marker & 0xFFF0) == APPLICATION && !colour;
            // the words after a comment of JPEG 2000 begin behind its registration value
            int from = at + (marker == COMMENT_2000 ? 6 : 4);
            if ((application || marker == COMMENT || marker == COMMENT_2000) && from < end) {
                Arrays.fill(fragment, from, end, (byte) ' ');
            }
            at = end;
        }
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
    }
}
