// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging;

import io.github.livermm.imaging.volume.Grid;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads the fixtures that make_*.py made with other packages. */
public final class References {
    private References() {}

    public static Path file(String name) {
        URL url = References.class.getResource("/reference/" + name);
        if (url == null) {
            throw new IllegalStateException("fixture " + name + " is missing, run make_*.py");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException notAFile) {
            throw new IllegalStateException(notAFile);
        }
    }

    /** Rows of a table after its header. */
    public static List<String[]> rows(String name) throws IOException {
        return Files.readAllLines(file(name)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    public static float[] floats(String name) throws IOException {
        ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file(name)));
        float[] out = new float[b.remaining() / 4];
        b.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
        return out;
    }

    /** Largest difference of two arrays; infinite when their lengths or missing values differ. */
    public static double largestDifference(float[] a, float[] b) {
        double largest = a.length == b.length ? 0 : Double.POSITIVE_INFINITY;
        for (int n = 0; n < Math.min(a.length, b.length); n++) {
            double d = Math.abs((double) a[n] - b[n]);
            largest = Math.max(largest, Float.isNaN(a[n]) == Float.isNaN(b[n]) ? d : 1 / 0.0);
        }
        return largest;
    }

    public static double[] numbers(String words) {
        return Arrays.stream(words.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Columns size, spacing, origin, direction from a given one on. */
    public static Grid grid(String[] row, int from) {
        int[] size = Arrays.stream(numbers(row[from])).mapToInt(n -> (int) n).toArray();
        return Grid.of(
                size, numbers(row[from + 1]), numbers(row[from + 2]), numbers(row[from + 3]));
    }
}
