// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Options of the codings that no sample file uses, coded and decoded by OpenJPEG 2.5.0 and
 * libjpeg-turbo 2.1.5 (see {@code reference/codecs/make.py}).
 */
class CodecReferenceTest {
    @TempDir Path folder;

    static Stream<String> lines() throws IOException {
        return new String(resource("expected.csv"), StandardCharsets.UTF_8).lines().skip(1);
    }

    private static List<String[]> rows() throws IOException {
        return lines().map(line -> line.split(",", -1)).toList();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                CodecReferenceTest.class.getResourceAsStream("/reference/codecs/" + name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    private DicomFile file(String[] row, byte[] coded) throws IOException {
        boolean jpeg = row[0].endsWith(".jpg");
        int bits = Integer.parseInt(row[3]);
        return DicomFile.read(
                new DicomWriter()
                        .syntax(jpeg ? "1.2.840.10008.1.2.4.51" : "1.2.840.10008.1.2.4.91")
                        .image(
                                Integer.parseInt(row[2]),
                                Integer.parseInt(row[1]),
                                bits > 8 ? 16 : 8,
                                bits,
                                row[4].equals("1"))
                        .fragments(Arrays.copyOf(coded, coded.length + coded.length % 2))
                        .write(folder.resolve("f.dcm")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyOptionDecodesAsByItsReference(String line) throws Exception {
        String[] row = line.split(",", -1);
        int[] samples = file(row, resource(row[0])).storedValues(0);

        if (row[5].equals("0")) {
            assertThat(DicomReferenceTest.sha256(List.of(samples))).isEqualTo(row[6]);
            return;
        }
        byte[] expected = resource(row[0].replace(".jpg", ".raw"));
        for (int n = 0; n < samples.length; n++) {
            assertThat(Math.abs(samples[n] - (expected[n] & 0xFF))).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void streamsThatAreCutOffAreRefused() throws IOException {
        for (String[] row : rows()) {
            byte[] whole = resource(row[0]);
            for (int part = 1; part < 4; part++) {
                DicomFile cut = file(row, Arrays.copyOf(whole, whole.length * part / 4));
                assertThatThrownBy(() -> cut.storedValues(0))
                        .as(row[0])
                        .isInstanceOf(DicomException.class);
            }
        }
    }

    /** Slow runs: {@code -Dliver.fuzz=100000}. */
    @Test
    void damagedStreamsGiveSamplesOrTheReadersOwnException() throws IOException {
        int tries = Integer.getInteger("liver.fuzz", 500);
        Random random = new Random(1);
        List<String[]> rows = rows();
        int refused = 0;
        for (int n = 0; n < tries; n++) {
            String[] row = rows.get(n % rows.size());
            byte[] bytes = resource(row[0]).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at =
                        random.nextInt(
                                random.nextBoolean() ? Math.min(120, bytes.length) : bytes.length);
                bytes[at] = (byte) random.nextInt();
            }
            PixelFormat format = new PixelFormat(45, 61, 1, 16, 16, 15, false, false);
            try {
                int[] samples =
                        row[0].endsWith(".jpg")
                                ? JpegDct.decode("f", bytes, format)
                                : Jpeg2000.decode("f", bytes, format);
                assertThat(samples).hasSize(45 * 61);
            } catch (DicomException told) {
                refused++;
                assertThat(told).hasMessageContaining("f: ");
            }
        }
        assertThat(refused).isBetween(tries / 10, tries);
    }
}
