// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.text.onnx.TransformerModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does one report take through WordPiece and an exported transformer, on one thread? The
 * tiny model of the tests shows the cost around the model; a full one, such as bert-base-chinese,
 * shows the model: {@code -p folder=DIR -p maxTokens=512}.
 *
 * <p>Run: {@code benchmarks/run TransformerBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TransformerBenchmark {
    private static final String REPORT = "肝右叶见一低密度肿块，大小约5.3cm×4.1cm，动脉期明显强化，门脉期廓清，包膜未见。";

    @Param({"liver-text/onnx/src/test/resources/reference/tiny-bert"})
    String folder = "";

    @Param({"64"})
    int maxTokens;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private TransformerModel model;

    @Setup
    public void open() throws IOException {
        model = TransformerModel.open(Path.of(folder), true, maxTokens);
    }

    @Benchmark
    public double[] embed() {
        return model.embed(REPORT);
    }

    @TearDown
    public void close() {
        model.close();
    }
}
