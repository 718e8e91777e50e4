// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** The patient's right is at the left, the front at the top, outlines lie on the mask. */
class SlicePictureTest {
    private static final Normalisation.Window WINDOW = new Normalisation.Window(0, 100);

    /** Axes run to the right and to the front: both against the picture. */
    private static Volume image(float... values) {
        Grid grid =
                Grid.of(
                        new int[] {3, 3, 1},
                        new double[] {2, 2, 5},
                        new double[] {4, 4, 10},
                        new double[] {-1, 0, 0, 0, -1, 0, 0, 0, 1});
        return Volume.of(grid, values);
    }

    @Test
    void theFirstVoxelOfAFlippedImageIsAtTheBottomRight() {
        BufferedImage picture =
                SlicePicture.axial(image(100, 0, 0, 0, 0, 0, 0, 0, 20), WINDOW, null, 10, 2);

        assertThat(picture.getWidth()).isEqualTo(3);
        assertThat(picture.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x333333);
        assertThat(picture.getRGB(1, 1) & 0xFFFFFF).isZero();
    }

    @Test
    void outlinesAreColouredByLabel() {
        Volume image = image(0, 0, 0, 0, 0, 0, 0, 0, 0);
        LabelMap mask = LabelMap.of(image(1, 1, 1, 1, 1, 1, 1, 1, 2));

        BufferedImage picture = SlicePicture.axial(image, WINDOW, mask, 10, 2);

        assertThat(picture.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0x40C060);
        assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF9020);
        assertThat(picture.getRGB(1, 1) & 0xFFFFFF).isZero();
    }

    @Test
    void aSliceBeyondTheImageIsBlack() {
        BufferedImage picture =
                SlicePicture.axial(image(9, 9, 9, 9, 9, 9, 9, 9, 9), WINDOW, null, 99, 2);

        assertThat(picture.getRGB(1, 1) & 0xFFFFFF).isZero();
        assertThatThrownBy(() -> SlicePicture.axial(image(new float[9]), WINDOW, null, 0, 0))
                .hasMessageContaining("pixelMm");
    }
}
