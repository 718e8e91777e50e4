// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.text.concept.LabelMask.Treatment;
import io.github.livermm.text.report.Report;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves what is masked and what is left. */
class LabelMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "考虑肝细胞癌可能。|考虑■■■■可能。",
                "门静脉癌栓|门静脉■栓",
                "MT可能，但MTX不是|■■可能，但MTX不是",
                "LI-RADS 5类|■■■■■■■■■类",
                "LR-5 observation|■■■■ observation",
                "Likely HCCs, no metastases|Likely ■■■■, no ■■■■■■■■■■",
                "CA19-9升高，Ca可能|CA19-9升高，■■可能",
                "malignant nodule|■■■■■■■■■ nodule",
                "肝癌TACE术后，碘油沉积|■■■■■■■■，■■■■"
            })
    void masksLabelWords(String text, String masked) {
        assertThat(LabelMask.of(new Report(text), Treatment.MASKED).maskedText()).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"肝癌TACE术后，碘油沉积|■■TACE术后，碘油沉积"})
    void keepsTreatmentWordsOnRequest(String text, String masked) {
        assertThat(LabelMask.of(new Report(text), Treatment.KEPT).maskedText()).isEqualTo(masked);
    }
}
