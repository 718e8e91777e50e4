// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Something a laboratory measures, with the units it is reported in. The table covers the variables
 * that liver cohorts hold; other columns may carry any unit, but are never converted.
 *
 * <p>Factors: AFP 1 IU/mL = 1.21 ng/mL; bilirubin 1 mg/dL = 17.1 umol/L; creatinine 1 mg/dL = 88.4
 * umol/L; urea 1 mg/dL of urea nitrogen = 0.357 mmol/L; the rest are powers of ten, and 1 ukat/L =
 * 60 U/L by definition. HBV DNA in copies is not converted: a copy is a fifth to a sixth of an IU,
 * by assay.
 *
 * @since 0.1.0
 */
public final class Quantity {
    private static final List<Quantity> ALL =
            List.of(
                    new Quantity(
                            "afp",
                            Set.of("alphafetoprotein", "afetoprotein", "甲胎蛋白"),
                            Map.of("ng/mL", 1.0, "ug/L", 1.0, "IU/mL", 1.21, "kIU/L", 1.21)),
                    new Quantity(
                            "pivka_ii",
                            Set.of("pivka", "pivkaii", "pivka2", "dcp", "异常凝血酶原"),
                            Map.of("mAU/mL", 1.0, "AU/L", 1.0)),
                    new Quantity(
                            "ca19_9", Set.of("ca199", "糖类抗原199"), Map.of("U/mL", 1.0, "kU/L", 1.0)),
                    new Quantity("cea", Set.of("癌胚抗原"), Map.of("ng/mL", 1.0, "ug/L", 1.0)),
                    enzyme("alt", "gpt", "谷丙转氨酶", "丙氨酸氨基转移酶"),
                    enzyme("ast", "got", "谷草转氨酶", "天门冬氨酸氨基转移酶"),
                    enzyme("ggt", "gammagt", "谷氨酰转移酶", "谷氨酰转肽酶"),
                    enzyme("alp", "alkalinephosphatase", "碱性磷酸酶"),
                    new Quantity(
                            "bilirubin",
                            Set.of("tbil", "tb", "bil", "totalbilirubin", "bilirubintotal", "总胆红素"),
                            Map.of("umol/L", 1.0, "mg/dL", 17.1)),
                    new Quantity(
                            "direct_bilirubin",
                            Set.of("dbil", "bilirubindirect", "直接胆红素"),
                            Map.of("umol/L", 1.0, "mg/dL", 17.1)),
                    new Quantity(
                            "albumin",
                            Set.of("alb", "白蛋白"),
                            Map.of("g/L", 1.0, "g/dL", 10.0, "mg/dL", 0.01)),
                    new Quantity(
                            "creatinine",
                            Set.of("cr", "crea", "scr", "肌酐"),
                            Map.of("umol/L", 1.0, "mg/dL", 88.4)),
                    new Quantity(
                            "urea", Set.of("bun", "尿素"), Map.of("mmol/L", 1.0, "mg/dL", 0.357)),
                    new Quantity(
                            "haemoglobin",
                            Set.of("hb", "hgb", "hemoglobin", "血红蛋白"),
                            Map.of("g/L", 1.0, "g/dL", 10.0)),
                    new Quantity("sodium", Set.of("na", "钠"), Map.of("mmol/L", 1.0, "mEq/L", 1.0)),
                    new Quantity("prothrombin_time", Set.of("pt", "凝血酶原时间"), Map.of("s", 1.0)),
                    new Quantity("inr", Set.of("国际标准化比值"), Map.of("ratio", 1.0)),
                    cells("platelets", "plt", "platelet", "plateletcount", "血小板"),
                    cells("leucocytes", "wbc", "leukocytes", "白细胞"),
                    cells("neutrophils", "neut", "neu", "中性粒细胞"),
                    cells("lymphocytes", "lym", "lymph", "淋巴细胞"),
                    cells("monocytes", "mono", "单核细胞"),
                    new Quantity(
                            "size",
                            Set.of(
                                    "tumoursize",
                                    "tumorsize",
                                    "tumourmaxsize",
                                    "maxsize",
                                    "diameter",
                                    "maxdiameter",
                                    "肿瘤大小",
                                    "肿瘤最大径"),
                            Map.of("cm", 1.0, "mm", 0.1)),
                    new Quantity("age", Set.of("ageyears", "年龄"), Map.of("years", 1.0)));

    private final String id;
    private final Set<String> names;
    private final Map<String, Double> factors;

    private Quantity(String id, Set<String> names, Map<String, Double> factors) {
        this.id = id;
        this.names = names;
        this.factors = factors;
    }

    private static Quantity enzyme(String id, String... names) {
        return new Quantity(id, Set.of(names), Map.of("U/L", 1.0, "IU/L", 1.0, "ukat/L", 60.0));
    }

    private static Quantity cells(String id, String... names) {
        return new Quantity(
                id,
                Set.of(names),
                Map.of("10^9/L", 1.0, "10^3/uL", 1.0, "K/uL", 1.0, "/uL", 1e-3, "/mm3", 1e-3));
    }

    /**
     * The stable word of the quantity.
     *
     * @return such as {@code bilirubin}
     */
    public String id() {
        return id;
    }

    /**
     * The units it is reported in.
     *
     * @return in the usual spelling, in alphabetical order
     */
    public List<String> units() {
        return factors.keySet().stream().sorted().toList();
    }

    /**
     * Every quantity of the table.
     *
     * @return an immutable list
     */
    public static List<Quantity> all() {
        return ALL;
    }

    /**
     * The quantity of a name, whatever its case, blanks, hyphens and underscores.
     *
     * @param name id of a quantity, or a usual name in English or Chinese, such as {@code TBIL}
     * @return empty when the table does not hold it
     */
    public static Optional<Quantity> named(String name) {
        String plain = plainName(name);
        return ALL.stream()
                .filter(q -> plainName(q.id).equals(plain) || q.names.contains(plain))
                .findFirst();
    }

    /**
     * The quantity of a column: what the protocol states, else what the name says.
     *
     * @param column a numeric column
     * @return empty when neither tells
     */
    public static Optional<Quantity> of(Column column) {
        String stated = column.measure().quantity();
        return named(stated == null ? column.name() : stated);
    }

    /**
     * How to bring a value from one unit to another.
     *
     * @param from unit of the value, in any spelling
     * @param to unit wanted, in any spelling
     * @return what to multiply by; empty when one of the units does not belong to the quantity
     */
    public OptionalDouble factor(String from, String to) {
        Map<String, Double> plain = new LinkedHashMap<>();
        factors.forEach((unit, factor) -> plain.put(plainUnit(unit), factor));
        Double source = plain.get(plainUnit(from));
        Double target = plain.get(plainUnit(to));
        return source == null || target == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(source / target);
    }

    /** A unit without regard to case, blanks, the letter for micro and the way to write powers. */
    static String plainUnit(String unit) {
        return Normalizer.normalize(
                        unit.replace("⁹", "^9").replace("³", "^3"), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s×*]", "")
                .replace('μ', 'u')
                .replace("mcg", "ug")
                .replaceFirst("^x(?=10)", "")
                .replaceFirst("^10e?(?=[39]/)", "10^")
                .replace("mm^3", "mm3")
                .replaceFirst("^(sec|second|seconds)$", "s")
                .replaceFirst("^(year|yr|yrs)$", "years");
    }

    private static String plainName(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "")
                .replaceFirst("^(serum|preop|preoperative|baseline|术前|血清)", "");
    }
}
