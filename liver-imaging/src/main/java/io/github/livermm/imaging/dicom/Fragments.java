// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;

/** The items of encapsulated Pixel Data (PS3.5 A.4), the offset table first, one at a time. */
final class Fragments {
    /** Reads none of them. */
    private static final Sink PASSED = (in, length) -> in.position(in.position() + length);

    private Fragments() {}

    /** Takes an item: so many bytes, from where the source stands. */
    private interface Sink {
        void accept(ByteSource in, long length) throws IOException;
    }

    /** Takes the bytes of an item. */
    @FunctionalInterface
    interface Taker {
        void accept(byte[] item) throws IOException;
    }

    /** From the first item to the end of the sequence, or of the file. */
    static void forEach(String name, ByteSource in, Taker taker) throws IOException {
        each(name, in, (source, length) -> taker.accept(source.bytes(length)));
    }

    /** Goes to the end of the sequence. */
    static void pass(String name, ByteSource in) throws IOException {
        each(name, in, PASSED);
    }

    private static void each(String name, ByteSource in, Sink sink) throws IOException {
        while (in.has(8)) {
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
            sink.accept(in, length);
        }
    }

    /** What is there, passing over the items; one that is damaged or cut off is not whole. */
    static HeldPixels held(ByteSource in) throws IOException {
        long[] counted = {0, -1};
        boolean whole = true;
        try {
            each(
                    "",
                    in,
                    (source, length) -> {
                        counted[0] += counted[1] < 0 ? 0 : length;
                        counted[1]++;
                        PASSED.accept(source, length);
                    });
        } catch (IOException cutOff) {
            whole = false;
        }
        return new HeldPixels(
                counted[0], (int) Math.min(Math.max(0, counted[1]), Integer.MAX_VALUE), whole);
    }
}
