// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder of DICOM files written again without what identifies the patients, laid out as the
 * folders of a study: {@code images/<pseudonym>/<phase>/} and {@code masks/<pseudonym>/}. Because
 * descriptions of series go, the folder is what tells the phase; a series whose phase is not known,
 * or that is the second of one, lies in {@code series-<number>/}. Only CT and MR slices and masks
 * (SEG, RTSTRUCT) are exported: reports and screen shots hold names where no rule finds them.
 *
 * @param images files of slices written
 * @param masks files of masks written
 * @param leftAside number of files by the reason why they were not exported
 * @param problems files that could not be read or cleaned
 * @since 0.1.0
 */
public record DeidentifiedExport(
        int images, int masks, SortedMap<String, Integer> leftAside, List<FileProblem> problems) {
    private static final Set<String> MASKS = Set.of("SEG", "RTSTRUCT");

    /** Copies what it is given. */
    public DeidentifiedExport {
        leftAside = Collections.unmodifiableSortedMap(new TreeMap<>(leftAside));
        problems = List.copyOf(problems);
    }

    /**
     * Exports a folder.
     *
     * @param deidentifier how files are cleaned
     * @param from the folder, of one or several patients
     * @param to a folder that is empty or does not exist, outside {@code from}
     * @return what was done
     * @throws FileAlreadyExistsException when {@code to} holds anything
     * @throws IOException when a folder cannot be read or written
     */
    public static DeidentifiedExport of(Deidentifier deidentifier, Path from, Path to)
            throws IOException {
        Files.createDirectories(to);
        try (var inside = Files.list(to)) {
            if (inside.findAny().isPresent()) {
                throw new FileAlreadyExistsException(to.toString());
            }
        }
        if (to.toRealPath().startsWith(from.toRealPath())) {
            throw new IOException(
                    "the export lies within the folder that is exported; name another");
        }
        return new Work(deidentifier, from, to).run();
    }

    private static final class Work {
        private final Deidentifier deidentifier;
        private final DicomFolder found;
        private final Path to;
        private final List<FileProblem> problems;
        private final Set<Path> done = new HashSet<>();
        private final Map<Path, Integer> numbers = new HashMap<>();
        private final Map<String, String> seriesOfPhase = new HashMap<>();
        private int images;
        private int masks;

        Work(Deidentifier deidentifier, Path from, Path to) throws IOException {
            this.deidentifier = deidentifier;
            this.found = DicomFolder.scan(from);
            this.to = to;
            this.problems = new ArrayList<>(found.problems());
        }

        DeidentifiedExport run() throws IOException {
            for (DicomSeries series : found.series()) {
                for (DicomFile file : series.files()) {
                    Path folder = to.resolve("images").resolve(deidentifier.patient(file.data()));
                    if (done.add(file.path()) && write(file, folder.resolve(name(series, file)))) {
                        images++;
                    }
                }
            }
            SortedMap<String, Integer> leftAside = new TreeMap<>(found.skipped());
            leftAside.keySet().removeIf(k -> MASKS.stream().anyMatch(m -> k.contains("(" + m)));
            for (Path path : found.files()) {
                Optional<DicomFile> mask = done.contains(path) ? Optional.empty() : mask(path);
                if (mask.isPresent()) {
                    String patient = deidentifier.patient(mask.get().data());
                    masks += write(mask.get(), to.resolve("masks").resolve(patient)) ? 1 : 0;
                }
            }
            return new DeidentifiedExport(images, masks, leftAside, problems);
        }

        /** The phase, for the first series of a patient that shows it. */
        private String name(DicomSeries series, DicomFile file) {
            String phase = series.phase().map(PhaseGuess::phase).map(Phase::id).orElse("");
            String key = deidentifier.patient(file.data()) + phase;
            if (!phase.isEmpty()
                    && seriesOfPhase.computeIfAbsent(key, k -> series.uid()).equals(series.uid())) {
                return phase;
            }
            return "series-" + (found.series().indexOf(series) + 1);
        }

        private Optional<DicomFile> mask(Path path) {
            try {
                return Optional.of(DicomFile.read(path)).filter(f -> MASKS.contains(f.modality()));
            } catch (IOException reportedBefore) {
                return Optional.empty();
            }
        }

        private boolean write(DicomFile file, Path folder) throws IOException {
            Files.createDirectories(folder);
            int number = numbers.merge(folder, 1, Integer::sum);
            Path target = folder.resolve(String.format(Locale.ROOT, "%05d.dcm", number));
            try {
                deidentifier.write(file.path(), target);
                return true;
            } catch (DicomException unclean) {
                problems.add(
                        new FileProblem(
                                found.relative(file.path()), String.valueOf(unclean.getMessage())));
                return false;
            }
        }
    }
}
