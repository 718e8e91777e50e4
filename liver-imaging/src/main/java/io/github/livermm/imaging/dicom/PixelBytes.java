// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The value of Pixel Data (7FE0,0010) of an open file, as it is written there. Frames are mostly
 * asked in ascending order.
 *
 * @since 0.1.0
 */
public interface PixelBytes extends Closeable {
    /** Opens the file at its pixels. */
    @FunctionalInterface
    interface Source {
        /**
         * Opens the file.
         *
         * @return its pixels, to be closed by the caller
         * @throws IOException when the file cannot be read, or changed since its header was read
         */
        PixelBytes open() throws IOException;
    }

    /**
     * Bytes of a value of defined length.
     *
     * @return bytes that the file holds, which may be fewer than its header declares
     */
    long available();

    /**
     * A part of a value of defined length.
     *
     * @param from first byte, 0-based
     * @param count how many bytes
     * @return the bytes
     * @throws java.io.EOFException when the file ends before
     * @throws IOException when the file cannot be read
     */
    byte[] bytes(long from, long count) throws IOException;

    /**
     * The items of an encapsulated value (PS3.5 A.4).
     *
     * @return the offset table, perhaps empty, then the fragments
     * @throws DicomException when an item is damaged
     * @throws IOException when the file cannot be read
     */
    List<byte[]> items() throws IOException;
}
