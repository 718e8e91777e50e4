// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LI-RADS v2018 features as the mentions of a report give them, and the category that the
 * diagnostic table assigns. A reading aid for adults at risk of HCC; the library cannot know
 * whether the patient is one. LR-NC, LR-1 and LR-2 are a reader's judgement and never assigned.
 *
 * <p>Reference: American College of Radiology, CT/MRI LI-RADS v2018 core.
 *
 * @param features features that the report states as present
 * @param sizeMm largest axis of the index lesion in millimetres, null when none is given
 * @param category LR-3, LR-4, LR-5, LR-M or LR-TIV; null when size or arterial behaviour is not
 *     stated
 * @since 0.1.0
 */
public record LiRads(Set<Feature> features, @Nullable Double sizeMm, @Nullable String category) {
    private static final double SMALL_MM = 10;
    private static final double LARGE_MM = 20;

    /** Copies the features. */
    public LiRads {
        features = Set.copyOf(features);
    }

    /** What the category rests on. */
    public enum Feature {
        /** Arterial-phase hyperenhancement other than of the rim. */
        APHE,
        /** Washout other than peripheral. */
        WASHOUT,
        /** Enhancing capsule. */
        CAPSULE,
        /** Threshold growth. */
        GROWTH,
        /** Tumour in vein. */
        TUMOUR_IN_VEIN,
        /** Rim enhancement, peripheral washout, delayed central enhancement or target. */
        TARGETOID
    }

    static LiRads of(List<Mention> mentions, @Nullable Double sizeCm) {
        EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        boolean arterialStated = false;
        for (Mention mention : mentions) {
            Feature feature = feature(mention.concept().id());
            arterialStated |= feature == Feature.APHE || feature == Feature.TARGETOID;
            if (feature != null && mention.status() == Status.PRESENT) {
                features.add(feature);
            }
        }
        Double sizeMm = sizeCm == null ? null : 10 * sizeCm;
        return new LiRads(features, sizeMm, category(features, sizeMm, arterialStated));
    }

    /**
     * The category of the diagnostic table.
     *
     * @param aphe whether there is non-rim arterial-phase hyperenhancement
     * @param sizeMm largest axis in millimetres
     * @param features of which capsule, washout and growth count
     * @return {@code LR-3}, {@code LR-4} or {@code LR-5}
     */
    public static String table(boolean aphe, double sizeMm, Set<Feature> features) {
        boolean strong = features.contains(Feature.WASHOUT) || features.contains(Feature.GROWTH);
        int k =
                (features.contains(Feature.CAPSULE) ? 1 : 0)
                        + (features.contains(Feature.WASHOUT) ? 1 : 0)
                        + (features.contains(Feature.GROWTH) ? 1 : 0);
        if (!aphe) {
            return k >= (sizeMm < LARGE_MM ? 2 : 1) ? "LR-4" : "LR-3";
        }
        if (sizeMm < SMALL_MM) {
            return k >= 1 ? "LR-4" : "LR-3";
        }
        if (sizeMm < LARGE_MM) {
            return k == 0 ? "LR-3" : k == 1 && !strong ? "LR-4" : "LR-5";
        }
        return k == 0 ? "LR-4" : "LR-5";
    }

    /**
     * The name of a feature in files.
     *
     * @param feature a feature
     * @return lower_snake_case
     */
    static String name(Feature feature) {
        return feature.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String category(
            Set<Feature> features, @Nullable Double sizeMm, boolean arterialStated) {
        if (features.contains(Feature.TUMOUR_IN_VEIN)) {
            return "LR-TIV";
        }
        if (features.contains(Feature.TARGETOID)) {
            return "LR-M";
        }
        return sizeMm == null || !arterialStated
                ? null
                : table(features.contains(Feature.APHE), sizeMm, features);
    }

    private static @Nullable Feature feature(String concept) {
        return switch (concept) {
            case "aphe" -> Feature.APHE;
            case "washout" -> Feature.WASHOUT;
            case "capsule" -> Feature.CAPSULE;
            case "growth" -> Feature.GROWTH;
            case "pvtt", "hvtt_ivc" -> Feature.TUMOUR_IN_VEIN;
            case "rim_aphe", "peripheral_washout", "targetoid" -> Feature.TARGETOID;
            default -> null;
        };
    }
}
