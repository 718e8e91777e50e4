// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.List;

/**
 * One element of a data set. Long values and pixel data are not held: {@code offset} says where
 * they lie.
 *
 * @param tag group and element
 * @param vr value representation as written; UN where it is not written
 * @param big whether numbers in the value are big endian
 * @param value the bytes; empty when not held
 * @param offset where the value begins in the (inflated) file
 * @param length bytes of the value; -1 when undefined
 * @param items items of a sequence
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the parser's own working type
record Element(
        int tag,
        String vr,
        boolean big,
        byte[] value,
        long offset,
        long length,
        List<DataSet> items) {}
