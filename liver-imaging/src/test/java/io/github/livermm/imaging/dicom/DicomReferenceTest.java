// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pixels, geometry and refusals against values that pydicom, DCMTK and GDCM gave for the same files
 * (see the ORIGIN.md beside them).
 */
class DicomReferenceTest {
    @Test
    void nearLosslessIsWithinItsBoundOfTheOriginal() throws IOException {
        Path folder = Samples.folder("dicom-transfer-syntaxes");
        Path original = folder.resolve("ct_explicit_le_1.2.1.dcm");
        assumeTrue(Files.exists(original));

        int[] near = DicomFile.read(folder.resolve("ct_jpegls_near_4.81.dcm")).storedValues(0);
        int[] exact = DicomFile.read(original).storedValues(0);

        int worst = 0;
        for (int n = 0; n < near.length; n++) {
            worst = Math.max(worst, Math.abs(near[n] - exact[n]));
        }
        assertThat(worst).isEqualTo(1);
    }

    static String sha256(List<int[]> frames) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int[] frame : frames) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * frame.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(frame);
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void aRealSeriesBecomesOneCalibratedVolume() throws IOException {
        Path folder = Samples.folder("hcc-tace-seg").resolve("HCC_048_portal_venous_ct");

        DicomFolder scan = DicomFolder.scan(folder);

        assertThat(scan.problems()).isEmpty();
        assertThat(scan.series()).hasSize(1);
        DicomSeries series = scan.series().get(0);
        assertThat(series.problems()).isEmpty();
        assertThat(series.slices()).isEqualTo(89);
        scan.guessPhasesByIntensity(); // no header tells, as it is alone
        assertThat(series.phase().orElseThrow().phase()).isEqualTo(Phase.CT_PORTAL);
        Volume volume = series.readVolume();
        assertThat(volume.mean()).isCloseTo(-774.2901, within(5e-5));
        assertThat(volume.min()).isEqualTo(-2048f);
        assertThat(volume.max()).isEqualTo(3071f);
        assertThat(volume.grid().spacingMm(0)).isCloseTo(0.703, within(5e-4));
        assertThat(volume.grid().spacingMm(1)).isCloseTo(0.703, within(5e-4));
        assertThat(volume.grid().spacingMm(2)).isCloseTo(2.5, within(1e-9));
        assertThat(volume.grid().toPatient(0, 0, 0)[2]).isCloseTo(-396, within(1e-6));
        assertThat(volume.grid().toPatient(0, 0, 88)[2]).isCloseTo(-176, within(1e-6));
    }
}
