// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.registration.Alignment;
import io.github.livermm.imaging.registration.Registration;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What is done to whole images before they are cut out.
 *
 * @param steps the steps, done in the order of their names' declaration
 * @since 0.1.0
 */
public record PhasePreparation(Set<Step> steps) {
    /** A step of preparation. */
    public enum Step {
        /** N4: the slow field of the coils is taken out of MR images. */
        BIAS_CORRECTION,
        /**
         * Every phase is brought onto the one that shows lesions best (portal venous, if there),
         * rigidly; its mask goes with it.
         */
        REGISTRATION
    }

    private static final List<Phase> REFERENCE =
            List.of(
                    Phase.CT_PORTAL,
                    Phase.MR_PORTAL,
                    Phase.CT_DELAYED,
                    Phase.MR_DELAYED,
                    Phase.CT_ARTERIAL,
                    Phase.MR_ARTERIAL,
                    Phase.MR_HEPATOBILIARY,
                    Phase.MR_T2,
                    Phase.CT_NON_CONTRAST,
                    Phase.MR_T1);

    private static final float AIR_HU = -1024;

    /** Copies the steps. */
    public PhasePreparation {
        steps = Set.copyOf(steps);
    }

    /**
     * Images as they come: phases differ by a breath, which the crop takes out where each has its
     * mask.
     *
     * @return no step
     */
    public static PhasePreparation none() {
        return new PhasePreparation(Set.of());
    }

    /**
     * Images and masks of one patient.
     *
     * @param images by phase
     * @param masks by the phase they were drawn on
     */
    public record Prepared(Map<Phase, Volume> images, Map<Phase, LabelMap> masks) {}

    /**
     * Prepares one patient.
     *
     * @param images by phase
     * @param masks by the phase they were drawn on, perhaps none
     * @return new maps; phases that no step changes, or that alignment does not bring nearer, keep
     *     their volumes
     * @throws IllegalArgumentException when the bias of a phase cannot be estimated
     */
    public Prepared apply(Map<Phase, Volume> images, Map<Phase, LabelMap> masks) {
        return apply(
                images,
                masks,
                (phase, reason) -> {
                    throw new IllegalArgumentException(phase.id() + ": " + reason);
                });
    }

    /**
     * Prepares one patient as far as possible.
     *
     * @param images by phase
     * @param masks by the phase they were drawn on, perhaps none
     * @param remarks takes a phase that cannot be prepared and is left out, and why
     * @return new maps; phases that no step changes, or that alignment does not bring nearer, keep
     *     their volumes
     */
    public Prepared apply(
            Map<Phase, Volume> images,
            Map<Phase, LabelMap> masks,
            BiConsumer<Phase, String> remarks) {
        if (steps.isEmpty() || images.isEmpty()) {
            return new Prepared(images, masks);
        }
        Map<Phase, Volume> prepared = new EnumMap<>(images);
        Map<Phase, LabelMap> labels = new EnumMap<>(Phase.class);
        labels.putAll(masks);
        if (steps.contains(Step.BIAS_CORRECTION)) {
            images.forEach(
                    (phase, image) -> {
                        if (!phase.isCt()) {
                            correct(phase, image, prepared, remarks);
                        }
                    });
        }
        if (steps.contains(Step.REGISTRATION)) {
            register(prepared, labels);
        }
        return new Prepared(prepared, labels);
    }

    private static void correct(
            Phase phase,
            Volume image,
            Map<Phase, Volume> prepared,
            BiConsumer<Phase, String> remarks) {
        try {
            boolean[] body = Normalisation.foreground(image);
            prepared.put(phase, BiasCorrection.defaults().correct(image, body).corrected());
        } catch (IllegalArgumentException unusable) {
            prepared.remove(phase);
            remarks.accept(
                    phase,
                    "its bias cannot be corrected, the phase is left out: "
                            + unusable.getMessage());
        }
    }

    private static void register(Map<Phase, Volume> images, Map<Phase, LabelMap> masks) {
        for (boolean ct : new boolean[] {true, false}) {
            REFERENCE.stream()
                    .filter(p -> p.isCt() == ct && images.containsKey(p))
                    .findFirst()
                    .ifPresent(reference -> register(reference, images, masks));
        }
    }

    private static void register(
            Phase reference, Map<Phase, Volume> images, Map<Phase, LabelMap> masks) {
        Volume fixed = java.util.Objects.requireNonNull(images.get(reference));
        for (Phase phase : Phase.values()) {
            Volume moving = images.get(phase);
            if (moving == null || phase == reference || phase.isCt() != reference.isCt()) {
                continue;
            }
            Alignment found = Registration.defaults().align(fixed, moving);
            if (!found.isImproved()) {
                continue;
            }
            float outside = phase.isCt() ? AIR_HU : 0;
            images.put(phase, found.resample(moving, moving.grid(), Interpolation.LINEAR, outside));
            masks.computeIfPresent(
                    phase,
                    (p, mask) ->
                            LabelMap.of(
                                    found.resample(
                                            mask.volume(),
                                            mask.grid(),
                                            Interpolation.NEAREST,
                                            LabelMap.BACKGROUND)));
        }
    }
}
