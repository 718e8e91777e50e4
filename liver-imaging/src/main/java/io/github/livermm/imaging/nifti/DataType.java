// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import java.nio.ByteBuffer;

/** The sample types that a volume can have (field {@code datatype}). */
enum DataType {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8),
    UINT64(1280, 8);

    private final int code;
    private final int bytes;

    DataType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static DataType of(String file, int code) throws NiftiException {
        for (DataType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new NiftiException(
                file
                        + ": datatype "
                        + code
                        + " is not read, allowed are integers of 8 to 64 bits and floats of 32 and"
                        + " 64 bits");
    }

    int code() {
        return code;
    }

    int bytes() {
        return bytes;
    }

    double next(ByteBuffer in) {
        return switch (this) {
            case UINT8 -> in.get() & 0xFF;
            case INT8 -> in.get();
            case INT16 -> in.getShort();
            case UINT16 -> in.getShort() & 0xFFFF;
            case INT32 -> in.getInt();
            case UINT32 -> in.getInt() & 0xFFFFFFFFL;
            case INT64 -> (double) in.getLong();
            case UINT64 -> unsigned(in.getLong());
            case FLOAT32 -> in.getFloat();
            case FLOAT64 -> in.getDouble();
        };
    }

    private static double unsigned(long v) {
        return v >= 0 ? (double) v : (v >>> 1) * 2.0 + (v & 1);
    }
}
