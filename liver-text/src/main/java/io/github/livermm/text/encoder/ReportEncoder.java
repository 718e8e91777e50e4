// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportReader;
import io.github.livermm.text.report.SectionHeadings;
import java.util.List;

/**
 * The report as a vector of what it says: per concept whether it is present, absent or uncertain
 * (not mentioned is none of them), the size of the index lesion and the number of lesions. Names of
 * diseases, malignant and benign, LI-RADS categories and treatment are never among the features,
 * whatever the sections.
 *
 * @since 0.1.0
 */
public final class ReportEncoder implements ModalityEncoder<Report> {
    static final String MODALITY = "report";

    private final ReportEncoderOptions options;

    /** Creates an encoder with the default options. */
    public ReportEncoder() {
        this(ReportEncoderOptions.defaults());
    }

    /**
     * Creates an encoder.
     *
     * @param options what it reads and keeps
     */
    public ReportEncoder(ReportEncoderOptions options) {
        this.options = options;
    }

    @Override
    public String modality() {
        return MODALITY;
    }

    @Override
    public ModalityReader<Report> reader() {
        return readerOf(options);
    }

    @Override
    public FittedReportEncoder fit(List<Report> training, long seed) {
        return FittedReportEncoder.fit(options, training);
    }

    static ModalityReader<Report> readerOf(ReportEncoderOptions options) {
        return new ReportReader(options.sections(), SectionHeadings.bundled());
    }
}
