// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a patient's radiology report in the manner of the patient's hospital. What the findings
 * state comes from the report variables; the impression is a radiologist's diagnosis, right more
 * often than not, and would be a gift to a model that reads it.
 */
final class ReportWriter {
    private static final double HEDGED_WHEN_PRESENT = 0.12;
    private static final double HEDGED_WHEN_ABSENT = 0.015;
    private static final double DENIED = 0.62;
    private static final double READER_RIGHT = 0.78;

    private final LatentModel model;
    private final SyntheticPatient patient;
    private final RandomStream random;

    private ReportWriter(LatentModel model, SyntheticPatient patient, long seed) {
        this.model = model;
        this.patient = patient;
        this.random = RandomStream.of(seed, patient.index(), 3);
    }

    /** The report as the hospital's bytes. */
    static byte[] write(LatentModel model, SyntheticPatient patient, long seed) {
        ReportWriter writer = new ReportWriter(model, patient, seed);
        String text = patient.centre() == Centre.D ? writer.english() : writer.chinese();
        return switch (patient.centre()) {
            case A, D -> text.getBytes(StandardCharsets.UTF_8);
            case B -> bytes(Charset.forName("GB18030"), text);
            case C -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] bytes(Charset charset, String text) {
        ByteBuffer buffer = charset.encode(text);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private boolean is(String latent) {
        return patient.values()[model.indexOf(latent)] == 1;
    }

    /** What the report says of a sign: stated, hedged, denied, or nothing at all. */
    private enum Status {
        PRESENT,
        HEDGED,
        DENIED,
        SILENT
    }

    private Status status(String latent) {
        if (is(latent)) {
            return random.chance(HEDGED_WHEN_PRESENT) ? Status.HEDGED : Status.PRESENT;
        }
        if (random.chance(HEDGED_WHEN_ABSENT)) {
            return Status.HEDGED;
        }
        return random.chance(DENIED) ? Status.DENIED : Status.SILENT;
    }

    /** Sentences of all signs, with some of the denied ones gathered in a list. */
    private List<String> signs(boolean chinese) {
        List<String> sentences = new ArrayList<>();
        List<String> listed = new ArrayList<>();
        for (ReportSign sign : ReportSign.values()) {
            ReportSign.Wording wording = chinese ? sign.chinese() : sign.english();
            switch (status(sign.latent())) {
                case PRESENT -> sentences.add(random.pick(wording.present()));
                case HEDGED -> sentences.add(random.pick(wording.hedged()));
                case DENIED -> {
                    if (!wording.noun().isEmpty() && random.chance(0.5)) {
                        listed.add(wording.noun());
                    } else {
                        sentences.add(random.pick(wording.denied()));
                    }
                }
                case SILENT -> {}
            }
        }
        random.shuffle(sentences);
        if (!listed.isEmpty()) {
            sentences.add(chinese ? listChinese(listed) : listEnglish(listed));
        }
        return sentences;
    }

    private String listChinese(List<String> nouns) {
        String last = nouns.get(nouns.size() - 1);
        String before = String.join("、", nouns.subList(0, nouns.size() - 1));
        return random.pick("未见", "未见明显", "未见明确") + (before.isEmpty() ? "" : before + "及") + last;
    }

    private String listEnglish(List<String> nouns) {
        String last = nouns.get(nouns.size() - 1);
        String before = String.join(", ", nouns.subList(0, nouns.size() - 1));
        return random.pick("No ", "No evidence of ", "There is no ")
                + (before.isEmpty() ? "" : before + " or ")
                + last;
    }

    private double[] sizesCm() {
        double read = patient.values()[model.indexOf("read_log_size_cm")];
        double largest = Math.max(0.8, Math.min(25, Math.exp(read)));
        double second = largest * random.uniform(0.75, 0.97);
        return new double[] {largest, second, second * random.uniform(0.8, 0.98)};
    }

    // ---- Chinese -----------------------------------------------------------------------------

    private String chinese() {
        boolean ct = patient.scanner().ct();
        String exam = ct ? "上腹部CT平扫+增强" : "上腹部MRI平扫+增强";
        String history = historyChinese();
        String findings = findingsChinese(ct);
        String impression = impressionChinese();
        return switch (patient.centre()) {
            case A ->
                    "检查部位："
                            + exam
                            + "\n临床诊断："
                            + history
                            + "\n影像所见：\n"
                            + findings
                            + "\n影像诊断：\n"
                            + impression
                            + "\n报告日期："
                            + patient.examined()
                            + "\n";
            case B ->
                    "检查方法："
                            + exam
                            + "\r\n病史："
                            + history
                            + (ct ? "\r\nCT表现：" : "\r\nMR表现：")
                            + findings.replace("\n", "")
                            + "\r\n诊断意见："
                            + impression.replace("\n", " ")
                            + "\r\n";
            default ->
                    "【检查名称】"
                            + exam
                            + "\n【临床病史】"
                            + history
                            + "\n【检查所见】\n"
                            + findings
                            + "\n【检查结论】\n"
                            + impression
                            + "\n";
        };
    }

    private String historyChinese() {
        if (patient.neoadjuvant() && random.chance(0.6)) {
            return random.pick("肝占位治疗后复查", "肝恶性肿瘤TACE术后", "HAIC治疗后评估");
        }
        return random.pick("肝占位待查", "体检发现肝占位", "右上腹不适，肝占位", "肝脏肿物");
    }

    private String findingsChinese(boolean ct) {
        List<String> signs = signs(true);
        int half = signs.size() / 2;
        StringBuilder text = new StringBuilder();
        text.append(liverChinese()).append("。");
        text.append(lesionChinese(ct)).append("。");
        text.append(enhancementChinese(ct)).append("。\n");
        text.append(String.join("，", signs.subList(0, half)));
        text.append(half > 0 ? "。" : "");
        text.append(organsChinese(ct)).append("。");
        text.append(String.join("；", signs.subList(half, signs.size())));
        text.append(signs.size() > half ? "。" : "");
        return text.toString();
    }

    private String liverChinese() {
        return switch (status("cirrhosis")) {
            case PRESENT -> random.pick("肝脏表面波浪状，肝裂增宽，各叶比例失调", "肝脏形态不规则，呈肝硬化改变", "肝硬化，肝裂增宽");
            case HEDGED -> random.pick("肝脏边缘欠光整，肝硬化可能", "可疑早期肝硬化");
            default -> random.pick("肝脏形态大小正常，表面光滑", "肝脏大小形态如常，各叶比例协调", "肝脏轮廓光整，未见肝硬化征象");
        };
    }

    private String lesionChinese(boolean ct) {
        String place =
                (patient.phantom().segment() <= 4 ? "肝左叶S" : "肝右叶S") + patient.phantom().segment();
        double[] cm = sizesCm();
        String noun = cm[0] < 3 ? random.pick("结节影", "类圆形结节") : random.pick("肿块影", "占位", "团块影");
        String start =
                is("read_multiple")
                        ? random.pick("肝内见多发结节及", "肝内多发占位，大者为") + noun + "，大者位于" + place + "段"
                        : place + "段" + random.pick("见一", "可见单发", "见") + noun;
        String size =
                random.chance(0.5)
                        ? String.format(
                                Locale.ROOT, "，大小约%.1fcm×%.1fcm×%.1fcm", cm[0], cm[1], cm[2])
                        : String.format(Locale.ROOT, "，大小约%.0f×%.0fmm", 10 * cm[0], 10 * cm[1]);
        String margin =
                is("ill_defined_margin")
                        ? random.pick("，边界不清", "，边缘模糊")
                        : random.pick("，边界清", "，边界清晰");
        String shape =
                is("read_irregular_shape")
                        ? random.pick("，形态不规则", "，呈分叶状")
                        : random.pick("，呈类圆形", "");
        String signal =
                ct
                        ? random.pick("，平扫呈低密度", "，平扫为稍低密度影")
                        : random.pick("，T1WI呈低信号，T2WI呈稍高信号", "，呈长T1长T2信号");
        return start + size + margin + shape + signal;
    }

    private String enhancementChinese(boolean ct) {
        List<String> parts = new ArrayList<>();
        boolean arterial = is("read_arterial_hyperenhancement");
        boolean rim = is("read_rim_enhancement");
        if (rim) {
            parts.add(random.pick("增强扫描动脉期呈环形强化", "增强后动脉期边缘强化"));
        }
        if (arterial) {
            parts.add(
                    rim ? "内部动脉期亦见明显强化" : random.pick("增强扫描动脉期明显强化", "动脉期明显不均匀强化", "增强动脉期呈富血供改变"));
        } else if (!rim) {
            parts.add(random.pick("增强扫描动脉期轻度强化", "动脉期未见明显强化"));
        }
        String later = random.pick("门脉期及延迟期", "门静脉期");
        parts.add(
                is("read_washout")
                        ? later + random.pick("强化减退", "对比剂廓清", "呈" + (ct ? "低密度" : "低信号") + "，可见廓清")
                        : later + random.pick("强化未见减退", "未见廓清", "未见明显廓清"));
        if (is("read_capsule")) {
            parts.add(random.pick("可见假包膜", "延迟期见包膜强化"));
        } else if (random.chance(DENIED)) {
            parts.add(random.pick("未见假包膜", "未见包膜强化"));
        }
        if (is("read_necrosis")) {
            parts.add(random.pick("内见无强化坏死区", "中央见坏死"));
        } else if (random.chance(0.5)) {
            parts.add(random.pick("内未见坏死", "未见明显坏死"));
        }
        return String.join("，", parts);
    }

    private String organsChinese(boolean ct) {
        String organs = random.pick("胆囊不大，壁不厚", "胆囊未见异常", "胆囊大小正常");
        return organs
                + "，"
                + random.pick("胰腺未见异常", "胰腺形态、" + (ct ? "密度" : "信号") + "未见异常")
                + "，"
                + random.pick("双肾未见异常", "双肾形态正常");
    }

    private String impressionChinese() {
        Diagnosis read = readerDiagnosis();
        String word =
                switch (read) {
                    case HCC -> random.pick("肝细胞癌", "原发性肝癌", "HCC");
                    case ICC -> random.pick("肝内胆管细胞癌", "胆管细胞癌");
                    case METASTASIS -> random.pick("转移瘤", "肝转移瘤");
                    case CHCC_CCA -> "混合型肝癌";
                    case HAEMANGIOMA -> random.pick("血管瘤", "肝血管瘤");
                    case FNH -> random.pick("局灶性结节增生", "FNH");
                    case OTHER_BENIGN -> random.pick("腺瘤", "炎性假瘤");
                };
        String place = patient.phantom().segment() <= 4 ? "肝左叶占位" : "肝右叶占位";
        String hedge = random.pick("考虑%s", "%s可能", "%s可能大", "符合%s", "不除外%s", "首先考虑%s");
        String first = "1. " + place + "，" + hedge.replace("%s", word) + "，请结合临床。";
        return is("cirrhosis") ? first + "\n2. 肝硬化。" : first;
    }

    /** The radiologist's diagnosis. */
    private Diagnosis readerDiagnosis() {
        Diagnosis truth = patient.place().diagnosis();
        if (random.chance(READER_RIGHT)) {
            return truth;
        }
        return switch (truth) {
            case HCC -> random.pick(List.of(Diagnosis.ICC, Diagnosis.METASTASIS, Diagnosis.FNH));
            case ICC -> random.pick(List.of(Diagnosis.HCC, Diagnosis.METASTASIS));
            case METASTASIS -> random.pick(List.of(Diagnosis.ICC, Diagnosis.HAEMANGIOMA));
            case CHCC_CCA -> random.pick(List.of(Diagnosis.HCC, Diagnosis.ICC));
            case HAEMANGIOMA, FNH, OTHER_BENIGN ->
                    random.pick(List.of(Diagnosis.HCC, Diagnosis.FNH, Diagnosis.HAEMANGIOMA));
        };
    }

    // ---- English -----------------------------------------------------------------------------

    private String english() {
        boolean ct = patient.scanner().ct();
        String history =
                patient.neoadjuvant() && random.chance(0.6)
                        ? random.pick("Liver mass after treatment.", "Status post TACE.")
                        : random.pick("Liver lesion, characterise.", "Incidental liver lesion.");
        return "CLINICAL HISTORY: "
                + history
                + "\nTECHNIQUE: "
                + (ct
                        ? "Multiphase CT of the abdomen before and after intravenous contrast."
                        : "Multiplanar MRI of the abdomen before and after intravenous contrast.")
                + "\nCOMPARISON: None.\n\n"
                + random.pick("FINDINGS:\n", "Findings:\n")
                + findingsEnglish(ct)
                + "\n\n"
                + random.pick("IMPRESSION:\n", "Impression:\n", "CONCLUSION:\n")
                + impressionEnglish()
                + "\n";
    }

    private String findingsEnglish(boolean ct) {
        List<String> signs = signs(false);
        int half = signs.size() / 2;
        List<String> sentences = new ArrayList<>();
        sentences.add(liverEnglish());
        sentences.add(lesionEnglish(ct));
        sentences.addAll(enhancementEnglish());
        sentences.addAll(signs.subList(0, half));
        sentences.add(random.pick("The gallbladder is unremarkable", "The gallbladder is normal"));
        sentences.add(random.pick("The pancreas is normal", "Pancreas is unremarkable"));
        sentences.add(random.pick("The kidneys are unremarkable", "Both kidneys are normal"));
        sentences.addAll(signs.subList(half, signs.size()));
        return String.join(". ", sentences) + ".";
    }

    private String liverEnglish() {
        return switch (status("cirrhosis")) {
            case PRESENT ->
                    random.pick(
                            "The liver has a nodular contour in keeping with cirrhosis",
                            "Cirrhotic liver morphology with widened fissures",
                            "There is cirrhosis");
            case HEDGED ->
                    random.pick(
                            "Slightly uneven liver surface, possible cirrhosis",
                            "Early cirrhosis cannot be excluded");
            default ->
                    random.pick(
                            "The liver is normal in size with a smooth contour",
                            "No evidence of cirrhosis",
                            "Liver morphology is normal");
        };
    }

    private String lesionEnglish(boolean ct) {
        double[] cm = sizesCm();
        String noun = cm[0] < 3 ? "nodule" : random.pick("mass", "lesion");
        String[] roman = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII"};
        String place = "segment " + roman[patient.phantom().segment() - 1];
        String size =
                random.chance(0.5)
                        ? String.format(Locale.ROOT, "%.1f x %.1f x %.1f cm", cm[0], cm[1], cm[2])
                        : String.format(Locale.ROOT, "%.0f x %.0f mm", 10 * cm[0], 10 * cm[1]);
        String margin = is("ill_defined_margin") ? "ill-defined" : "well-defined";
        String shape = is("read_irregular_shape") ? random.pick(" lobulated", " irregular") : "";
        String signal = ct ? "hypodense" : random.pick("T1 hypointense", "T2 hyperintense");
        String one = margin + shape + " " + signal + " " + noun;
        String article = is("ill_defined_margin") ? "an " : "a ";
        return is("read_multiple")
                ? "Multiple liver lesions are seen, the largest "
                        + article
                        + one
                        + " in "
                        + place
                        + " measuring "
                        + size
                : "There is " + article + one + " in " + place + " measuring " + size;
    }

    private List<String> enhancementEnglish() {
        List<String> parts = new ArrayList<>();
        boolean rim = is("read_rim_enhancement");
        if (rim) {
            parts.add(
                    random.pick(
                            "It shows rim enhancement in the arterial phase",
                            "There is peripheral ring enhancement on the arterial phase"));
        }
        if (is("read_arterial_hyperenhancement")) {
            parts.add(
                    random.pick(
                            "There is arterial hyperenhancement",
                            "The lesion is hypervascular in the arterial phase"));
        } else if (!rim) {
            parts.add(
                    random.pick(
                            "No arterial hyperenhancement",
                            "The lesion is hypovascular in the arterial phase"));
        }
        parts.add(
                is("read_washout")
                        ? random.pick(
                                "Washout is seen in the portal venous phase",
                                "There is washout on delayed images")
                        : random.pick("No washout", "Without washout on later phases"));
        if (is("read_capsule")) {
            parts.add(random.pick("An enhancing capsule is present", "There is a pseudocapsule"));
        } else if (random.chance(DENIED)) {
            parts.add(random.pick("No enhancing capsule", "No pseudocapsule is seen"));
        }
        if (is("read_necrosis")) {
            parts.add(random.pick("Central necrosis is present", "There is internal necrosis"));
        } else if (random.chance(0.5)) {
            parts.add("No necrosis");
        }
        return parts;
    }

    private String impressionEnglish() {
        String word =
                switch (readerDiagnosis()) {
                    case HCC -> random.pick("hepatocellular carcinoma", "HCC");
                    case ICC -> random.pick("intrahepatic cholangiocarcinoma", "ICC");
                    case METASTASIS -> "metastasis";
                    case CHCC_CCA -> "combined hepatocellular-cholangiocarcinoma";
                    case HAEMANGIOMA -> "haemangioma";
                    case FNH -> "focal nodular hyperplasia";
                    case OTHER_BENIGN -> random.pick("adenoma", "inflammatory pseudotumour");
                };
        String hedge =
                random.pick(
                        "suspicious for %s",
                        "likely %s",
                        "compatible with %s",
                        "favour %s",
                        "%s cannot be excluded",
                        "probable %s");
        String first = "1. Liver lesion, " + hedge.replace("%s", word) + ".";
        return is("cirrhosis") ? first + "\n2. Cirrhosis." : first;
    }
}
