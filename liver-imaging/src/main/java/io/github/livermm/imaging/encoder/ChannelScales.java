// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.imaging.preprocess.Channel;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.preprocess.MrScale;
import io.github.livermm.imaging.preprocess.NyulScale;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The standard scales of Nyul that a fold's training patients gave, one per channel of MR. */
final class ChannelScales {
    /** The scale ends at 100; planes of the network are of the order of one. */
    private static final float UNIT = 25;

    private final Map<Channel, NyulScale> scales;

    private ChannelScales(Map<Channel, NyulScale> scales) {
        this.scales = scales;
    }

    static ChannelScales none() {
        return new ChannelScales(Map.of());
    }

    static ChannelScales fit(MrScale scale, List<LesionImage> training) {
        Map<Channel, NyulScale> scales = new EnumMap<>(Channel.class);
        if (scale == MrScale.NYUL) {
            for (Channel channel : Channel.values()) {
                List<double[]> marks = new ArrayList<>();
                for (LesionImage image : training) {
                    double[] own = image.landmarks(channel);
                    if (own.length > 0) {
                        marks.add(own);
                    }
                }
                if (!marks.isEmpty()) {
                    scales.put(channel, NyulScale.fit(marks));
                }
            }
        }
        return new ChannelScales(scales);
    }

    /** Scales as {@link #save()} gave them. */
    static ChannelScales of(Map<String, double[]> saved) {
        Map<Channel, NyulScale> scales = new EnumMap<>(Channel.class);
        saved.forEach((name, marks) -> scales.put(Channel.valueOf(name), NyulScale.of(marks)));
        return new ChannelScales(scales);
    }

    /** Landmarks by name of channel. */
    Map<String, double[]> save() {
        Map<String, double[]> saved = new java.util.TreeMap<>();
        scales.forEach((channel, scale) -> saved.put(channel.name(), scale.standard()));
        return saved;
    }

    /** Brings the planes of an image to the scales, in place; CT has no landmarks and stays. */
    void apply(LesionImage image, float[] planes, int block) {
        scales.forEach(
                (channel, scale) -> {
                    double[] marks = image.landmarks(channel);
                    int from = channel.plane() * block;
                    for (int v = from; marks.length > 0 && v < from + block; v++) {
                        planes[v] = (float) scale.map(planes[v], marks) / UNIT;
                    }
                });
    }
}
