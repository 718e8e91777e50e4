// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.preprocess.PhasePreparation;
import io.github.livermm.imaging.quality.QualityGate;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the phases and masks of a patient and cuts the lesion out. */
final class ImageReader implements ModalityReader<LesionImage> {
    private final LesionCrop crop;
    private final PhasePreparation preparation;
    private final @Nullable QualityGate gate;

    ImageReader(LesionCrop crop, PhasePreparation preparation, @Nullable QualityGate gate) {
        this.crop = crop;
        this.preparation = preparation;
        this.gate = gate;
    }

    /** Everything that the image depends on besides the files. */
    String settings() {
        return crop + "\n" + preparation;
    }

    @Override
    public Optional<LesionImage> read(Patient patient, Findings findings) {
        Path folder = patient.files().images();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            PatientVolumes volumes =
                    PatientVolumes.read(
                            folder,
                            patient.files().masks(),
                            patient.files().phases(),
                            (file, reason) ->
                                    findings.add(new Finding(patient.id(), file, reason)));
            if (gate != null) {
                Map<Phase, LabelMap> masks = volumes.masks();
                volumes.images()
                        .forEach((p, image) -> gate.check(patient.id(), p, image, masks.get(p)));
            }
            return cut(patient, volumes, findings);
        } catch (IOException unreadable) {
            findings.add(
                    new Finding(
                            patient.id(),
                            String.valueOf(folder.getFileName()),
                            "the folder cannot be read: " + unreadable.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<LesionImage> cut(Patient patient, PatientVolumes volumes, Findings findings) {
        Map<Phase, Volume> images = volumes.images();
        Map<Phase, LabelMap> masks = new EnumMap<>(Phase.class);
        volumes.masks()
                .forEach(
                        (phase, mask) -> {
                            Volume image = images.get(phase);
                            if (image != null && crop.isRefused(mask, image)) {
                                findings.add(
                                        new Finding(
                                                patient.id(),
                                                "masks/" + patient.id(),
                                                phase.id()
                                                        + ": the mask does not lie on the voxels of"
                                                        + " its image; draw it on this series, or"
                                                        + " let it be resampled"));
                            } else {
                                masks.put(phase, mask);
                            }
                        });
        BiConsumer<Phase, String> remarks =
                (phase, reason) ->
                        findings.add(
                                new Finding(
                                        patient.id(),
                                        "images/" + patient.id() + "/" + phase.id(),
                                        reason));
        PhasePreparation.Prepared prepared = preparation.apply(images, masks, remarks);
        return crop.cut(prepared.images(), prepared.masks(), remarks);
    }
}
