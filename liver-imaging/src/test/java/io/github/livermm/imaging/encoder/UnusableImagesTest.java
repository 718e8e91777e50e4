// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.imaging.VolumeFile;
import io.github.livermm.imaging.preprocess.Channel;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.preprocess.MrScale;
import io.github.livermm.imaging.preprocess.PhasePreparation;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Images and masks of a study that cannot be used are findings: the patient goes on without them,
 * and the run with the other patients.
 */
class UnusableImagesTest {
    private static final Grid GRID =
            Grid.centred(new int[] {24, 24, 12}, new double[] {5, 5, 8}, new double[3]);

    @TempDir Path study;

    private static double radius(Grid grid, int voxel) {
        double[] p = grid.toPatient(voxel % 24, voxel / 24 % 24, voxel / 576);
        return Math.hypot(Math.hypot(p[0], p[1]), p[2]);
    }

    /** A lesion of 16 mm in a liver of 45 mm. */
    private static double label(int voxel) {
        double r = radius(GRID, voxel);
        return r < 16 ? 2 : r < 45 ? 1 : 0;
    }

    private static double tissue(int voxel) {
        return label(voxel) == 0 ? voxel % 7 : 80 + 30 * label(voxel) + voxel % 11;
    }

    private void write(String file, Grid grid, IntToDoubleFunction values) throws IOException {
        Path path = study.resolve(file);
        Files.createDirectories(path.getParent());
        VolumeFile.write(
                Volume.<RuntimeException>filled(
                        grid,
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                v[n] = (float) values.applyAsDouble(n);
                            }
                        }),
                path);
    }

    private Patient patient(String id) {
        return new Patient(
                id,
                "A",
                new ClinicalRecord(Map.of(), Map.of()),
                new PatientFiles(
                        study.resolve("images").resolve(id),
                        study.resolve("masks").resolve(id),
                        null),
                new PatientLabels(null, Map.of(), false),
                Map.of());
    }

    private LesionImage read(Findings findings) {
        return ImageEncoder.withDefaults().reader().read(patient("P1"), findings).orElseThrow();
    }

    private static void isFinite(LesionImage image) {
        for (float v : image.voxels()) {
            assertThat(v).isFinite();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "probability, threshold a map of probabilities",
        "scaled, whole labels",
        "negative, whole labels",
        "not a number, whole labels",
        "255, label the liver 1",
        "empty, marks no voxel",
        "far, belong together"
    })
    void aMaskThatIsNoLabelMapOfItsImageIsToldAndNotUsed(String kind, String remedy)
            throws IOException {
        write("images/P1/ct_portal.nii.gz", GRID, UnusableImagesTest::tissue);
        Grid far =
                Grid.centred(
                        new int[] {24, 24, 12}, new double[] {5, 5, 8}, new double[] {0, 0, 3000});
        write(
                "masks/P1/ct_portal.nii.gz",
                kind.equals("far") ? far : GRID,
                v ->
                        switch (kind) {
                            case "probability" -> Math.exp(-radius(GRID, v) / 20);
                            case "scaled" -> 1.3 * label(v);
                            case "negative" -> -label(v);
                            case "not a number" -> label(v) == 2 ? Double.NaN : label(v);
                            case "255" -> label(v) == 2 ? 255 : 0;
                            case "empty" -> 0;
                            default -> label(v);
                        });
        Findings findings = new Findings();

        LesionImage image = read(findings);

        isFinite(image);
        assertThat(image.region()).isEqualTo(LesionImage.Region.BODY);
        assertThat(image.has(Channel.PORTAL)).isTrue();
        assertThat(findings.sorted()).hasSize(1);
        assertThat(findings.sorted().get(0).file()).isEqualTo("masks/P1/ct_portal.nii.gz");
        assertThat(findings.sorted().get(0).reason()).contains(remedy);
    }

    @Test
    void aMaskOfAPhaseWithoutImageIsTold() throws IOException {
        write("images/P1/ct_portal.nii.gz", GRID, UnusableImagesTest::tissue);
        write("masks/P1/ct_arterial.nii.gz", GRID, UnusableImagesTest::label);
        Findings findings = new Findings();

        LesionImage image = read(findings);

        assertThat(image.region()).isEqualTo(LesionImage.Region.BODY);
        assertThat(findings.sorted())
                .singleElement()
                .satisfies(
                        f -> {
                            assertThat(f.file()).isEqualTo("masks/P1/ct_arterial.nii.gz");
                            assertThat(f.reason()).contains("no image of this phase");
                        });
    }

    /** A pipe that nobody writes to would be waited for without end. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeIsToldAndNeverOpened() throws IOException, InterruptedException {
        write("images/P1/ct_portal.nii.gz", GRID, UnusableImagesTest::tissue);
        write("masks/P1/ct_portal.nii.gz", GRID, UnusableImagesTest::label);
        List<String> pipes =
                List.of(
                        "images/P1/ct_arterial.nii.gz",
                        "masks/P1/ct_delayed.nii",
                        "masks/P1/r.dcm");
        for (String pipe : pipes) {
            assumeTrue(made(study.resolve(pipe)), "mkfifo is missing on this machine");
        }
        Findings findings = new Findings();

        LesionImage image = read(findings);

        assertThat(image.region()).isEqualTo(LesionImage.Region.LESION);
        assertThat(findings.sorted()).extracting(Finding::file).containsExactlyElementsOf(pipes);
        assertThat(findings.sorted()).allMatch(f -> f.reason().contains("no regular file"));
    }

    private static boolean made(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** With every scale of MR, with and without N4 and registration. */
    @ParameterizedTest
    @EnumSource(MrScale.class)
    void noPatientEndsTheRun(MrScale scale) throws IOException {
        Map<String, IntToDoubleFunction> kinds =
                Map.of(
                        "clean", UnusableImagesTest::tissue,
                        "nan", v -> v == 6 * 576 + 12 * 24 + 12 ? Double.NaN : tissue(v),
                        "infinite", v -> v == 3 ? Double.POSITIVE_INFINITY : tissue(v),
                        "background", v -> label(v) == 0 ? Double.NaN : tissue(v),
                        "constant", v -> 7,
                        "nothing", v -> Double.NaN);
        List<Patient> patients = new ArrayList<>();
        for (Map.Entry<String, IntToDoubleFunction> kind : kinds.entrySet()) {
            for (boolean masked : new boolean[] {true, false}) {
                String id = kind.getKey() + (masked ? "-masked" : "");
                write("images/" + id + "/mr_portal.nii.gz", GRID, kind.getValue());
                write("images/" + id + "/mr_t2.nii.gz", GRID, UnusableImagesTest::tissue);
                if (masked) {
                    write("masks/" + id + "/mr_portal.nii.gz", GRID, UnusableImagesTest::label);
                }
                patients.add(patient(id));
            }
        }
        for (Set<PhasePreparation.Step> steps :
                List.of(
                        Set.<PhasePreparation.Step>of(),
                        EnumSet.allOf(PhasePreparation.Step.class))) {
            Findings findings = new Findings();
            ImageEncoder encoder =
                    ImageEncoder.withDefaults()
                            .withCrop(LesionCrop.defaults().withMrScale(scale))
                            .withPreparation(new PhasePreparation(steps));

            CohortInputs inputs =
                    CohortInputs.read(
                            patients,
                            Map.of("image", encoder.reader()),
                            findings,
                            (stage, done, of) -> {});

            for (int row = 0; row < patients.size(); row++) {
                String id = patients.get(row).id();
                LesionImage image =
                        (LesionImage) Objects.requireNonNull(inputs.input("image", row));
                isFinite(image);
                boolean blank = id.startsWith("constant") || id.startsWith("nothing");
                assertThat(image.has(Channel.PORTAL)).as(id).isEqualTo(!blank);
                assertThat(image.has(Channel.T2)).as(id).isTrue();
            }
            assertThat(findings.sorted())
                    .extracting(f -> f.patientId() + " " + f.reason().replaceAll("[;:].*", ""))
                    .contains(
                            "nan-masked 1 voxel of what is shown is no number",
                            "infinite 1 voxel of what is shown is no number",
                            "constant holds one value in all voxels",
                            "nothing holds no number in any voxel")
                    .noneMatch(f -> f.startsWith("clean"))
                    .noneMatch(f -> f.startsWith("infinite-masked"));
        }
    }
}
