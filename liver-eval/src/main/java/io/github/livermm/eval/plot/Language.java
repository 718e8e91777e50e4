// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.Interval;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The language of labels and reports. English phrases are the keys; a phrase that is not in the
 * dictionary, such as the name of a centre, stays as it is.
 *
 * @since 0.1.0
 */
public enum Language {
    /** English, the language of the keys. */
    ENGLISH("en", ""),
    /** Simplified Chinese. */
    CHINESE("zh", "灵敏度校准曲线生存风险");

    /** The decimals of an interval inside a phrase. */
    private static final int DECIMALS = 2;

    private final String tag;
    private final String sample;

    Language(String tag, String sample) {
        this.tag = tag;
        this.sample = sample;
    }

    /**
     * The BCP 47 tag.
     *
     * @return {@code "en"} or {@code "zh"}
     */
    public String tag() {
        return tag;
    }

    /**
     * A phrase in this language.
     *
     * @param english the phrase with places {@code {0}}, {@code {1}} for the parts
     * @param parts numbers, texts (translated when they are phrases) and intervals (two decimals)
     * @return the phrase, or the English one when the dictionary has none
     */
    public String text(String english, Object... parts) {
        String text = Dictionary.of(this).phrase(english);
        for (int i = 0; i < parts.length; i++) {
            String part =
                    parts[i] instanceof Interval interval
                            ? interval(interval, DECIMALS)
                            : text(String.valueOf(parts[i]));
            text = text.replace("{" + i + "}", part);
        }
        return text;
    }

    /**
     * A sentence that was already put together in English, such as a note of an evaluation.
     *
     * @param english the sentence
     * @return the sentence in this language, or as it is when the dictionary has no pattern for it
     */
    public String sentence(String english) {
        return Dictionary.of(this).sentence(english);
    }

    /**
     * A figure with its limits.
     *
     * @param interval the figure
     * @param decimals how many decimals to show
     * @return such as {@code "0.86 (0.82 to 0.90)"}; without limits the estimate alone
     */
    public String interval(Interval interval, int decimals) {
        String estimate = number(interval.estimate(), decimals);
        boolean limited = Double.isFinite(interval.lower()) && Double.isFinite(interval.upper());
        return limited && Double.isFinite(interval.estimate())
                ? text(
                        "{0} ({1} to {2})",
                        estimate,
                        number(interval.lower(), decimals),
                        number(interval.upper(), decimals))
                : estimate;
    }

    /**
     * A number with a point, the same in every locale.
     *
     * @param value the number
     * @param decimals how many decimals to show
     * @return the number, or the word for undefined
     */
    public String number(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return text("undefined");
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.startsWith("-") && Double.parseDouble(text) == 0 ? text.substring(1) : text;
    }

    /**
     * Whether this machine has a font to paint the language with; SVG and HTML need none.
     *
     * @return true for English on every machine with a font
     */
    public boolean paintable() {
        return sample.isEmpty() || Fonts.FAMILY.containsKey(this);
    }

    /** The language that pixels are painted in: this one, or English without its glyphs. */
    Language painted() {
        return paintable() ? this : ENGLISH;
    }

    /** A font family of this machine that has the glyphs. */
    String family() {
        return Fonts.FAMILY.getOrDefault(this, Font.SANS_SERIF);
    }

    /** Looked up once, and only when something is painted: it walks all fonts of the machine. */
    private static final class Fonts {
        static final Map<Language, String> FAMILY = new HashMap<>();

        static {
            for (Language language : values()) {
                if (!language.sample.isEmpty()) {
                    find(language.sample).ifPresent(name -> FAMILY.put(language, name));
                }
            }
        }

        private static Optional<String> find(String sample) {
            try {
                Stream<String> names =
                        Stream.concat(
                                Stream.of(Font.SANS_SERIF),
                                Stream.of(
                                        GraphicsEnvironment.getLocalGraphicsEnvironment()
                                                .getAvailableFontFamilyNames()));
                return names.filter(
                                name -> new Font(name, Font.PLAIN, 12).canDisplayUpTo(sample) == -1)
                        .findFirst();
            } catch (RuntimeException | LinkageError e) {
                return Optional.empty(); // a machine without any font
            }
        }
    }
}
