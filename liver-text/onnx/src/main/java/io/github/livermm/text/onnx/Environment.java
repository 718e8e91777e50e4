// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import ai.onnxruntime.OrtEnvironment;

/**
 * The one environment of ONNX Runtime. Its native library is loaded by a thread with a large stack:
 * loading version 1.29.0 overflows the usual megabyte, and ends the process, when the command line
 * of the process is long, as with a class path of 70 files.
 */
final class Environment {
    private static final long STACK_BYTES = 64L << 20;

    private static final OrtEnvironment SHARED = load();

    private Environment() {}

    static OrtEnvironment shared() {
        return SHARED;
    }

    private static OrtEnvironment load() {
        Thread loader =
                new Thread(null, OrtEnvironment::getEnvironment, "onnxruntime", STACK_BYTES);
        loader.start();
        try {
            loader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime was loaded", e);
        }
        return OrtEnvironment.getEnvironment();
    }
}
