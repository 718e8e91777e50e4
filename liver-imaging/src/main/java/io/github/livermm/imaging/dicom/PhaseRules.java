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
 * Phases from headers, in this order: descriptions in English and Chinese, then the delay after
 * contrast, then the order of acquisition of what is left.
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
                    rule(Timing.HEPATOBILIARY, "hepatobil|\\bhbp\\b|肝胆|肝细胞期|\\b(15|20)\\s?min"),
                    rule(
                            Timing.ARTERIAL,
                            "arterial|\\bart\\b|\\b(late|early)\\s?art|\\b(hap|lap|aap)\\b"
                                    + "|\\ba[ -]?phase|动脉|動脈"),
                    rule(
                            Timing.PORTAL,
                            "portal|\\bpvp?\\b|\\bven(ous|oes)?\\b|\\bpv[ -]?phase|门脉|门静脉|門"
                                    + "|静脉期|實質期|实质期"),
                    rule(
                            Timing.DELAYED,
                            "delay|\\bdel\\b|\\bdp\\b|equilib|transitional|\\blate\\b|\\b[2-9]\\s?min"
                                    + "|延迟|延时|延遲|平衡|移行|过渡"),
                    rule(
                            Timing.PRE,
                            "non[ -]?con|\\bnc(ct)?\\b|\\bunenh|\\bplain\\b|without|\\bw/?o\\b"
                                    + "|\\bpre\\b|pre[ -]?con|native|non[ -]?enh|\\bnect\\b"
                                    + "|平扫|平掃|普通扫描|\\bc-(?!\\w)|(?<!\\w)-c\\b"));

    private static final Pattern ADC = words("\\badc\\b|apparent diff|表观");
    private static final Pattern DWI =
            words(
                    "\\bdwi\\b|diffusion|\\bep2d_?diff|弥散|扩散|\\bb\\s?=?\\s?\\d{3,4}\\b|\\bresolve\\b");
    private static final Pattern OUT =
            words("out[ _-]?(of[ _-]?)?phase|\\bopp|opposed|\\bout\\b|反相|去相|反相位");
    private static final Pattern IN = words("\\bin[ _-]?phase|\\bin\\b|同相|正相");
    private static final Pattern T2 =
            words("\\bt2|haste|ssfse|\\bssh\\b|\\btrufi|fiesta|\\bmrcp\\b|长t2");
    private static final Pattern T1 =
            words("\\bt1|vibe|\\blava|thrive|\\bflash\\b|\\bfspgr|\\bspgr|\\bdisco\\b|\\bfame\\b");
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
        for (int tag : new int[] {Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME, Tag.IMAGE_TYPE}) {
            Optional<PhaseGuess> guess =
                    byText(header, tag, ct).filter(g -> tag != Tag.IMAGE_TYPE || mr);
            if (guess.isPresent()) {
                return guess;
            }
        }
        return byTiming(header, ct);
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
        return sequence(text, tag, timing, header).map(new Confident(confidence, evidence)::guess);
    }

    private record Confident(double confidence, String evidence) {
        PhaseGuess guess(Phase phase) {
            return new PhaseGuess(phase, confidence, evidence);
        }
    }

    private static Optional<Phase> sequence(
            String text, int tag, Optional<Timing> timing, DataSet header) {
        if (ADC.matcher(text).find()) {
            return Optional.of(Phase.MR_ADC);
        }
        boolean diffusion = header.number(Tag.DIFFUSION_B_VALUE).orElse(0) > 0;
        if (diffusion || DWI.matcher(text).find()) {
            return Optional.of(Phase.MR_DWI);
        }
        if (tag == Tag.IMAGE_TYPE) {
            return typed(text);
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

    private static Optional<Phase> typed(String text) {
        if (text.contains("out phase") || text.contains("opp phase")) {
            return Optional.of(Phase.MR_OUT_PHASE);
        }
        return text.contains("in phase") ? Optional.of(Phase.MR_IN_PHASE) : Optional.empty();
    }

    /** The one timing that the words name; a text that names two (A+P) says nothing. */
    private static Optional<Timing> timing(String text) {
        Set<Timing> seen = EnumSet.noneOf(Timing.class);
        for (Rule rule : TIMINGS) {
            if (rule.words().matcher(text).find()) {
                seen.add(rule.timing());
            }
        }
        if (seen.contains(Timing.ARTERIAL) && text.contains("late art")) {
            seen.remove(Timing.DELAYED);
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

    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', ' ').replace('+', ' ').strip();
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
     * Phases of enhanced series that nothing names, by their order in time: one is portal venous,
     * two are arterial and portal, three are arterial, portal and delayed; a first series without
     * contrast agent before them is the non-contrast one. Gives one entry per header, in order.
     */
    static List<Optional<PhaseGuess>> byOrder(List<DataSet> inOrder, boolean ct) {
        List<Optional<PhaseGuess>> guesses = new ArrayList<>();
        long enhanced = inOrder.stream().filter(PhaseRules::isEnhanced).count();
        List<Timing> timings =
                enhanced == 1
                        ? List.of(Timing.PORTAL)
                        : List.of(Timing.ARTERIAL, Timing.PORTAL, Timing.DELAYED);
        int next = 0;
        for (DataSet header : inOrder) {
            boolean agent = isEnhanced(header);
            if (enhanced > 3 || (!agent && (next > 0 || !ct))) {
                guesses.add(Optional.empty());
                continue;
            }
            Timing timing = agent ? timings.get(next++) : Timing.PRE;
            String evidence =
                    agent
                            ? "series "
                                    + next
                                    + " of "
                                    + enhanced
                                    + " with contrast (0018,0010), (0018,1040)"
                            : "no contrast (0018,0010), (0018,1040)";
            guesses.add(
                    Optional.of(
                            new PhaseGuess(
                                    phase(timing, ct), enhanced == 3 ? 0.5 : 0.4, evidence)));
        }
        return guesses;
    }
}
