// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.regex.Pattern;

/** The words by which people name what they drew, lower case. */
final class RegionWords {
    static final Pattern LESION =
            Pattern.compile(
                    "tumou?r|lesion|mass\\b|neoplas|\\bhcc\\b|\\bicc\\b|carcinoma|metasta|\\bgtv"
                            + "|nodule|cyst|angioma|\\bfnh\\b|adenoma|病灶|肿|结节|癌|瘤|占位");
    static final Pattern LIVER = Pattern.compile("liver|hepar|肝");

    private RegionWords() {}
}
