// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.quality.QualityGate;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the phases and masks of a patient and cuts the lesion out. */
final class ImageReader implements ModalityReader<LesionImage> {
    private final LesionCrop crop;
    private final @Nullable QualityGate gate;

    ImageReader(LesionCrop crop, @Nullable QualityGate gate) {
        this.crop = crop;
        this.gate = gate;
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
                            (file, reason) ->
                                    findings.add(new Finding(patient.id(), file, reason)));
            if (gate != null) {
                Map<Phase, Volume> masks = volumes.masks();
                volumes.images()
                        .forEach((p, image) -> gate.check(patient.id(), p, image, masks.get(p)));
            }
            return volumes.hasChannel()
                    ? Optional.of(crop.cut(volumes.images(), volumes.masks()))
                    : Optional.empty();
        } catch (IOException unreadable) {
            findings.add(
                    new Finding(
                            patient.id(),
                            String.valueOf(folder.getFileName()),
                            "the folder cannot be read: " + unreadable.getMessage()));
            return Optional.empty();
        }
    }
}
