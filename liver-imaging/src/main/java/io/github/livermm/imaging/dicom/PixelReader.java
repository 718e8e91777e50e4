// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads frames of one open file: native samples, or fragments of a compressed coding. */
final class PixelReader implements Closeable {
    private final DicomFile file;
    private final String name;
    private final TransferSyntax syntax;
    private final PixelFormat format;
    private final Element pixels;
    private final PixelBytes in;
    private @Nullable List<byte[]> fragments;
    private long[] offsets = {};

    PixelReader(
            DicomFile file,
            TransferSyntax syntax,
            PixelFormat format,
            Element pixels,
            PixelBytes in) {
        this.file = file;
        this.name = DicomFile.name(file.path());
        this.syntax = syntax;
        this.format = format;
        this.pixels = pixels;
        this.in = in;
    }

    PixelFormat format() {
        return format;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Stored values x slope + intercept, straight from the file where they are plain. */
    void scaled(int frame, double slope, double intercept, float[] out, int at) throws IOException {
        if (at + format.pixels() > out.length) {
            throw new DicomException(name + ": rows and columns changed while reading");
        }
        boolean plain =
                format.bitsAllocated() == 16
                        && format.bitsStored() == 16
                        && !pixels.big()
                        && pixels.length() >= 0
                        && syntax.isNative()
                        && frame >= 0
                        && frame < format.frames();
        if (format.floating()) {
            floats(frame, slope, intercept, out, at);
            return;
        }
        if (!plain) {
            int[] stored = samples(frame);
            long mask = format.isUnsigned32() ? 0xFFFFFFFFL : -1;
            for (int n = 0; n < stored.length; n++) {
                out[at + n] = (float) ((stored[n] & mask) * slope + intercept);
            }
            return;
        }
        ByteBuffer raw = ByteBuffer.wrap(nativeBytes(frame)).order(ByteOrder.LITTLE_ENDIAN);
        int mask = format.signed() ? -1 : 0xFFFF;
        for (int n = 0; n < format.pixels(); n++) {
            out[at + n] = (float) ((raw.getShort(2 * n) & mask) * slope + intercept);
        }
    }

    private void floats(int frame, double slope, double intercept, float[] out, int at)
            throws IOException {
        if (pixels.length() < 0 || !(syntax.isNative() || syntax == TransferSyntax.UNKNOWN)) {
            throw new DicomException(
                    name + ": compressed " + Tag.pixels(pixels.tag()) + " is not allowed");
        }
        boolean wide = format.bytesPerSample() == 8;
        ByteBuffer raw =
                ByteBuffer.wrap(nativeBytes(frame))
                        .order(pixels.big() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < format.pixels(); n++) {
            double value = wide ? raw.getDouble(8 * n) : raw.getFloat(4 * n);
            out[at + n] = (float) (value * slope + intercept);
        }
    }

    /** Stored values as whole numbers; others are refused. */
    int[] frame(int frame) throws IOException {
        if (format.floating()) {
            throw new DicomException(
                    name
                            + ": "
                            + Tag.pixels(pixels.tag())
                            + " holds no whole numbers; read the volume, which is one of floats");
        }
        int[] stored = samples(frame);
        if (format.isUnsigned32()) {
            for (int value : stored) {
                if (value < 0) {
                    throw new DicomException(
                            String.format(
                                    "%s: the stored value %d exceeds 2^31 - 1; read the volume,"
                                            + " which is one of floats",
                                    name, Integer.toUnsignedLong(value)));
                }
            }
        }
        return stored;
    }

    /** Stored values, the highest of {@link PixelFormat#isUnsigned32()} below zero. */
    private int[] samples(int frame) throws IOException {
        if (frame < 0 || frame >= format.frames()) {
            throw new IllegalArgumentException(
                    "frame is " + frame + ", allowed is 0 to " + (format.frames() - 1));
        }
        try {
            if (pixels.length() >= 0 && (syntax.isNative() || syntax == TransferSyntax.UNKNOWN)) {
                return format.bitsAllocated() == 1
                        ? packedBits(frame)
                        : samples(nativeBytes(frame), pixels.big());
            }
            return compressed(frame);
        } catch (EOFException end) {
            throw new DicomException(
                    name + ": the file ends within its pixel data (" + end.getMessage() + ")", end);
        }
    }

    /** Frames of single bits follow each other without padding, lowest bit first. */
    private int[] packedBits(int frame) throws IOException {
        long first = (long) frame * format.pixels();
        long from = first / 8;
        byte[] raw = nativeBytes(frame, from, (first + format.pixels() + 7) / 8 - from);
        int[] out = new int[format.pixels()];
        for (int n = 0; n < out.length; n++) {
            int bit = (int) (first - from * 8) + n;
            int at = bit >> 3;
            out[n] = raw[at] >> (bit & 7) & 1;
        }
        return out;
    }

    private byte[] nativeBytes(int frame) throws IOException {
        return nativeBytes(frame, frame * format.frameBytes(), format.frameBytes());
    }

    private byte[] nativeBytes(int frame, long from, long need) throws IOException {
        if (from + need > in.available()) {
            throw new DicomException(
                    String.format(
                            "%s: Pixel Data (7FE0,0010) holds %d bytes, frame %d of %d x %d pixels"
                                    + " needs %d",
                            name,
                            in.available(),
                            frame + 1,
                            format.columns(),
                            format.rows(),
                            from + need));
        }
        try {
            return in.bytes(from, need);
        } catch (EOFException end) {
            throw new DicomException(
                    name + ": the file ends within its pixel data (" + end.getMessage() + ")", end);
        }
    }

    private int[] samples(byte[] raw, boolean big) {
        int[] out = new int[format.pixels()];
        switch (format.bytesPerSample()) {
            case 1 -> {
                boolean swapped = big && pixels.vr().equals("OW") && raw.length % 2 == 0;
                for (int n = 0; n < out.length; n++) {
                    out[n] = format.stored(raw[swapped ? n ^ 1 : n] & 0xFF);
                }
            }
            case 2 -> {
                int low = big ? 1 : 0;
                for (int n = 0; n < out.length; n++) {
                    int at = 2 * n;
                    out[n] =
                            format.stored(
                                    (raw[at + low] & 0xFF) | ((raw[at + 1 - low] & 0xFF) << 8));
                }
            }
            default -> {
                for (int n = 0; n < out.length; n++) {
                    int sample = 0;
                    for (int b = 0; b < 4; b++) {
                        int shift = big ? 24 - 8 * b : 8 * b;
                        sample |= (raw[4 * n + b] & 0xFF) << shift;
                    }
                    out[n] = format.stored(sample);
                }
            }
        }
        return out;
    }

    private int[] compressed(int frame) throws IOException {
        if (!syntax.isDecoded()) {
            throw new DicomException(
                    name
                            + ": pixels in transfer syntax "
                            + file.transferSyntax()
                            + " are not decoded by this reader; convert the series to explicit VR"
                            + " little endian, for example with dcmdjpeg or gdcmconv --raw");
        }
        if (pixels.length() >= 0) {
            throw new DicomException(
                    name + ": compressed Pixel Data (7FE0,0010) of defined length is not allowed");
        }
        byte[] coded = codedFrame(frame);
        if (syntax == TransferSyntax.RLE) {
            return samples(RunLength.decode(name, coded, format), false);
        }
        if (!HeldPixels.canHold(coded.length, format.pixels())) {
            throw new DicomException(
                    String.format(
                            "%s: %d bytes cannot hold %d pixels",
                            name, coded.length, format.pixels()));
        }
        int[] samples =
                switch (syntax) {
                    case JPEG_BASELINE, JPEG_EXTENDED, JPEG_SPECTRAL, JPEG_PROGRESSIVE ->
                            JpegDct.decode(name, coded, format);
                    case JPEG_2000, JPEG_2000_LOSSLESS -> Jpeg2000.decode(name, coded, format);
                    case JPEG_LS, JPEG_LS_NEAR -> JpegLs.decode(name, coded, format);
                    default -> JpegLossless.decode(name, coded, format);
                };
        for (int n = 0; n < samples.length; n++) {
            samples[n] = format.stored(samples[n]);
        }
        return samples;
    }

    private byte[] codedFrame(int frame) throws IOException {
        List<byte[]> all = fragments;
        if (all == null) {
            all = readFragments();
            fragments = all;
        }
        int frames = format.frames();
        if (frames == 1) {
            return join(all);
        }
        if (all.size() == frames) {
            return all.get(frame);
        }
        if (offsets.length == frames) {
            List<byte[]> mine = new ArrayList<>();
            long at = 0;
            for (byte[] fragment : all) {
                if (at >= offsets[frame] && (frame + 1 == frames || at < offsets[frame + 1])) {
                    mine.add(fragment);
                }
                at += 8 + fragment.length;
            }
            return join(mine);
        }
        throw new DicomException(
                name
                        + ": "
                        + all.size()
                        + " fragments for "
                        + frames
                        + " frames, and no offset table");
    }

    /** All items but the first, which is the offset table. */
    private List<byte[]> readFragments() throws IOException {
        List<byte[]> items = in.items();
        if (items.isEmpty()) {
            return List.of();
        }
        ByteBuffer table = ByteBuffer.wrap(items.get(0)).order(ByteOrder.LITTLE_ENDIAN);
        offsets = new long[Math.min(table.remaining() / 4, format.frames())];
        for (int n = 0; n < offsets.length; n++) {
            offsets[n] = table.getInt() & 0xFFFFFFFFL;
        }
        return items.subList(1, items.size());
    }

    private byte[] join(List<byte[]> parts) throws DicomException {
        if (parts.isEmpty()) {
            throw new DicomException(name + ": a frame of Pixel Data (7FE0,0010) is empty");
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.write(part, 0, part.length);
        }
        return out.toByteArray();
    }
}
