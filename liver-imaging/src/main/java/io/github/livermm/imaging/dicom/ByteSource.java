// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a file or of memory with a position that can be set. Never allocates more than the
 * source still holds.
 */
final class ByteSource implements Closeable {
    private static final int BUFFER = 16 * 1024;

    private final @Nullable FileChannel channel;
    private final ByteBuffer buffer;
    private final long size;
    private long bufferStart;

    private ByteSource(@Nullable FileChannel channel, ByteBuffer buffer, long size) {
        this.channel = channel;
        this.buffer = buffer;
        this.size = size;
    }

    static ByteSource open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new ByteSource(channel, ByteBuffer.allocate(BUFFER).limit(0), channel.size());
    }

    static ByteSource of(byte[] bytes) {
        return new ByteSource(null, ByteBuffer.wrap(bytes), bytes.length);
    }

    long size() {
        return size;
    }

    long position() {
        return bufferStart + buffer.position();
    }

    void position(long to) throws IOException {
        if (to < 0 || to > size) {
            throw new EOFException("position " + to + " of " + size);
        }
        long within = to - bufferStart;
        if (within >= 0 && within <= buffer.limit()) {
            buffer.position((int) within);
        } else {
            bufferStart = to;
            buffer.position(0).limit(0);
        }
    }

    long left() {
        return size - position();
    }

    int u8() throws IOException {
        need(1);
        return buffer.get() & 0xFF;
    }

    int u16(boolean big) throws IOException {
        need(2);
        int a = buffer.get() & 0xFF;
        int b = buffer.get() & 0xFF;
        return big ? (a << 8) | b : (b << 8) | a;
    }

    long u32(boolean big) throws IOException {
        long a = u16(big);
        long b = u16(big);
        return big ? (a << 16) | b : (b << 16) | a;
    }

    int tag(boolean big) throws IOException {
        int group = u16(big);
        return (group << 16) | u16(big);
    }

    byte[] bytes(long n) throws IOException {
        if (n < 0 || n > left() || n > Integer.MAX_VALUE - 8) {
            throw new EOFException(n + " bytes wanted, " + left() + " left");
        }
        byte[] out = new byte[(int) n];
        int at = 0;
        FileChannel from = channel;
        if (from != null && out.length >= BUFFER) {
            at = Math.min(buffer.remaining(), out.length);
            buffer.get(out, 0, at);
            long place = position();
            ByteBuffer rest = ByteBuffer.wrap(out, at, out.length - at);
            while (rest.hasRemaining()) {
                int read = from.read(rest, place + rest.position() - at);
                if (read <= 0) {
                    throw new EOFException("the file ends at byte " + place);
                }
            }
            position(place + out.length - at);
            return out;
        }
        while (at < out.length) {
            if (!buffer.hasRemaining()) {
                refill();
            }
            int take = Math.min(buffer.remaining(), out.length - at);
            buffer.get(out, at, take);
            at += take;
        }
        return out;
    }

    private void need(int n) throws IOException {
        if (buffer.remaining() < n) {
            if (left() < n) {
                throw new EOFException("the file ends at byte " + size);
            }
            refill();
        }
    }

    private void refill() throws IOException {
        FileChannel from = channel;
        if (from == null) {
            throw new EOFException("the data end at byte " + size);
        }
        bufferStart = position();
        buffer.clear();
        long at = bufferStart;
        while (buffer.hasRemaining()) {
            int n = from.read(buffer, at);
            if (n <= 0) {
                break;
            }
            at += n;
        }
        buffer.flip();
        if (!buffer.hasRemaining()) {
            throw new EOFException("the file ends at byte " + bufferStart);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
