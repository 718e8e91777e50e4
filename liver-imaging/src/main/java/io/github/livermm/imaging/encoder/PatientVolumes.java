// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.VolumeFile;
import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.dicom.DicomReader;
import io.github.livermm.imaging.dicom.DicomSeries;
import io.github.livermm.imaging.dicom.FileProblem;
import io.github.livermm.imaging.dicom.PhaseGuess;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The phases of one patient as volumes, and their masks, from the folders of a study: {@code
 * <phase>.nii.gz}, {@code <phase>/} with a DICOM series, or an unsorted DICOM export. What cannot
 * be used is reported and left out; the rest is kept.
 *
 * @since 0.1.0
 */
public final class PatientVolumes {
    /** Fewer slices are a localiser or a fragment. */
    private static final int FEWEST_SLICES = 4;

    /** The only label of a mask that was saved as a black and white picture. */
    private static final int WHITE = 255;

    private static final String NO_FILE =
            "is no regular file but a pipe or device, which is not opened; copy the volume itself";

    private final Map<Phase, Volume> images = new EnumMap<>(Phase.class);
    private final Map<Phase, LabelMap> masks = new EnumMap<>(Phase.class);
    private final Map<Phase, String> seriesUids = new EnumMap<>(Phase.class);
    private final BiConsumer<String, String> findings;

    private PatientVolumes(BiConsumer<String, String> findings) {
        this.findings = findings;
    }

    /**
     * Reads one patient.
     *
     * @param imageFolder the patient's folder of images
     * @param maskFolder the patient's folder of masks; null when there is none
     * @param findings takes file (relative to the study) and reason of what cannot be used
     * @return the volumes that can be used, perhaps none
     * @throws IOException when the folder of images cannot be listed
     */
    public static PatientVolumes read(
            Path imageFolder, @Nullable Path maskFolder, BiConsumer<String, String> findings)
            throws IOException {
        return read(imageFolder, maskFolder, Map.of(), findings);
    }

    /**
     * Reads one patient, where the study names phases of some series.
     *
     * @param imageFolder the patient's folder of images
     * @param maskFolder the patient's folder of masks; null when there is none
     * @param phases phase ids as in {@link io.github.livermm.core.PatientFiles#phases()}
     * @param findings takes file (relative to the study) and reason of what cannot be used
     * @return the volumes that can be used, perhaps none
     * @throws IOException when the folder of images cannot be listed
     */
    public static PatientVolumes read(
            Path imageFolder,
            @Nullable Path maskFolder,
            Map<String, String> phases,
            BiConsumer<String, String> findings)
            throws IOException {
        PatientVolumes volumes = new PatientVolumes(findings);
        volumes.readFiles(imageFolder);
        volumes.readDicom(imageFolder, phases);
        if (maskFolder != null && Files.isDirectory(maskFolder)) {
            volumes.readMasks(maskFolder);
        }
        return volumes;
    }

    /**
     * The phases.
     *
     * @return a copy, by phase
     */
    public Map<Phase, Volume> images() {
        return Map.copyOf(images);
    }

