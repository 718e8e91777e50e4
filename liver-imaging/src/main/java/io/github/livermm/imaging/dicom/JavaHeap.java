// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * What this JVM can hold, so that a volume that is too large is told of and does not end the run.
 */
final class JavaHeap {
    private JavaHeap() {}

    /** Refuses what could not be held by an empty heap. */
    static void require(String what, long bytes) throws DicomException {
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw tooSmall(what, bytes);
        }
    }

    static DicomException tooSmall(String what, long bytes) {
        return new DicomException(
                String.format(
                        "%s needs %d MB of memory, Java may use %d MB; raise that by -Xmx",
                        what, (bytes >> 20) + 1, Runtime.getRuntime().maxMemory() >> 20));
    }
}
