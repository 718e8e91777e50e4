// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of reference files named by the property liver.data. */
public final class Samples {
    private Samples() {}

    /** The folder, or an end of the test that says what is missing. */
    public static Path folder(String name) {
        String data = System.getProperty("liver.data", "");
        assumeTrue(
                !data.isBlank() && Files.isDirectory(Path.of(data, name)),
                "liver.data names no folder with " + name);
        return Path.of(data, name);
    }
}
