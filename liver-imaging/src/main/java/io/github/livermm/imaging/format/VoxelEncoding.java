// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import io.github.livermm.imaging.volume.SampleType;
import java.nio.ByteOrder;

/**
 * How the voxels of a file are written.
 *
 * @param type of the samples; integers take whole numbers in their range only
 * @param order of the bytes
 * @param coding raw, compressed or as text
 * @since 0.1.0
 */
public record VoxelEncoding(SampleType type, ByteOrder order, Coding coding) {
    /** What is done with the samples. */
    public enum Coding {
        /** As they are. */
        RAW,
        /** Compressed: gzip in NRRD, zlib in MetaImage. */
        COMPRESSED,
        /** Decimal numbers with white space between them. */
        TEXT
    }

    /**
     * Compressed 32-bit floats, little endian.
     *
     * @return the defaults
     */
    public static VoxelEncoding defaults() {
        return new VoxelEncoding(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN, Coding.COMPRESSED);
    }

    /**
     * The same with other samples.
     *
     * @param newType type of the samples
     * @return a copy
     */
    public VoxelEncoding withType(SampleType newType) {
        return new VoxelEncoding(newType, order, coding);
    }

    /**
     * The same in another byte order.
     *
     * @param newOrder of the bytes
     * @return a copy
     */
    public VoxelEncoding withOrder(ByteOrder newOrder) {
        return new VoxelEncoding(type, newOrder, coding);
    }

    /**
     * The same with another coding.
     *
     * @param newCoding raw, compressed or text
     * @return a copy
     */
    public VoxelEncoding withCoding(Coding newCoding) {
        return new VoxelEncoding(type, order, newCoding);
    }
}
