// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trunks of ellipses whose organs are as bright as the field's tables say for each phase, and real
 * CT.
 */
class PhaseByIntensityTest {
    @TempDir Path folder;

    private static boolean inside(double x, double y, double cx, double cy, double rx, double ry) {
        return Math.pow((x - cx) / rx, 2) + Math.pow((y - cy) / ry, 2) < 1;
    }

    /** HU of liver, spleen, aorta, portal vein, kidney cortex; x to the left, y to the back, mm. */
    private static double hu(double x, double y, int[] organs) {
        if (!inside(x, y, 0, 0, 160, 110)) {
            return -1000;
        }
        if (!inside(x, y, 0, 0, 140, 92)) {
            return -100;
        }
        if (inside(x, y, 0, 40, 22, 20)) {
            return 350; // vertebra
        }
        if (inside(x, y, 10, 6, 12, 12)) {
            return organs[2];
        }
        if (inside(x, y, -25, -5, 8, 8)) {
            return organs[3];
        }
        if (inside(x, y, 105, 20, 26, 30)) {
            return organs[1];
        }
        if (inside(x, y, -65, 60, 25, 20) || inside(x, y, 65, 60, 25, 20)) {
            return organs[4];
        }
        if (inside(x, y, -60, -10, 72, 70)) {
            return organs[0];
        }
        return inside(x, y, 50, -30, 45, 30) ? 30 : inside(x, y, 0, 10, 110, 70) ? -100 : 58;
    }

    private static Volume trunk(int[] organs, double backwards, long seed) {
        Grid grid =
                Grid.of(
                        new int[] {170, 120, 24},
                        new double[] {2, 2, 5},
                        new double[] {-170, -120 * backwards, 0},
                        new double[] {1, 0, 0, 0, backwards, 0, 0, 0, 1});
        Random random = new Random(seed);
        return Volume.filled(
                grid,
                voxels -> {
                    for (int n = 0; n < voxels.length; n++) {
                        double[] p = grid.toPatient(n % 170, n / 170 % 120, 0);
                        voxels[n] = (float) (hu(p[0], p[1], organs) + 15 * random.nextGaussian());
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "CT_NON_CONTRAST, 55, 48, 42, 42, 32",
        "CT_NON_CONTRAST, 65, 52, 45, 45, 35",
        "CT_NON_CONTRAST, 45, 45, 40, 40, 30",
        "CT_ARTERIAL, 65, 130, 300, 90, 190",
        "CT_ARTERIAL, 72, 120, 260, 110, 170",
        "CT_PORTAL, 110, 120, 150, 175, 190",
        "CT_PORTAL, 102, 112, 140, 160, 180",
        "CT_PORTAL, 120, 130, 160, 185, 200",
        "CT_DELAYED, 85, 90, 105, 105, 130",
        "CT_DELAYED, 88, 92, 110, 112, 140"
    })
    void levelsTellThePhase(Phase phase, int liver, int spleen, int aorta, int portal, int kidney) {
        int[] organs = {liver, spleen, aorta, portal, kidney};

        for (double backwards : new double[] {1, -1}) {
            PhaseGuess guess = PhaseByIntensity.of(trunk(organs, backwards, liver)).orElseThrow();
            assertThat(guess.phase()).as(guess.evidence()).isEqualTo(phase);
            assertThat(guess.confidence()).isCloseTo(0.3, within(1e-9));
            assertThat(guess.evidence()).contains("soft tissue");
        }
    }

    @Test
    void airAndOtherPlanesTellNothing() {
        Grid coronal =
                Grid.of(
                        new int[] {60, 60, 60},
                        new double[] {4, 4, 4},
                        new double[] {0, 0, 0},
                        new double[] {1, 0, 0, 0, 0, 1, 0, -1, 0});
        Volume bright = Volume.filled(coronal, v -> java.util.Arrays.fill(v, 120));
        Volume air =
                Volume.filled(trunk(new int[5], 1, 1).grid(), v -> java.util.Arrays.fill(v, -1000));

        assertThat(PhaseByIntensity.of(bright)).isEmpty();
        assertThat(PhaseByIntensity.of(air)).isEmpty();
    }

    @Test
    void aRealPortalVenousSeriesIsSeenAsOne() throws IOException {
        DicomFolder scan =
                DicomFolder.scan(
                        Samples.folder("hcc-tace-seg").resolve("HCC_048_portal_venous_ct"));

        assertThat(PhaseByIntensity.of(scan.series().get(0).readVolume()).orElseThrow().phase())
                .isEqualTo(Phase.CT_PORTAL);
    }

    /** By its label map, liver and spleen have medians of 46 and 35 HU. */
    @Test
    void aRealPlainCtIsSeenAsOne() throws IOException {
        Volume ct =
                NiftiImage.read(
                                Samples.folder("abdomen-ct-mr-nifti")
                                        .resolve("example_ct_sm.nii.gz"))
                        .volume(0);

        assertThat(PhaseByIntensity.of(ct).orElseThrow().phase()).isEqualTo(Phase.CT_NON_CONTRAST);
    }

    @Test
    void onlySeriesThatNothingElseTellsAreGuessed() throws IOException {
        int[] portal = {110, 120, 150, 175, 190};
        write(portal, 1, "xyz");
        write(portal, 2, "Arterial");

        DicomFolder scan = DicomFolder.scan(folder);
        assertThat(scan.series().get(0).phase()).isEmpty();
        scan.guessPhasesByIntensity();

        assertThat(scan.series().get(0).phase().orElseThrow().phase()).isEqualTo(Phase.CT_PORTAL);
        assertThat(scan.series().get(1).phase().orElseThrow().phase()).isEqualTo(Phase.CT_ARTERIAL);
    }

    /** What its header says to be no image of a phase is none, whatever its voxels look like. */
    @Test
    void mapsAndProjectionsAreNotGuessed() throws IOException {
        int[] portal = {110, 120, 150, 175, 190};
        write(portal, 1, "Iodine map");
        write(portal, 2, "Portal MIP");

        DicomFolder scan = DicomFolder.scan(folder);
        scan.guessPhasesByIntensity();

        assertThat(scan.series()).hasSize(2).allMatch(s -> s.phase().isEmpty());
    }

    private void write(int[] organs, int number, String description) throws IOException {
        Volume trunk = trunk(organs, 1, number);
        for (int z = 0; z < 24; z++) {
            short[] pixels = new short[170 * 120];
            for (int n = 0; n < pixels.length; n++) {
                pixels[n] = (short) trunk.at(n % 170, n / 170, z);
            }
            DicomWriter.slice(5 * z, 0)
                    .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2." + number)
                    .text(Tag.SERIES_NUMBER, "IS", "" + number)
                    .text(Tag.SERIES_DESCRIPTION, "LO", description)
                    .text(Tag.PIXEL_SPACING, "DS", "2\\2")
                    .text(Tag.RESCALE_SLOPE, "DS", "1")
                    .text(Tag.RESCALE_INTERCEPT, "DS", "0")
                    .image(120, 170, 16, 16, true)
                    .pixels16(pixels)
                    .write(folder.resolve(number + "/" + z));
        }
    }
}
