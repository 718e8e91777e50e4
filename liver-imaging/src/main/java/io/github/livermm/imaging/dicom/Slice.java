// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One frame of one file with its place in the patient, from the plain attributes or from the
 * functional groups of an enhanced object.
 *
 * @param file the file
 * @param frame 0-based frame
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
        double @Nullable [] position,
        double @Nullable [] orientation,
        double @Nullable [] spacing,
        double slope,
        double intercept) {

    /** Every frame of a file. */
    static List<Slice> of(DicomFile file) {
        DataSet data = file.data();
        List<DataSet> perFrame = data.items(Tag.PER_FRAME_GROUPS);
        Optional<DataSet> shared = data.item(Tag.SHARED_GROUPS);
        int frames = perFrame.isEmpty() ? 1 : Math.min(file.frames(), perFrame.size());
        if (perFrame.isEmpty() && file.frames() > 1) {
            frames = 0;
        }
        List<Slice> slices = new ArrayList<>();
        for (int f = 0; f < frames; f++) {
            Optional<DataSet> own =
                    perFrame.isEmpty() ? Optional.empty() : Optional.of(perFrame.get(f));
            slices.add(
                    new Slice(
                            file,
                            f,
                            find(data, own, shared, Tag.PLANE_POSITION_SEQUENCE, Tag.POSITION, 3),
                            find(
                                    data,
                                    own,
                                    shared,
                                    Tag.PLANE_ORIENTATION_SEQUENCE,
                                    Tag.ORIENTATION,
                                    6),
                            find(
                                    data,
                                    own,
                                    shared,
                                    Tag.PIXEL_MEASURES_SEQUENCE,
                                    Tag.PIXEL_SPACING,
                                    2),
                            scale(data, own, shared, Tag.RESCALE_SLOPE, 1),
                            scale(data, own, shared, Tag.RESCALE_INTERCEPT, 0)));
        }
        return slices;
    }

    private static double scale(
            DataSet data, Optional<DataSet> own, Optional<DataSet> shared, int tag, double none) {
        double[] v = find(data, own, shared, Tag.PIXEL_VALUE_SEQUENCE, tag, 1);
        return v == null || (tag == Tag.RESCALE_SLOPE && v[0] == 0) ? none : v[0];
    }

    private static double @Nullable [] find(
            DataSet data,
            Optional<DataSet> own,
            Optional<DataSet> shared,
            int sequence,
            int tag,
            int count) {
        for (Optional<DataSet> groups : List.of(own, shared)) {
            double[] found =
                    groups.flatMap(g -> g.item(sequence))
                            .map(g -> g.numbers(tag))
                            .orElse(new double[0]);
            if (found.length == count) {
                return found;
            }
        }
        double[] plain = data.numbers(tag);
        return plain.length == count ? plain : null;
    }

    /** Where the slice lies along a direction. */
    double along(double[] normal) {
        double[] p = position;
        return p == null ? 0 : p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2];
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
