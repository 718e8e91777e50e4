// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * What pathology found, in the four groups the protocol knows.
 *
 * @since 0.1.0
 */
public enum Diagnosis {
    /** Haemangioma, focal nodular hyperplasia and other benign lesions. */
    BENIGN,
    /** Hepatocellular carcinoma. */
    HCC,
    /** Intrahepatic cholangiocarcinoma. */
    ICC,
    /** Metastasis, combined tumours and any other malignant lesion. */
    OTHER_MALIGNANT;

    /**
     * Whether the lesion is malignant (task D1).
     *
     * @return false for {@link #BENIGN} only
     */
    public boolean malignant() {
        return this != BENIGN;
    }
}
