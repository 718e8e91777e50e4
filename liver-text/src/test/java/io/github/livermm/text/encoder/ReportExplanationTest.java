// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.text.report.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that contributions add up to the score and point at the words behind them. */
class ReportExplanationTest {
    private static final Report WASHOUT = new Report("影像所见：<肝>右叶结节，可见廓清。");
    private static final Report NONE = new Report("影像所见：肝右叶肿块，未见廓清。");

    private static FittedReportEncoder fitted() {
        ReportEncoderOptions options = ReportEncoderOptions.defaults().withMinReports(1);
        return new ReportEncoder(options).fit(List.of(WASHOUT, NONE), 1);
    }

    private static double[] coefficients(FittedReportEncoder encoder) {
        double[] coefficients = new double[encoder.featureNames().size()];
        coefficients[encoder.featureNames().indexOf("washout.present")] = 0.5;
        coefficients[encoder.featureNames().indexOf("nodule.present")] = -0.25;
        return coefficients;
    }

    @Test
    void contributionsAddUpToTheScore() {
        FittedReportEncoder encoder = fitted();
        double[] coefficients = coefficients(encoder);
        double[] features = encoder.features(WASHOUT);
        double score = 0;
        for (int i = 0; i < features.length; i++) {
            score += coefficients[i] * features[i];
        }

        ReportExplanation explanation = ReportExplanation.of(encoder, WASHOUT, coefficients);

        assertThat(explanation.contributions())
                .extracting(Contribution::feature)
                .containsExactly("washout.present", "nodule.present");
        assertThat(explanation.contributions().stream().mapToDouble(Contribution::value).sum())
                .isCloseTo(score, within(1e-12));
    }

    @Test
    void spansQuoteTheWords() {
        FittedReportEncoder encoder = fitted();
        Contribution washout =
                ReportExplanation.of(encoder, WASHOUT, coefficients(encoder))
                        .contributions()
                        .get(0);

        assertThat(washout.spans())
                .extracting(s -> WASHOUT.quote(s.start(), s.end()))
                .containsExactly("廓清");
    }

    @Test
    void htmlHighlightsAndEscapes() {
        FittedReportEncoder encoder = fitted();

        assertThat(ReportExplanation.of(encoder, WASHOUT, coefficients(encoder)).html())
                .isEqualTo(
                        "<pre class=\"report\">影像所见：&lt;肝&gt;右叶"
                                + "<mark class=\"lowers\" style=\"--s:0.50\" title=\"nodule.present -0.250\">结节</mark>，可见"
                                + "<mark class=\"raises\" style=\"--s:1.00\" title=\"washout.present +0.500\">廓清</mark>"
                                + "。</pre>");
    }

    @Test
    void rejectsAnotherNumberOfCoefficients() {
        assertThatThrownBy(() -> ReportExplanation.of(fitted(), WASHOUT, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coefficients has length 1");
    }
}
