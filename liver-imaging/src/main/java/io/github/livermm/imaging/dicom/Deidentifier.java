// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes DICOM files without what identifies the patient, by the Basic Application Level
 * Confidentiality Profile. Headers only: what is burned into the pixels stays, so that files which
 * say of themselves that they have such annotation are refused, and a face can still be made of the
 * slices of a head. Patient number and name become a pseudonym, UIDs others below 2.25, both by a
 * keyed hash: files cleaned with one key go together, whatever order they come in. Immutable.
 *
 * <p>Reference: DICOM PS3.15 annex E, with table E.1-1 as it was in January 2025.
 *
 * @since 0.1.0
 */
public final class Deidentifier {
    private static final int PATIENT_IDENTITY_REMOVED = 0x00120062;
    private static final int METHOD = 0x00120063;
    private static final int METHOD_CODES = 0x00120064;
    private static final int TEMPORAL_INFORMATION = 0x00280303;

    private final PseudonymKey key;
    private final Set<RetainOption> retained;

    private Deidentifier(PseudonymKey key, Set<RetainOption> retained) {
        this.key = key;
        this.retained = retained;
    }

    /**
     * With a secret of your own: exports at different times then give the same replacements.
     *
     * @param key at least 16 bytes that nobody else knows
     * @return a de-identifier that keeps nothing beyond the basic profile
     */
    public static Deidentifier withKey(byte[] key) {
        return new Deidentifier(new PseudonymKey(key), Set.of());
    }

    /**
     * With a secret that is drawn and forgotten: nobody can ever link the export to the patient.
     *
     * @return a de-identifier that keeps nothing beyond the basic profile
     */
    public static Deidentifier withNewKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return withKey(key);
    }

    /**
     * The same with options of the standard.
     *
     * @param options what is kept
     * @return a copy
     */
    public Deidentifier keeping(Set<RetainOption> options) {
        return new Deidentifier(key, Set.copyOf(options));
    }

    /**
     * Writes one file: explicit VR little endian, or the compressed transfer syntax it came in with
     * the fragments as they are but for comments in their headers.
     *
     * @param from a DICOM file
     * @param to the file to write; its folder exists
     * @throws DicomException when the file is damaged, has no SOP class or instance, or says that
     *     its pixels show annotations
     * @throws IOException when a file cannot be read or written
     */
    public void write(Path from, Path to) throws IOException {
        String name = DicomFile.name(from);
        DicomParser parser = new DicomParser(name, ByteSource.open(from)).openingEverySequence();
        DicomParser.Parsed parsed = parser.parseOrClose();
        try (ByteSource source = parsed.bytes()) {
            DataSet data = parsed.data();
            if (data.text(Tag.BURNED_IN_ANNOTATION).filter("YES"::equals).isPresent()) {
                throw new DicomException(
                        name
                                + ": Burned In Annotation (0028,0301) is YES; cover the annotation"
                                + " in the pixels first");
            }
            for (int tag : new int[] {Tag.SOP_CLASS_UID, Tag.SOP_INSTANCE_UID}) {
                if (data.text(tag).isEmpty()) {
                    throw new DicomException(name + ": element " + Tag.name(tag) + " is missing");
                }
            }
            DataSet cleaned =
                    new HeaderCleaner(new ConfidentialityProfile(retained), key, data, source)
                            .clean(data);
            sign(cleaned);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
                DataSetWriter.header(out, cleaned, written(parsed));
                DataSetWriter writer = new DataSetWriter(out, true);
                writer.write(cleaned);
                Element pixels = data.pixels();
                if (pixels != null) {
                    new PixelCopy(name, data, pixels, parsed.held(), source).write(writer, out);
                }
            }
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(to);
            throw failed;
        }
    }

    /** A pseudonym of the patient of a file, as {@link #write} puts it there. */
    String patient(DataSet data) {
        return key.patient(HeaderCleaner.patient(data));
    }

    private static String written(DicomParser.Parsed parsed) {
        Element pixels = parsed.data().pixels();
        boolean compressed = pixels != null && pixels.length() < 0;
        return compressed && !parsed.syntaxUid().isEmpty()
                ? parsed.syntaxUid()
                : TransferSyntax.EXPLICIT_LITTLE.uid();
    }

    /** Says in the file what was done (PS3.15 E.1.1, codes of CID 7050). */
    private void sign(DataSet data) {
        List<DataSet> codes = new ArrayList<>();
        codes.add(code("113100", "Basic Application Confidentiality Profile"));
        EnumSet<RetainOption> sorted = EnumSet.noneOf(RetainOption.class);
        sorted.addAll(retained);
        sorted.forEach(option -> codes.add(code(option.code(), option.meaning())));
        data.put(HeaderCleaner.text(PATIENT_IDENTITY_REMOVED, "CS", "YES"));
        data.put(HeaderCleaner.text(METHOD, "LO", "PS3.15 Basic Profile, liver-imaging"));
        data.put(HeaderCleaner.sequence(METHOD_CODES, codes));
        String dates = retained.contains(RetainOption.DATES_SHIFTED) ? "MODIFIED" : "REMOVED";
        data.put(HeaderCleaner.text(TEMPORAL_INFORMATION, "CS", dates));
    }

    private static DataSet code(String value, String meaning) {
        DataSet item = new DataSet();
        item.put(HeaderCleaner.text(0x00080100, "SH", value));
        item.put(HeaderCleaner.text(0x00080102, "SH", "DCM"));
        item.put(HeaderCleaner.text(0x00080104, "LO", meaning));
        return item;
    }
}
