// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.cohort.CohortInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A score of some modalities: the mean of an ensemble whose members were each fitted without one
 * part of the training patients. The score of a training patient comes from the member that did not
 * see that patient; the score of a new patient is the mean over members.
 *
 * @param name name of the view: a modality, or a joint strategy
 * @param members at least one
 * @since 0.1.0
 */
public record View(String name, List<Member> members) {
    /** Copies the list. */
    public View {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("view " + name + " has no member");
        }
    }

    /**
     * Scores of new patients.
     *
     * @param inputs patients
     * @param heads number of heads
     * @return [head][patient]; NaN where the patient lacks what the view needs
     */
    double[][] linearPredictors(CohortInputs inputs, int heads) {
        double[][] sum = new double[heads][inputs.size()];
        double[][] count = new double[heads][inputs.size()];
        for (Member member : members) {
            double[][] eta = member.linearPredictors(inputs);
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < inputs.size(); i++) {
                    if (!Double.isNaN(eta[h][i])) {
                        sum[h][i] += eta[h][i];
                        count[h][i]++;
                    }
                }
            }
        }
        for (int h = 0; h < heads; h++) {
            for (int i = 0; i < inputs.size(); i++) {
                sum[h][i] /= count[h][i];
            }
        }
        return sum;
    }

    void save(StateWriter out) {
        out.json(
                "view",
                Map.of(
                        "name",
                        name,
                        "kind",
                        members.get(0) instanceof LinearMember ? "linear" : "network",
                        "members",
                        members.size()));
        for (int m = 0; m < members.size(); m++) {
            members.get(m).save(out.part("member." + m));
        }
    }

    static View restore(StateReader in, List<PredictionHead> heads) {
        Map<String, Object> state = in.json("view");
        boolean linear = "linear".equals(state.get("kind"));
        List<Member> members = new ArrayList<>();
        for (int m = 0; m < ((Number) state.getOrDefault("members", 0)).intValue(); m++) {
            StateReader part = in.part("member." + m);
            members.add(
                    linear
                            ? LinearMember.restore(part, heads)
                            : NetworkMember.restore(part, heads));
        }
        return new View(String.valueOf(state.get("name")), members);
    }
}
