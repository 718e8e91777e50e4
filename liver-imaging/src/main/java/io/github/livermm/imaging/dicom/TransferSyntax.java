// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** How the bytes of a data set and its pixels are coded (PS3.5, PS3.6 annex A). */
enum TransferSyntax {
    IMPLICIT_LITTLE("1.2.840.10008.1.2", "Implicit VR Little Endian"),
    EXPLICIT_LITTLE("1.2.840.10008.1.2.1", "Explicit VR Little Endian"),
    DEFLATED("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian"),
    EXPLICIT_BIG("1.2.840.10008.1.2.2", "Explicit VR Big Endian"),
    JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG Baseline (Process 1)"),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 and 4)"),
    JPEG_SPECTRAL("1.2.840.10008.1.2.4.53", "JPEG Spectral Selection (Process 6 and 8)"),
    JPEG_PROGRESSIVE("1.2.840.10008.1.2.4.55", "JPEG Full Progression (Process 10 and 12)"),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG Lossless (Process 14)"),
    JPEG_LOSSLESS_SV1("1.2.840.10008.1.2.4.70", "JPEG Lossless (Process 14, Selection Value 1)"),
    JPEG_LS("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
    JPEG_LS_NEAR("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless"),
    JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless"),
    JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000"),
    MPEG2("1.2.840.10008.1.2.4.100", "MPEG2 video"),
    MPEG4("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 video"),
    HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless"),
    HTJ2K_RPCL("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 RPCL Lossless"),
    HTJ2K("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"),
    RLE("1.2.840.10008.1.2.5", "RLE Lossless"),
    UNKNOWN("", "unknown transfer syntax");

    private final String uid;
    private final String title;

    TransferSyntax(String uid, String title) {
        this.uid = uid;
        this.title = title;
    }

    static TransferSyntax of(String uid) {
        for (TransferSyntax syntax : values()) {
            if (syntax.uid.equals(uid)) {
                return syntax;
            }
        }
        return UNKNOWN;
    }

    String uid() {
        return uid;
    }

    String title() {
        return title;
    }

    boolean isExplicit() {
        return this != IMPLICIT_LITTLE;
    }

    boolean isBig() {
        return this == EXPLICIT_BIG;
    }

    boolean isNative() {
        return this == IMPLICIT_LITTLE
                || this == EXPLICIT_LITTLE
                || this == EXPLICIT_BIG
                || this == DEFLATED;
    }

    /** Whether this reader gives the pixels. */
    boolean isDecoded() {
        return switch (this) {
            case IMPLICIT_LITTLE,
                    EXPLICIT_LITTLE,
                    DEFLATED,
                    EXPLICIT_BIG,
                    RLE,
                    JPEG_BASELINE,
                    JPEG_EXTENDED,
                    JPEG_SPECTRAL,
                    JPEG_PROGRESSIVE,
                    JPEG_2000,
                    JPEG_2000_LOSSLESS,
                    JPEG_LOSSLESS,
                    JPEG_LOSSLESS_SV1,
                    JPEG_LS,
                    JPEG_LS_NEAR ->
                    true;
            default -> false;
        };
    }
}
