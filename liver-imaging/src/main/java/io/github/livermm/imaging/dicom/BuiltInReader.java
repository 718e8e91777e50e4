// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The reader of this module: {@link DicomParser} on the bytes of the file. */
final class BuiltInReader implements DicomReader {
    static final BuiltInReader INSTANCE = new BuiltInReader();

    private BuiltInReader() {}

    @Override
    public DicomContent read(Path path) throws IOException {
        DicomParser.Parsed parsed = parse(path);
        parsed.bytes().close();
        return new DicomContent(
                parsed.syntaxUid(),
                parsed.syntax(),
                parsed.data(),
                () -> open(path, parsed.syntax(), parsed.data()));
    }

    private static DicomParser.Parsed parse(Path path) throws IOException {
        return new DicomParser(DicomFile.name(path), ByteSource.open(path)).parseOrClose();
    }

    /** The header is known; only a deflated file is inflated again. */
    private static PixelBytes open(Path path, TransferSyntax syntax, DataSet data)
            throws IOException {
        Element pixels = data.get(Tag.PIXEL_DATA);
        if (pixels == null) {
            throw new DicomException(DicomFile.name(path) + ": there is no Pixel Data (7FE0,0010)");
        }
        ByteSource in =
                syntax == TransferSyntax.DEFLATED ? parse(path).bytes() : ByteSource.open(path);
        return new OpenPixels(DicomFile.name(path), in, pixels);
    }

    private record OpenPixels(String name, ByteSource in, Element pixels) implements PixelBytes {
        @Override
        public long available() {
            return Math.max(0, Math.min(pixels.length(), in.size() - pixels.offset()));
        }

        @Override
        public byte[] bytes(long from, long count) throws IOException {
            in.position(pixels.offset() + from);
            return in.bytes(count);
        }

        @Override
        public List<byte[]> items() throws IOException {
            in.position(pixels.offset());
            List<byte[]> items = new ArrayList<>();
            Fragments.forEach(name, in, items::add);
            return items;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
