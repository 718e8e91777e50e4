// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dcm4che;

import io.github.livermm.imaging.dicom.DicomException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.BulkDataDescriptor;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomInputStream.IncludeBulkData;

/** A file whose header is parsed and whose stream stands at the value of Pixel Data. */
final class OpenFile implements Closeable {
    /** Longer values are left out, but for contours. */
    private static final int MAX_HELD = 1 << 16;

    /** Memory that a deflated element may ask for before its bytes are there. */
    private static final int FIRST_BYTES = 1 << 20;

    private static final Set<Integer> PIXELS =
            Set.of(Tag.PixelData, Tag.FloatPixelData, Tag.DoubleFloatPixelData);

    /** No deflated byte gives more (RFC 1951, 3.2.5). */
    private static final long MOST_INFLATION = 1032;

    private static final BulkDataDescriptor LONG_VALUES =
            (items, creator, tag, vr, length) ->
                    vr != VR.SQ
                            && tag != Tag.ContourData
                            && Integer.compareUnsigned(length, MAX_HELD) > 0;

    private final String name;
    private final long size;
    private final DicomInputStream in;
    private final Attributes header;
    private final String statedUid;
    private boolean atPixels;

    private OpenFile(String name, InputStream bytes, long size) throws IOException {
        this.name = name;
        this.size = size;
        in = DicomInputStream.createWithLimit(bytes, size);
        in.setIncludeBulkData(IncludeBulkData.NO);
        in.setBulkDataDescriptor(LONG_VALUES);
        in.setAllocateLimit(FIRST_BYTES);
        Attributes meta = in.readFileMetaInformation();
        statedUid = meta == null ? "" : meta.getString(Tag.TransferSyntaxUID, "");
        header = in.readDataset(this::stop);
    }

    private boolean stop(DicomInputStream at) {
        atPixels = PIXELS.contains(at.tag());
        return atPixels;
    }

    static OpenFile of(Path path) throws IOException {
        Path last = path.getFileName();
        String name = last == null ? path.toString() : last.toString();
        long size = Files.size(path);
        if (size == 0) {
            throw new DicomException(name + ": the file is empty");
        }
        InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
        try {
            OpenFile file = new OpenFile(name, bytes, size);
            if (file.header.isEmpty() && !file.atPixels) {
                throw new DicomException(name + ": the data set holds no element");
            }
            return file;
        } catch (DicomException told) {
            bytes.close();
            throw told;
        } catch (EOFException end) {
            bytes.close();
            throw new DicomException(name + ": the file ends within its header", end);
        } catch (IOException | RuntimeException damaged) {
            bytes.close();
            throw new DicomException(
                    name
                            + ": no DICOM file, or its header is damaged ("
                            + damaged.getClass().getSimpleName()
                            + ")",
                    damaged);
        } catch (StackOverflowError deep) {
            bytes.close();
            throw new DicomException(name + ": sequences nest too deep", deep);
        }
    }

    String name() {
        return name;
    }

    String statedUid() {
        return statedUid;
    }

    String usedUid() {
        return in.getTransferSyntax();
    }

    Attributes header() {
        return header;
    }

    boolean atPixels() {
        return atPixels;
    }

    boolean bigEndian() {
        return in.bigEndian();
    }

    String pixelVr() {
        return switch (in.tag()) {
            case Tag.FloatPixelData -> "OF";
            case Tag.DoubleFloatPixelData -> "OD";
            default -> in.vr() == VR.OB ? "OB" : "OW";
        };
    }

    /** Bytes that the header declares; -1 when undefined. */
    long pixelLength() {
        return in.unsignedLength();
    }

    /** Bytes that the file can still give; at most, when it is deflated. */
    long left() {
        return in.getTransferSyntax().startsWith("1.2.840.10008.1.2.1.99")
                ? MOST_INFLATION * size
                : size - in.getPosition();
    }

    DicomInputStream in() {
        return in;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
