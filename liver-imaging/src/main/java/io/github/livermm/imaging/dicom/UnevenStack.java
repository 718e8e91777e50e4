// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stack that is no volume as it is, and has it resampled. Slices that cannot be decoded
 * count as missing, an image that lies twice in one place counts once.
 */
final class UnevenStack {
    private static final float AIR_HU = -1024;

    private final String series;
    private final SliceStack stack;
    private final List<Slice> slices;
    private final float[] pixels;
    private final int plane;

    private UnevenStack(String series, SliceStack stack) throws DicomException {
        this.series = series;
        this.stack = stack;
        this.slices = stack.slices();
        DicomFile first = slices.get(0).file();
        this.plane = first.rows() * first.columns();
        if ((long) plane * slices.size() > Integer.MAX_VALUE - 8) {
            throw new DicomException(
                    String.format(
                            "%s: %d slices of %d x %d pixels are more than a volume holds (2^31)",
                            series, slices.size(), first.columns(), first.rows()));
        }
        this.pixels = new float[plane * slices.size()];
    }

    /**
     * Reads and resamples.
     *
     * @param series how messages name the series
     */
    static DicomSeries.Evened read(String series, SliceStack stack) throws IOException {
        Grid first = stack.geometry().firstGrid();
        if (first == null || !stack.canBeResampled()) {
            throw new DicomException(series + ": " + String.join("; ", stack.problems()));
        }
        UnevenStack uneven = new UnevenStack(series, stack);
        Map<Slice, String> broken = uneven.decode();
        return broken.isEmpty() ? uneven.resample(first) : read(series, stack.without(broken));
    }

    /** Reads all pixels and gives the slices that cannot be decoded, with the reason. */
    private Map<Slice, String> decode() throws IOException {
        @Nullable String[] faults = new String[slices.size()];
        ParallelSteps.run(
                slices.size(),
                IOException.class,
                k -> {
                    try {
                        slices.get(k).read(pixels, k * plane);
                    } catch (DicomException damaged) {
                        faults[k] = String.valueOf(damaged.getMessage());
                    }
                });
        Map<Slice, String> broken = new HashMap<>();
        for (int k = 0; k < faults.length; k++) {
            if (faults[k] != null) {
                broken.put(slices.get(k), faults[k]);
            }
        }
        return broken;
    }

    private DicomSeries.Evened resample(Grid first) throws DicomException {
        List<double[]> positions = new ArrayList<>();
        Slice below = null;
        for (int k = 0; k < slices.size(); k++) {
            Slice s = slices.get(k);
            int at = positions.size() * plane;
            if (below == null || !isCopy(below, at - plane, s, k * plane)) {
                System.arraycopy(pixels, k * plane, pixels, at, plane);
                positions.add(java.util.Objects.requireNonNull(s.position()));
                below = s;
            }
        }
        List<String> remarks = new ArrayList<>(stack.problems());
        float outside = slices.get(0).file().modality().equals("CT") ? AIR_HU : 0;
        double step = stack.geometry().stepMm();
        try {
            return new DicomSeries.Evened(
                    EvenStack.resample(first, positions, step, pixels, outside, remarks),
                    List.copyOf(remarks));
        } catch (IllegalArgumentException tooFar) {
            throw new DicomException(series + ": " + tooFar.getMessage(), tooFar);
        }
    }

    /** Whether two slices are one image in one place; one of two images is never chosen. */
    private boolean isCopy(Slice below, int belowAt, Slice s, int at) throws DicomException {
        double[] normal = java.util.Objects.requireNonNull(below.normal());
        if (s.along(normal) - below.along(normal) >= StackGeometry.SAME_MM) {
            return false;
        }
        double[] apart = below.to(s);
        boolean samePlace = Math.sqrt(Slice.dot(apart, apart)) < StackGeometry.SAME_MM;
        if (samePlace && Arrays.equals(pixels, belowAt, belowAt + plane, pixels, at, at + plane)) {
            return true;
        }
        throw new DicomException(
                series
                        + ": "
                        + DicomFile.name(below.file().path())
                        + " and "
                        + DicomFile.name(s.file().path())
                        + " are different images of one place; keep those of one acquisition");
    }
}
