// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.text.concept.ParsedReport;
import io.github.livermm.text.concept.ReportParser;
import io.github.livermm.text.report.Report;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long do sections, mentions with status, lesions, LI-RADS and label mask of one report of 800
 * characters take on one core? The aim is 5 000 reports a second, 0.2 ms each.
 *
 * <p>Run: {@code benchmarks/run ReportParserBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReportParserBenchmark {
    @Param({"zh", "en"})
    String language = "zh";

    private List<Report> reports = List.of();
    private int next;

    @Setup
    public void write() {
        reports = BenchmarkReports.of(language, 20);
    }

    @Benchmark
    public ParsedReport parse() {
        next = (next + 1) % reports.size();
        return ReportParser.bundled().parse(reports.get(next));
    }
}
