// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Phases from headers, in this order: image type, descriptions in English and Chinese, b value, the
 * echo time of water and fat in and out of phase, the delay after contrast, then the order of
 * acquisition of what is left. Words that name two phases, or none, name nothing.
 */
final class PhaseRules {
    /** A part of a contrast examination, whatever the modality. */
    private enum Timing {
        PRE,
        ARTERIAL,
        PORTAL,
        DELAYED,
        HEPATOBILIARY
    }

    private record Rule(Timing timing, Pattern words) {}

    private static final List<Rule> TIMINGS =
            List.of(
                    rule(
                            Timing.HEPATOBILIARY,
                            "hepatobil|hepatocyte|\\bhbp\\b|\\bhb[ -]?phase|肝胆|肝细胞期|\\b(15|20)\\s?min"),
                    rule(
                            Timing.ARTERIAL,
                            "\\barteri|\\bart\\b|\\b(late|early)\\s?art|\\b(hap|lap|aap)\\b"
                                    + "|\\ba[ -]?phase|动脉|動脈"),
                    rule(
                            Timing.PORTAL,
                            "\\bport(al|oven)|\\bpvp?\\b|\\bven(ous|oes)?\\b|\\bpv[ -]?phase|门脉"
                                    + "|门静脉|門|静脉期|實質期|实质期"),
                    rule(
                            Timing.DELAYED,
                            "delay|\\bdel\\b|\\bdp\\b|equilib|transitional|\\blate\\b|\\b[2-9]\\s?min"
                                    + "|延迟|延时|延遲|平衡|移行|过渡"),
                    rule(
                            Timing.PRE,
                            "增强前|非增强|non[ -]?con|\\bnc(ct)?\\b|\\bunenh|\\bplain\\b|without|\\bw/?o\\b"
                                    + "|\\bpre\\b|pre[ -]?con|native|non[ -]?enh|\\bnect\\b"
                                    + "|平扫|平掃|普通扫描|\\bc-(?!\\w)|(?<!\\w)-c\\b"));

    private static final Pattern ADC = words("\\b[de]?adc\\b|apparent diff|表观");
    private static final Pattern DWI =
            words(
                    "\\bdwi\\b|diffusion|\\bdiff\\b|弥散|扩散|\\bb\\s?=?\\s?\\d{2,4}[a-z]?\\b"
                            + "|\\bresolve\\b|\\btracew?\\b");
    private static final Pattern OUT =
            words("out[ -]?(of[ -]?)?phase|\\bopp|opposed|\\bout\\b|(?<!post )\\bop\\b|反相|去相");
    private static final Pattern IN = words("\\bin[ -]?phase|\\bin\\b|\\bip\\b|同相|正相");
    private static final Pattern BOTH =
            words(
                    "dual[ -]?(echo|fsp?gr|ffe)|双回波|同反相|同/反|正反相"
                            + "|\\bin\\b.*\\b(out|opp)|\\b(out|opp).*\\bin\\b");

    /** Series that time the bolus: one place, again and again. */
    private static final Pattern MONITORING =
            words(
                    "monitor|smart ?prep|test ?bolus|bolus ?track|sure ?start|care ?bolus|监测"
                            + "|跟踪|示踪");

    /** A delay in seconds is not the delayed phase. */
    private static final Pattern DELAY_OF = words("delay(ed)?[ :=]*\\d+ ?s(ec)?\\b");

