// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame of one file with its place in the patient.
 *
 * @param file the file
 * @param frame 0-based frame
 * @param header what the file says of this frame
 * @param position centre of the first pixel, LPS mm; null when not stated
 * @param orientation row and column cosines; null when not stated
 * @param spacing row and column spacing, mm; null when not stated
 * @param slope rescale slope
 * @param intercept rescale intercept
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives while a folder is read
record Slice(
        DicomFile file,
        int frame,
        DataSet header,
        double @Nullable [] position,
        double @Nullable [] orientation,
        double @Nullable [] spacing,
        double slope,
        double intercept) {

    /** Every frame of a file that has a place. */
    static List<Slice> of(DicomFile file) throws DicomException {
        List<Slice> slices = new ArrayList<>();
        for (DataSet header : FrameHeaders.of(file)) {
            double slope = header.number(Tag.RESCALE_SLOPE).orElse(1);
            slices.add(
                    new Slice(
                            file,
                            slices.size(),
                            header,
                            numbers(header, Tag.POSITION, 3),
                            numbers(header, Tag.ORIENTATION, 6),
                            numbers(header, Tag.PIXEL_SPACING, 2),
                            slope == 0 ? 1 : slope,
                            header.number(Tag.RESCALE_INTERCEPT).orElse(0)));
        }
        return slices;
    }

    private static double @Nullable [] numbers(DataSet header, int tag, int count) {
        double[] found = header.numbers(tag);
        return found.length == count ? found : null;
    }

    /** SOP Instance UID and frame; empty when the file names none. */
    String object() {
        return header.text(Tag.SOP_INSTANCE_UID).map(uid -> uid + "#" + frame).orElse("");
    }

    /** Why the pixels cannot be read, as far as the header tells; empty when it finds nothing. */
    String fault() {
        return file.fault();
    }

    /** Reads the pixels: stored values x slope + intercept, an inverted MR image put right. */
    void read(float[] voxels, int at) throws IOException {
        boolean invert =
                header.text(Tag.PHOTOMETRIC).orElse("").equals("MONOCHROME1")
                        && header.has(Tag.PIXEL_DATA)
                        && !file.modality().equals("CT");
        if (!invert) {
            file.scaled(frame, slope, intercept, voxels, at);
            return;
        }
        // an inverted value is a constant minus the value
        PixelFormat format = PixelFormat.of(DicomFile.name(file.path()), file.data());
        file.scaled(frame, -slope, intercept + slope * format.highestPlusLowest(), voxels, at);
    }

    /** Where the slice lies along a direction. */
    double along(double[] normal) {
        return position == null ? 0 : dot(position, normal);
    }

    /** The way from the first pixel of this slice to that of another; none without a position. */
    double[] to(Slice other) {
        double[] p = position;
        double[] q = other.position;
        return p == null || q == null
                ? new double[3]
                : new double[] {q[0] - p[0], q[1] - p[1], q[2] - p[2]};
    }

    /** Voxel indices to LPS mm for a stack that begins here; null where the place is not told. */
    double @Nullable [] affine(double[] step) {
        double[] o = orientation;
        double[] p = position;
        double[] s = spacing;
        if (o == null || p == null || s == null) {
            return null;
        }
        double[] affine = new double[12];
        for (int r = 0; r < 3; r++) {
            affine[r * 4] = o[r] * s[1];
            affine[r * 4 + 1] = o[r + 3] * s[0];
            affine[r * 4 + 2] = step[r];
            affine[r * 4 + 3] = p[r];
        }
        return affine;
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double[] times(double factor, double[] v) {
        return new double[] {factor * v[0], factor * v[1], factor * v[2]};
    }

    /** Unit normal of the slice, or null without an orientation. */
    double @Nullable [] normal() {
        double[] o = orientation;
        if (o == null) {
            return null;
        }
        double[] n = {
            o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
        };
        double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        return Math.abs(length - 1) < 0.01 ? n : null;
    }
}
