// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.cohort.Column;
import io.github.livermm.core.cohort.DerivedScore;
import io.github.livermm.core.cohort.Protocol;
import io.github.livermm.core.cohort.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds the scores that a protocol asks for to a row of its table. Knows in which column each
 * quantity stands and how it is brought to the unit of the formula.
 *
 * @param scores in the order of the protocol
 * @param sources column and factor of each quantity needed, and of upper limits under the id of the
 *     quantity with {@code _upper_normal}
 * @param femaleColumn column of the sex; empty when no score needs it
 * @param female word for a woman; empty when no score needs it
 */
record DerivedColumns(
        List<DerivedScore> scores,
        Map<String, Source> sources,
        String femaleColumn,
        String female) {
    static final String UPPER_NORMAL = "_upper_normal";

    /** The usual upper limit of AST in U/L, where a study does not give the laboratory's own. */
    private static final double AST_UPPER_NORMAL = 40;

    /** Units of the formulas where they are not the first of the quantity. */
    private static final Map<String, String> UNITS =
            Map.of(
                    "bilirubin", "umol/L",
                    "albumin", "g/L",
                    "creatinine", "umol/L",
                    "sodium", "mmol/L",
                    "platelets", "10^9/L",
                    "neutrophils", "10^9/L",
                    "lymphocytes", "10^9/L",
                    "monocytes", "10^9/L",
                    "age", "years",
                    "inr", "ratio");

    private static final String ENZYME_UNIT = "U/L";

    DerivedColumns {
        scores = List.copyOf(scores);
        sources = Map.copyOf(sources);
    }

    /**
     * Where a quantity stands.
     *
     * @param column header
     * @param factor brings the column's unit to that of the formulas
     */
    record Source(String column, double factor) {}

    static DerivedColumns of(Protocol protocol) {
        Map<String, Source> sources = new TreeMap<>();
        String femaleColumn = "";
        String female = "";
        for (DerivedScore score : protocol.plan().derived()) {
            for (String need : score.needs()) {
                Column column = protocol.source(need).orElse(null);
                if (column == null) {
                    continue; // the protocol was refused when it was read
                }
                if (need.equals("sex")) {
                    femaleColumn = column.name();
                    female = Protocol.female(column).orElse("");
                } else {
                    put(sources, need, column);
                }
            }
        }
        return new DerivedColumns(protocol.plan().derived(), sources, femaleColumn, female);
    }

    private static void put(Map<String, Source> sources, String quantity, Column column) {
        String unit = UNITS.getOrDefault(quantity, ENZYME_UNIT);
        double factor =
                Quantity.of(column)
                        .map(q -> q.factor(column.measure().unit(), unit).orElse(1))
                        .orElse(1.0);
        sources.put(quantity, new Source(column.name(), factor));
        String upper = column.measure().upperNormal();
        if (upper != null) {
            sources.put(quantity + UPPER_NORMAL, new Source(upper, factor));
        }
    }

    /**
     * The row with the scores, each under the word of the protocol. Where values that a score needs
     * are missing it is computed from the imputed ones, so that nobody can tell from a score what
     * was missing.
     *
     * @param columns give the imputed values; none to leave out a score that lacks a value
     */
    ClinicalRecord extend(ClinicalRecord row, List<FeatureBlock> columns) {
        if (scores.isEmpty()) {
            return row;
        }
        Map<String, Double> numbers = new HashMap<>(row.numbers());
        Map<String, String> categories = new HashMap<>(row.categories());
        columns.forEach(block -> block.impute(numbers, categories));
        Map<String, Double> out = new HashMap<>(row.numbers());
        for (DerivedScore score : scores) {
            double value = value(score, numbers, categories);
            if (Double.isFinite(value)) {
                out.put(score.word(), value);
            }
        }
        return new ClinicalRecord(out, row.categories());
    }

    /** Ratios spread over powers; the model sees their logarithm. */
    static boolean logarithmic(DerivedScore score) {
        return switch (score) {
            case FIB4, APRI, NLR, PLR, LMR, SII, GPR, ALRI, DE_RITIS -> true;
            case ALBI, PALBI, EZ_ALBI, MELD, MELD_NA, MELD_3, PNI -> false;
        };
    }

    private double value(
            DerivedScore score, Map<String, Double> row, Map<String, String> categories) {
        double bilirubin = get(row, "bilirubin");
        double albumin = get(row, "albumin");
        double platelets = get(row, "platelets");
        double ast = get(row, "ast");
        double lymphocytes = get(row, "lymphocytes");
        double inr = get(row, "inr");
        double creatinine = get(row, "creatinine");
        return switch (score) {
            case ALBI -> DerivedScores.albi(bilirubin, albumin);
            case EZ_ALBI -> DerivedScores.ezAlbi(bilirubin, albumin);
            case PALBI -> DerivedScores.palbi(bilirubin, albumin, platelets);
            case FIB4 -> DerivedScores.fib4(get(row, "age"), ast, get(row, "alt"), platelets);
            case APRI -> DerivedScores.apri(ast, astUpperNormal(row), platelets);
            case MELD -> DerivedScores.meld(bilirubin, inr, creatinine);
            case MELD_NA -> DerivedScores.meldNa(bilirubin, inr, creatinine, get(row, "sodium"));
            case MELD_3 -> {
                String sex = categories.get(femaleColumn);
                yield sex == null
                        ? Double.NaN
                        : DerivedScores.meld3(
                                sex.equals(female),
                                bilirubin,
                                inr,
                                creatinine,
                                get(row, "sodium"),
                                albumin);
            }
            case NLR -> DerivedScores.ratio(get(row, "neutrophils"), lymphocytes);
            case PLR -> DerivedScores.ratio(platelets, lymphocytes);
            case LMR -> DerivedScores.ratio(lymphocytes, get(row, "monocytes"));
            case SII -> DerivedScores.sii(platelets, get(row, "neutrophils"), lymphocytes);
            case PNI -> DerivedScores.pni(albumin, lymphocytes);
            case GPR ->
                    DerivedScores.gpr(get(row, "ggt"), get(row, "ggt" + UPPER_NORMAL), platelets);
            case ALRI -> DerivedScores.ratio(ast, lymphocytes);
            case DE_RITIS -> DerivedScores.ratio(ast, get(row, "alt"));
        };
    }

    private double astUpperNormal(Map<String, Double> row) {
        double upper = get(row, "ast" + UPPER_NORMAL);
        return Double.isNaN(upper) ? AST_UPPER_NORMAL : upper;
    }

    private double get(Map<String, Double> row, String quantity) {
        Source source = sources.get(quantity);
        @Nullable Double value = source == null ? null : row.get(source.column());
        return source == null || value == null ? Double.NaN : value * source.factor();
    }
}
