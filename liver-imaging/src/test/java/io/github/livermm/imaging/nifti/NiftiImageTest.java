// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample types, scale, and refusals. */
class NiftiImageTest {
    @TempDir Path folder;

    private static Grid grid() {
        return Grid.centred(new int[] {2, 1, 1}, new double[] {1, 1, 1}, new double[3]);
    }

    private Path rewritten(java.util.function.Consumer<ByteBuffer> change, int length)
            throws IOException {
        Path file = folder.resolve("v.nii");
        NiftiImage.write(Volume.of(grid(), new float[] {1, 2}), file);
        byte[] bytes = java.util.Arrays.copyOf(Files.readAllBytes(file), length);
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return Files.write(file, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 255",
        "256, 1, -1",
        "4, 2, -1",
        "512, 2, 65535",
        "8, 4, -1",
        "768, 4, 4294967295",
        "1024, 8, -1",
        "1280, 8, 18446744073709551615"
    })
    void integerTypesKeepTheirSign(int code, int bytes, double allOnes) throws IOException {
        Path file =
                rewritten(
                        b -> {
                            b.putShort(70, (short) code);
                            for (int n = 0; n < 2 * bytes; n++) {
                                b.put(352 + n, (byte) 0xFF);
                            }
                        },
                        352 + 2 * bytes);

        assertThat(NiftiImage.readVolume(file).at(1)).isEqualTo((float) allOnes);
    }

    @Test
    void slopeAndInterceptAreApplied() throws IOException {
        Path file = rewritten(b -> b.putFloat(112, 3).putFloat(116, -1), 360);

        assertThat(NiftiImage.readVolume(file).toArray()).containsExactly(2, 5);
    }

    @Test
    void withoutFormsTheVoxelSizesCount() throws IOException {
        Path file = rewritten(b -> b.putShort(254, (short) 0).putFloat(80, 4), 360);

        assertThat(NiftiImage.read(file).grid().spacingMm(0)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"70, 128", "40, 9", "42, 0", "42, -5"})
    void impossibleHeadersAreRefused(int at, short value) throws IOException {
        Path file = rewritten(b -> b.putShort(at, value), 360);

        assertThatThrownBy(() -> NiftiImage.read(file))
                .isInstanceOf(NiftiException.class)
                .hasMessageContaining("v.nii");
    }

    @Test
    void aTinyFileCannotAskForAHugeVolume() throws IOException {
        Path file =
                rewritten(
                        b ->
                                b.putShort(42, (short) 30000)
                                        .putShort(44, (short) 30000)
                                        .putShort(46, (short) 2),
                        360);

        assertThatThrownBy(() -> NiftiImage.readVolume(file))
                .isInstanceOf(NiftiException.class)
                .hasMessageContaining("the file holds at most");
    }

    @Test
    void severalVolumesAreNotOne() throws IOException {
        Path file = rewritten(b -> b.putShort(40, (short) 4).putShort(48, (short) 2), 352 + 16);

        assertThat(NiftiImage.read(file).frames()).isEqualTo(2);
        assertThatThrownBy(() -> NiftiImage.readVolume(file)).hasMessageContaining("2 volumes");
        assertThatThrownBy(() -> NiftiImage.read(file).volume(2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeaderWithoutItsImageIsRefused() throws IOException {
        Path file = rewritten(b -> b.put(345, (byte) 'i'), 360);
        Path header = Files.move(file, folder.resolve("v.hdr"));

        assertThatThrownBy(() -> NiftiImage.readVolume(header)).hasMessageContaining(".img");
    }

    /** Codes of xyzt_units: 1 metre, 2 millimetre, 3 micron; the higher bits are those of time. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1000", "2, 1", "3, 0.001", "9, 1000", "11, 0.001", "8, 1"})
    void lengthsAreTurnedIntoMillimetres(int units, double mm) throws IOException {
        Grid grid =
                Grid.of(
                        new int[] {2, 1, 1},
                        new double[] {2, 3, 4},
                        new double[] {10, 20, 30},
                        new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
        double[] expected = grid.affine();
        for (int n = 0; n < expected.length; n++) {
            expected[n] *= mm;
        }
        for (int version = 1; version <= 2; version++) {
            Path file = folder.resolve("u.nii");
            NiftiImage.write(
                    Volume.of(grid, new float[2]),
                    file,
                    NiftiFormat.defaults().withVersion(version));
            byte[] bytes = Files.readAllBytes(file);
            bytes[version == 1 ? 123 : 500] = (byte) units;
            Files.write(file, bytes);

            assertThat(NiftiImage.read(file).grid().affine())
                    .containsExactly(expected, within(1e-9));

            // qform of the identity, in RAS
            ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (version == 1) {
                b.putShort(254, (short) 0).putShort(252, (short) 1);
            } else {
                b.putInt(348, 0).putInt(344, 1);
            }
            Files.write(file, bytes);
            assertThat(NiftiImage.read(file).grid().spacingMm(2)).isCloseTo(4 * mm, within(1e-9));
        }
    }

    /**
     * b = 1 is half a turn about the first axis; the rounding of 32-bit floats may exceed it.
     * nibabel 5.4.2 reads these three, and refuses those of the next test.
     */
    @ParameterizedTest
    @CsvSource({"1", "1.0000001", "0.9999999"})
    void aQuaternionIsNormalisedWithinRounding(float b) throws IOException {
        Path file = rewritten(h -> quaternion(h, b), 360);

        double[] affine = NiftiImage.read(file).grid().affine();

        assertThat(NiftiImage.read(file).grid().spacingMm(1)).isCloseTo(1, within(1e-12));
        assertThat(affine[0]).isCloseTo(-1, within(1e-6));
        assertThat(affine[5]).isCloseTo(1, within(1e-6));
        assertThat(affine[10]).isCloseTo(-1, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"1.2", "1.001", "-1.2", "NaN"})
    void aQuaternionThatIsNoneIsRefused(float b) throws IOException {
        Path file = rewritten(h -> quaternion(h, b), 360);

        assertThatThrownBy(() -> NiftiImage.read(file))
                .isInstanceOf(NiftiException.class)
                .hasMessageContaining("quaternion");
    }

    private static void quaternion(ByteBuffer header, float b) {
        header.putShort(254, (short) 0).putShort(252, (short) 1).putFloat(256, b);
    }

    @Test
    void framesOnOtherVoxelsAreNotWritten() {
        Volume one = Volume.of(grid(), new float[2]);
        Volume moved =
                one.on(
                        Grid.centred(
                                new int[] {2, 1, 1},
                                new double[] {1, 1, 1},
                                new double[] {5, 0, 0}));

        assertThatThrownBy(
                        () ->
                                NiftiImage.write(
                                        List.of(one, moved),
                                        folder.resolve("f.nii"),
                                        NiftiFormat.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frame 1");
        assertThatThrownBy(
                        () ->
                                NiftiImage.write(
                                        List.of(), folder.resolve("f.nii"), NiftiFormat.defaults()))
                .hasMessageContaining("at least one");
        assertThat(folder.resolve("f.nii")).doesNotExist();
    }
}
