// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks that are not even, of an image that is linear in space, so that every voxel is known. */
class SeriesGeometryTest {
    @TempDir Path folder;

    /** Whole numbers at the pixels used here, so that nothing is rounded. */
    private static double intensity(double[] p) {
        return 10 * p[0] + 20 * p[1] + 30 * p[2];
    }

    private void slice(double y, double z) throws IOException {
        slice(0, y, z);
    }

    private void slice(double x, double y, double z) throws IOException {
        short[] pixels = new short[12];
        for (int n = 0; n < 12; n++) {
            pixels[n] = (short) Math.rint(intensity(new double[] {x + n % 4, y + n / 4, z}));
        }
        DicomWriter.slice(z, 0)
                .text(Tag.POSITION, "DS", x + "\\" + y + "\\" + z)
                .text(Tag.PIXEL_SPACING, "DS", "1\\1")
                .text(Tag.RESCALE_SLOPE, "DS", "1")
                .text(Tag.RESCALE_INTERCEPT, "DS", "0")
                .pixels16(pixels)
                .write(folder.resolve(z + ".dcm"));
    }

    private DicomSeries series() throws IOException {
        return DicomFolder.scan(folder).series().get(0);
    }

    private static void checkInside(Volume volume, int insideAtLeast) {
        int inside = 0;
        Grid grid = volume.grid();
        for (int n = 0; n < grid.voxels(); n++) {
            int plane = grid.width() * grid.height();
            double[] p =
                    grid.toPatient(n % grid.width(), n / grid.width() % grid.height(), n / plane);
            if (volume.at(n) > -500) {
                assertThat((double) volume.at(n)).isCloseTo(intensity(p), within(1e-3));
                inside++;
            }
        }
        assertThat(inside).isGreaterThanOrEqualTo(insideAtLeast);
    }

    @Test
    void unevenDistancesAreRefusedOrInterpolated() throws IOException {
        for (double z : new double[] {0, 2, 4, 7, 9, 11}) {
            slice(0, z);
        }
        DicomSeries series = series();

        assertThatThrownBy(() -> series.readVolume(Mismatch.REFUSE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("differ from the spacing");
        DicomSeries.Evened evened = series.readVolume(Mismatch.RESAMPLE);

        assertThat(evened.volume().grid().depth()).isEqualTo(6);
        assertThat(evened.volume().grid().spacingMm(2)).isCloseTo(2, within(1e-9));
        assertThat(evened.remarks()).anyMatch(r -> r.contains("interpolated to every 2.000 mm"));
        checkInside(evened.volume(), 72);
    }

    @Test
    void missingSlicesAreInterpolatedAndSaid() throws IOException {
        for (double z : new double[] {0, 2, 4, 8, 10}) {
            slice(0, z);
        }

        DicomSeries.Evened evened = series().readVolume(Mismatch.RESAMPLE);

        assertThat(evened.remarks()).anyMatch(r -> r.contains("1 slices are missing"));
        assertThat(evened.volume().grid().depth()).isEqualTo(6);
        checkInside(evened.volume(), 72);
    }

    @Test
    void aTiltedStackIsKeptShearedRefusedOrMadeUpright() throws IOException {
        for (int k = 0; k < 5; k++) {
            slice(0.4 * k, 2 * k);
        }
        DicomSeries series = series();

        checkInside(series.readVolume(), 60);
        assertThatThrownBy(() -> series.readVolume(Mismatch.REFUSE))
                .hasMessageContaining("tilted by 11.3 degrees");
        DicomSeries.Evened evened = series.readVolume(Mismatch.RESAMPLE);

        Grid grid = evened.volume().grid();
        assertThat(grid.direction())
                .containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-12));
        assertThat(evened.remarks())
                .singleElement()
                .asString()
                .contains("made upright (1.6 pixels");
        assertThat(grid.height()).isEqualTo(5);
        for (int k = 0; k < 5; k++) {
            assertThat((double) evened.volume().at(1, 2, k))
                    .isCloseTo(intensity(grid.toPatient(1, 2, k)), within(0.51));
        }
    }

    @Test
    void anEvenStackIsLeftAlone() throws IOException {
        for (int k = 0; k < 4; k++) {
            slice(0, 3 * k);
        }
        assertThat(series().readVolume(Mismatch.REFUSE).remarks()).isEmpty();
    }

    @Test
    void gapsWiderThanTheImageAreRefused() throws IOException {
        for (double z : new double[] {0, 1, 2, 3000}) {
            slice(0, z % 1000);
        }
        for (double z : new double[] {600, 601}) {
            slice(0, z);
        }
        DicomSeries series = series();
        assertThatThrownBy(() -> series.readVolume(Mismatch.RESAMPLE))
                .hasMessageContaining("more slices are missing");
    }

