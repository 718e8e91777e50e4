// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The phase of a series by its own header, in this order: image type, descriptions in English and
 * Chinese, b value, the echo time of water and fat in and out of phase, the delay after contrast,
 * the times of a T2-weighted sequence. That a sequence is T1-weighted counts only where nothing
 * tells when it was taken. What comes from the other series of an examination: {@link PhaseOrder}.
 */
final class PhaseRules {
    private static final Pattern INTRAVENOUS =
            Pattern.compile("\\biv\\b|\\bi\\.v|intraven|静脉", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern TAKEN_UP =
            Pattern.compile("gadoxet|primovist|eovist|\\beob|普美显|钆塞酸|gadobenate|multihance|莫迪司|钆贝");

    private PhaseRules() {}

    /** The phase by what the header of one series says; empty when it says nothing. */
    static Optional<PhaseGuess> byHeader(DataSet header) {
        boolean ct = header.text(Tag.MODALITY).orElse("").equals("CT");
        boolean mr = header.text(Tag.MODALITY).orElse("").equals("MR");
        if ((!ct && !mr) || showsNoPhase(header)) {
            return Optional.empty();
        }
        return ct
                ? named(header, Tag.SERIES_DESCRIPTION)
                        .or(() -> named(header, Tag.PROTOCOL_NAME))
                        .or(() -> byDelay(header, true))
                : byImageType(header).or(() -> bySequence(header));
    }

    /** Whether a series is nothing that could be used as a phase, whatever else it says. */
    static boolean showsNoPhase(DataSet header) {
        List<String> type = header.texts(Tag.IMAGE_TYPE);
        String described = text(header, Tag.SERIES_DESCRIPTION);
        return PhaseWords.showNoPhase(imageType(header))
                || PhaseWords.showNoPhase(described)
                || (described.isEmpty() && PhaseWords.showNoPhase(text(header, Tag.PROTOCOL_NAME)))
                || type.contains("F")
                || (isDixon(type) && type.contains("FAT"));
    }

    /** Whether an axial series shows the same, so that this one is no step of the examination. */
    static boolean isOtherPlane(DataSet header) {
        return PhaseWords.OTHER_PLANE.matcher(imageType(header)).find()
                || PhaseWords.OTHER_PLANE.matcher(text(header, Tag.SERIES_DESCRIPTION)).find();
    }

    private static String text(DataSet header, int tag) {
        return PhaseWords.normal(header.text(tag).orElse(""));
    }

    private static String imageType(DataSet header) {
        return PhaseWords.normal(String.join(" ", header.texts(Tag.IMAGE_TYPE)));
    }

    private static boolean isDixon(List<String> type) {
        return type.stream().anyMatch(t -> t.toUpperCase(Locale.ROOT).contains("DIXON"));
    }

    /** What the scanner computed an image as; free text is not as sure. */
    private static Optional<PhaseGuess> byImageType(DataSet header) {
        List<String> types = header.texts(Tag.IMAGE_TYPE);
        String type = imageType(header);
        Phase phase;
        if (PhaseWords.ADC.matcher(type).find()) {
            phase = Phase.MR_ADC;
        } else if (type.contains("out phase")
                || type.contains("opp phase")
                || types.contains("OP")
                || (isDixon(types) && PhaseWords.OUT.matcher(type).find())) {
            phase = Phase.MR_OUT_PHASE;
        } else if (type.contains("in phase")
                || types.contains("IP")
                || (isDixon(types) && PhaseWords.IN.matcher(type).find())) {
            phase = Phase.MR_IN_PHASE;
        } else {
            return Optional.empty();
        }
        return Optional.of(new PhaseGuess(phase, 0.9, evidence(header, Tag.IMAGE_TYPE, type)));
    }

    private static PhaseGuess guess(Phase phase, DataSet header, int tag) {
        double confidence = tag == Tag.SERIES_DESCRIPTION ? 0.9 : 0.75;
        confidence -= isOtherPlane(header) ? 0.4 : 0;
        String said = header.text(tag).orElse("");
        return new PhaseGuess(phase, confidence, evidence(header, tag, "\"" + said + "\""));
    }

    /** The tag and what it says, unless that names the patient, as protocols sometimes do. */
    private static String evidence(DataSet header, int tag, String said) {
        return Tag.name(tag) + (IdentifyingWords.of(header).in(said) ? "" : " " + said);
    }

    /** The timing that a text names. */
    private static Optional<PhaseGuess> named(DataSet header, int tag) {
        boolean ct = header.text(Tag.MODALITY).orElse("").equals("CT");
        return PhaseWords.timing(text(header, tag), ct).map(t -> guess(t.phase(ct), header, tag));
    }

    private static Optional<PhaseGuess> bySequence(DataSet header) {
        PhaseGuess plain = null;
        for (int tag : new int[] {Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME, Tag.SEQUENCE_NAME}) {
            // once a series is T1-weighted, a later text can only say when it was taken
            Optional<PhaseGuess> guess =
                    plain == null
                            ? sequence(text(header, tag), header)
                                    .map(p -> guess(p, header, tag))
                                    .or(() -> named(header, tag))
                            : named(header, tag);
            if (guess.isPresent()) {
                return guess;
            }
            if (plain == null && PhaseWords.T1.matcher(text(header, tag)).find()) {
                plain = guess(Phase.MR_T1, header, tag);
            }
        }
        if (header.number(Tag.DIFFUSION_B_VALUE).orElse(0) > 0) {
            String evidence = Tag.name(Tag.DIFFUSION_B_VALUE) + " above 0";
            return Optional.of(new PhaseGuess(Phase.MR_DWI, 0.8, evidence));
        }
        Optional<PhaseGuess> delayed = byDelay(header, false);
        if (delayed.isPresent() || plain == null) {
            return delayed.or(() -> byTimes(header));
        }
        return isEnhanced(header) ? Optional.empty() : Optional.of(plain);
    }

    private static Optional<Phase> sequence(String text, DataSet header) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (PhaseWords.ADC.matcher(text).find()) {
            return Optional.of(Phase.MR_ADC);
        }
        if (header.number(Tag.DIFFUSION_B_VALUE).orElse(0) > 0
                || PhaseWords.DWI.matcher(text).find()) {
            return Optional.of(Phase.MR_DWI);
        }
        if (PhaseWords.BOTH.matcher(text).find()) {
            return byEcho(header);
        }
        if (PhaseWords.OUT.matcher(text).find()) {
            return Optional.of(Phase.MR_OUT_PHASE);
        }
        boolean dynamic =
                PhaseWords.timing(text, false).filter(t -> t != ContrastTiming.PRE).isPresent();
        if (PhaseWords.IN.matcher(text).find() && !dynamic) {
            return Optional.of(Phase.MR_IN_PHASE);
        }
        boolean onlyT2 = !PhaseWords.T1.matcher(text).find();
        return PhaseWords.T2.matcher(text).find() && (onlyT2 || !dynamic)
                ? Optional.of(Phase.MR_T2)
                : Optional.empty();
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

    /** Long repetition and echo times weight by T2; beyond them only free water is seen. */
    private static Optional<PhaseGuess> byTimes(DataSet header) {
        double echo = header.number(Tag.ECHO_TIME).orElse(0);
        double repetition = header.number(Tag.REPETITION_TIME).orElse(0);
        if (echo < 60 || echo > 300 || repetition < 1500) {
            return Optional.empty();
        }
        String evidence =
                String.format(
                        Locale.ROOT,
                        "%s %.0f ms, %s %.0f ms",
                        Tag.name(Tag.ECHO_TIME),
                        echo,
                        Tag.name(Tag.REPETITION_TIME),
                        repetition);
        return Optional.of(new PhaseGuess(Phase.MR_T2, 0.6, evidence));
    }

    /** Agent or route are filled in; an agent that was only drunk does not count. */
    static boolean isEnhanced(DataSet header) {
        return header.text(Tag.CONTRAST_ROUTE).isPresent()
                ? INTRAVENOUS.matcher(text(header, Tag.CONTRAST_ROUTE)).find()
                : header.text(Tag.CONTRAST_AGENT).isPresent();
    }

    /** Whether the agent is one that liver cells take up. */
    static boolean isTakenUp(DataSet header) {
        return TAKEN_UP.matcher(text(header, Tag.CONTRAST_AGENT)).find();
    }

    private static Optional<PhaseGuess> byDelay(DataSet header, boolean ct) {
        OptionalDouble start = seconds(header, Tag.CONTRAST_START_TIME);
        OptionalDouble acquired = taken(header);
        if (start.isEmpty() || acquired.isEmpty()) {
            return Optional.empty();
        }
        double between = acquired.getAsDouble() - start.getAsDouble();
        double delay = between + (between < -43200 ? 86400 : 0); // over midnight
        String evidence =
                String.format(
                        Locale.ROOT,
                        "%s - %s = %.0f s",
                        Tag.name(acquiredTag(header)),
                        Tag.name(Tag.CONTRAST_START_TIME),
                        delay);
        return ContrastTiming.after(delay, ct, isTakenUp(header))
                .map(t -> new PhaseGuess(t.phase(ct), 0.7, evidence));
    }

    /** When a series was taken, in seconds since midnight. */
    static OptionalDouble taken(DataSet header) {
        return seconds(header, acquiredTag(header));
    }

    private static int acquiredTag(DataSet header) {
        return seconds(header, Tag.ACQUISITION_TIME).isPresent()
                ? Tag.ACQUISITION_TIME
                : Tag.SERIES_TIME;
    }

    /** Seconds since midnight of a TM value. */
    private static OptionalDouble seconds(DataSet header, int tag) {
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
}
