// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
