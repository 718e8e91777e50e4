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
        short[] pixels = new short[12];
        for (int n = 0; n < 12; n++) {
            pixels[n] = (short) Math.rint(intensity(new double[] {n % 4, y + n / 4, z}));
        }
        DicomWriter.slice(z, 0)
                .text(Tag.POSITION, "DS", "0\\" + y + "\\" + z)
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
}
