// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the {@link ModellingPlan} of {@code study.json}: what is trained, and how. */
final class PlanReader {
    /** Names of modalities and fusion strategies. */
    private static final List<String> RESERVED =
            List.of("image", "clinical", "report", "late", "concat", "gated", "attention");

    private static final List<Double> HORIZONS = List.of(12.0, 24.0, 36.0, 60.0);

    private final Fields root;

    PlanReader(Fields root) {
        this.root = root;
    }

    ModellingPlan plan(List<Endpoint> endpoints) {
        List<String> targets = new ArrayList<>(List.of("malignant", "hcc_vs_icc"));
        endpoints.forEach(e -> targets.add(e.id()));
        Map<String, SplitKind> splits = new LinkedHashMap<>();
        Fields fields = root.object("splits", false);
        if (fields != null) {
            for (String target : fields.keys()) {
                if (!targets.contains(target)) {
                    fields.problem(
                            target, "unknown target, allowed are " + String.join(", ", targets));
                }
                splits.put(target, fields.choice(target, SplitKind.class, SplitKind.STRATIFIED));
            }
        }
        return new ModellingPlan(
                new ModellingPlan.Splits(
                        splits,
                        (int) root.whole("folds", ModellingPlan.Splits.FOLDS, 2, 100),
                        (int)
                                root.whole(
                                        "pool_centres_under",
                                        ModellingPlan.Splits.POOL_CENTRES_UNDER,
                                        0,
                                        100_000)),
                horizons(),
                root.flag("missing_indicator", false),
                derived(),
                comparators(),
                root.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                report(),
                image());
    }

    private ImagePlan image() {
        ImagePlan standard = ImagePlan.defaults();
        Fields fields = root.object("image", false);
        if (fields == null) {
            return standard;
        }
        fields.checkKeys(
                Set.of(
                        "lesion",
                        "view",
                        "margin_mm",
                        "masks",
                        "mr_scale",
                        "bias_correction",
                        "alignment"));
        ImagePlan.Region region = standard.region();
        return new ImagePlan(
                new ImagePlan.Region(
                        fields.choice("lesion", ImagePlan.Lesion.class, region.lesion()),
                        fields.choice("view", ImagePlan.View.class, region.view()),
                        fields.number("margin_mm", region.marginMm(), 0, 100),
                        fields.choice("masks", ImagePlan.Masks.class, region.masks())),
                fields.choice("mr_scale", ImagePlan.MrScale.class, standard.mrScale()),
                fields.choice(
                        "bias_correction",
                        ImagePlan.BiasCorrection.class,
                        standard.biasCorrection()),
                fields.choice("alignment", ImagePlan.Alignment.class, standard.alignment()));
    }

    private ReportPlan report() {
        ReportPlan standard = ReportPlan.defaults();
        Fields fields = root.object("report", false);
        if (fields == null) {
            return standard;
        }
        fields.checkKeys(Set.of("encoder", "view", "model"));
        ReportPlan plan =
                new ReportPlan(
                        fields.choice("encoder", ReportPlan.Encoder.class, standard.encoder()),
                        fields.choice("view", ReportPlan.View.class, standard.view()),
                        fields.optionalText("model"));
        boolean transformer = plan.encoder() == ReportPlan.Encoder.TRANSFORMER;
        if (transformer && plan.model() == null) {
            fields.problem(
                    "model",
                    "missing; name the folder that holds model.onnx and vocab.txt, relative to the"
                            + " study folder");
        }
        if (!transformer && plan.model() != null) {
            fields.problem(
                    "model",
                    "is for \"encoder\": \"transformer\" only; take it out, or change the encoder");
        }
        return plan;
    }

    private List<DerivedScore> derived() {
        List<DerivedScore> out = new ArrayList<>();
        for (String word : root.texts("derived")) {
            out.add(root.choose("derived", word, DerivedScore.class, DerivedScore.ALBI));
        }
        return out;
    }

    private List<ComparatorModel> comparators() {
        List<ComparatorModel> out = new ArrayList<>();
        Fields fields = root.object("comparators", false);
        if (fields != null) {
            for (String name : fields.keys()) {
                List<String> features = fields.texts(name);
                if (features.isEmpty() || RESERVED.contains(name)) {
                    fields.problem(
                            name,
                            "allowed is a list of at least one feature, under a name other than "
                                    + String.join(", ", RESERVED));
                } else {
                    out.add(new ComparatorModel(name, features));
                }
            }
        }
        return out;
    }

    private List<Double> horizons() {
        if (!root.has("horizons_months")) {
            return HORIZONS;
        }
        List<Double> out = new ArrayList<>();
        JsonNode list = root.raw("horizons_months");
        boolean right = list.isArray() && !list.isEmpty();
        for (JsonNode item : list) {
            double last = out.isEmpty() ? 0 : out.get(out.size() - 1);
            right &= item.isNumber() && item.asDouble() > last;
            out.add(item.asDouble());
        }
        if (!right) {
            root.problem(
                    "horizons_months",
                    "allowed is a list of ascending months above 0, such as [12, 24]");
            return HORIZONS;
        }
        return out;
    }
}
