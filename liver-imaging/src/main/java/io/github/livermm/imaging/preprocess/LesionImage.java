// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The phases of one patient cut out around the index lesion, on a grid of fixed size, with what was
 * measured before size was lost to scaling. Axes of the voxels, row-major: (C, D, H, W) with C the
 * {@link Channel}s, D towards the head, H towards the back, W towards the left. Values are
 * differences to the liver: CT in units of {@value Intensity#CT_UNIT_HU} HU, MR in units of a
 * quarter of the liver's signal unless another {@link MrScale} was chosen. Absent channels hold
 * zeros and are told by {@link #has}. Immutable.
 *
 * @since 0.1.0
 */
public final class LesionImage {
    /** Names of the measurements, in the order of {@link #measurements()}. */
    private static final List<String> NAMES = names();

    private static final int MOST_VALUES = 1000;

    private final int depth;
    private final int height;
    private final int width;
    private final float[] voxels;
    private final boolean[] present;
    private final float[] lesion;
    private final Region region;
    private final double[] measurements;
    private final double[] landmarks;

    LesionImage(
            int[] size,
            float[] voxels,
            boolean[] present,
            float[] lesion,
            Region region,
            double[] measurements,
            double[] landmarks) {
        this.width = size[0];
        this.height = size[1];
        this.depth = size[2];
        this.voxels = voxels;
        this.present = present;
        this.lesion = lesion;
        this.region = region;
        this.measurements = measurements;
        this.landmarks = landmarks;
    }

    /** What the image was cut out around. */
    public enum Region {
        /** A lesion of the mask. */
        LESION,
        /** The liver: the mask names no lesion. */
        LIVER,
        /** Everything: there is no mask. */
        BODY
    }

    private static List<String> names() {
        List<String> names =
                new ArrayList<>(
                        List.of("log_diameter_mm", "log_volume_ml", "log_count", "compactness"));
        for (Channel channel : Channel.values()) {
            String prefix = channel.name().toLowerCase(Locale.ROOT) + "_";
            names.add(prefix + "contrast");
            names.add(prefix + "rim_minus_core");
            names.add(prefix + "spread");
            names.add(prefix + "margin");
        }
        return List.copyOf(names);
    }

    /**
     * Names of the measurements.
     *
     * @return lower_snake_case names in the order of {@link #measurements()}
     */
    public static List<String> measurementNames() {
        return NAMES;
    }

    /**
     * The measurements that belong to a channel.
     *
     * @param channel the channel
     * @return index of the first of its measurements; {@link #perChannel()} follow each other
     */
    public static int firstMeasurement(Channel channel) {
        return NAMES.size() - perChannel() * (Channel.values().length - channel.plane());
    }

    /**
     * Measurements per channel.
     *
     * @return how many follow each other
     */
    public static int perChannel() {
        return 4;
    }

    /**
     * Voxels towards the head.
     *
     * @return D
     */
    public int depth() {
        return depth;
    }

    /**
     * Voxels towards the back.
     *
     * @return H
     */
    public int height() {
        return height;
    }

    /**
     * Voxels towards the left.
     *
     * @return W
     */
    public int width() {
        return width;
    }

    /**
     * Whether a channel was imaged.
     *
     * @param channel the channel
     * @return false when its voxels mean nothing
     */
    public boolean has(Channel channel) {
        return present[channel.plane()];
    }

    /**
     * All channels.
     *
     * @return a copy, (C, D, H, W)
     */
    public float[] voxels() {
        return voxels.clone();
    }

    /**
     * The share of each voxel that the index lesion takes.
     *
     * @return a copy, (D, H, W), 0 to 1; all zero unless the region is {@link Region#LESION}
     */
    public float[] lesion() {
        return lesion.clone();
    }

    /**
     * What the image was cut out around.
     *
     * @return the region
     */
    public Region region() {
        return region;
    }

    /**
     * Size, number and enhancement of the lesion: logarithm of the largest diameter in mm and of
     * the volume in ml, logarithm of the number of lesions, compactness (volume over that of the
     * ball of the largest diameter); and per channel, in the units of the voxels, mean of the
     * lesion minus liver, rim minus core, standard deviation within, and the tissue up to 4 mm
     * outside minus liver.
     *
     * @return one value per name of {@link #measurementNames()}; NaN where it was not measured
     */
    public double[] measurements() {
        return measurements.clone();
    }

    /**
     * The landmarks of a channel for the scale of Nyul, on the scale of the voxels.
     *
     * @param channel the channel
     * @return eleven values; empty when the image was prepared for another scale, is CT, or lacks
     *     the channel
     */
    public double[] landmarks(Channel channel) {
        int count = landmarks.length / Channel.values().length;
        double[] own =
                Arrays.copyOfRange(
                        landmarks, channel.plane() * count, (channel.plane() + 1) * count);
        return count > 0 && Double.isFinite(own[0]) ? own : new double[0];
    }

    /**
     * Writes the image as bytes, for a cache on the same machine. Channels that are absent, whose
     * voxels are zeros, take no room.
     *
     * @param out takes the bytes
     * @throws IOException when it cannot
     */
    public void writeTo(DataOutput out) throws IOException {
        for (int n : new int[] {width, height, depth, Channel.values().length}) {
            out.writeInt(n);
        }
        out.writeUTF(region.name());
        for (boolean p : present) {
            out.writeBoolean(p);
        }
        int block = lesion.length;
        for (int c = 0; c < present.length; c++) {
            if (present[c]) {
                write(out, voxels, c * block, block);
            }
        }
        write(out, lesion, 0, block);
        for (double[] values : new double[][] {measurements, landmarks}) {
            out.writeInt(values.length);
            for (double v : values) {
                out.writeDouble(v);
            }
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param in gives the bytes
     * @return the image
     * @throws IOException when the bytes are those of another version
     */
    public static LesionImage readFrom(DataInput in) throws IOException {
        int[] size = {in.readInt(), in.readInt(), in.readInt()};
        int channels = in.readInt();
        for (int n : size) {
            if (n < 1 || n > LesionCrop.MOST_VOXELS) {
                throw new IOException("a prepared image has " + n + " voxels along an axis");
            }
        }
        if (channels != Channel.values().length) {
            throw new IOException("a prepared image has " + channels + " channels");
        }
        Region region = region(in.readUTF());
        boolean[] present = new boolean[channels];
        for (int c = 0; c < channels; c++) {
            present[c] = in.readBoolean();
        }
        int block = size[0] * size[1] * size[2];
        float[] voxels = new float[channels * block];
        for (int c = 0; c < channels; c++) {
            if (present[c]) {
                read(in, voxels, c * block, block);
            }
        }
        float[] lesion = new float[block];
        read(in, lesion, 0, block);
        double[] measurements = doubles(in);
        if (measurements.length != NAMES.size()) {
            throw new IOException("a prepared image has other measurements");
        }
        double[] landmarks = doubles(in);
        return new LesionImage(size, voxels, present, lesion, region, measurements, landmarks);
    }

    private static double[] doubles(DataInput in) throws IOException {
        int n = in.readInt();
        if (n < 0 || n > MOST_VALUES) {
            throw new IOException("a prepared image has " + n + " measurements");
        }
        double[] out = new double[n];
        for (int m = 0; m < n; m++) {
            out[m] = in.readDouble();
        }
        return out;
    }

    private static Region region(String name) throws IOException {
        for (Region region : Region.values()) {
            if (region.name().equals(name)) {
                return region;
            }
        }
        throw new IOException("a prepared image shows an unknown region");
    }

    private static void write(DataOutput out, float[] values, int from, int n) throws IOException {
        byte[] bytes = new byte[Float.BYTES * n];
        ByteBuffer.wrap(bytes).asFloatBuffer().put(values, from, n);
        out.write(bytes);
    }

    private static void read(DataInput in, float[] values, int from, int n) throws IOException {
        byte[] bytes = new byte[Float.BYTES * n];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values, from, n);
    }
}
