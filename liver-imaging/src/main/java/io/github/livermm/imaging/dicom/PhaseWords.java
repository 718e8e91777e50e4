// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which technologists name phases and sequences, English and Chinese, in texts that
 * {@link #normal} has made alike. Words that name two phases, or none, name nothing.
 */
final class PhaseWords {
    private record Rule(ContrastTiming timing, Pattern words) {}

    private static final List<Rule> TIMINGS =
            List.of(
                    rule(
                            ContrastTiming.HEPATOBILIARY,
                            "hepatobil|hepatocyte|\\bhbp\\b|\\bhb[ -]?phase|肝胆(特异)?性?[期相时]"
                                    + "|肝细胞(特异)?性?期|\\b(15|20)\\s?(min|分)"),
                    rule(
                            ContrastTiming.ARTERIAL,
                            "\\bart[eé]ri|\\bart\\b|\\b(hap|lap|aap)\\b|\\ba[ -]?(phase|期)|sp[äa]tarteri|动[脉麦]"),
                    rule(
                            ContrastTiming.PORTAL,
                            "\\bport(al|oven)|\\bpvp?\\b|\\bven(ous|oes|ös)?\\b"
                                    + "|\\bp?v[ -]?(phase|期)|门[脉麦]|门静脉|门期|静脉[期相]|实质期"),
                    rule(
                            ContrastTiming.DELAYED,
                            "delay|\\bdel\\b|\\bdp\\b|\\bd[ -]?(phase|期)|\\bequil|gleichgewicht|transitional|\\blate\\b"
                                    + "|\\bsp[äa]t|\\btardi[fv]|\\b[2-9]\\s?(mi?n|分)|延[迟时]|平衡|移行"
                                    + "|过渡"),
                    rule(
                            ContrastTiming.PRE,
                            "(增强|显影|注射|注药|打药|造影)前|非增强|non[ -]?con|\\bnc(ct)?\\b|\\bunenh"
                                    + "|\\bplain\\b|without|\\bw/?o\\b|\\bpre\\b|pre[ -]?con|\\bnativ"
                                    + "|\\bsans (inj|con|prod)|\\bohne k|无(造影|显影|对比|增强)|non[ -]?enh|\\bnect\\b|平扫|普通扫描|蒙片"
                                    + "|\\bmask\\b|\\bc ?-(?!\\w)|(?<!\\w)-c\\b"));

    /** With contrast: beside a word for without it, the examination is named and no phase. */
    private static final Pattern ENHANCED =
            words(
                    "(?<![非未无])增强(?!前)|动态|[双三四多]期|\\bpost\\b|\\bwith (iv )?con|\\band with\\b"
                            + "|\\bw (iv )?con|\\bw ?(&|and|/)? ?wo?\\b(?!/)|\\b(multi|tri|dual|[234])[ -]?phas");

    /** Before or after a treatment says nothing of contrast. */
    private static final Pattern TREATMENT =
            words(
                    "\\b(pre|post)[ -]?(op|surg|tace|haic|rfa|mwa|ablat|tips|treat|therap|biops"
                            + "|transplant|chemo|embol|rx\\b|tx\\b)[a-z]*");

    static final Pattern ADC = words("\\bd?adc\\b|apparent diff|表观");
    static final Pattern DWI =
            words(
                    "\\bdwi\\b|diffusion|\\bdiff\\b|弥散|扩散|\\bb\\s?=?\\s?\\d{2,4}[a-z]?\\b"
                            + "|\\bresolve\\b|\\btracew?\\b|\\bdwibs\\b");
    static final Pattern OUT =
            words("out[ -]?(of[ -]?)?phase|\\bopp|opposed|\\bout\\b|(?<!post )\\boo?p\\b|反相|去相");
    static final Pattern IN = words("\\bin[ -]?phase|\\bin\\b|\\bip\\b|同相|正相");
    static final Pattern BOTH =
            words(
                    "\\bdual\\b|双回波|同反相|同/反|正反相|\\bin\\b.*\\b(out|opp)|\\b(out|opp).*\\bin\\b"
                            + "|\\bip\\b.*\\boo?p\\b");
    static final Pattern T2 =
            words("t2(?!\\*)w?|haste|ss?fse|\\bsst|\\bssh\\b|\\bfase\\b|frfse|\\btrufi|fiesta|长t2");
    static final Pattern T1 =
            words(
                    "t1|vibe|\\blava|thrive|\\bflash\\b|\\bfspgr|\\bspgr|\\bdisco\\b|\\bfame\\b|dixon"
                            + "|quick ?3d|\\btigre\\b");

    /** Another plane of what an axial series shows. */
    static final Pattern OTHER_PLANE =
            words("\\bmpr\\b|reformat|\\bcor(onal)?\\b|\\bsag(ittal)?\\b|重建|冠状|矢状");

    /**
     * What is no image of a phase: series that time the bolus, differences, projections, maps, bile
     * ducts, fat alone, other parts of the body.
     */
    private static final Pattern NO_PHASE =
            words(
                    "monitor|smart ?prep|test ?bolus|bolus ?track|sure ?start|care ?bolus|监测|跟踪"
                            + "|示踪|subtract|\\bsub\\b|减影|\\bm(in)?ip\\b|\\bmrcp|\\bmap(ping)?\\b"
                            + "|\\bct ?p\\b|perfusion|灌注|ktrans|碘图|iodine|r2\\*|t2\\*|fraction|脂肪分数"
                            + "|\\bff\\b|\\bfat:|dixon.* f\\b|\\bdose\\b|剂量|lung|肺窗|spine|[腰颈胸]椎"
                            + "|brain|颅脑");

    private static final Pattern EXPONENTIAL = words("exponential|\\be ?adc\\b");

    private static final Pattern LATE_ARTERIAL = words("late[ -]?art|sp[äa]t[ -]?art");

    /** A delay in seconds is not the delayed phase. */
    private static final Pattern DELAY_OF = words("delay(ed)?[ :=]*\\d+ ?s(ec)?\\b");

    private static final Pattern SECONDS = words("(?<![.\\w])(\\d{2,3}) ?(s|secs?|秒)\\b");
    private static final Pattern VENOUS_ONLY = words("portal|portoven|\\bpvp?\\b|门");

    /** Traditional characters of the words here, and the simplified ones in the same places. */
    private static final String TRADITIONAL = "動脈門靜無遲時過強膽掃實質減擴彌雙顯細劑頸顱監測蹤狀異態圖數藥";

    private static final String SIMPLIFIED = "动脉门静无迟时过强胆扫实质减扩弥双显细剂颈颅监测踪状异态图数药";

    private static final Pattern CHINESE_BORDER =
            Pattern.compile(
                    "(?<=\\p{IsHan})(?=[a-z0-9])|(?<=[a-z0-9])(?=\\p{IsHan})",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern LONG_WORD = Pattern.compile("(?<![a-z])[a-z]{5,}(?![a-z])");

    /** Words that are found with one letter missing, added, changed or swapped too, by length. */
    private static final List<String> OFTEN_MISSPELT =
            List.of(
                    "portal",
                    "venous",
                    "delayed",
                    "arterial",
                    "diffusion",
                    "equilibrium",
                    "transitional",
                    "hepatobiliary",
                    "subtraction");

    private PhaseWords() {}

    private static Rule rule(ContrastTiming timing, String words) {
        return new Rule(timing, words(words));
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
    }

    /**
     * Lower case, simplified and rightly spelt; signs that join words, and the border of Chinese
     * and Latin, part them; what was done to the patient is left out.
     */
    static String normal(String text) {
        StringBuilder plain = new StringBuilder(text.toLowerCase(Locale.ROOT));
        for (int n = 0; n < plain.length(); n++) {
            int known = TRADITIONAL.indexOf(plain.charAt(n));
            if (known >= 0) {
                plain.setCharAt(n, SIMPLIFIED.charAt(known));
            } else if ("_+\\".indexOf(plain.charAt(n)) >= 0) {
                plain.setCharAt(n, ' ');
            }
        }
        String parted = CHINESE_BORDER.matcher(plain).replaceAll(" ");
        String spelt = LONG_WORD.matcher(parted).replaceAll(m -> spelt(m.group()));
        return TREATMENT.matcher(spelt).replaceAll(" ").strip();
    }

    private static String spelt(String word) {
        return OFTEN_MISSPELT.stream().filter(w -> nearlySame(w, word)).findFirst().orElse(word);
    }

    /** Whether one edit at most lies between two words (Damerau 1964). */
    private static boolean nearlySame(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int from = 0;
        while (from < shorter && a.charAt(from) == b.charAt(from)) {
            from++;
        }
        int behind = 0;
        while (behind < shorter - from
                && a.charAt(a.length() - 1 - behind) == b.charAt(b.length() - 1 - behind)) {
            behind++;
        }
        int restA = a.length() - from - behind;
        int restB = b.length() - from - behind;
        boolean swapped =
                restA == 2
                        && restB == 2
                        && a.charAt(from) == b.charAt(from + 1)
                        && a.charAt(from + 1) == b.charAt(from);
        return swapped || Math.max(restA, restB) <= 1;
    }

    static boolean showNoPhase(String text) {
        return EXPONENTIAL.matcher(text).find()
                || (NO_PHASE.matcher(text).find() && !ADC.matcher(text).find());
    }

    /** The one timing that the words name; a text that names two (A+P) says nothing. */
    static Optional<ContrastTiming> timing(String text, boolean ct) {
        Set<ContrastTiming> seen = EnumSet.noneOf(ContrastTiming.class);
        for (Rule rule : TIMINGS) {
            if (rule.words().matcher(text).find()) {
                seen.add(rule.timing());
            }
        }
        boolean lateArterial =
                seen.contains(ContrastTiming.ARTERIAL) && LATE_ARTERIAL.matcher(text).find();
        if (lateArterial || DELAY_OF.matcher(text).find()) {
            seen.remove(ContrastTiming.DELAYED);
        }
        if (seen.contains(ContrastTiming.DELAYED) && !VENOUS_ONLY.matcher(text).find()) {
            seen.remove(ContrastTiming.PORTAL);
        }
        if (seen.contains(ContrastTiming.HEPATOBILIARY)) {
            seen.remove(ContrastTiming.DELAYED);
        }
        if (seen.contains(ContrastTiming.PRE) && ENHANCED.matcher(text).find()) {
            return Optional.empty();
        }
        if (seen.isEmpty() && ct) {
            return bySeconds(text);
        }
        return seen.size() == 1 ? Optional.of(seen.iterator().next()) : Optional.empty();
    }

    /** A CT may be named by its delay alone; in an MR, seconds are those of a breath-hold. */
    private static Optional<ContrastTiming> bySeconds(String text) {
        Matcher found = SECONDS.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        int delay = Integer.parseInt(found.group(1));
        return found.find() ? Optional.empty() : ContrastTiming.after(delay, true, false);
    }
}
