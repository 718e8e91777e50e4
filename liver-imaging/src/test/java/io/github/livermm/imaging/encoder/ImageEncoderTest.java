// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.GeometryRule;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.mask.LesionRule;
import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.preprocess.Channel;
import io.github.livermm.imaging.preprocess.CropTarget;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.preprocess.MrScale;
import io.github.livermm.imaging.preprocess.PhasePreparation;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a patient's folder, encoding, augmenting, saving. */
class ImageEncoderTest {
    @TempDir Path study;

    private static final ImageEncoder ENCODER = ImageEncoder.withDefaults();

    /** Keeps state in memory. */
    private static final class Memory implements StateWriter, StateReader {
        private final Map<String, Object> kept = new HashMap<>();

        @Override
        public void json(String name, Map<String, ?> tree) {
            kept.put(name, new HashMap<>(tree));
        }

        @Override
        public void array(String name, double[] values) {
            kept.put(name, values.clone());
        }

        @Override
        @SuppressWarnings("unchecked") // as written by json above
        public Map<String, Object> json(String name) {
            return (Map<String, Object>) java.util.Objects.requireNonNull(kept.get(name));
        }

        @Override
        public double[] array(String name) {
            return (double[]) java.util.Objects.requireNonNull(kept.get(name));
        }

        @Override
        public Memory part(String name) {
            return this;
        }
    }

    private Patient patient(@Nullable Path images, @Nullable Path masks) {
        return new Patient(
                "P1",
                "A",
                new ClinicalRecord(Map.of(), Map.of()),
                new PatientFiles(images, masks, null),
                new PatientLabels(null, Map.of(), false),
                Map.of());
    }

