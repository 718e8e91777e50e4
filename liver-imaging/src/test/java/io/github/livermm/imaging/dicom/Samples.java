// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of reference files: below the property liver.data, else the module's own copies. */
public final class Samples {
    private Samples() {}

    /** The folder, or an end of the test that says what is missing. */
    public static Path folder(String name) {
        String data = System.getProperty("liver.data", "");
        if (!data.isBlank() && Files.isDirectory(Path.of(data, name))) {
            return Path.of(data, name);
        }
        URL copy = Samples.class.getResource("/data/" + name);
        assumeTrue(copy != null, "liver.data names no folder with " + name);
        try {
            return Path.of(copy.toURI());
        } catch (URISyntaxException notAFile) {
            throw new IllegalStateException(notAFile);
        }
    }
}
