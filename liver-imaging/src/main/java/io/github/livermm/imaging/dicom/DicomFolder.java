// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An unsorted export of DICOM files, any names and sub-folders, as a table of series. Scanning
 * reads headers only. Localisers, reports and other objects without slices are counted and left
 * out; a link is a problem and not followed, so no file outside the folder is read. The result does
 * not depend on the order in which the file system lists files.
 *
 * @since 0.1.0
 */
public final class DicomFolder {
    /** Files that viewers and archives put beside images. */
    private static final Set<String> OTHER_FILES =
            Set.of(
                    "txt", "md", "csv", "json", "xml", "html", "htm", "pdf", "jpg", "jpeg", "png",
                    "exe", "dll", "inf", "ini", "db", "zip", "nii", "gz", "nrrd", "nhdr", "mha",
                    "mhd", "raw", "zraw", "log", "css", "js", "ico", "bat", "sh", "jar");

    /** 定位 alone is said of the CT that radiotherapy is planned on, too. */
    private static final Pattern LOCALISER =
            Pattern.compile("localizer|localiser|scout|topogram|surview|定位[像片相图]|三平面定位|^定位$");

    private static final String LINK =
            "is a link, which is not followed; copy what it leads to into the folder";

    /** What slices of one series have in common; never printed. */
    private static final List<Integer> ONE_SERIES =
            List.of(
                    Tag.SERIES_INSTANCE_UID,
                    Tag.STUDY_INSTANCE_UID,
                    Tag.PATIENT_ID,
                    Tag.FRAME_OF_REFERENCE_UID);

    private static final List<Integer> ONE_EXAMINATION =
            List.of(Tag.MODALITY, Tag.STUDY_INSTANCE_UID, Tag.PATIENT_ID);

    private final Path root;
    private final DicomReader reader;
    private final Map<String, Phase> named;
    private final List<DicomSeries> series = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();
    private final SortedMap<String, Integer> skipped = new TreeMap<>();

    private DicomFolder(Path root, DicomReader reader, Map<String, Phase> named) {
        this.root = root;
        this.reader = reader;
        this.named = named;
    }

    /**
     * Scans a folder and its sub-folders by the built-in reader.
     *
     * @param folder the folder
     * @return its series
     * @throws IOException when the folder cannot be listed; a single broken file is a {@link
     *     #problems() problem} instead
     */
    public static DicomFolder scan(Path folder) throws IOException {
        return scan(folder, DicomReader.builtIn());
    }

    /**
     * Scans a folder and its sub-folders.
     *
     * @param folder the folder
     * @param reader parses the files
     * @return its series
     * @throws IOException when the folder cannot be listed; a single broken file is a {@link
     *     #problems() problem} instead
     */
    public static DicomFolder scan(Path folder, DicomReader reader) throws IOException {
        return scan(folder, reader, Map.of());
    }

    /**
     * Scans a folder and its sub-folders, where phases of some series are known.
     *
     * @param folder the folder
     * @param reader parses the files
     * @param named phase by Series Instance UID or by Series Description ({@code *} stands for any
     *     text, case does not count); the first that fits a series holds, a UID before descriptions
     * @return its series
     * @throws IOException when the folder cannot be listed; a single broken file is a {@link
     *     #problems() problem} instead
     */
    public static DicomFolder scan(Path folder, DicomReader reader, Map<String, Phase> named)
            throws IOException {
        DicomFolder result = new DicomFolder(folder.toRealPath(), reader, named);
        result.group(result.slices(result.files()));
        result.detectPhases();
        result.problems.sort(Comparator.comparing(FileProblem::file));
        return result;
    }

    /**
     * The series that hold slices of CT or MR, by series number and UID.
     *
     * @return an immutable list
     */
    public List<DicomSeries> series() {
        return Collections.unmodifiableList(series);
    }

    /**
     * Files that could not be read.
     *
     * @return one entry per file, by path
     */
    public List<FileProblem> problems() {
        return Collections.unmodifiableList(problems);
    }

    /**
     * What was left out on purpose.
     *
     * @return number of files by reason, such as localiser
     */
    public SortedMap<String, Integer> skipped() {
        return Collections.unmodifiableSortedMap(skipped);
    }

    /**
     * The series of a UID.
     *
     * @param uid as {@link DicomSeries#uid()}
     * @return empty when the folder holds none
     */
    public Optional<DicomSeries> series(String uid) {
        return series.stream().filter(s -> s.uid().equals(uid)).findFirst();
    }

