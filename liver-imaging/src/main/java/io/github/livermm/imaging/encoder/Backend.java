// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for the oneDNN build of the native backend, without which 3D training is slow. */
final class Backend {
    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private Backend() {}

    static void warnOnceWithoutOneDnn() {
        if (!hasOneDnn() && TOLD.compareAndSet(false, true)) {
            LOG.warn(
                    "3D convolutions will run without oneDNN, about 20 times slower: add"
                            + " org.nd4j:nd4j-native with the classifier <platform>-onednn-avx2"
                            + " (such as linux-x86_64-onednn-avx2) to the class path");
        }
    }

    /** The jars of the backend keep their binaries in a folder named by platform and extension. */
    static boolean hasOneDnn() {
        ClassLoader loader = Backend.class.getClassLoader();
        for (String platform : new String[] {"linux-x86_64", "windows-x86_64", "macosx-x86_64"}) {
            for (String extension : new String[] {"-onednn", "-onednn-avx2", "-onednn-avx512"}) {
                String folder = "org/nd4j/linalg/cpu/nativecpu/bindings/" + platform + extension;
                for (String library :
                        new String[] {"libnd4jcpu.so", "nd4jcpu.dll", "libnd4jcpu.dylib"}) {
                    if (loader.getResource(folder + "/" + library) != null) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
