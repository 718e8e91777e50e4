// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.cohort.ImagePlan;
import io.github.livermm.imaging.encoder.ImageEncoder;
import io.github.livermm.imaging.mask.GeometryRule;
import io.github.livermm.imaging.mask.LesionRule;
import io.github.livermm.imaging.preprocess.CropTarget;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.MrScale;
import io.github.livermm.imaging.preprocess.PhasePreparation;
import java.util.EnumSet;
import java.util.Set;

/** From what a protocol says of images to their encoder. */
final class ImageEncoders {
    private ImageEncoders() {}

    static ImageEncoder of(ImagePlan plan) {
        ImagePlan.Region region = plan.region();
        CropTarget target =
                new CropTarget(
                        LesionRule.valueOf(region.lesion().name()),
                        GeometryRule.valueOf(region.masks().name()),
                        CropTarget.View.valueOf(region.view().name()));
        Set<PhasePreparation.Step> steps = EnumSet.noneOf(PhasePreparation.Step.class);
        if (plan.biasCorrection() == ImagePlan.BiasCorrection.N4) {
            steps.add(PhasePreparation.Step.BIAS_CORRECTION);
        }
        if (plan.alignment() == ImagePlan.Alignment.RIGID) {
            steps.add(PhasePreparation.Step.REGISTRATION);
        }
        return ImageEncoder.withDefaults()
                .withCrop(
                        LesionCrop.defaults()
                                .withMarginMm(region.marginMm())
                                .withTarget(target)
                                .withMrScale(MrScale.valueOf(plan.mrScale().name())))
                .withPreparation(new PhasePreparation(steps));
    }
}