    private static Volume ball(double inside, double outside) {
        Grid grid = Grid.centred(new int[] {20, 20, 10}, new double[] {4, 4, 8}, new double[3]);
        return Volume.<RuntimeException>filled(
                grid,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        double[] p = grid.toPatient(n % 20, n / 20 % 20, n / 400);
                        v[n] =
                                (float)
                                        (p[0] * p[0] + p[1] * p[1] + p[2] * p[2] < 400
                                                ? inside
                                                : outside);
                    }
                });
    }

    @Test
    void niftiPhasesAndMasksAreRead() throws IOException {
        Path images = Files.createDirectories(study.resolve("images/P1"));
        Path masks = Files.createDirectories(study.resolve("masks/P1"));
        NiftiImage.write(ball(60, 100), images.resolve("ct_portal.nii.gz"));
        NiftiImage.write(ball(150, 80), images.resolve("ct_arterial.nii"));
        Files.writeString(images.resolve("ct_delayed.nii"), "broken");
        NiftiImage.write(ball(60, 100), images.resolve("venous.nii"));
        NiftiImage.write(ball(2, 1), masks.resolve("ct_portal.nii.gz"));
        Files.writeString(masks.resolve("seg.dcm"), "x");
        Findings findings = new Findings();

        Optional<LesionImage> image = ENCODER.reader().read(patient(images, masks), findings);

        assertThat(image).isPresent();
        assertThat(image.get().region()).isEqualTo(LesionImage.Region.LESION);
        assertThat(image.get().has(Channel.ARTERIAL)).isTrue();
        assertThat(image.get().has(Channel.DELAYED)).isFalse();
        assertThat(findings.sorted())
                .extracting(Finding::file)
                .containsExactly(
                        "images/P1/ct_delayed.nii", "images/P1/venous.nii", "masks/P1/seg.dcm");
    }

    @Test
    void aPatientWithoutImagesHasNone() throws IOException {
        Findings findings = new Findings();
        Path empty = Files.createDirectories(study.resolve("images/P1"));

        assertThat(ENCODER.reader().read(patient(null, null), findings)).isEmpty();
        assertThat(ENCODER.reader().read(patient(study.resolve("none"), null), findings)).isEmpty();
        assertThat(ENCODER.reader().read(patient(empty, null), findings)).isEmpty();
        assertThat(findings.sorted()).isEmpty();
    }

    @Test
    void savedAndRestoredEncodersEncodeAlike() {
        LesionImage image = PhaseNetworkTest.image(new Random(1), true, LesionCrop.defaults());
        LesionImage other = PhaseNetworkTest.image(new Random(2), false, LesionCrop.defaults());
        FittedEncoder<LesionImage> fitted = ENCODER.fit(List.of(image, other), 1);
        Memory state = new Memory();

        fitted.save(state);
        EncoderProvider provider =
                ServiceLoader.load(EncoderProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(p -> p.id().equals(fitted.id()))
                        .findFirst()
                        .orElseThrow();
        FittedImageEncoder restored = (FittedImageEncoder) provider.restore(state);

        assertThat(restored.encode(image)).isDeepEqualTo(fitted.encode(image));
        assertThat(restored.inputs()).isEqualTo(fitted.inputs());
        assertThat(restored.modality()).isEqualTo("image");
        assertThat(restored.features(image)).containsExactly(fitted.features(image));
        assertThat(fitted.featureNames()).isEqualTo(LesionImage.measurementNames());
        assertThat(fitted.needsNetwork()).isTrue();
    }

    @Test
    void foreignStateIsRefused() {
        LesionImage image = PhaseNetworkTest.image(new Random(1), true, LesionCrop.defaults());
        Memory state = new Memory();
        ENCODER.fit(List.of(image), 1).save(state);
        state.json("encoder").put("depth", 1);
        assertThatThrownBy(() -> FittedImageEncoder.restore(state))
                .isInstanceOf(ModelFileException.class);
        state.json("encoder").put("depth", "x");
        assertThatThrownBy(() -> FittedImageEncoder.restore(state))
                .isInstanceOf(ModelFileException.class);
        state.json("encoder").put("measurements", List.of());
        assertThatThrownBy(() -> FittedImageEncoder.restore(state))
                .isInstanceOf(ModelFileException.class);
    }

    @Test
    void augmentationKeepsAPhaseAndDependsOnTheSeedOnly() {
        LesionImage image = PhaseNetworkTest.image(new Random(1), true, LesionCrop.defaults());
        FittedEncoder<LesionImage> fitted = ENCODER.fit(List.of(image), 1);
        float[][] encoded = fitted.encode(image);
        float[][] before = {encoded[0].clone(), encoded[1].clone()};
        int dropped = 0;

        for (long seed = 0; seed < 60; seed++) {
            float[][] augmented = fitted.augment(encoded, seed);
            int at =
                    FittedImageEncoder
                            .MEASURED; // presence of the planes stands behind the measurements
            float phases = augmented[1][at + 1] + augmented[1][at + 2];
            assertThat(phases).isGreaterThanOrEqualTo(1);
            dropped += phases < 2 ? 1 : 0;
            assertThat(fitted.augment(encoded, seed)).isDeepEqualTo(augmented);
        }

        assertThat(dropped).isBetween(5, 35);
        assertThat(encoded[0]).isEqualTo(before[0]);
        assertThat(encoded[1]).isEqualTo(before[1]);
    }

    @Test
    void fittingNeedsAnImageAndEncodingTheSameGrid() {
        assertThatThrownBy(() -> ENCODER.fit(List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class);
        LesionImage image = PhaseNetworkTest.image(new Random(1), true, LesionCrop.defaults());
        LesionImage small =
                PhaseNetworkTest.image(
                        new Random(1), true, LesionCrop.defaults().withGrid(6, 12, 12));
        FittedEncoder<LesionImage> fitted = ENCODER.fit(List.of(image), 1);
        assertThatThrownBy(() -> fitted.encode(small)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LesionImage mr(double gain, MrScale scale) {
        Volume raw = ball(600, 400);
        Volume image =
                Volume.<RuntimeException>filled(
                        raw.grid(),
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                v[n] = (float) (gain * (raw.at(n) + n % 13));
                            }
                        });
        return LesionCrop.defaults()
                .withMrScale(scale)
                .cut(
                        Map.of(Phase.MR_PORTAL, image),
                        Map.of(Phase.MR_PORTAL, LabelMap.of(ball(2, 1))));
    }

    @Test
    void theScaleOfNyulIsLearnedInTrainingAndSaved() {
        ImageEncoder encoder =
                ImageEncoder.withDefaults()
                        .withCrop(LesionCrop.defaults().withMrScale(MrScale.NYUL));
        FittedEncoder<LesionImage> fitted =
                encoder.fit(List.of(mr(1, MrScale.NYUL), mr(7, MrScale.NYUL)), 1);
        Memory state = new Memory();

        fitted.save(state);
        FittedImageEncoder restored = FittedImageEncoder.restore(state);

        LesionImage fresh = mr(3, MrScale.NYUL);
        float[] planes = fitted.encode(fresh)[0];
        assertThat(restored.encode(fresh)[0]).isEqualTo(planes);
        assertThat(planes).isNotEqualTo(restoredWithoutScale(fresh));
        int block = 12 * 24 * 24;
        int from = Channel.PORTAL.plane() * block;
        float[] same = fitted.encode(mr(11, MrScale.NYUL))[0];
        for (int v = from; v < from + block; v++) {
            assertThat(same[v]).isCloseTo(planes[v], within(1e-3f));
        }
    }

    private static float[] restoredWithoutScale(LesionImage image) {
        return ImageEncoder.withDefaults().fit(List.of(image), 1).encode(image)[0];
    }

    @Test
    void choicesAreSavedAndDefaultsLeaveNoTrace() {
        LesionImage image = PhaseNetworkTest.image(new Random(1), true, LesionCrop.defaults());
        LesionCrop crop =
                LesionCrop.defaults()
                        .withTarget(
                                new CropTarget(
                                        LesionRule.ALL, GeometryRule.REFUSE, CropTarget.View.RING))
                        .withMrScale(MrScale.Z_SCORE);
        PhasePreparation both =
                new PhasePreparation(java.util.EnumSet.allOf(PhasePreparation.Step.class));
        Memory chosen = new Memory();
        Memory usual = new Memory();

        ImageEncoder.withDefaults()
                .withCrop(crop)
                .withPreparation(both)
                .fit(List.of(image), 1)
                .save(chosen);
        ENCODER.fit(List.of(image), 1).save(usual);

        assertThat(((ImageReader) FittedImageEncoder.restore(chosen).reader()).settings())
                .isEqualTo(crop + "\n" + both);
        assertThat(usual.json("encoder"))
                .containsOnlyKeys(
                        "version", "depth", "height", "width", "margin_mm", "measurements");
        chosen.json("encoder").put("mr_scale", "KELVIN");
        assertThatThrownBy(() -> FittedImageEncoder.restore(chosen))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("KELVIN");
    }

    @Test
    void aRefusedMaskIsAFindingAndTheImageStays() throws IOException {
        Path images = Files.createDirectories(study.resolve("images/P1"));
        Path masks = Files.createDirectories(study.resolve("masks/P1"));
        NiftiImage.write(ball(60, 100), images.resolve("ct_portal.nii.gz"));
        Volume mask = ball(2, 1);
        NiftiImage.write(
                mask.resample(mask.grid().withSpacing(6, 6, 6), Interpolation.NEAREST, 0),
                masks.resolve("ct_portal.nii.gz"));
        Findings findings = new Findings();

        Optional<LesionImage> image =
                ImageEncoder.withDefaults()
                        .withCrop(
                                LesionCrop.defaults()
                                        .withTarget(
                                                CropTarget.defaults()
                                                        .withMasks(GeometryRule.REFUSE)))
                        .reader()
                        .read(patient(images, masks), findings);

        assertThat(image)
                .hasValueSatisfying(i -> assertThat(i.region()).isEqualTo(LesionImage.Region.BODY));
        assertThat(findings.sorted())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("ct_portal", "voxels"));
    }
}