    private static final Pattern VENOUS_ONLY = words("portal|portoven|\\bpvp?\\b|门|門");
    private static final Pattern T2 =
            words("\\bt2|haste|ssfse|\\bssh\\b|\\btrufi|fiesta|\\bmrcp\\b|长t2");
    private static final Pattern T1 =
            words("\\bt1|vibe|\\blava|thrive|\\bflash\\b|\\bfspgr|\\bspgr|\\bdisco\\b|\\bfame\\b");
    private static final Pattern CHINESE_BORDER =
            Pattern.compile(
                    "(?<=\\p{IsHan})(?=[a-z0-9])|(?<=[a-z0-9])(?=\\p{IsHan})",
                    Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SUBTRACTION = words("subtract|\\bsub\\b|减影|\\bmip\\b|\\bmpr\\b");

    private static final Pattern INTRAVENOUS = words("\\biv\\b|\\bi\\.v|intraven|静脉");

    private PhaseRules() {}

    private static Rule rule(Timing timing, String words) {
        return new Rule(timing, words(words));
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
    }

    /** The phase by what the header of one series says; empty when it says nothing. */
    static Optional<PhaseGuess> byHeader(DataSet header) {
        boolean ct = header.text(Tag.MODALITY).orElse("").equals("CT");
        boolean mr = header.text(Tag.MODALITY).orElse("").equals("MR");
        if (!ct && !mr) {
            return Optional.empty();
        }
        if (isMonitoring(header)) {
            return Optional.empty();
        }
        if (mr) {
            Optional<PhaseGuess> typed = byImageType(header);
            if (typed.isPresent()) {
                return typed;
            }
        }
        for (int tag : new int[] {Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME, Tag.SEQUENCE_NAME}) {
            Optional<PhaseGuess> guess =
                    byText(header, tag, ct).filter(g -> tag != Tag.SEQUENCE_NAME || mr);
            if (guess.isPresent()) {
                return guess;
            }
        }
        if (mr && header.number(Tag.DIFFUSION_B_VALUE).orElse(0) > 0) {
            return Optional.of(
                    new PhaseGuess(
                            Phase.MR_DWI, 0.8, Tag.name(Tag.DIFFUSION_B_VALUE) + " above 0"));
        }
        return byTiming(header, ct);
    }

    private static boolean isMonitoring(DataSet header) {
        return MONITORING.matcher(normal(header.text(Tag.SERIES_DESCRIPTION).orElse(""))).find();
    }

    /** What the scanner computed an image as; free text is not as sure. */
    private static Optional<PhaseGuess> byImageType(DataSet header) {
        String type = normal(header.text(Tag.IMAGE_TYPE).orElse(""));
        Phase phase;
        if (ADC.matcher(type).find()) {
            phase = Phase.MR_ADC;
        } else if (type.contains("out phase") || type.contains("opp phase")) {
            phase = Phase.MR_OUT_PHASE;
        } else if (type.contains("in phase")) {
            phase = Phase.MR_IN_PHASE;
        } else {
            return Optional.empty();
        }
        return Optional.of(new PhaseGuess(phase, 0.9, Tag.name(Tag.IMAGE_TYPE) + " " + type));
    }

    /**
     * Water and fat are in phase at even multiples of 3.45 ms T / field and out of phase at odd
     * ones.
     */
    private static Optional<Phase> byEcho(DataSet header) {
        double turns =
                header.number(Tag.ECHO_TIME).orElse(0)
                        * header.number(Tag.FIELD_STRENGTH).orElse(0)
                        / 3.45;
        long whole = Math.round(turns);
        if (whole < 1 || Math.abs(turns - whole) > 0.3) {
            return Optional.empty();
        }
        return Optional.of(whole % 2 == 1 ? Phase.MR_OUT_PHASE : Phase.MR_IN_PHASE);
    }

    private static Optional<PhaseGuess> byText(DataSet header, int tag, boolean ct) {
        String said = header.text(tag).orElse("");
        String text = normal(said);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String evidence = Tag.name(tag) + " \"" + said + "\"";
        double confidence = tag == Tag.SERIES_DESCRIPTION ? 0.9 : 0.75;
        if (SUBTRACTION.matcher(text).find()) {
            confidence -= 0.4;
        }
        Optional<Timing> timing = timing(text);
        if (ct) {
            double sure = confidence;
            return timing.map(t -> new PhaseGuess(phase(t, true), sure, evidence));
        }
        return sequence(text, timing, header).map(new Confident(confidence, evidence)::guess);
    }

    private record Confident(double confidence, String evidence) {
        PhaseGuess guess(Phase phase) {
            return new PhaseGuess(phase, confidence, evidence);
        }
    }

    private static Optional<Phase> sequence(String text, Optional<Timing> timing, DataSet header) {
        if (ADC.matcher(text).find()) {
            return Optional.of(Phase.MR_ADC);
        }
        boolean diffusion = header.number(Tag.DIFFUSION_B_VALUE).orElse(0) > 0;
        if (diffusion || DWI.matcher(text).find()) {
            return Optional.of(Phase.MR_DWI);
        }
        if (BOTH.matcher(text).find()) {
            return byEcho(header);
        }
        if (OUT.matcher(text).find()) {
            return Optional.of(Phase.MR_OUT_PHASE);
        }
        boolean dynamic = timing.isPresent() && timing.get() != Timing.PRE;
        if (IN.matcher(text).find() && !dynamic) {
            return Optional.of(Phase.MR_IN_PHASE);
        }
        if (T2.matcher(text).find() && !dynamic) {
            return Optional.of(Phase.MR_T2);
        }
        if (timing.isPresent()) {
            return timing.map(t -> phase(t, false));
        }
        boolean contrast = isEnhanced(header);
        return T1.matcher(text).find() && !contrast ? Optional.of(Phase.MR_T1) : Optional.empty();
    }

    /** The one timing that the words name; a text that names two (A+P) says nothing. */
    private static Optional<Timing> timing(String text) {
        Set<Timing> seen = EnumSet.noneOf(Timing.class);
        for (Rule rule : TIMINGS) {
            if (rule.words().matcher(text).find()) {
                seen.add(rule.timing());
            }
        }
        boolean lateArterial = seen.contains(Timing.ARTERIAL) && text.contains("late art");
        if (lateArterial || (seen.size() > 1 && DELAY_OF.matcher(text).find())) {
            seen.remove(Timing.DELAYED);
        }
        if (seen.contains(Timing.DELAYED) && !VENOUS_ONLY.matcher(text).find()) {
            seen.remove(Timing.PORTAL);
        }
        if (seen.contains(Timing.HEPATOBILIARY)) {
            seen.remove(Timing.DELAYED);
        }
        return seen.size() == 1 ? Optional.of(seen.iterator().next()) : Optional.empty();
    }

    private static Phase phase(Timing timing, boolean ct) {
        return switch (timing) {
            case PRE -> ct ? Phase.CT_NON_CONTRAST : Phase.MR_T1;
            case ARTERIAL -> ct ? Phase.CT_ARTERIAL : Phase.MR_ARTERIAL;
            case PORTAL -> ct ? Phase.CT_PORTAL : Phase.MR_PORTAL;
            case DELAYED -> ct ? Phase.CT_DELAYED : Phase.MR_DELAYED;
            case HEPATOBILIARY -> ct ? Phase.CT_DELAYED : Phase.MR_HEPATOBILIARY;
        };
    }

    /** Lower case; signs that join words, and the border of Chinese and Latin, part them. */
    private static String normal(String text) {
        return CHINESE_BORDER
                .matcher(text.toLowerCase(Locale.ROOT).replaceAll("[_+*\\\\]", " "))
                .replaceAll(" ")
                .strip();
    }

    /** Agent or route are filled in; an agent that was only drunk does not count. */
    private static boolean isEnhanced(DataSet header) {
        Optional<String> route = header.text(Tag.CONTRAST_ROUTE).map(PhaseRules::normal);
        return route.isPresent()
                ? INTRAVENOUS.matcher(route.get()).find()
                : header.text(Tag.CONTRAST_AGENT).isPresent();
    }

    /** Delay after the start of contrast; limits lie between the delays of common protocols. */
    private static Optional<PhaseGuess> byTiming(DataSet header, boolean ct) {
        OptionalDouble start = seconds(header, Tag.CONTRAST_START_TIME);
        OptionalDouble acquired = seconds(header, Tag.ACQUISITION_TIME);
        if (start.isEmpty() || acquired.isEmpty()) {
            return Optional.empty();
        }
        double delay = acquired.getAsDouble() - start.getAsDouble();
        delay += delay < -43200 ? 86400 : 0; // over midnight
        Timing timing;
        if (delay < 0) {
            timing = Timing.PRE;
        } else if (delay < 15 || delay > 3600) {
            return Optional.empty();
        } else if (delay < 52) {
            timing = Timing.ARTERIAL;
        } else if (delay < 115) {
            timing = Timing.PORTAL;
        } else {
            timing = delay < 720 || ct ? Timing.DELAYED : Timing.HEPATOBILIARY;
        }
        String evidence =
                String.format(
                        Locale.ROOT,
                        "%s - %s = %.0f s",
                        Tag.name(Tag.ACQUISITION_TIME),
                        Tag.name(Tag.CONTRAST_START_TIME),
                        delay);
        return Optional.of(new PhaseGuess(phase(timing, ct), 0.7, evidence));
    }

    /** Seconds since midnight of a TM value. */
    static OptionalDouble seconds(DataSet header, int tag) {
        String t = header.text(tag).orElse("").replace(":", "");
        if (t.length() < 6 || !t.substring(0, 6).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalDouble.empty();
        }
        double fraction = 0;
        if (t.length() > 7 && t.charAt(6) == '.' && t.substring(7).matches("[0-9]{1,9}")) {
            fraction = Double.parseDouble("0" + t.substring(6));
        }
        return OptionalDouble.of(
                Integer.parseInt(t.substring(0, 2)) * 3600
                        + Integer.parseInt(t.substring(2, 4)) * 60
                        + Integer.parseInt(t.substring(4, 6))
                        + fraction);
    }

    /**
     * Phases of series that nothing names, by their order in time: one enhanced series is portal
     * venous, two are arterial and portal, three are arterial, portal and delayed. A series without
     * contrast before an enhanced one is the non-contrast one, and so is one whose agent was only
     * drunk. Gives one entry per header, in order.
     */
    static List<Optional<PhaseGuess>> byOrder(List<DataSet> inOrder, boolean ct) {
        List<DataSet> enhanced =
                inOrder.stream().filter(h -> isEnhanced(h) && !isMonitoring(h)).toList();
        boolean portalOnly = enhanced.size() == 1;
        boolean ordered = enhanced.size() <= 3;
        List<Timing> timings =
                portalOnly
                        ? List.of(Timing.PORTAL)
                        : List.of(Timing.ARTERIAL, Timing.PORTAL, Timing.DELAYED);
        double confidence = enhanced.size() == 3 ? 0.5 : 0.4;
        List<Optional<PhaseGuess>> guesses = new ArrayList<>();
        int next = 0;
        for (DataSet header : inOrder) {
            Timing timing = null;
            String evidence = "no contrast (0018,0010), (0018,1040)";
            if (ordered && !isMonitoring(header)) {
                if (isEnhanced(header)) {
                    timing = timings.get(next++);
                    evidence =
                            "series "
                                    + next
                                    + " of "
                                    + enhanced.size()
                                    + " with contrast (0018,0010), (0018,1040)";
                } else if (ct && next == 0 && isPlain(header, !enhanced.isEmpty())) {
                    timing = Timing.PRE;
                }
            }
            guesses.add(
                    timing == null
                            ? Optional.empty()
                            : Optional.of(new PhaseGuess(phase(timing, ct), confidence, evidence)));
        }
        return guesses;
    }

    private static boolean isPlain(DataSet header, boolean enhancedFollows) {
        return enhancedFollows || header.text(Tag.CONTRAST_AGENT).isPresent();
    }
}
