// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

/**
 * What the n-gram encoder reads and keeps.
 *
 * @param view part of the report that it sees
 * @param kind which n-grams it counts
 * @param minReports fewest training reports that must hold a term
 * @param maxTerms most terms kept, the most frequent first
 * @since 0.1.0
 */
public record NgramOptions(ReportView view, NgramKind kind, int minReports, int maxTerms) {
    /** Checks the numbers. */
    public NgramOptions {
        if (minReports < 1 || maxTerms < 1) {
            throw new IllegalArgumentException(
                    "minReports is "
                            + minReports
                            + " and maxTerms is "
                            + maxTerms
                            + ", allowed is at least 1");
        }
    }

    /**
     * Masked findings, five reports per term, and as many terms as a ridge model of a few hundred
     * patients can weigh.
     *
     * @return the defaults
     */
    public static NgramOptions defaults() {
        return new NgramOptions(ReportView.defaults(), NgramKind.MIXED, 5, 150);
    }

    /**
     * Reads another part of the report.
     *
     * @param view part that it sees
     * @return a copy
     */
    public NgramOptions withView(ReportView view) {
        return new NgramOptions(view, kind, minReports, maxTerms);
    }

    /**
     * Counts other n-grams.
     *
     * @param kind which n-grams it counts
     * @return a copy
     */
    public NgramOptions withKind(NgramKind kind) {
        return new NgramOptions(view, kind, minReports, maxTerms);
    }

    /**
     * Asks for more or fewer reports per term.
     *
     * @param minReports at least 1
     * @return a copy
     */
    public NgramOptions withMinReports(int minReports) {
        return new NgramOptions(view, kind, minReports, maxTerms);
    }

    /**
     * Keeps more or fewer terms.
     *
     * @param maxTerms at least 1
     * @return a copy
     */
    public NgramOptions withMaxTerms(int maxTerms) {
        return new NgramOptions(view, kind, minReports, maxTerms);
    }
}
