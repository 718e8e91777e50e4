// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dcm4che;

import io.github.livermm.imaging.dicom.DicomContent;
import io.github.livermm.imaging.dicom.DicomReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;

/**
 * Parses headers and finds pixels by dcm4che-core. Geometry, phases and the decoding of pixels stay
 * those of {@code liver-imaging}.
 *
 * @since 0.1.0
 */
public final class Dcm4cheReader implements DicomReader {
    /** Creates the reader. */
    public Dcm4cheReader() {}

    @Override
    public DicomContent read(Path path) throws IOException {
        try (OpenFile file = OpenFile.of(path)) {
            DicomContent.Builder content =
                    fill(DicomContent.of(file.statedUid(), file.usedUid()), file.header());
            if (file.atPixels()) {
                content.pixels(
                        file.pixelVr(),
                        file.bigEndian(),
                        file.pixelLength(),
                        file.left(),
                        () -> OpenPixels.of(path));
            }
            return content.build();
        }
    }

    private static DicomContent.Builder fill(DicomContent.Builder into, Attributes from)
            throws IOException {
        for (int tag : from.tags()) {
            VR vr = from.getVR(tag);
            if (from.getValue(tag) instanceof Sequence items) {
                List<DicomContent.Builder> inside = new ArrayList<>();
                for (Attributes item : items) {
                    inside.add(fill(into.item(), item));
                }
                into.sequence(tag, inside);
            } else if (!(from.getValue(tag) instanceof Fragments)) { // an icon's
                byte[] value = from.getBytes(tag);
                into.element(tag, vr.name(), from.bigEndian(), value == null ? new byte[0] : value);
            }
        }
        return into;
    }
}
