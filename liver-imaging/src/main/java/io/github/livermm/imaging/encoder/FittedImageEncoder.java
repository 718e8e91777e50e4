// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.imaging.preprocess.Channel;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.preprocess.PhasePreparation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * The fitted image modality. Axes: C planes (the {@link Channel}s, then the lesion), D, H, W depth,
 * height, width, M measurements and, behind them, the presence of each plane. Inputs: the planes
 * (C, D, H, W), the measurements (M) and whether each was measured (M). A plane that is absent is
 * zero and its presence among the measurements says so; measurements are multiplied by whether they
 * were made. So nothing under an absent phase has any influence.
 */
final class FittedImageEncoder implements FittedEncoder<LesionImage> {
    static final String ID = "imaging.phase-cnn";
    static final int PLANES = Channel.values().length + 1;
    static final int MEASURED = LesionImage.measurementNames().size();
    static final int VALUES = MEASURED + PLANES;

    /** Standardised measurements beyond this are outliers or errors. */
    private static final double LIMIT = 5;

    private static final double PHASE_DROPOUT = 0.15;
    private static final double JITTER = 0.1;

    private final LesionCrop crop;
    private final double[] mean;
    private final double[] scale;
    private final PhasePreparation preparation;
    private final ChannelScales channels;

    FittedImageEncoder(
            LesionCrop crop,
            PhasePreparation preparation,
            double[] mean,
            double[] scale,
            ChannelScales channels) {
        this.crop = crop;
        this.preparation = preparation;
        this.channels = channels;
        this.mean = mean.clone();
        this.scale = scale.clone();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String modality() {
        return ImageEncoder.MODALITY;
    }

    @Override
    public ModalityReader<LesionImage> reader() {
        return new ImageReader(crop, preparation, null);
    }

    @Override
    public List<NetworkInput> inputs() {
        return List.of(
                new NetworkInput(
                        PhaseNetwork.VOLUME,
                        List.of(
                                (long) PLANES,
                                (long) crop.depth(),
                                (long) crop.height(),
                                (long) crop.width())),
                new NetworkInput(PhaseNetwork.MEASURES, List.of((long) VALUES)),
                new NetworkInput(PhaseNetwork.MEASURED, List.of((long) VALUES)));
    }

    @Override
    public float[][] encode(LesionImage image) {
        if (image.depth() != crop.depth()
                || image.height() != crop.height()
                || image.width() != crop.width()) {
            throw new IllegalArgumentException(
                    String.format(
                            "image is %d x %d x %d, this encoder was fitted on %s",
                            image.depth(), image.height(), image.width(), crop));
        }
        float[] present = new float[PLANES];
        for (Channel channel : Channel.values()) {
            present[channel.plane()] = image.has(channel) ? 1 : 0;
        }
        boolean lesion = image.region() == LesionImage.Region.LESION;
        present[PLANES - 1] = lesion ? 1 : 0;
        float[] planes = planes(image, present);
        channels.apply(image, planes, block());
        float[] measures = new float[VALUES];
        float[] measured = new float[VALUES];
        double[] raw = image.measurements();
        for (int m = 0; m < MEASURED; m++) {
            measures[m] = (float) standardised(raw[m], m);
            measured[m] = Double.isFinite(raw[m]) ? 1 : 0;
        }
        for (int p = 0; p < PLANES; p++) {
            measures[MEASURED + p] = present[p];
            measured[MEASURED + p] = 1;
        }
        return new float[][] {planes, measures, measured};
    }

    /** The planes that are there; an absent one is zero whatever the image holds in its place. */
    private float[] planes(LesionImage image, float[] present) {
        int block = block();
        float[] planes = new float[PLANES * block];
        float[] phases = image.voxels();
        for (int c = 0; c < PLANES - 1; c++) {
            if (present[c] > 0) {
                System.arraycopy(phases, c * block, planes, c * block, block);
            }
        }
        if (present[PLANES - 1] > 0) {
            System.arraycopy(image.lesion(), 0, planes, phases.length, block);
        }
        return planes;
    }

    /** The physical measurements: size, enhancement of each phase, rim and margin. */
    @Override
    public List<String> featureNames() {
        return LesionImage.measurementNames();
    }

    @Override
    public boolean needsNetwork() {
        return true;
    }

    @Override
    public double[] features(LesionImage image) {
        double[] raw = image.measurements();
        double[] out = new double[MEASURED];
        for (int m = 0; m < MEASURED; m++) {
            out[m] = standardised(raw[m], m);
        }
        return out;
    }

    /** A measurement in training spreads; 0, the training mean, where it was not made. */
    private double standardised(double value, int m) {
        return Double.isFinite(value)
                ? Math.max(-LIMIT, Math.min(LIMIT, (value - mean[m]) / scale[m]))
                : 0;
    }

    /**
     * Leaves phases out, never the last one; mirrors left-right and front-back; shifts and scales
     * the intensities of each phase a little.
     */
    @Override
    public float[][] augment(float[][] encoded, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] out = new float[encoded.length][];
        for (int n = 0; n < encoded.length; n++) {
            out[n] = encoded[n].clone();
        }
        dropPhases(out, random);
        for (Channel channel : Channel.values()) {
            float gain = (float) (1 + JITTER * (2 * random.nextDouble() - 1));
            float offset = (float) (JITTER * (2 * random.nextDouble() - 1));
            int from = channel.plane() * block();
            float[] planes = out[0];
            if (out[1][MEASURED + channel.plane()] > 0) {
                for (int v = from; v < from + block(); v++) {
                    planes[v] = planes[v] * gain + offset;
                }
            }
        }
        mirror(out[0], random.nextBoolean(), random.nextBoolean());
        return out;
    }

