// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.eval.cox.BaselineHazard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Baseline hazards in a model file: one part with plain arrays for each stratum. */
final class HazardFile {
    private HazardFile() {}

    static void save(StateWriter out, List<BaselineHazard> strata) {
        for (int s = 0; s < strata.size(); s++) {
            write(out.part("stratum." + s), strata.get(s));
        }
    }

    static void write(StateWriter part, BaselineHazard hazard) {
        part.array("times", hazard.times());
        part.array("hazard", hazard.cumulativeHazards());
        part.array("last_time", new double[] {hazard.lastTime()});
    }

    /** The hazards of a list of stratum codes. */
    static List<BaselineHazard> restore(StateReader in, @Nullable Object codes) {
        if (!(codes instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException("strata are missing");
        }
        List<BaselineHazard> hazards = new ArrayList<>();
        for (Object code : list) {
            StateReader part = in.part("stratum." + hazards.size());
            hazards.add(read(part, ((Number) code).intValue()));
        }
        return hazards;
    }

    static BaselineHazard read(StateReader part, int code) {
        double[] last = part.array("last_time");
        if (last.length != 1) {
            throw new IllegalArgumentException(last.length + " last times where 1 is needed");
        }
        return BaselineHazard.of(part.array("times"), part.array("hazard"), last[0])
                .withStratum(code);
    }
}
