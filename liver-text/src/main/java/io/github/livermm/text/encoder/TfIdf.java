// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weights of the n-grams of a text against a fitted vocabulary. A term that occurs {@code tf} times
 * in a text, and in {@code df} of the {@code n} texts of the fit, weighs
 *
 * <pre>{@code (1 + ln tf) (ln((1 + n) / (1 + df)) + 1)}</pre>
 *
 * and the weights of a text are divided by their length (2-norm); a text without any term has none.
 * The same as {@code TfidfVectorizer(sublinear_tf=True)} of scikit-learn with the {@link NgramKind}
 * as its analyser. Texts are counted as they are: bring them to lower case first, as {@link
 * io.github.livermm.text.report.NormalizedText} does. Immutable and thread-safe. Cost O(characters)
 * to fit and to transform.
 *
 * <p>Reference: Salton G, Buckley C, "Term-weighting approaches in automatic text retrieval",
 * Information Processing and Management 24 (1988), doi:10.1016/0306-4573(88)90021-0.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class TfIdf {
    private final List<String> terms;
    private final double[] idf;
    private final Ngrams ngrams;
    private final LongIndex index = new LongIndex();

    /** From a vocabulary, such as one that was saved. */
    TfIdf(NgramKind kind, List<String> terms, double[] idf) {
        this.terms = List.copyOf(terms);
        this.idf = idf.clone();
        this.ngrams = new Ngrams(kind);
        terms.forEach(term -> index.add(ngrams.key(term)));
        if (index.size() != terms.size()) {
            throw new IllegalArgumentException(
                    "the vocabulary has "
                            + terms.size()
                            + " terms, of which "
                            + index.size()
                            + " differ; a term may stand in it once");
        }
    }

    /**
     * The weights of one text: ascending columns of the vocabulary and their values above 0.
     *
     * @param columns indices of terms
     * @param values a weight for each column
     */
    @SuppressWarnings("ArrayRecordComponent") // two parallel arrays, never compared
    public record Row(int[] columns, double[] values) {}

    /**
     * Learns vocabulary and inverse document frequencies.
     *
     * @param kind which n-grams are counted
     * @param texts training texts, in lower case
     * @param minTexts fewest texts that must hold a term, at least 1
     * @param maxShare largest share of the texts that may hold a term, in (0, 1]
     * @param maxTerms most terms kept: those in the most texts, then in the order of characters
     * @return the fitted weights, terms in the order of their characters
     */
    public static TfIdf fit(
            NgramKind kind, List<String> texts, int minTexts, double maxShare, int maxTerms) {
        Ngrams ngrams = new Ngrams(kind);
        LongIndex found = new LongIndex();
        Frequencies frequencies = new Frequencies();
        for (int i = 0; i < texts.size(); i++) {
            int text = i;
            ngrams.learn(texts.get(i), (key, start, end) -> frequencies.add(found.add(key), text));
        }
        record Term(String text, int frequency) {}
        List<Term> kept = new ArrayList<>();
        for (int t = 0; t < found.size(); t++) {
            int df = frequencies.texts[t];
            if (df >= minTexts && df <= maxShare * texts.size()) {
                kept.add(new Term(ngrams.term(found.key(t)), df));
            }
        }
        if (kept.size() > maxTerms) {
            kept.sort(
                    Comparator.comparingInt((Term t) -> -t.frequency()).thenComparing(Term::text));
            kept.subList(maxTerms, kept.size()).clear();
        }
        kept.sort(Comparator.comparing(Term::text));
        double n = texts.size();
        return new TfIdf(
                kind,
                kept.stream().map(Term::text).toList(),
                kept.stream()
                        .mapToDouble(t -> Math.log((1 + n) / (1 + t.frequency())) + 1)
                        .toArray());
    }

    /** In how many texts each term occurs. */
    private static final class Frequencies {
        private int[] texts = new int[1024];
        private int[] last = new int[1024];

        void add(int term, int text) {
            if (term >= texts.length) {
                texts = Arrays.copyOf(texts, 2 * texts.length);
                last = Arrays.copyOf(last, 2 * last.length);
            }
            if (last[term] != text + 1) {
                last[term] = text + 1;
                texts[term]++;
            }
        }
    }

    /**
     * The vocabulary.
     *
     * @return terms, in the order of columns
     */
    public List<String> terms() {
        return terms;
    }

    /**
     * The inverse document frequencies.
     *
     * @return one per term, at least 1
     */
    public double[] idf() {
        return idf.clone();
    }

    NgramKind kind() {
        return ngrams.kind();
    }

    /**
     * Weighs texts.
     *
     * @param texts in lower case
     * @return one row per text
     */
    public List<Row> transform(List<String> texts) {
        int[] counts = new int[terms.size()];
        return texts.stream().map(text -> row(text, counts)).toList();
    }

    /** Weighs one text; {@code counts} is all zeros before and after. */
    private Row row(String text, int[] counts) {
        Touched touched = new Touched();
        ngrams.scan(
                text,
                (key, start, end) -> {
                    int term = index.find(key);
                    if (term >= 0 && counts[term]++ == 0) {
                        touched.add(term);
                    }
                });
        int[] columns = touched.sorted();
        double[] values = new double[columns.length];
        double squares = 0;
        for (int i = 0; i < columns.length; i++) {
            int tf = counts[columns[i]];
            values[i] = (tf == 1 ? 1 : 1 + Math.log(tf)) * idf[columns[i]];
            squares += values[i] * values[i];
            counts[columns[i]] = 0;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < values.length; i++) {
            values[i] /= length;
        }
        return new Row(columns, values);
    }

    /** The terms that a text holds. */
    private static final class Touched {
        private int[] terms = new int[256];
        private int size;

        void add(int term) {
            if (size == terms.length) {
                terms = Arrays.copyOf(terms, 2 * size);
            }
            terms[size++] = term;
        }

        int[] sorted() {
            Arrays.sort(terms, 0, size);
            return Arrays.copyOf(terms, size);
        }
    }

    /** The weights of one text, zeros included. */
    double[] weights(String text) {
        double[] weights = new double[terms.size()];
        Row row = row(text, new int[terms.size()]);
        IntStream.range(0, row.columns().length)
                .forEach(i -> weights[row.columns()[i]] = row.values()[i]);
        return weights;
    }

    /** Where the terms of the vocabulary stand in a text. */
    void occurrences(String text, Occurrence occurrence) {
        ngrams.scan(
                text,
                (key, start, end) -> {
                    int term = index.find(key);
                    if (term >= 0) {
                        occurrence.at(term, start, end);
                    }
                });
    }

    /** Takes the places of terms. */
    @FunctionalInterface
    interface Occurrence {
        /** A term from {@code start} to before {@code end} of the text. */
        void at(int term, int start, int end);
    }
}
