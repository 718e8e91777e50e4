// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of text at the start of a file that may go on with bytes; bounded. */
final class HeaderLines implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private final String name;
    private final InputStream in;
    private long read;

    HeaderLines(Path path) throws IOException {
        name = VoxelStream.name(path);
        in = new BufferedInputStream(Files.newInputStream(path));
    }

    /** The next line without its end; the file's end ends a line too. */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            throw new ImageFormatException(name + ": the file ends within its header");
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
            if (++read > LONGEST) {
                throw new ImageFormatException(
                        name + ": no end of the header within " + LONGEST + " bytes");
            }
        }
        read++;
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Bytes read so far. */
    long position() {
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Numbers with white space between them. */
    static double[] numbers(String file, String field, String value) throws ImageFormatException {
        String[] words = value.strip().split("\\s+");
        double[] out = new double[words.length];
        for (int n = 0; n < words.length; n++) {
            try {
                out[n] = Double.parseDouble(words[n]);
            } catch (NumberFormatException none) {
                throw new ImageFormatException(
                        file + ": field " + field + " holds something that is no number", none);
            }
        }
        return out;
    }

    static int[] sizes(String file, String field, String value) throws ImageFormatException {
        double[] numbers = numbers(file, field, value);
        int[] out = new int[numbers.length];
        for (int n = 0; n < out.length; n++) {
            if (!(numbers[n] >= 1 && numbers[n] <= Integer.MAX_VALUE)
                    || numbers[n] != Math.rint(numbers[n])) {
                throw new ImageFormatException(
                        file + ": " + field + " is " + numbers[n] + ", allowed is 1 and up");
            }
            out[n] = (int) numbers[n];
        }
        return out;
    }
}
