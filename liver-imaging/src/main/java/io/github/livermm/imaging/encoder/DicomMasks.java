// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.dicom.DicomSegmentation;
import io.github.livermm.imaging.dicom.MaskObject;
import io.github.livermm.imaging.dicom.Mismatch;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Collects the regions of SEG and RTSTRUCT files into one label map per phase: 1 is the liver, 2
 * and up one label per lesion in the order of files and numbers; a lesion covers the liver. What a
 * region shows is told by its type and its name, in English or Chinese.
 */
final class DicomMasks {
    /** Of a voxel this much must be covered. */
    private static final float INSIDE = 0.5f;

    private final Map<Phase, Volume> images;
    private final Map<Phase, String> series;
    private final BiConsumer<Path, String> report;
    private final Map<Phase, List<Volume>> livers = new EnumMap<>(Phase.class);
    private final Map<Phase, List<Volume>> lesions = new EnumMap<>(Phase.class);

    DicomMasks(
            Map<Phase, Volume> images, Map<Phase, String> series, BiConsumer<Path, String> report) {
        this.images = images;
        this.series = series;
        this.report = report;
    }

    void add(Path file) {
        try {
            MaskObject object = MaskObject.read(file);
            List<Phase> phases =
                    images.keySet().stream()
                            .filter(p -> series.containsKey(p))
                            .filter(p -> object.referencedSeries().contains(series.get(p)))
                            .sorted()
                            .toList();
            if (phases.isEmpty()) {
                report.accept(file, "refers to no series of the patient that is used");
                return;
            }
            for (MaskObject.Region region : object.regions()) {
                place(file, object, region, phases.get(0));
            }
        } catch (IOException unreadable) {
            report.accept(file, String.valueOf(unreadable.getMessage()));
        }
    }

    /** One region that cannot be placed takes no other away. */
    private void place(Path file, MaskObject object, MaskObject.Region region, Phase phase) {
        String name = "region " + region.number();
        boolean lesion = region.isLesion();
        if (!lesion && !region.isLiver()) {
            report.accept(file, name + " is named neither liver nor lesion and is left out");
            return;
        }
        Volume image = images.get(phase);
        if (image == null) {
            return;
        }
        try {
            MaskObject.Placed placed = object.on(region.number(), image.grid(), Mismatch.RESAMPLE);
            placed.remarks().forEach(r -> report.accept(file, name + ": " + r));
            if (object instanceof DicomSegmentation seg && seg.isFractional()) {
                report.accept(file, name + ": fractions of " + INSIDE + " and above are inside");
            }
            (lesion ? lesions : livers)
                    .computeIfAbsent(phase, p -> new ArrayList<>())
                    .add(placed.volume());
        } catch (IOException refused) {
            report.accept(file, String.valueOf(refused.getMessage()));
        }
    }

    /** The label map of every phase that has regions. */
    Map<Phase, LabelMap> labels() {
        Map<Phase, LabelMap> labels = new EnumMap<>(Phase.class);
        for (Map.Entry<Phase, Volume> image : images.entrySet()) {
            List<Volume> liver = livers.getOrDefault(image.getKey(), List.of());
            List<Volume> lesion = lesions.getOrDefault(image.getKey(), List.of());
            if (!liver.isEmpty() || !lesion.isEmpty()) {
                labels.put(
                        image.getKey(),
                        LabelMap.of(
                                Volume.filled(
                                        image.getValue().grid(),
                                        voxels -> fill(voxels, liver, lesion))));
            }
        }
        return labels;
    }

    private static void fill(float[] voxels, List<Volume> liver, List<Volume> lesion) {
        for (Volume part : liver) {
            paint(voxels, part, LabelMap.LIVER);
        }
        for (int n = 0; n < lesion.size(); n++) {
            paint(voxels, lesion.get(n), n + 2);
        }
    }

    private static void paint(float[] voxels, Volume part, int label) {
        for (int n = 0; n < voxels.length; n++) {
            if (part.at(n) >= INSIDE) {
                voxels[n] = label;
            }
        }
    }
}
