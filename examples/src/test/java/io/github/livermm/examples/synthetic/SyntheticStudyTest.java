// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.core.cohort.Flow;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.examples.synthetic.SyntheticStudy.Options;
import io.github.livermm.imaging.dicom.Uids;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that the study on disk is what a hospital would deliver and what the generator says it is:
 * the same bytes from the same seed, readable files, and the exclusions that were planted.
 */
class SyntheticStudyTest {
    private static final int DRAWS = 400;

    @TempDir static Path scratch;

    private static Path study;
    private static Map<Path, DicomFile> exported;

    @BeforeAll
    static void makeStudy() throws IOException {
        study = scratch.resolve("study");
        SyntheticStudy.write(study, options(45, 3, 2), (written, total) -> {}, DRAWS);
        exported = new TreeMap<>();
        for (Path file : files(study.resolve("images"))) {
            exported.put(file, DicomFile.parse(Files.readAllBytes(file)));
        }
    }

    private static Options options(int patients, long seed, int threads) {
        return Options.defaults().withPatients(patients).withSeed(seed).withThreads(threads);
    }

    @Test
    void sameSeedGivesSameBytesForAnyNumberOfThreads() throws IOException {
        Path one = scratch.resolve("one");
        Path four = scratch.resolve("four");

        SyntheticStudy.write(one, options(12, 9, 1), (written, total) -> {}, DRAWS);
        SyntheticStudy.write(four, options(12, 9, 4), (written, total) -> {}, DRAWS);

        assertThat(StudyBytes.of(one)).hasSizeGreaterThan(500).isEqualTo(StudyBytes.of(four));
    }

    @Test
    void anotherSeedGivesOtherPatients() throws IOException {
        Path other = scratch.resolve("other");

        SyntheticStudy.write(other, options(2, 10, 1), (written, total) -> {}, DRAWS);

        assertThat(Files.readAllLines(other.resolve("patients.csv")).get(1))
                .isNotEqualTo(Files.readAllLines(study.resolve("patients.csv")).get(1));
    }

