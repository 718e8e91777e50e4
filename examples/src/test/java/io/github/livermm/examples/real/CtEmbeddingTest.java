// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Findings;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.fusion.FusionNetwork;
import io.github.livermm.core.fusion.NetworkOptions;
import io.github.livermm.imaging.encoder.ImageEncoder;
import io.github.livermm.imaging.preprocess.LesionImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A real patient's CT becomes an embedding: from the folder of DICOM files to the network. */
class CtEmbeddingTest {
    @Test
    void theShippedPieceBecomesAnEmbedding() {
        encode(Path.of("data/hcc048-piece/dicom"));
    }

    @Test
    void theWholeScanBecomesAnEmbeddingInPlace() {
        String data = System.getProperty("liver.data", "");
        Assumptions.assumeFalse(data.isBlank(), "liver.data is blank: the whole scan is not here");
        encode(Path.of(data, "hcc-tace-seg", "HCC_048_portal_venous_ct"));
    }

    private static void encode(Path folder) {
        Patient patient =
                new Patient(
                        "HCC_048",
                        "TCIA",
                        new ClinicalRecord(Map.of(), Map.of()),
                        new PatientFiles(folder, null, null),
                        new PatientLabels(null, Map.of(), false),
                        Map.of());
        ImageEncoder encoder = ImageEncoder.withDefaults();
        Findings findings = new Findings();

        LesionImage image = encoder.reader().read(patient, findings).orElseThrow();
        FittedEncoder<LesionImage> fitted = encoder.fit(List.of(image), 1);
        FusionNetwork network =
                FusionNetwork.build(
                        Fusion.Gated.defaults(),
                        List.of(fitted),
                        List.of(BinaryHead.malignant()),
                        NetworkOptions.defaults(),
                        1);
        float[] @Nullable [][] row = {fitted.encode(image)};
        double[] embedding = network.embeddings(List.<float[] @Nullable [][]>of(row))[0];

        assertThat(findings.sorted()).isEmpty();
        assertThat(embedding).hasSize(32);
        assertThat(embedding).doesNotContain(Double.NaN);
        assertThat(java.util.Arrays.stream(embedding).map(Math::abs).sum()).isPositive();
    }
}