    /** Every file, by path. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isSymbolicLink()) {
                            problem(file, LINK);
                        } else if (attributes.isRegularFile() && attributes.size() > 0) {
                            files.add(file);
                        } else if (!expectedEmpty(DicomFile.name(file))) {
                            problem(file, "is empty; export it again");
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        problem(file, "cannot be read");
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(Comparator.comparing(f -> root.relativize(f).toString()));
        return files;
    }

    private void problem(Path file, String reason) {
        String name = DicomFile.name(file) + ": ";
        String alone = reason.startsWith(name) ? reason.substring(name.length()) : reason;
        problems.add(new FileProblem(relative(file), alone));
    }

    String relative(Path file) {
        return root.relativize(file).toString();
    }

    private List<Slice> slices(List<Path> files) {
        List<Slice> slices = new ArrayList<>();
        for (Path path : files) {
            String name = DicomFile.name(path).toLowerCase(Locale.ROOT);
            if (name.equals("dicomdir") || name.startsWith(".")) {
                skip("directory file");
                continue;
            }
            try {
                DicomFile file = DicomFile.read(path, reader);
                String reason = reasonToSkip(file);
                if (reason.isEmpty()) {
                    slices.addAll(Slice.of(file));
                } else {
                    skip(reason);
                }
            } catch (IOException unreadable) {
                if (isOther(path, name)) {
                    skip("not DICOM");
                } else {
                    problem(path, String.valueOf(unreadable.getMessage()));
                }
            }
        }
        return slices;
    }

    /** A read-me or licence beside the images is no finding; a broken image is. */
    private static boolean isOther(Path path, String name) {
        String extension = extension(name);
        if (OTHER_FILES.contains(extension)) {
            return true;
        }
        if (extension.equals("dcm") || extension.equals("ima")) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(512);
            for (byte b : start) {
                if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean expectedEmpty(String name) {
        return name.startsWith(".") || OTHER_FILES.contains(extension(name));
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private void skip(String reason) {
        skipped.merge(reason, 1, Integer::sum);
    }

    private static String reasonToSkip(DicomFile file) {
        if (!file.hasPixels()) {
            return "no image ("
                    + (file.modality().isEmpty() ? "no modality" : file.modality())
                    + ")";
        }
        if (!file.modality().equals("CT") && !file.modality().equals("MR")) {
            return "other modality (" + file.modality() + ")";
        }
        List<String> type = file.data().texts(Tag.IMAGE_TYPE);
        if (type.contains("LOCALIZER")) {
            return "localiser";
        }
        String said = file.data().text(Tag.SERIES_DESCRIPTION).orElse("").toLowerCase(Locale.ROOT);
        if (LOCALISER.matcher(said).find()) {
            return "localiser";
        }
        if (file.data().unsigned16(Tag.SAMPLES_PER_PIXEL).orElse(1) != 1) {
            return "colour image";
        }
        return file.frames() > 1 && file.data().items(Tag.PER_FRAME_GROUPS).isEmpty()
                ? "multi-frame without positions"
                : "";
    }

    private void group(List<Slice> slices) {
        Map<String, List<Slice>> groups = new TreeMap<>();
        for (Slice s : slices) {
            groups.computeIfAbsent(text(s.header(), ONE_SERIES), k -> new ArrayList<>()).add(s);
        }
        String uid = "";
        int part = 0;
        for (List<Slice> group : groups.values()) {
            for (List<Slice> stack : StackSplitter.split(Copies.leaveOut(group))) {
                String its = stack.get(0).header().text(Tag.SERIES_INSTANCE_UID).orElse("");
                part = its.equals(uid) ? part + 1 : 1;
                uid = its;
                series.add(new DicomSeries(root, new SliceStack(stack), part));
            }
        }
        series.sort(
                Comparator.<DicomSeries>comparingDouble(
                                s -> s.header().number(Tag.SERIES_NUMBER).orElse(1e9))
                        .thenComparing(DicomSeries::uid));
    }

    private static String text(DataSet header, List<Integer> tags) {
        return tags.stream()
                .map(tag -> header.text(tag).orElse(""))
                .collect(Collectors.joining("\0"));
    }

    private void detectPhases() {
        Map<String, List<DicomSeries>> examinations = new TreeMap<>();
        for (DicomSeries s : series) {
            Optional<Phase> folder =
                    s.folder().getNameCount() > 0
                            ? Phase.of(s.folder().getName(0).toString())
                            : Optional.empty();
            s.phase(
                    byName(s)
                            .or(() -> folder.map(p -> new PhaseGuess(p, 1, "folder " + p.id())))
                            .or(() -> PhaseRules.byHeader(s.header()))
                            .orElse(null));
            String study = text(s.header(), ONE_EXAMINATION);
            examinations.computeIfAbsent(study, k -> new ArrayList<>()).add(s);
        }
        examinations.values().forEach(PhaseOrder::complete);
    }

    private Optional<PhaseGuess> byName(DicomSeries s) {
        String uid = s.header().text(Tag.SERIES_INSTANCE_UID).orElse("");
        for (String key : List.of(s.uid(), uid)) {
            Phase phase = named.get(key);
            if (phase != null) {
                return Optional.of(new PhaseGuess(phase, 1, "named by the study"));
            }
        }
        for (Map.Entry<String, Phase> name : named.entrySet()) {
            if (fits(name.getKey(), s.description())) {
                String evidence = "named by the study (" + name.getKey() + ")";
                return Optional.of(new PhaseGuess(name.getValue(), 1, evidence));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String pattern, String description) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        return Pattern.compile(regex, flags).matcher(description.strip()).matches();
    }

    /**
     * Guesses the phases that headers do not tell by intensities, which reads the voxels of every
     * CT series that has no phase yet and is a volume, but for maps, projections and the like. Such
     * a guess is weak and says so; a phase that another series of the examination has is not given
     * again, and MR is left alone.
     *
     * @throws IOException when a file cannot be read; a series whose pixels cannot be decoded is
     *     left without a phase
     */
    public void guessPhasesByIntensity() throws IOException {
        for (DicomSeries s : series) {
            boolean open = s.phase().isEmpty() && !PhaseRules.showsNoPhase(s.header());
            if (open && s.modality().equals("CT") && s.grid().isPresent()) {
                try {
                    PhaseByIntensity.of(s.readVolume())
                            .filter(guess -> isFree(guess.phase(), s))
                            .ifPresent(s::phase);
                } catch (DicomException undecoded) {
                    // whoever reads the series is told
                }
            }
        }
    }

    private boolean isFree(Phase phase, DicomSeries of) {
        Optional<String> study = of.header().text(Tag.STUDY_INSTANCE_UID);
        return series.stream()
                .filter(s -> s.header().text(Tag.STUDY_INSTANCE_UID).equals(study))
                .noneMatch(s -> s.phase().map(PhaseGuess::phase).filter(phase::equals).isPresent());
    }
}
