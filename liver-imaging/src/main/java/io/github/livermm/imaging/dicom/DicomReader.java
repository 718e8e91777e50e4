// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Parses files: elements before Pixel Data, and a way to the bytes of Pixel Data. Geometry, phases
 * and the decoding of pixels are the same whatever the reader. The caller chooses it; nothing is
 * found on the class path. {@link #builtIn()} is used where none is named.
 *
 * <p>A reader may be asked by several threads at once. It never reads another file than the one it
 * is given, and its memory is bounded by the size of that file.
 *
 * @since 0.1.0
 */
public interface DicomReader {
    /**
     * The reader of this module.
     *
     * @return the default
     */
    static DicomReader builtIn() {
        return BuiltInReader.INSTANCE;
    }

    /**
     * Parses one file up to its pixels.
     *
     * @param path the file
     * @return what it holds
     * @throws DicomException when it is no DICOM file or its header is damaged; the message names
     *     the file and never an identifier of the patient
     * @throws IOException when the file cannot be read
     */
    DicomContent read(Path path) throws IOException;
}
