// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dcm4che;

import io.github.livermm.imaging.dicom.DicomException;
import io.github.livermm.imaging.dicom.PixelBytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.io.DicomInputStream;

/** Pixel Data read forwards; a step back opens the file again. */
final class OpenPixels implements PixelBytes {
    private final Path path;
    private final long available;
    private OpenFile file;
    private long at;

    private OpenPixels(Path path, OpenFile file) {
        this.path = path;
        this.file = file;
        this.available = Math.max(0, Math.min(file.pixelLength(), file.left()));
    }

    static OpenPixels of(Path path) throws IOException {
        return new OpenPixels(path, atPixels(path));
    }

    private static OpenFile atPixels(Path path) throws IOException {
        OpenFile file = OpenFile.of(path);
        if (!file.atPixels()) {
            file.close();
            throw new DicomException(file.name() + ": there is no Pixel Data (7FE0,0010)");
        }
        return file;
    }

    private void rewind() throws IOException {
        file.close();
        file = atPixels(path);
        at = 0;
    }

    @Override
    public long available() {
        return available;
    }

    @Override
    public byte[] bytes(long from, long count) throws IOException {
        if (from < at) {
            rewind();
        }
        file.in().skipFully(from - at);
        byte[] bytes = file.in().readNBytes(Math.toIntExact(count));
        at = from + bytes.length;
        if (bytes.length < count) {
            throw new EOFException(count + " bytes wanted, " + bytes.length + " left");
        }
        return bytes;
    }

    @Override
    public List<byte[]> items() throws IOException {
        if (at != 0) {
            rewind();
        }
        at = 1;
        DicomInputStream in = file.in();
        List<byte[]> items = new ArrayList<>();
        try {
            while (in.readItemHeader()) {
                long length = in.unsignedLength();
                if (length < 0 || length > file.left()) {
                    throw new DicomException(
                            file.name()
                                    + ": a fragment of Pixel Data (7FE0,0010) declares "
                                    + length
                                    + " bytes, "
                                    + file.left()
                                    + " are left");
                }
                items.add(in.readNBytes(Math.toIntExact(length)));
            }
        } catch (EOFException end) {
            // the end of the file serves as end of the sequence
        } catch (RuntimeException damaged) {
            throw new DicomException(
                    file.name() + ": a fragment of Pixel Data (7FE0,0010) is damaged", damaged);
        }
        return items;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
