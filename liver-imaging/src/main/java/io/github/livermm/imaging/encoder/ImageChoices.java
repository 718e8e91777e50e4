// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.imaging.mask.GeometryRule;
import io.github.livermm.imaging.mask.LesionRule;
import io.github.livermm.imaging.preprocess.CropTarget;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.MrScale;
import io.github.livermm.imaging.preprocess.PhasePreparation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The choices of a saved encoder beyond grid and margin. What is at its default is not written, so
 * that a model of defaults is the same bytes as before there were choices.
 */
final class ImageChoices {
    private ImageChoices() {}

    static Map<String, Object> save(LesionCrop crop, PhasePreparation preparation) {
        Map<String, Object> state = new TreeMap<>();
        if (!crop.target().equals(CropTarget.defaults())) {
            state.put("lesion", crop.target().lesion().name());
            state.put("masks", crop.target().masks().name());
            state.put("view", crop.target().view().name());
        }
        if (crop.mrScale() != MrScale.LIVER) {
            state.put("mr_scale", crop.mrScale().name());
        }
        if (!preparation.steps().isEmpty()) {
            List<String> steps = new ArrayList<>();
            EnumSet.copyOf(preparation.steps()).forEach(step -> steps.add(step.name()));
            state.put("preparation", steps);
        }
        return state;
    }

    /**
     * The crop with its choices.
     *
     * @throws IllegalArgumentException when the state names a choice that this version lacks
     */
    static LesionCrop crop(LesionCrop crop, Map<String, Object> state) {
        CropTarget usual = CropTarget.defaults();
        return crop.withTarget(
                        new CropTarget(
                                choice(state, "lesion", LesionRule.class, usual.lesion()),
                                choice(state, "masks", GeometryRule.class, usual.masks()),
                                choice(state, "view", CropTarget.View.class, usual.view())))
                .withMrScale(choice(state, "mr_scale", MrScale.class, MrScale.LIVER));
    }

    static PhasePreparation preparation(Map<String, Object> state) {
        Set<PhasePreparation.Step> steps = EnumSet.noneOf(PhasePreparation.Step.class);
        if (state.get("preparation") instanceof List<?> names) {
            names.forEach(n -> steps.add(PhasePreparation.Step.valueOf(String.valueOf(n))));
        }
        return new PhasePreparation(steps);
    }

    private static <E extends Enum<E>> E choice(
            Map<String, Object> state, String key, Class<E> type, E usual) {
        Object said = state.get(key);
        return said == null ? usual : Enum.valueOf(type, String.valueOf(said));
    }
}
