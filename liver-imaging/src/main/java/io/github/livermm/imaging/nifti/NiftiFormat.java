// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import io.github.livermm.imaging.volume.SampleType;
import java.nio.ByteOrder;

/**
 * How a NIfTI file is written.
 *
 * @param version 1 or 2; NIfTI-2 keeps the geometry in 64-bit floats and allows axes of more than
 *     32767 voxels
 * @param type of the samples; integers take whole numbers in their range only
 * @param order of the bytes
 * @since 0.1.0
 */
public record NiftiFormat(int version, SampleType type, ByteOrder order) {
    /** Checks the version. */
    public NiftiFormat {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("version is " + version + ", allowed is 1 or 2");
        }
    }

    /**
     * NIfTI-1 with 32-bit floats, little endian: what every other program reads.
     *
     * @return the defaults
     */
    public static NiftiFormat defaults() {
        return new NiftiFormat(1, SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The same in another version.
     *
     * @param newVersion 1 or 2
     * @return a copy
     */
    public NiftiFormat withVersion(int newVersion) {
        return new NiftiFormat(newVersion, type, order);
    }

    /**
     * The same with other samples, such as {@link SampleType#UINT8} for a label map.
     *
     * @param newType type of the samples
     * @return a copy
     */
    public NiftiFormat withType(SampleType newType) {
        return new NiftiFormat(version, newType, order);
    }

    /**
     * The same in another byte order.
     *
     * @param newOrder of the bytes
     * @return a copy
     */
    public NiftiFormat withOrder(ByteOrder newOrder) {
        return new NiftiFormat(version, type, newOrder);
    }
}