    private void dropPhases(float[][] out, SplittableRandom random) {
        int phases = Channel.values().length;
        int left = 0;
        for (int c = 0; c < phases; c++) {
            left += out[1][MEASURED + c] > 0 ? 1 : 0;
        }
        List<Channel> order = new ArrayList<>(List.of(Channel.values()));
        // whichever comes last is the one that may not be dropped, so the order is drawn
        Collections.rotate(order, random.nextInt(phases));
        for (Channel channel : order) {
            int c = channel.plane();
            boolean drop = random.nextDouble() < PHASE_DROPOUT;
            if (drop && left > 1 && out[1][MEASURED + c] > 0) {
                left--;
                java.util.Arrays.fill(out[0], c * block(), (c + 1) * block(), 0);
                int first = LesionImage.firstMeasurement(channel);
                java.util.Arrays.fill(out[1], first, first + LesionImage.perChannel(), 0);
                java.util.Arrays.fill(out[2], first, first + LesionImage.perChannel(), 0);
                out[1][MEASURED + c] = 0;
            }
        }
    }

    private void mirror(float[] planes, boolean leftRight, boolean frontBack) {
        if (!leftRight && !frontBack) {
            return;
        }
        int w = crop.width();
        int h = crop.height();
        float[] slice = new float[w * h];
        for (int from = 0; from < planes.length; from += slice.length) {
            System.arraycopy(planes, from, slice, 0, slice.length);
            for (int j = 0; j < h; j++) {
                int source = (frontBack ? h - 1 - j : j) * w;
                int row = from + j * w;
                if (leftRight) {
                    for (int i = 0; i < w; i++) {
                        planes[row + i] = slice[source + w - 1 - i];
                    }
                } else {
                    System.arraycopy(slice, source, planes, row, w);
                }
            }
        }
    }

    private int block() {
        return crop.depth() * crop.height() * crop.width();
    }

    @Override
    public Embedding contribute(GraphBuilder graph, String prefix) {
        return PhaseNetwork.contribute(graph, prefix, PLANES, VALUES);
    }

    @Override
    public void save(StateWriter out) {
        Map<String, Object> state = new TreeMap<>();
        state.put("version", 1);
        state.put("depth", crop.depth());
        state.put("height", crop.height());
        state.put("width", crop.width());
        state.put("margin_mm", crop.marginMm());
        state.put("measurements", LesionImage.measurementNames());
        state.putAll(ImageChoices.save(crop, preparation));
        Map<String, double[]> scales = channels.save();
        if (!scales.isEmpty()) {
            state.put("nyul_channels", List.copyOf(scales.keySet()));
        }
        out.json("encoder", state);
        scales.forEach((name, marks) -> out.array("nyul_" + name.toLowerCase(Locale.ROOT), marks));
        out.array("mean", mean);
        out.array("scale", scale);
    }

    static FittedImageEncoder restore(StateReader in) {
        Map<String, Object> state = in.json("encoder");
        double[] mean = in.array("mean");
        double[] scale = in.array("scale");
        if (!LesionImage.measurementNames().equals(state.get("measurements"))
                || mean.length != MEASURED
                || scale.length != MEASURED) {
            throw new ModelFileException(
                    ID
                            + ": the saved measurements are "
                            + state.get("measurements")
                            + ", this version knows "
                            + LesionImage.measurementNames()
                            + "; train the model again");
        }
        try {
            LesionCrop crop =
                    ImageChoices.crop(
                            new LesionCrop(
                                    (int) number(state, "depth"),
                                    (int) number(state, "height"),
                                    (int) number(state, "width"),
                                    number(state, "margin_mm")),
                            state);
            Map<String, double[]> scales = new TreeMap<>();
            if (state.get("nyul_channels") instanceof List<?> names) {
                for (Object name : names) {
                    String channel = String.valueOf(name);
                    scales.put(channel, in.array("nyul_" + channel.toLowerCase(Locale.ROOT)));
                }
            }
            return new FittedImageEncoder(
                    crop, ImageChoices.preparation(state), mean, scale, ChannelScales.of(scales));
        } catch (IllegalArgumentException outOfRange) {
            throw new ModelFileException(ID + ": " + outOfRange.getMessage(), outOfRange);
        }
    }

    private static double number(Map<String, Object> state, String key) {
        if (state.get(key) instanceof Number n) {
            return n.doubleValue();
        }
        throw new ModelFileException(ID + ": " + key + " is missing or no number");
    }
}
