// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words by which people name what they drew. What surrounds a lesion or lacks it, as {@code
 * Liver-GTV} (a dash takes away, as in Lungs-GTV of AAPM Report 263), is neither lesion nor liver.
 */
final class RegionWords {
    private static final Pattern LESION =
            Pattern.compile(
                    "tumou?r|lesion|mass\\b|neoplas|\\b(?:hcc|icc|fnh)(?![a-z])|carcinoma|metasta"
                            + "|\\bgtv|nodule|\\bcyst(?!ic duct)|angioma|adenoma"
                            + "|病灶|肿|结节|癌|瘤|占位");

    private static final Pattern LIVER =
            Pattern.compile("liver(?! (?:vessel|vein|arter))|hepar\\b|肝(?!静脉|动脉|门|总?管|内|外)");

    /** Something is taken away; from the liver it may be vessels, and a liver is left. */
    private static final Pattern WITHOUT =
            Pattern.compile(
                    "\\bminus\\b|\\bwithout\\b|\\bw/o\\b|\\bexcl"
                            + "|\\bnon[- ]?(?:tumou?r|lesion|neoplas)|(?:tumou?r|lesion)[- ]free"
                            + "|除.{0,8}外|去除|不含|非(?:肿|病|癌|瘤)");

    /** What lies around a lesion: margins, volumes planned for radiation, the liver less those. */
    private static final Pattern AROUND =
            Pattern.compile(
                    "\\bperi\\b|\\bperi(?:tumou?r|lesion|metasta|hepat|nodul)|\\bmargin|surround"
                            + "|\\b(?:ring|rim)\\b(?!.?enhanc)|adjacent|\\b[cip]tv"
                            + "|(?:liver|肝脏?) ?[-\\u2013\\u2212] ?gtv"
                            + "|[瘤癌灶][周旁]|周围(?!型)|周边|边缘");

    private RegionWords() {}

    static boolean isLesion(String name) {
        return says(LESION, name) && !says(WITHOUT, name) && !says(AROUND, name);
    }

    static boolean isLiver(String name) {
        boolean rest = says(WITHOUT, name) && says(LESION, name);
        return says(LIVER, name) && !rest && !says(AROUND, name);
    }

    private static boolean says(Pattern words, String name) {
        return words.matcher(name.toLowerCase(Locale.ROOT).replace('_', ' ')).find();
    }
}
