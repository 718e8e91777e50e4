// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs numbered pieces of work in parallel and tells how far it is. */
final class Workers {
    /** All cores, silent. */
    static final Workers ALL = new Workers(0, null);

    private final int threads;
    private final @Nullable Progress progress;

    private Workers(int threads, @Nullable Progress progress) {
        this.threads = threads;
        this.progress = progress;
    }

    Workers withThreads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("threads " + number + " is below 1");
        }
        return new Workers(number, progress);
    }

    Workers withProgress(Progress listener) {
        return new Workers(threads, listener);
    }

    void run(int pieces, IntConsumer work) {
        map(
                pieces,
                piece -> {
                    work.accept(piece);
                    return piece;
                });
    }

    /** The results in the order of the pieces. */
    <T> List<T> map(int pieces, IntFunction<T> work) {
        Counter counter = new Counter(pieces);
        IntStream stream = IntStream.range(0, pieces);
        if (threads == 1) {
            return collect(stream, work, counter);
        }
        if (threads == 0) {
            return collect(stream.parallel(), work, counter);
        }
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> collect(stream.parallel(), work, counter)).join();
        } finally {
            pool.shutdown();
        }
    }

    private static <T> List<T> collect(IntStream pieces, IntFunction<T> work, Counter counter) {
        return pieces.mapToObj(
                        piece -> {
                            T result = work.apply(piece);
                            counter.step();
                            return result;
                        })
                .toList();
    }

    private final class Counter {
        private final int total;
        private int done;

        Counter(int total) {
            this.total = total;
        }

        void step() {
            if (progress != null) {
                synchronized (this) {
                    done++;
                    progress.at(done, total);
                }
            }
        }
    }
}
