// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.imaging.cache.PreparedCache;
import io.github.livermm.imaging.preprocess.LesionImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a patient's cut-out image from the cache, with what was found when it was made, and makes
 * and keeps it when it is not there. A cache that cannot be used costs time, never a patient.
 */
final class CachedReader implements ModalityReader<LesionImage> {
    /** To be raised whenever reading or cutting out gives other values. */
    private static final String VERSION = "lesion image 5";

    private static final Logger LOG = LoggerFactory.getLogger(CachedReader.class);

    private final ImageReader reader;
    private final PreparedCache cache;

    CachedReader(ImageReader reader, PreparedCache cache) {
        this.reader = reader;
        this.cache = cache;
    }

    private record Prepared(Optional<LesionImage> image, List<String[]> findings) {}

    @Override
    public Optional<LesionImage> read(Patient patient, Findings findings) {
        Path folder = patient.files().images();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            // findings name the patient's files, so that the place belongs to the settings
            String settings =
                    String.join(
                            "\n",
                            VERSION,
                            reader.settings(),
                            patient.id(),
                            patient.files().phases().toString());
            String key = cache.key(settings, folder, patient.files().masks());
            Optional<Prepared> known = cache.read(key).flatMap(CachedReader::parse);
            if (known.isPresent()) {
                known.get()
                        .findings()
                        .forEach(f -> findings.add(new Finding(patient.id(), f[0], f[1])));
                return known.get().image();
            }
            Findings own = new Findings();
            Optional<LesionImage> image = reader.read(patient, own);
            own.sorted().forEach(findings::add);
            keep(key, image, own.sorted());
            return image;
        } catch (IOException unusable) {
            LOG.warn("the cache of prepared images cannot be used: {}", unusable.getMessage());
            return reader.read(patient, findings);
        }
    }

    private void keep(String key, Optional<LesionImage> image, List<Finding> findings) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(findings.size());
            for (Finding finding : findings) {
                out.writeUTF(finding.file());
                out.writeUTF(finding.reason());
            }
            out.writeBoolean(image.isPresent());
            if (image.isPresent()) {
                image.get().writeTo(out);
            }
            cache.write(key, bytes.toByteArray());
        } catch (IOException full) {
            LOG.warn("a prepared image cannot be kept: {}", full.getMessage());
        }
    }

    private static Optional<Prepared> parse(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            List<String[]> findings = new ArrayList<>();
            for (int n = in.readInt(); n > 0; n--) {
                findings.add(new String[] {in.readUTF(), in.readUTF()});
            }
            Optional<LesionImage> image =
                    in.readBoolean() ? Optional.of(LesionImage.readFrom(in)) : Optional.empty();
            return Optional.of(new Prepared(image, findings));
        } catch (IOException otherVersion) {
            LOG.warn("a prepared image is of another version: {}", otherVersion.getMessage());
            return Optional.empty();
        }
    }
}
