// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.text.encoder.NgramKind;
import io.github.livermm.text.encoder.TfIdf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
 * How long does it take to fit tf-idf weights to reports and to transform them, on one thread? Each
 * report has about 300 characters: phrases of a small language, and now and then a rare word.
 *
 * <p>Run: {@code benchmarks/run TfIdfBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TfIdfBenchmark {
    private static final String[] PHRASES = {
        "肝右叶见一低密度肿块，",
        "大小约5.3cm×4.1cm。",
        "动脉期明显强化，",
        "门脉期廓清，",
        "包膜可见。",
        "脾脏不大，",
        "未见肿大淋巴结。",
        "胆囊形态正常。",
        "the liver shows a nodule. ",
        "arterial phase hyperenhancement ",
        "with washout on portal venous images. ",
        "no splenomegaly. ",
        "the gallbladder is normal. ",
        "pseudocapsule is seen, "
    };

    @Param({"100000"})
    int reports;

    @Param({"CHARACTERS", "WORDS"})
    NgramKind kind = NgramKind.CHARACTERS;

    private List<String> texts = List.of();

    /** Draws the reports as {@code peers.py} does: the same language, not the same draws. */
    @Setup
    public void drawReports() {
        Random random = new Random(1);
        texts = new ArrayList<>();
        for (int i = 0; i < reports; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 300) {
                text.append(PHRASES[random.nextInt(PHRASES.length)]);
                if (random.nextInt(4) == 0) {
                    text.append((char) (0x4E00 + random.nextInt(3000)));
                    text.append(" w").append(random.nextInt(20000)).append(' ');
                }
            }
            texts.add(text.toString());
        }
    }

    @Benchmark
    public List<TfIdf.Row> fitAndTransform() {
        return TfIdf.fit(kind, texts, 5, 1, Integer.MAX_VALUE).transform(texts);
    }
}
