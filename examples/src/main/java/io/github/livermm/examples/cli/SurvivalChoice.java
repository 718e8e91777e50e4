// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.Endpoint;
import io.github.livermm.survival.DiscreteHazardHead;
import io.github.livermm.survival.SurvivalHead;
import java.util.List;
import picocli.CommandLine.Option;

/** Which survival model the endpoints get. */
final class SurvivalChoice {
    /** About one per 20 events where a hundred have happened. */
    private static final int INTERVALS = 5;

    /** The models, each with a penalised regression for late fusion and a loss for networks. */
    enum Model {
        /** Proportional hazards: ridge Cox and, jointly trained, DeepSurv. */
        COX {
            @Override
            PredictionHead head(Endpoint endpoint, List<Double> horizons) {
                return SurvivalHead.of(endpoint.id(), horizons);
            }
        },
        /** Hazards per interval of time: effects may change and curves cross. */
        DISCRETE {
            @Override
            PredictionHead head(Endpoint endpoint, List<Double> horizons) {
                return DiscreteHazardHead.of(endpoint.id(), horizons, INTERVALS);
            }
        };

        abstract PredictionHead head(Endpoint endpoint, List<Double> horizons);
    }

    @Option(
            names = "--survival",
            paramLabel = "MODEL",
            description = "cox (default) or discrete: hazards that may cross")
    Model model = Model.COX;
}
