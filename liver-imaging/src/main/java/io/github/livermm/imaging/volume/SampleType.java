// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import java.nio.ByteBuffer;

/**
 * How a number is stored in a file of voxels.
 *
 * @since 0.1.0
 */
public enum SampleType {
    /** Integer of 8 bits, unsigned. */
    UINT8(1, 0, 255),
    /** Integer of 8 bits. */
    INT8(1, Byte.MIN_VALUE, Byte.MAX_VALUE),
    /** Integer of 16 bits, unsigned. */
    UINT16(2, 0, 65535),
    /** Integer of 16 bits. */
    INT16(2, Short.MIN_VALUE, Short.MAX_VALUE),
    /** Integer of 32 bits, unsigned. */
    UINT32(4, 0, 4294967295.0),
    /** Integer of 32 bits. */
    INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
    /** Integer of 64 bits, unsigned. */
    UINT64(8, 0, 0x1p64),
    /** Integer of 64 bits. */
    INT64(8, -0x1p63, 0x1p63),
    /** Floating point of 32 bits. */
    FLOAT32(4, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** Floating point of 64 bits. */
    FLOAT64(8, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private final int bytes;
    private final double least;
    private final double most;

    SampleType(int bytes, double least, double most) {
        this.bytes = bytes;
        this.least = least;
        this.most = most;
    }

    /**
     * Size of one sample.
     *
     * @return bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Whether samples are floating point.
     *
     * @return false for integers
     */
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /**
     * The next sample of a buffer, in the buffer's byte order.
     *
     * @param in has at least {@link #bytes()} left
     * @return its value; integers above 2^53 are rounded
     */
    public double read(ByteBuffer in) {
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

    /**
     * Appends a sample to a buffer, in the buffer's byte order.
     *
     * @param out has room for {@link #bytes()}
     * @param value what to store; integers take whole numbers in their range only
     * @throws IllegalArgumentException when the type cannot hold the value unchanged
     */
    public void write(ByteBuffer out, double value) {
        if (!isFloat() && !(value >= least && value <= most && value == Math.rint(value))) {
            throw new IllegalArgumentException(
                    "value " + value + " does not fit " + this + "; choose FLOAT32");
        }
        switch (bytes) {
            case 1 -> out.put((byte) (int) value);
            case 2 -> out.putShort((short) (int) value);
            case 4 -> {
                if (this == FLOAT32) {
                    out.putFloat((float) value);
                } else {
                    out.putInt((int) (long) value);
                }
            }
            default -> {
                if (this == FLOAT64) {
                    out.putDouble(value);
                } else {
                    out.putLong(
                            this == UINT64 && value >= 0x1p63
                                    ? (long) (value - 0x1p63) ^ Long.MIN_VALUE
                                    : (long) value);
                }
            }
        }
    }

    private static double unsigned(long v) {
        return v >= 0 ? (double) v : (v >>> 1) * 2.0 + (v & 1);
    }
}
