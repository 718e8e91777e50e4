// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import io.github.livermm.imaging.volume.SampleType;

/** The sample types that a volume can have, and their codes in the field {@code datatype}. */
final class DataType {
    private DataType() {}

    static SampleType of(String file, int code) throws NiftiException {
        for (SampleType type : SampleType.values()) {
            if (code(type) == code) {
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

    static int code(SampleType type) {
        return switch (type) {
            case UINT8 -> 2;
            case INT16 -> 4;
            case INT32 -> 8;
            case FLOAT32 -> 16;
            case FLOAT64 -> 64;
            case INT8 -> 256;
            case UINT16 -> 512;
            case UINT32 -> 768;
            case INT64 -> 1024;
            case UINT64 -> 1280;
        };
    }
}
