// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the phases and masks of a patient and cuts the lesion out. */
final class ImageReader implements ModalityReader<LesionImage> {
    private final LesionCrop crop;

    ImageReader(LesionCrop crop) {
        this.crop = crop;
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
