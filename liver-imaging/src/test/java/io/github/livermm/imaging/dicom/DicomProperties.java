// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.imaging.volume.Grid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever the bytes, the reader gives a result or its own exception, and soon. Each build tries
 * 2000 mutated files; {@code -Dliver.fuzz=50} tries 50 times as many.
 */
class DicomProperties {
    private static final List<byte[]> SEEDS = new ArrayList<>();
    private static final Grid IMAGE =
            Grid.of(
                    new int[] {16, 16, 8},
                    new double[] {20, 20, 20},
                    new double[] {-125, -128, 90},
                    new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    private static Path folder = Path.of("");

    @BeforeContainer
    static void read() throws IOException {
        folder = Files.createTempDirectory("dicom");
        SEEDS.add(DicomWriter.slice(1, 2).bytes());
        SEEDS.add(
                DicomWriter.slice(1, 2)
                        .without(Tag.PIXEL_DATA)
                        .sequence(
                                0x00880200, new DicomWriter().fragments(new byte[20], new byte[30]))
                        .raw(Tag.FLOAT_PIXELS, "OF", new byte[48], 48)
                        .bytes());
        Path samples = Samples.folder("dicom-transfer-syntaxes");
        for (String name :
                new String[] {
                    "MR_small.dcm",
                    "MR_small_RLE.dcm",
                    "ct_deflated_1.2.1.99.dcm",
                    "MR_small_bigendian.dcm",
                    "MR_small_implicit.dcm",
                    "MR_small_jpeg_ls_lossless.dcm",
                    "emri_small_RLE.dcm",
                    "MR_small_jp2klossless.dcm",
                    "JPEG2000.dcm"
                }) {
            SEEDS.add(Files.readAllBytes(samples.resolve(name)));
        }
        Path objects = Samples.folder("dicom-objects");
        for (String name :
                new String[] {
                    "highdicom-seg/seg_image_ct_binary_overlap.dcm",
                    "highdicom-seg/seg_image_ct_true_fractional.dcm",
                    "misc/rtstruct.dcm"
                }) {
            SEEDS.add(Files.readAllBytes(objects.resolve(name)));
        }
        Path malformed = Samples.folder("dicom-malformed");
        for (String name : new String[] {"UN_sequence.dcm", "nested_priv_SQ.dcm", "badVR.dcm"}) {
            SEEDS.add(Files.readAllBytes(malformed.resolve(name)));
        }
    }

    @AfterContainer
    static void clean() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(DicomProperties::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Property(tries = 2000)
    void mutatedFilesAreReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        for (int n = Integer.getInteger("liver.fuzz", 1); n > 0; n--) {
            Path file = Files.write(folder.resolve("m.dcm"), mutated(random));
            DicomReaderContract.readOrRefuse(file, DicomReader.builtIn());
            for (DicomSeries series : DicomFolder.scan(folder).series()) {
                try {
                    assertThat(series.readVolume().grid().voxels()).isPositive();
                } catch (DicomException refused) {
                    assertThat(refused).hasMessageContaining(" ");
                }
            }
            placeOrRefuse(file);
        }
    }

    private static void placeOrRefuse(Path file) throws IOException {
        try {
            MaskObject mask = MaskObject.read(file);
            for (MaskObject.Region region : mask.regions()) {
                mask.on(region.number(), IMAGE, Mismatch.RESAMPLE);
            }
        } catch (DicomException refused) {
            assertThat(refused).hasMessageContaining("m.dcm");
        }
    }

    /** Truncation, bit flips, hostile lengths, repeated pieces. */
    private static byte[] mutated(Random random) {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        int changes = 1 + random.nextInt(4);
        for (int n = 0; n < changes && bytes.length > 16; n++) {
            // headers are the interesting part
            int at =
                    random.nextInt(
                            Math.min(bytes.length - 8, random.nextBoolean() ? 600 : 1 << 30));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> {
                    for (int b = 0; b < 4; b++) {
                        bytes[at + b] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
                    }
                }
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                default -> {
                    int length = Math.min(64, bytes.length - at);
                    int to = random.nextInt(bytes.length - length + 1);
                    System.arraycopy(bytes, at, bytes, to, length);
                }
            }
        }
        return bytes;
    }
}
