// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames written by a plain encoder come back, and damaged ones are refused. */
class JpegLosslessTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 6;

    private static PixelFormat format() {
        return new PixelFormat(HEIGHT, WIDTH, 1, 16, 16, 15, false, false);
    }

    /** Bits with a zero byte after each byte of ones. */
    private static final class Bits {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int current;
        private int count;

        void put(int value, int length) {
            for (int n = length - 1; n >= 0; n--) {
                current = (current << 1) | ((value >> n) & 1);
                if (++count == 8) {
                    out.write(current);
                    if (current == 0xFF) {
                        out.write(0);
                    }
                    current = 0;
                    count = 0;
                }
            }
        }

        void flush() {
            while (count > 0) {
                put(1, 1);
            }
        }
    }

    private static byte[] encode(int[] samples, int selection, int restartRows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bytes(out, 0xFF, 0xD8, 0xFF, 0xFE, 0, 3, 9);
        bytes(out, 0xFF, 0xC3, 0, 11, 16, 0, HEIGHT, 0, WIDTH, 1, 1, 0x11, 0);
        // 17 codes of five bits, the code being the category
        bytes(out, 0xFF, 0xC4, 0, 19 + 17, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int n = 0; n < 17; n++) {
            bytes(out, n);
        }
        if (restartRows > 0) {
            bytes(out, 0xFF, 0xDD, 0, 4, 0, restartRows * WIDTH);
        }
        bytes(out, 0xFF, 0xDA, 0, 8, 1, 1, 0, selection, 0, 0);
        Bits bits = new Bits();
        int firstRow = 0;
        for (int n = 0; n < samples.length; n++) {
            int y = n / WIDTH;
            boolean restart = restartRows > 0 && n > 0 && n % (restartRows * WIDTH) == 0;
            if (restart) {
                bits.flush();
                bytes(bits.out, 0xFF, 0xD0 + (y / restartRows - 1) % 8);
                firstRow = y;
            }
            int predicted;
            if (n == 0 || restart) {
                predicted = 1 << 15;
            } else if (y == firstRow) {
                predicted = samples[n - 1];
            } else if (n % WIDTH == 0) {
                predicted = samples[n - WIDTH];
            } else {
                int a = samples[n - 1];
                int b = samples[n - WIDTH];
                int c = samples[n - WIDTH - 1];
                int[] all = {
                    0, a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1
                };
                predicted = all[selection];
            }
            int difference = (short) (samples[n] - predicted);
            if (difference == -32768) {
                bits.put(16, 5);
                continue;
            }
            int category = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
            bits.put(category, 5);
            bits.put(difference > 0 ? difference : difference + (1 << category) - 1, category);
        }
        bits.flush();
        out.writeBytes(bits.out.toByteArray());
        bytes(out, 0xFF, 0xD9);
        return out.toByteArray();
    }

    private static void bytes(ByteArrayOutputStream out, int... values) {
        for (int v : values) {
            out.write(v);
        }
    }

    private static int[] samples() {
        Random random = new Random(5);
        int[] samples = random.ints(WIDTH * HEIGHT, 0, 65536).toArray();
        samples[0] = 0;
        return samples;
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 0", "4, 0", "5, 0", "6, 0", "7, 0", "1, 1", "4, 2"})
    void everySelectionValueIsUndone(int selection, int restartRows) throws DicomException {
        byte[] coded = encode(samples(), selection, restartRows);

        assertThat(JpegLossless.decode("f", coded, format())).isEqualTo(samples());
    }

    @Test
    void cutAndChangedFramesAreDecodedOrRefused() {
        byte[] coded = encode(samples(), 4, 2);
        Random random = new Random(1);
        for (int n = 0; n < 2000; n++) {
            byte[] broken = Arrays.copyOf(coded, 2 + random.nextInt(coded.length - 2));
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(JpegLossless.decode("f", broken, format())).hasSize(WIDTH * HEIGHT);
            } catch (DicomException refused) {
                assertThat(refused).hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void aFrameOfAnotherSizeIsRefused() {
        PixelFormat other = new PixelFormat(5, 5, 1, 16, 16, 15, false, false);

        assertThatThrownBy(() -> JpegLossless.decode("f", encode(samples(), 1, 0), other))
                .hasMessageContaining("the header says 5 x 5");
    }
}