    /**
     * The label maps, each with something marked within its image.
     *
     * @return a copy, by the phase they were drawn on
     */
    public Map<Phase, LabelMap> masks() {
        return Map.copyOf(masks);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    private void readFiles(Path folder) throws IOException {
        for (Path file : list(folder)) {
            Optional<String> stem = VolumeFile.stem(file);
            // links and folders are looked into by the scan for DICOM
            if (stem.isEmpty() || Files.isSymbolicLink(file) || Files.isDirectory(file)) {
                continue;
            }
            if (!Files.isRegularFile(file)) {
                report(file, NO_FILE);
            } else {
                phase(file, stem.get()).ifPresent(phase -> readImage(file, phase));
            }
        }
    }

    private Optional<Phase> phase(Path file, String stem) {
        Optional<Phase> phase = Phase.of(stem);
        if (phase.isEmpty()) {
            report(file, "is named by no phase id such as ct_portal; rename it");
        }
        return phase;
    }

    private void readImage(Path file, Phase phase) {
        try {
            Volume image = VolumeFile.read(file);
            blank(image)
                    .ifPresentOrElse(
                            reason -> report(file, reason), () -> images.put(phase, image));
        } catch (IOException unreadable) {
            report(file, String.valueOf(unreadable.getMessage()));
        }
    }

    /** Why an image shows nothing; empty when it shows something. */
    private static Optional<String> blank(Volume image) {
        float first = Float.NaN;
        for (int v = 0; v < image.grid().voxels(); v++) {
            float value = image.at(v);
            if (Float.isFinite(value) && value != first) {
                if (!Float.isNaN(first)) {
                    return Optional.empty();
                }
                first = value;
            }
        }
        return Optional.of(
                (Float.isNaN(first)
                                ? "holds no number in any voxel"
                                : "holds one value in all voxels")
                        + "; export it again, the image is left out");
    }

    private void readDicom(Path folder, Map<String, String> phases) throws IOException {
        Map<String, Phase> named = new LinkedHashMap<>();
        phases.forEach((key, id) -> Phase.of(id).ifPresent(p -> named.put(key, p)));
        DicomFolder scan = DicomFolder.scan(folder, DicomReader.builtIn(), named);
        scan.guessPhasesByIntensity();
        for (FileProblem problem : scan.problems()) {
            report(folder.resolve(problem.file()), problem.reason());
        }
        Map<Phase, DicomSeries> chosen = new EnumMap<>(Phase.class);
        for (DicomSeries series : scan.series()) {
            Path where = folder.resolve(series.folder());
            if (!series.problems().isEmpty()) {
                report(where, named(series) + String.join("; ", series.problems()));
            } else if (series.phase().isEmpty()) {
                report(
                        where,
                        named(series)
                                + "its phase cannot be told; name it under \"phases\" in study.json");
            } else if (series.slices() >= FEWEST_SLICES) {
                chosen.merge(series.phase().get().phase(), series, PatientVolumes::better);
            }
        }
        chosen.forEach(
                (phase, series) -> {
                    if (!images.containsKey(phase)) {
                        readSeries(folder, phase, series);
                    }
                });
    }

    private void readSeries(Path folder, Phase phase, DicomSeries series) {
        try {
            Volume image = series.readVolume();
            Optional<String> blank = blank(image);
            if (blank.isPresent()) {
                report(folder.resolve(series.folder()), named(series) + blank.get());
                return;
            }
            images.put(phase, image);
            seriesUids.put(phase, series.uid().replaceAll("#.*", ""));
        } catch (IOException unreadable) {
            report(folder.resolve(series.folder()), named(series) + unreadable.getMessage());
        }
    }

    private static String named(DicomSeries series) {
        return series.label() + ": ";
    }

    /** Of two series of one phase the surer one, then the one with more slices. */
    private static DicomSeries better(DicomSeries a, DicomSeries b) {
        double sureA = a.phase().map(PhaseGuess::confidence).orElse(0.0);
        double sureB = b.phase().map(PhaseGuess::confidence).orElse(0.0);
        if (sureA != sureB) {
            return sureA > sureB ? a : b;
        }
        return b.slices() > a.slices() ? b : a;
    }

    private void readMasks(Path folder) throws IOException {
        DicomMasks dicom = new DicomMasks(images, seriesUids, this::report);
        for (Path file : list(folder)) {
            Optional<String> stem = VolumeFile.stem(file);
            boolean isDicom = String.valueOf(file.getFileName()).endsWith(".dcm");
            if (Files.isSymbolicLink(file)) {
                report(file, "is a link, which is not followed; copy what it leads to");
            } else if (Files.isDirectory(file) || (stem.isEmpty() && !isDicom)) {
                report(file, "is no mask; allowed are <phase>.nii.gz and SEG or RTSTRUCT as .dcm");
            } else if (!Files.isRegularFile(file)) {
                report(file, NO_FILE);
            } else if (isDicom) {
                dicom.add(file);
            } else {
                phase(file, stem.orElseThrow()).ifPresent(phase -> readMask(file, phase));
            }
        }
        dicom.labels().forEach(masks::putIfAbsent);
    }

    private void readMask(Path file, Phase phase) {
        Volume image = images.get(phase);
        if (image == null) {
            report(
                    file,
                    "there is no image of this phase that can be used; name a mask after the phase"
                            + " it was drawn on");
            return;
        }
        try {
            LabelMap mask = LabelMap.of(VolumeFile.read(file));
            Optional<String> reason = unusable(mask, image.grid());
            reason.ifPresentOrElse(r -> report(file, r), () -> masks.put(phase, mask));
        } catch (IOException | IllegalArgumentException unreadable) {
            report(file, String.valueOf(unreadable.getMessage()));
        }
    }

    /** Why a label map is none of its image; empty when it can be used. */
    private static Optional<String> unusable(LabelMap mask, Grid image) {
        if (mask.sizes().isEmpty()) {
            return Optional.of("marks no voxel; remove the file when nothing was drawn");
        }
        if (mask.sizes().keySet().equals(Set.of(WHITE))) {
            return Optional.of(
                    "holds 0 and 255, as a picture of one region does, which may be liver or"
                            + " lesion; label the liver 1 and lesions 2 and up");
        }
        return mask.reaches(image)
                ? Optional.empty()
                : Optional.of(
                        "no labelled voxel of the mask on "
                                + mask.grid()
                                + " lies within the image on "
                                + image
                                + "; check that both belong together");
    }

    /** The path from the folder of the study's images or masks down: images/P0001/file. */
    private void report(Path file, String reason) {
        Path absolute = file.toAbsolutePath().normalize();
        int names = absolute.getNameCount();
        int from = Math.max(0, names - 3);
        for (int n = names - 1; n >= 0; n--) {
            String name = absolute.getName(n).toString();
            if (name.equals("images") || name.equals("masks")) {
                from = n;
                break;
            }
        }
        findings.accept(absolute.subpath(from, names).toString(), reason);
    }
}