    @Test
    void slicesThatLieBesideTheOthersAreToldAndMovedBack() throws IOException {
        for (int k = 0; k < 10; k++) {
            slice(k >= 4 && k < 7 ? 2 : 0, 0, 3 * k);
        }
        DicomSeries series = series();

        assertThat(series.grid()).isEmpty();
        assertThatThrownBy(() -> series.readVolume(Mismatch.REFUSE))
                .hasMessageContaining("3 slices lie up to 2.0 mm beside")
                .hasMessageContaining("first at 12.00 mm");
        DicomSeries.Evened evened = series.readVolume(Mismatch.RESAMPLE);

        assertThat(evened.remarks()).anyMatch(r -> r.contains("made upright (2.0 pixels"));
        assertThat(evened.volume().grid().width()).isEqualTo(6);
        checkInside(evened.volume(), 120);
    }

    /** No gap is 10 % off, but slices in the middle lie 2 mm from where their number puts them. */
    @Test
    void spacingThatDriftsIsToldAndMended() throws IOException {
        double z = 0;
        for (int k = 0; k < 20; k++) {
            slice(0, z);
            z += k < 10 ? 5 : 5.4;
        }
        DicomSeries series = series();

        assertThat(series.problems())
                .singleElement()
                .asString()
                .contains("differ from the spacing of 5.189 mm by up to 1.89 mm");
        checkInside(series.readVolume(Mismatch.RESAMPLE).volume(), 20 * 12);
    }

    @Test
    void noiseOfPositionsIsNoUnevenSpacing() throws IOException {
        java.util.Random random = new java.util.Random(1);
        for (int k = 0; k < 30; k++) {
            slice(0, 5 * k + Math.rint(40 * random.nextDouble() - 20) / 100);
        }

        assertThat(series().problems()).isEmpty();
    }

    @Test
    void slicesFarBesideTheOthersAreRefused() throws IOException {
        for (double x : new double[] {30, 300, 3e5, 5e6, 2e8}) {
            for (int k = 0; k < 4; k++) {
                slice(k == 2 ? x : 0, 0, 3 * k);
            }
            DicomSeries series = series();
            assertThatThrownBy(() -> series.readVolume(Mismatch.RESAMPLE))
                    .isInstanceOf(DicomException.class)
                    .hasMessageContaining("series 2")
                    .hasMessageContaining("beside each other");
        }
    }

    /** 40 files of a few hundred bytes that claim 2^26 pixels each. */
    @Test
    void moreVoxelsThanAVolumeHoldsAreRefused() throws IOException {
        for (int k = 0; k < 40; k++) {
            DicomWriter.slice(k < 20 ? k : 2 * k, 0)
                    .image(8192, 8192, 16, 16, false)
                    .syntax("1.2.840.10008.1.2.5")
                    .fragments(new byte[100])
                    .write(folder.resolve("b" + k));
        }
        DicomSeries series = series();
        assertThatThrownBy(() -> series.readVolume(Mismatch.RESAMPLE))
                .isInstanceOf(DicomException.class);
    }

    @Test
    void cosinesAndSpacingThatDifferByRoundingAreTheSame() throws IOException {
        for (int k = 0; k < 6; k++) {
            String c = k % 2 == 0 ? "0.0005" : "0.00049999";
            String mm = k % 2 == 0 ? "0.7815" : "0.78149";
            DicomWriter.slice(5 * k, 0)
                    .text(
                            Tag.ORIENTATION,
                            "DS",
                            "0.99999988\\" + c + "\\0\\-" + c + "\\0.99999988\\0")
                    .text(Tag.PIXEL_SPACING, "DS", mm + "\\" + mm)
                    .write(folder.resolve("r" + k));
        }

        assertThat(series().problems()).isEmpty();
    }

    /** Two images of one place: there is no telling which belongs to the volume. */
    @Test
    void oneOfTwoImagesInAPlaceIsNeverChosen() throws IOException {
        for (int k = 0; k < 4; k++) {
            DicomWriter.slice(5 * k, 0).write(folder.resolve("a" + k));
            DicomWriter.slice(5 * k, 7).write(folder.resolve("b" + k));
        }
        DicomSeries series = series();

        assertThat(series.problems()).containsExactly("4 slices lie where another slice lies");
        assertThatThrownBy(() -> series.readVolume(Mismatch.RESAMPLE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("different images of one place");
    }

    @Test
    void anImageStoredTwiceCountsOnceWhenResampled() throws IOException {
        for (int k = 0; k < 4; k++) {
            DicomWriter.slice(5 * k, k).write(folder.resolve("a" + k));
        }
        DicomWriter.slice(10, 2)
                .text(Tag.SOP_INSTANCE_UID, "UI", "9.9")
                .write(folder.resolve("again"));

        Volume volume = series().readVolume(Mismatch.RESAMPLE).volume();

        assertThat(volume.grid().depth()).isEqualTo(4);
        assertThat(volume.at(0, 0, 2)).isEqualTo(2 * 2f - 1000);
    }
}
