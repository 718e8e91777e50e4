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
        DicomParser parser = new DicomParser(DicomFile.name(path), ByteSource.open(path));
        DicomParser.Parsed parsed = parser.parseOrClose();
        parsed.bytes().close();
        Element pixels = parsed.data().pixels();
        HeldPixels held = parsed.held();
        long deflatedFrom = parsed.deflatedFrom();
        return new DicomContent(
                parsed.syntaxUid(),
                parsed.syntax(),
                parsed.data(),
                held,
                pixels == null ? null : () -> open(path, deflatedFrom, pixels, held));
    }

    /** The header is known and not read again. */
    private static PixelBytes open(Path path, long deflatedFrom, Element pixels, HeldPixels held)
            throws IOException {
        String name = DicomFile.name(path);
        ByteSource in = ByteSource.open(path);
        if (deflatedFrom >= 0) {
            in.position(deflatedFrom);
            in = in.inflated(name);
        }
        return new OpenPixels(name, in, pixels, held);
    }

    private record OpenPixels(String name, ByteSource in, Element pixels, HeldPixels held)
            implements PixelBytes {
        @Override
        public long available() {
            return Math.max(0, Math.min(held.bytes(), in.size() - pixels.offset()));
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
