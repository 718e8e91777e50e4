// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.imaging.cache.PreparedCache;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.preprocess.PhasePreparation;
import io.github.livermm.imaging.quality.QualityGate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image modality: the contrast phases of CT or MR around the index lesion, encoded by a small
 * three-dimensional network. Fitting learns the scale of the measurements; intensities are scaled
 * per patient, relative to the liver.
 *
 * @since 0.1.0
 */
public final class ImageEncoder implements ModalityEncoder<LesionImage> {
    static final String MODALITY = "image";

    private final LesionCrop crop;
    private final PhasePreparation preparation;
    private final @Nullable PreparedCache cache;
    private final @Nullable QualityGate gate;

    private ImageEncoder(
            LesionCrop crop,
            PhasePreparation preparation,
            @Nullable PreparedCache cache,
            @Nullable QualityGate gate) {
        this.crop = crop;
        this.preparation = preparation;
        this.cache = cache;
        this.gate = gate;
    }

    /**
     * An encoder with the default grid.
     *
     * @return the encoder
     */
    public static ImageEncoder withDefaults() {
        return new ImageEncoder(LesionCrop.defaults(), PhasePreparation.none(), null, null);
    }

    /**
     * The same with another grid or margin.
     *
     * @param other how images are cut out
     * @return a copy
     */
    public ImageEncoder withCrop(LesionCrop other) {
        return new ImageEncoder(other, preparation, cache, gate);
    }

    /**
     * The same with other steps before images are cut out.
     *
     * @param other what is done to whole images
     * @return a copy
     */
    public ImageEncoder withPreparation(PhasePreparation other) {
        return new ImageEncoder(crop, other, cache, gate);
    }

    /**
     * The same with a cache: a patient whose files did not change is not read again.
     *
     * @param prepared where cut-out images are kept between epochs and runs
     * @return a copy
     */
    public ImageEncoder withCache(PreparedCache prepared) {
        return new ImageEncoder(crop, preparation, prepared, gate);
    }

    /**
     * The same with a gate that looks at every image while it is read; patients are then always
     * read from their files.
     *
     * @param quality collects what is suspicious
     * @return a copy
     */
    public ImageEncoder withQualityGate(QualityGate quality) {
        return new ImageEncoder(crop, preparation, cache, quality);
    }

    @Override
    public String modality() {
        return MODALITY;
    }

    @Override
    public ModalityReader<LesionImage> reader() {
        ImageReader reader = new ImageReader(crop, preparation, gate);
        return cache == null || gate != null ? reader : new CachedReader(reader, cache);
    }

    /**
     * The reader of a fitted or restored image encoder with a cache. Any other reader is returned
     * as it is.
     *
     * @param reader as {@link FittedEncoder#reader()} gave it
     * @param cache where cut-out images are kept
     * @return a reader that reads no image whose files did not change
     */
    public static ModalityReader<?> cached(ModalityReader<?> reader, PreparedCache cache) {
        return reader instanceof ImageReader images ? new CachedReader(images, cache) : reader;
    }

    @Override
    public FittedEncoder<LesionImage> fit(List<LesionImage> training, long seed) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("training is empty, at least one image is needed");
        }
        int count = LesionImage.measurementNames().size();
        double[] mean = new double[count];
        double[] scale = new double[count];
        List<double[]> rows = new ArrayList<>();
        for (LesionImage image : training) {
            rows.add(image.measurements());
        }
        for (int m = 0; m < count; m++) {
            int column = m;
            double[] known =
                    rows.stream().mapToDouble(r -> r[column]).filter(Double::isFinite).toArray();
            double sum = 0;
            for (double v : known) {
                sum += v;
            }
            mean[m] = known.length == 0 ? 0 : sum / known.length;
            double squares = 0;
            for (double v : known) {
                squares += (v - mean[m]) * (v - mean[m]);
            }
            double deviation = known.length < 2 ? 0 : Math.sqrt(squares / (known.length - 1));
            scale[m] = deviation > 1e-6 ? deviation : 1;
        }
        return new FittedImageEncoder(
                crop, preparation, mean, scale, ChannelScales.fit(crop.mrScale(), training));
    }
}
