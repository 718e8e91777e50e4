// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes of a file, perhaps inflated, with a position that can be set. Never allocates more than the
 * source can still hold.
 */
final class ByteSource implements Closeable {
    private static final int BUFFER = 16 * 1024;

    /** Where bytes come from. */
    interface Bytes extends Closeable {
        /** Bytes from a place on, as many as fit and are there; 0 or less at the end. */
        int read(ByteBuffer into, long at) throws IOException;
    }

    private record FileBytes(FileChannel channel) implements Bytes {
        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            return channel.read(into, at);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private final Bytes from;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long size;
    private boolean sizeKnown;
    private long bufferStart;

    private ByteSource(Bytes from, long size, boolean sizeKnown) {
        this.from = from;
        this.size = size;
        this.sizeKnown = sizeKnown;
    }

    static ByteSource open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new ByteSource(new FileBytes(channel), channel.size(), true);
    }

    /** What is left of this source, inflated; this one is closed. */
    ByteSource inflated(String file) throws IOException {
        byte[] packed = bytes(left());
        close();
        long most = InflatedBytes.mostBytes(packed.length);
        return new ByteSource(new InflatedBytes(file, packed), most, false);
    }

    /** Bytes of the source; at most, while the end of a deflated one was not met. */
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

    /** Whether so few bytes follow that the buffer can hold them. */
    boolean has(int n) throws IOException {
        if (buffer.remaining() < n && left() >= n) {
            refill();
        }
        return buffer.remaining() >= n;
    }

    /** The place itself, or the end of the source if that comes before it. */
    long reach(long to) throws IOException {
        long last = Math.min(to, size) - 1;
        if (!sizeKnown && last >= position()) {
            position(last);
            has(1);
        }
        return Math.min(to, size);
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
        need(4); // so that a step back to its begin finds it in the buffer
        int group = u16(big);
        return (group << 16) | u16(big);
    }

    byte[] bytes(long n) throws IOException {
        if (n < 0 || n > left() || n > Integer.MAX_VALUE - 8) {
            throw new EOFException(n + " bytes wanted, " + left() + " left");
        }
        if (n < BUFFER) {
            need((int) n);
        }
        byte[] out = new byte[(int) n];
        int at = Math.min(buffer.remaining(), out.length);
        buffer.get(out, 0, at);
        ByteBuffer rest = ByteBuffer.wrap(out, at, out.length - at);
        long place = position() - at;
        while (rest.hasRemaining()) {
            if (from.read(rest, place + rest.position()) <= 0) {
                throw ends(place + rest.position());
            }
        }
        position(place + out.length);
        return out;
    }

    private void need(int n) throws IOException {
        if (!has(n)) {
            throw ends(size);
        }
    }

    private EOFException ends(long at) {
        end(at);
        return new EOFException("the file ends at byte " + size);
    }

    private void end(long at) {
        size = Math.min(size, at);
        sizeKnown = true;
    }

    /** Keeps what is left in the buffer and fills it up. */
    private void refill() throws IOException {
        bufferStart = position();
        buffer.compact();
        while (buffer.hasRemaining()) {
            long at = bufferStart + buffer.position();
            if (from.read(buffer, at) <= 0) {
                end(at);
                break;
            }
        }
        buffer.flip();
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
