// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Segmentations against figures of pydicom, the IBSI phantom against its NIfTI twin. */
class MaskReferenceTest {
    @Test
    void aSegmentationLiesOnTheVoxelsOfItsImage() throws IOException {
        Path folder = Samples.folder("dicom-objects").resolve("liver-seg");
        assumeTrue(Files.isDirectory(folder.resolve("ct-3slice")));
        DicomSeries ct = DicomFolder.scan(folder.resolve("ct-3slice")).series().get(0);
        Grid image = ct.grid().orElseThrow();
        MaskObject seg = MaskObject.read(folder.resolve("liver.dcm"));

        MaskObject.Placed liver = seg.on(1, image, Mismatch.REFUSE);

        assertThat(seg.referencedSeries()).containsExactly(ct.uid());
        assertThat(liver.remarks()).isEmpty();
        assertThat(count(liver.volume())).isEqualTo(107098);
        MaskObject many = MaskObject.read(folder.resolve("partial_overlaps.dcm"));
        assertThat(count(many.on(3, image, Mismatch.REFUSE).volume())).isEqualTo(10743);
        Grid half =
                Grid.of(
                        new int[] {256, 256, 3},
                        new double[] {
                            2 * image.spacingMm(0), 2 * image.spacingMm(1), image.spacingMm(2)
                        },
                        image.toPatient(0.5, 0.5, 0),
                        image.direction());
        assertThatThrownBy(() -> seg.on(1, half, Mismatch.REFUSE))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("does not lie on the voxels");
        MaskObject.Placed coarse = seg.on(1, half, Mismatch.RESAMPLE);
        assertThat(coarse.remarks()).singleElement().asString().contains("resampled (nearest)");
        assertThat(count(coarse.volume())).isCloseTo(107098 / 4.0, within(250.0));
    }

    private static double count(Volume mask) {
        double inside = 0;
        for (float v : mask.toArray()) {
            inside += v > 0 ? 1 : 0;
        }
        return inside;
    }

    @Test
    void thePhantomOfIbsiIsTheSameFromDicomAndFromNifti() throws IOException {
        Path folder = Samples.folder("ibsi-ct-phantom");
        DicomSeries series = DicomFolder.scan(folder.resolve("dicom/image")).series().get(0);
        Volume dicom = series.readVolume();
        Volume nifti = NiftiImage.readVolume(folder.resolve("nifti/image/phantom.nii.gz"));

        assertThat(voxelsThatDiffer(dicom, nifti)).isZero();

        MaskObject rt = MaskObject.read(folder.resolve("dicom/mask/DCM_RS_00060.dcm"));
        assertThat(rt.referencedSeries()).contains(series.uid());
        Volume drawn = rt.on(1, dicom.grid(), Mismatch.REFUSE).volume();
        Volume mask = NiftiImage.readVolume(folder.resolve("nifti/mask/mask.nii.gz"));
        double both = 0;
        double onlyContours = 0;
        double onlyNifti = 0;
        Grid grid = mask.grid();
        for (int n = 0; n < drawn.grid().voxels(); n++) {
            boolean a = drawn.at(n) > 0;
            boolean b = mask.at(matching(n, drawn.grid(), grid)) > 0;
            both += a && b ? 1 : 0;
            onlyContours += a && !b ? 1 : 0;
            onlyNifti += b && !a ? 1 : 0;
        }
        assertThat(2 * both / (2 * both + onlyContours + onlyNifti))
                .as("%s both, %s only contours, %s only NIfTI", both, onlyContours, onlyNifti)
                .isEqualTo(1);
    }

    private static int matching(int n, Grid from, Grid to) {
        int w = from.width();
        int h = from.height();
        double[] p = from.toPatient(n % w, n / w % h, n / (w * h));
        double[] at = to.toIndex(p[0], p[1], p[2]);
        int i = (int) Math.rint(at[0]);
        int j = (int) Math.rint(at[1]);
        int k = (int) Math.rint(at[2]);
        assertThat(Math.abs(at[0] - i) + Math.abs(at[1] - j) + Math.abs(at[2] - k))
                .isLessThan(0.01);
        return (k * to.height() + j) * to.width() + i;
    }

    private static int voxelsThatDiffer(Volume a, Volume b) {
        assertThat(a.grid().voxels()).isEqualTo(b.grid().voxels());
        int differ = 0;
        for (int n = 0; n < a.grid().voxels(); n++) {
            differ += a.at(n) == b.at(matching(n, a.grid(), b.grid())) ? 0 : 1;
        }
        return differ;
    }
}
