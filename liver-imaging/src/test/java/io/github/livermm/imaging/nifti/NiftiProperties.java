// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is written is read back, and damaged files are read or refused. */
class NiftiProperties {
    private static final double[] OBLIQUE = {0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1};

    private static Volume volume(Random random, int w, int h, int d) {
        Grid grid =
                Grid.of(
                        new int[] {w, h, d},
                        new double[] {0.75, 1.5, 2.5},
                        new double[] {random.nextInt(100), -30.25, 12.5},
                        OBLIQUE);
        return Volume.<RuntimeException>filled(
                grid,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        v[n] = (float) (1000 * random.nextGaussian());
                    }
                });
    }

    @Property(tries = 60)
    void writtenVolumesAreReadBack(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int w,
            @ForAll @IntRange(min = 1, max = 9) int h,
            @ForAll @IntRange(min = 1, max = 5) int d)
            throws IOException {
        Volume volume = volume(new Random(seed), w, h, d);
        Path file = Files.createTempFile("volume", seed % 2 == 0 ? ".nii" : ".nii.gz");
        try {
            NiftiImage.write(volume, file);

            Volume back = NiftiImage.readVolume(file);

            assertThat(back.toArray()).isEqualTo(volume.toArray());
            assertThat(back.grid().affine()).containsExactly(volume.grid().affine(), within(1e-5));
        } finally {
            Files.delete(file);
        }
    }

    /** Several volumes along the fourth axis, in every form of the file. */
    @Property(tries = 100)
    void writtenFramesAreReadBack(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int frames,
            @ForAll @IntRange(min = 1, max = 2) int version,
            @ForAll boolean bigEndian)
            throws IOException {
        Random random = new Random(seed);
        Volume first = volume(random, 4, 3, 2);
        List<Volume> written = new ArrayList<>(List.of(first));
        while (written.size() < frames) {
            written.add(volume(random, 4, 3, 2).on(first.grid()));
        }
        Path folder = Files.createTempDirectory("frames");
        try {
            String[] names = {"f.nii", "f.nii.gz", "f.hdr", "f.hdr.gz"};
            Path file = folder.resolve(names[random.nextInt(names.length)]);
            NiftiImage.write(
                    written,
                    file,
                    NiftiFormat.defaults()
                            .withVersion(version)
                            .withOrder(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));

            NiftiImage image = NiftiImage.read(file);

            assertThat(image.frames()).isEqualTo(frames);
            assertThat(image.grid().affine())
                    .containsExactly(first.grid().affine(), within(version == 1 ? 1e-5 : 1e-12));
            for (int n = 0; n < frames; n++) {
                assertThat(image.volume(n).toArray()).isEqualTo(written.get(n).toArray());
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    @Property(tries = 500)
    void mutatedFilesAreReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path file = Files.createTempFile("mutated", random.nextBoolean() ? ".nii" : ".nii.gz");
        try {
            NiftiImage.write(volume(random, 4, 3, 2), file);
            byte[] bytes = Files.readAllBytes(file);
            int changes = 1 + random.nextInt(3);
            for (int n = 0; n < changes; n++) {
                int at = random.nextInt(bytes.length - 4);
                switch (random.nextInt(3)) {
                    case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                    case 1 ->
                            ByteBuffer.wrap(bytes)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .putInt(at, random.nextInt());
                    default -> bytes = java.util.Arrays.copyOf(bytes, Math.max(8, at));
                }
            }
            Files.write(file, bytes);
            try {
                NiftiImage image = NiftiImage.read(file);
                assertThat(image.volume(image.frames() - 1).grid().voxels()).isPositive();
            } catch (NiftiException refused) {
                assertThat(refused).hasMessageContaining(NiftiImage.name(file));
            }
        } finally {
            Files.delete(file);
        }
    }
}
