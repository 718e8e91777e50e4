// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

/**
 * What the text network reads, and how large it is.
 *
 * @param view part of the report that it sees
 * @param minReports fewest training reports that must hold a word for it to have a vector
 * @param maxWords most words with a vector, the most frequent first
 * @param maxLength most words read of a report; what follows is not seen
 * @param wordWidth values of a word's vector
 * @param filters values of the convolution at each word, and of the embedding
 * @since 0.1.0
 */
public record TextNetworkOptions(
        ReportView view, int minReports, int maxWords, int maxLength, int wordWidth, int filters) {
    /** Checks the numbers. */
    public TextNetworkOptions {
        int least =
                Math.min(
                        Math.min(Math.min(minReports, maxWords), maxLength),
                        Math.min(wordWidth, filters));
        if (least < 1) {
            throw new IllegalArgumentException(
                    "minReports, maxWords, maxLength, wordWidth and filters are "
                            + minReports
                            + ", "
                            + maxWords
                            + ", "
                            + maxLength
                            + ", "
                            + wordWidth
                            + " and "
                            + filters
                            + ", allowed is at least 1");
        }
    }

    /**
     * Masked findings; three reports, since a vector seen in fewer is noise; 512 words, about twice
     * a long report; vectors of 16 and 24 filters, small enough for a few hundred reports.
     *
     * @return the defaults
     */
    public static TextNetworkOptions defaults() {
        return new TextNetworkOptions(ReportView.defaults(), 3, 2000, 512, 16, 24);
    }

    /**
     * Reads another part of the report.
     *
     * @param view part that it sees
     * @return a copy
     */
    public TextNetworkOptions withView(ReportView view) {
        return new TextNetworkOptions(view, minReports, maxWords, maxLength, wordWidth, filters);
    }

    /**
     * Limits the vocabulary.
     *
     * @param minReports fewest training reports that must hold a word, at least 1
     * @param maxWords most words, at least 1
     * @return a copy
     */
    public TextNetworkOptions withVocabulary(int minReports, int maxWords) {
        return new TextNetworkOptions(view, minReports, maxWords, maxLength, wordWidth, filters);
    }

    /**
     * Reads longer or shorter reports.
     *
     * @param maxLength most words, at least 1
     * @return a copy
     */
    public TextNetworkOptions withMaxLength(int maxLength) {
        return new TextNetworkOptions(view, minReports, maxWords, maxLength, wordWidth, filters);
    }

    /**
     * Changes the size of the network.
     *
     * @param wordWidth values of a word's vector, at least 1
     * @param filters values of the convolution, at least 1
     * @return a copy
     */
    public TextNetworkOptions withWidths(int wordWidth, int filters) {
        return new TextNetworkOptions(view, minReports, maxWords, maxLength, wordWidth, filters);
    }
}