    @Test
    void tellsProgressPatientByPatient() throws IOException {
        List<String> heard = new ArrayList<>();

        SyntheticStudy.write(
                scratch.resolve("progress"),
                options(3, 1, 2),
                (written, total) -> heard.add(written + "/" + total),
                DRAWS);

        assertThat(heard).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void refusesFolderThatHoldsSomething() {
        assertThatThrownBy(() -> SyntheticStudy.write(study, options(1, 1, 1), (done, total) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not empty")
                .hasMessageContaining("name another one");
    }

    @Test
    void refusesFileInPlaceOfFolder() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "taken");

        assertThatThrownBy(() -> SyntheticStudy.write(file, options(1, 1, 1), (done, total) -> {}))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThatThrownBy(() -> Options.defaults().withPatients(0))
                .hasMessage("patients is 0; allowed: 1 to 9999");
        assertThatThrownBy(() -> Options.defaults().withThreads(0))
                .hasMessage("threads is 0; allowed: 1 or more");
    }

    @Test
    void everyFileOfAnExportIsDicom() throws IOException {
        for (DicomFile file : exported.values()) {
            assertThat(file.string(DicomTags.SOP_INSTANCE_UID)).matches("2\\.25\\.[1-9][0-9]*");
            assertThat(file.string(DicomTags.SOP_INSTANCE_UID)).isEqualTo(file.string(0x00020003));
            assertThat(file.string(DicomTags.SOP_INSTANCE_UID)).hasSizeLessThanOrEqualTo(64);
            if (file.has(DicomTags.PIXEL_DATA)) {
                int voxels =
                        file.unsignedShort(DicomTags.ROWS) * file.unsignedShort(DicomTags.COLUMNS);
                assertThat(file.bytes(DicomTags.PIXEL_DATA)).hasSize(2 * voxels);
            } else {
                assertThat(file.string(DicomTags.SOP_CLASS_UID))
                        .isEqualTo(DicomTags.RADIATION_DOSE_SR);
            }
        }
    }

    @Test
    void instanceIdentifiersAreUnique() throws IOException {
        List<String> uids =
                exported.values().stream().map(f -> f.string(DicomTags.SOP_INSTANCE_UID)).toList();

        assertThat(new HashSet<>(uids)).hasSameSizeAs(uids);
    }

    @Test
    void bothTransferSyntaxesBothModalitiesAndBothInterceptsOccur() throws IOException {
        List<DicomFile> images =
                exported.values().stream().filter(f -> f.has(DicomTags.PIXEL_DATA)).toList();

        assertThat(images)
                .extracting(f -> f.string(0x00020010))
                .contains("1.2.840.10008.1.2.1", "1.2.840.10008.1.2");
        assertThat(images).extracting(f -> f.string(DicomTags.MODALITY)).contains("CT", "MR");
        assertThat(images)
                .filteredOn(f -> f.has(DicomTags.RESCALE_INTERCEPT))
                .extracting(f -> f.string(DicomTags.RESCALE_INTERCEPT))
                .contains("-1024", "0");
    }

    @Test
    void maskAffinesMatchTheSlicesOfTheirPhase() throws IOException {
        int compared = 0;
        for (Path mask : files(study.resolve("masks"))) {
            ByteBuffer header = header(mask);
            Map<Double, double[]> slices = slicesOfPhase(mask);
            double[] first = slices.values().iterator().next();
            double[] second = slices.values().stream().skip(1).findFirst().orElseThrow();

            assertThat((int) header.getShort(46)).isEqualTo(slices.size());
            assertThat((double) header.getFloat(280 + 12)).isEqualTo(-first[0], within(1e-3));
            assertThat((double) header.getFloat(296 + 12)).isEqualTo(-first[1], within(1e-3));
            assertThat((double) header.getFloat(312 + 12)).isEqualTo(first[2], within(1e-3));
            assertThat((double) header.getFloat(296 + 8))
                    .isEqualTo(first[1] - second[1], within(1e-3));
            assertThat((double) header.getFloat(312 + 8))
                    .isEqualTo(second[2] - first[2], within(1e-3));
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void masksHoldLiverAndLesion() throws IOException {
        for (Path mask : files(study.resolve("masks"))) {
            Set<Integer> labels = labels(mask);

            assertThat(labels).as(mask.toString()).contains(0, 1, 2);
            assertThat(labels).as(mask.toString()).isSubsetOf(0, 1, 2, 3, 4);
        }
    }

    @Test
    void reportsAreInTheEncodingOfTheirHospital() throws IOException {
        Map<String, String> centres = column("hospital");
        for (Path report : files(study.resolve("reports"))) {
            byte[] bytes = Files.readAllBytes(report);
            String id = report.getFileName().toString().replace(".txt", "");
            String centre = centres.getOrDefault(id, "");
            String text =
                    centre.equals("B")
                            ? new String(bytes, Charset.forName("GB18030"))
                            : new String(bytes, StandardCharsets.UTF_8);

            assertThat(text).doesNotContain("\uFFFD");
            assertThat(text.startsWith("\uFEFF")).isEqualTo(centre.equals("C"));
            assertThat(text).containsPattern("影像所见：|[CM][TR]表现：|【检查所见】|FINDINGS:|Findings:");
        }
    }

    @Test
    void eligibilityFindsWhatWasPlanted() throws IOException {
        Study read = StudyReader.read(study);
        JsonNode truth = new ObjectMapper().readTree(study.resolve("truth.json").toFile());

        Flow flow = read.select(patient -> phases(patient.id())).flow();

        JsonNode found = new ObjectMapper().valueToTree(flow.toMap());
        assertThat(found).isEqualTo(truth.get("flow"));
    }

    @Test
    void flowAddsUp() throws IOException {
        JsonNode flow =
                new ObjectMapper().readTree(study.resolve("truth.json").toFile()).get("flow");
        for (JsonNode stage : flow) {
            int excluded = 0;
            for (JsonNode rule : stage.get("excluded")) {
                excluded += sum(rule.get("count"));
            }
            assertThat(excluded + sum(stage.get("included"))).isEqualTo(45);
            assertThat(sum(stage.get("entered"))).isEqualTo(45);
        }
    }

    @Test
    void truthCoversEveryTargetAndSetOfModalities() throws IOException {
        JsonNode targets =
                new ObjectMapper().readTree(study.resolve("truth.json").toFile()).get("targets");
        for (String target : List.of("malignant", "hcc_vs_icc", "pfs", "os")) {
            for (Set<Modality> set : Modality.sets()) {
                assertThat(targets.at("/" + target + "/" + Modality.key(set)).isObject()).isTrue();
            }
        }
    }

    @Test
    void latentValuesAreWrittenForEveryPatient() throws IOException {
        List<String> lines = Files.readAllLines(study.resolve("truth_patients.csv"));

        assertThat(lines).hasSize(46);
        assertThat(lines)
                .allMatch(line -> line.split(",", -1).length == lines.get(0).split(",").length);
    }

    @Test
    void writtenPosteriorFollowsFromWrittenValues() throws IOException {
        LatentModel model = new LatentModel();
        List<String> lines = Files.readAllLines(study.resolve("truth_patients.csv"));
        List<String> header = List.of(lines.get(0).split(",", -1));
        int compared = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            String written = cells[header.indexOf("p_malignant")];
            if (!written.isEmpty()) {
                assertThat(Double.parseDouble(written))
                        .isEqualTo(malignantByBayes(model, header, cells), within(1e-4));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    /** Prior times densities; readings are left out, since the image shows what was read. */
    private static double malignantByBayes(LatentModel model, List<String> header, String[] cells) {
        double malignant = 0;
        double total = 0;
        for (int h = 0; h < Stratum.ALL.size(); h++) {
            double joint = Stratum.ALL.get(h).prior();
            for (Latent latent : model.latents()) {
                if (!(latent instanceof Latent.Reading)) {
                    double value = Double.parseDouble(cells[header.indexOf(latent.name())]);
                    joint *= Math.exp(latent.logDensity(value, h));
                }
            }
            total += joint;
            malignant += Stratum.ALL.get(h).diagnosis().malignant() ? joint : 0;
        }
        return malignant / total;
    }

    private static int sum(JsonNode counts) {
        int sum = 0;
        for (JsonNode count : counts) {
            sum += count.asInt();
        }
        return sum;
    }

    /** The phases that a patient's files belong to, by the series of the generator. */
    private static Set<String> phases(String id) {
        Set<String> series =
                exportOf(id).stream()
                        .map(f -> f.string(DicomTags.SERIES_INSTANCE_UID))
                        .collect(Collectors.toSet());
        return Arrays.stream(Phase.values())
                .map(Phase::id)
                .filter(phase -> series.contains(Uids.of(3L, id, "series", phase)))
                .collect(Collectors.toSet());
    }

    private static Map<Double, double[]> slicesOfPhase(Path mask) {
        String id = mask.getName(mask.getNameCount() - 2).toString();
        String phase = mask.getFileName().toString().replace(".nii.gz", "");
        String series = Uids.of(3L, id, "series", phase);
        Map<Double, double[]> slices = new TreeMap<>();
        for (DicomFile file : exportOf(id)) {
            if (file.string(DicomTags.SERIES_INSTANCE_UID).equals(series)) {
                double[] position = file.numbers(DicomTags.IMAGE_POSITION);
                slices.put(position[2], position);
            }
        }
        return slices;
    }

    private static Map<String, String> column(String name) throws IOException {
        List<String> lines = Files.readAllLines(study.resolve("patients.csv"));
        int index = List.of(lines.get(0).split(",", -1)).indexOf(name);
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.toMap(cells -> cells[0], cells -> cells[index]));
    }

    private static List<DicomFile> exportOf(String id) {
        Path folder = study.resolve("images").resolve(id);
        return exported.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(folder))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static ByteBuffer header(Path mask) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(Files.newInputStream(mask)))) {
            byte[] header = new byte[352];
            in.readFully(header);
            return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static Set<Integer> labels(Path mask) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(mask))) {
            byte[] bytes = in.readAllBytes();
            Set<Integer> labels = new HashSet<>();
            for (int i = 352; i < bytes.length; i++) {
                labels.add((int) bytes[i]);
            }
            return labels;
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
