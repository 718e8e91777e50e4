// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.clinical.ClinicalEncoder;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Endpoint;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Protocol;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.training.TrainingOptions;
import io.github.livermm.imaging.encoder.ImageEncoder;
import io.github.livermm.imaging.preprocess.Channel;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.quality.QualityGate;
import io.github.livermm.survival.CoherentSurvival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The parts of the protocol put together for a study: which encoders it needs, which targets it
 * asks for. Nothing is found by scanning; this class is the example to copy for an assembly of your
 * own.
 */
final class Assembly {
    private static final Map<Channel, String> PHASES =
            Map.of(
                    Channel.PRE, "ct_non_contrast",
                    Channel.ARTERIAL, "ct_arterial",
                    Channel.PORTAL, "ct_portal",
                    Channel.DELAYED, "ct_delayed",
                    Channel.T2, "mr_t2",
                    Channel.HEPATOBILIARY, "mr_hepatobiliary");

    private Assembly() {}

    /** One encoder for each modality that any patient of the study has. */
    static List<ModalityEncoder<?>> encoders(Study study) {
        return encoders(study, ImageEncoders.of(study.protocol().plan().image()));
    }

    /** The same, with prepared images kept from run to run. */
    static List<ModalityEncoder<?>> encoders(Study study, CacheOption cache) throws IOException {
        return encoders(study, cache.on(ImageEncoders.of(study.protocol().plan().image())));
    }

    /** The same, with a look at the quality of every image while it is read. */
    static List<ModalityEncoder<?>> encoders(Study study, QualityGate gate) {
        return encoders(
                study, ImageEncoders.of(study.protocol().plan().image()).withQualityGate(gate));
    }

    private static List<ModalityEncoder<?>> encoders(Study study, ImageEncoder images) {
        Protocol protocol = study.protocol();
        List<ModalityEncoder<?>> encoders = new ArrayList<>();
        if (any(study, p -> p.files().images() != null)) {
            encoders.add(images);
        }
        if (!protocol.predictors().isEmpty()) {
            encoders.add(ClinicalEncoder.of(protocol));
        }
        if (any(study, p -> p.files().report() != null)) {
            encoders.add(ReportEncoders.of(protocol.plan().report(), study.folder()));
        }
        return encoders;
    }

    /** Every target of the protocol; those that the data cannot answer are dropped by the run. */
    static List<PredictionHead> heads(Protocol protocol, SurvivalChoice survival) {
        List<PredictionHead> heads = new ArrayList<>();
        if (protocol.diagnosis() != null) {
            heads.add(BinaryHead.malignant());
            heads.add(BinaryHead.hccVsIcc());
            heads.add(BinaryHead.primaryGivenMalignant());
        }
        for (Endpoint endpoint : protocol.endpoints()) {
            heads.add(survival.model.head(endpoint, protocol.plan().horizonsMonths()));
        }
        return heads;
    }

    static TrainingOptions options(Protocol protocol, CommonOptions common) {
        Long seed = common.seed;
        return TrainingOptions.defaults()
                .withSeed(seed == null ? protocol.plan().seed() : seed)
                .withComparators(protocol.plan().comparators());
    }

    static Enrolment enrol(Study study, List<ModalityEncoder<?>> encoders, Progress progress) {
        Map<String, ModalityReader<?>> readers = new LinkedHashMap<>();
        encoders.forEach(e -> readers.put(e.modality(), e.reader()));
        return Enrolment.of(study, readers, Assembly::phases, progress);
    }

    private static Set<String> phases(CohortInputs inputs, int row) {
        Set<String> phases = new TreeSet<>();
        if (inputs.input("image", row) instanceof LesionImage image) {
            PHASES.forEach(
                    (channel, id) -> {
                        if (image.has(channel)) {
                            phases.add(id);
                        }
                    });
        }
        return phases;
    }

    /**
     * The rule that progression-free survival never lies above overall survival, for the first
     * endpoint called pfs and the one called os.
     */
    static Map<String, Prediction> coherent(Map<String, Prediction> predictions) {
        Optional<Prediction.Survival> pfs = survival(predictions, "pfs");
        Optional<Prediction.Survival> os = survival(predictions, "os");
        if (pfs.isEmpty() || os.isEmpty()) {
            return predictions;
        }
        CoherentSurvival both = CoherentSurvival.project(pfs.get().survival(), os.get().survival());
        Map<String, Prediction> out = new LinkedHashMap<>(predictions);
        out.put(
                "pfs",
                new Prediction.Survival(pfs.get().linearPredictor(), both.progressionFree()));
        out.put("os", new Prediction.Survival(os.get().linearPredictor(), both.overall()));
        return out;
    }

    private static Optional<Prediction.Survival> survival(
            Map<String, Prediction> predictions, String target) {
        return predictions.get(target) instanceof Prediction.Survival s
                ? Optional.of(s)
                : Optional.empty();
    }

    private static boolean any(Study study, Predicate<Patient> condition) {
        return study.everybody().patients().stream().anyMatch(condition);
    }
}
