// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.VolumeFile;
import io.github.livermm.imaging.nifti.NiftiFormat;
import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.SampleType;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Written files are read back in every form, and damaged ones are read or refused. The number of
 * mutated files is the system property {@code liver.fuzz}, 2000 by default, spread over the
 * formats.
 */
class FormatProperties {
    private static final double[] OBLIQUE = {0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, -1};
    private static final List<String> NAMES =
            List.of(
                    "v.nii",
                    "v.nii.gz",
                    "v.hdr",
                    "v.nrrd",
                    "v.nhdr",
                    "v.mha",
                    "v.mhd",
                    "v2.nii",
                    "v2.hdr.gz");

    private Path folder = Path.of("");

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("formats");
    }

    @AfterProperty
    void removeFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static Volume volume(Random random, boolean unsigned) {
        int[] size = {1 + random.nextInt(6), 1 + random.nextInt(5), 1 + random.nextInt(4)};
        Grid grid =
                Grid.of(
                        size,
                        new double[] {0.75, 1.5, 2.5},
                        new double[] {random.nextInt(100) / 3.0, -30.25, 12.5},
                        OBLIQUE);
        return Volume.<RuntimeException>filled(
                grid,
                v -> {
                    for (int n = 0; n < v.length; n++) {
                        v[n] = random.nextInt(100) - (unsigned ? 0 : 50);
                    }
                });
    }

    private static void write(Volume volume, Path file, Random random) throws IOException {
        SampleType[] types = SampleType.values();
        SampleType type = types[random.nextInt(types.length)];
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        VoxelEncoding.Coding[] codings = VoxelEncoding.Coding.values();
        VoxelEncoding encoding =
                VoxelEncoding.defaults()
                        .withType(type)
                        .withOrder(order)
                        .withCoding(codings[random.nextInt(codings.length)]);
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".nrrd") || name.endsWith(".nhdr")) {
            NrrdImage.write(volume, file, encoding);
        } else if (name.endsWith(".mha") || name.endsWith(".mhd")) {
            MetaImage.write(volume, file, encoding);
        } else {
            NiftiImage.write(
                    volume,
                    file,
                    NiftiFormat.defaults()
                            .withVersion(name.startsWith("v2") ? 2 : 1)
                            .withType(type)
                            .withOrder(order));
        }
    }

    @Property(tries = 300)
    void writtenFilesAreReadBack(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Volume volume = volume(random, true);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        Path file = folder.resolve(name);

        write(volume, file, random);
        Volume back = VolumeFile.read(file);

        boolean singleFloats = name.equals("v.nii") || name.equals("v.nii.gz");
        double tolerance = singleFloats || name.equals("v.hdr") ? 1e-5 : 1e-12;
        assertThat(back.toArray()).isEqualTo(volume.toArray());
        assertThat(back.grid().affine()).containsExactly(volume.grid().affine(), within(tolerance));
    }

    @Property(tries = 20)
    void damagedFilesAreReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int each = Math.max(1, Integer.getInteger("liver.fuzz", 2000) / 20);
        for (int n = 0; n < each; n++) {
            Path file = folder.resolve(NAMES.get(random.nextInt(NAMES.size())));
            write(volume(random, true), file, random);
            mutate(file, random);
            try {
                assertThat(VolumeFile.read(file).grid().voxels()).isPositive();
            } catch (IOException refused) {
                assertThat(refused.getClass().getPackageName())
                        .as("seed %d, file %d: %s", seed, n, refused)
                        .startsWith("io.github.livermm.imaging");
            } catch (UncheckedIOException | IllegalArgumentException | OutOfMemoryError escaped) {
                throw new AssertionError("seed " + seed + ", file " + n, escaped);
            }
        }
    }

    private static void mutate(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int n = 0; n < 1 + random.nextInt(3); n++) {
            int at = random.nextInt(Math.max(1, bytes.length - 4));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) "0123456789-e. \n=:(".charAt(random.nextInt(18));
                case 2 -> ByteBuffer.wrap(bytes).putInt(at, random.nextInt());
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(4, at));
                default -> {
                    int length = Math.min(random.nextInt(16), bytes.length - at);
                    System.arraycopy(
                            bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
            }
        }
        Files.write(file, bytes);
    }
}
