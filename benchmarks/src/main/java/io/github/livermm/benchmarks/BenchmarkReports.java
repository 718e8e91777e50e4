// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reports of about 800 characters, put together from a pool of sentences: findings that start at
 * the sentence of the report's number and go on in steps of seven, then the impression. {@code
 * peers.py} makes the same.
 */
final class BenchmarkReports {
    private static final int CHARACTERS = 800;
    private static final int STEP = 7;

    private BenchmarkReports() {}

    static List<Report> of(String language, int count) {
        List<String> lines = lines(language);
        int heading = lines.lastIndexOf(language.equals("zh") ? "影像诊断：" : "IMPRESSION:");
        List<String> sentences = lines.subList(1, heading);
        String blank = language.equals("zh") ? "" : " ";
        String impression = String.join("\n", lines.subList(heading, lines.size()));
        List<Report> reports = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
            for (int k = 0; text.length() + impression.length() < CHARACTERS; k++) {
                text.append(sentences.get((r + k * STEP) % sentences.size())).append(blank);
            }
            reports.add(new Report(text.append('\n').append(impression).toString()));
        }
        return reports;
    }

    private static List<String> lines(String language) {
        String name = "reports-" + language + ".txt";
        try (InputStream in =
                Objects.requireNonNull(BenchmarkReports.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
