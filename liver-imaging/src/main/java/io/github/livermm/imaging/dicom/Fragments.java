// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;

/** The items of encapsulated Pixel Data (PS3.5 A.4), the offset table first, one at a time. */
final class Fragments {
    private Fragments() {}

    /** Takes an item. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] item) throws IOException;
    }

    /** From the first item to the end of the sequence, or of the file. */
    static void forEach(String name, ByteSource in, Sink sink) throws IOException {
        while (in.left() >= 8) {
            int tag = in.tag(false);
            long length = in.u32(false);
            if (tag == Tag.SEQUENCE_END) {
                break;
            }
            if (tag != Tag.ITEM || length > in.left()) {
                throw new DicomException(
                        String.format(
                                "%s: a fragment of Pixel Data (7FE0,0010) is damaged: %s of %d"
                                        + " bytes",
                                name, Tag.name(tag), length));
            }
            sink.accept(in.bytes(length));
        }
    }
}
