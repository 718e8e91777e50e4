// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.cohort.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Progress with the time left, on standard error: one line that is written over on a terminal,
 * plain lines at every tenth else.
 */
final class ConsoleProgress implements Progress {
    private final PrintStream out = System.err;
    private final boolean terminal = Boolean.getBoolean("liver.terminal"); // set by the launcher
    private String stage = "";
    private long started;
    private long shown;

    @Override
    public synchronized void done(String newStage, long done, long total) {
        long now = System.nanoTime();
        if (!newStage.equals(stage)) {
            stage = newStage;
            started = now;
            shown = -1;
        }
        long tenth = total == 0 ? 10 : 10 * done / total;
        boolean last = done >= total;
        if (terminal ? !last && now - shown < 200_000_000L : tenth == shown) {
            return;
        }
        shown = terminal ? now : tenth;
        Duration spent = Duration.ofNanos(now - started);
        Duration left = done == 0 ? spent : spent.multipliedBy(total - done).dividedBy(done);
        String line =
                String.format(
                        Locale.ROOT,
                        "%-32s %3d %%  %s%s",
                        stage,
                        total == 0 ? 100 : 100 * done / total,
                        clock(spent),
                        last ? "" : ", " + clock(left) + " left");
        out.print(terminal ? "\r\033[K" + line + (last ? "\n" : "") : line + "\n");
        out.flush();
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
