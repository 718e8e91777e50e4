// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of a deflated data set (PS3.5 A.5), inflated as they are asked for and never held: the
 * memory is that of the packed bytes, whatever they grow to. A step back begins again.
 */
final class InflatedBytes implements ByteSource.Bytes {
    /** No deflated byte gives more: 258 bytes for two bits (RFC 1951, 3.2.5). */
    private static final long MOST_PER_BYTE = 1032;

    private final String file;
    private final byte[] packed;
    private final byte[] passed = new byte[1 << 13];
    private final Inflater inflater = new Inflater(true);
    private long done;

    InflatedBytes(String file, byte[] packed) {
        this.file = file;
        this.packed = packed;
        inflater.setInput(packed);
    }

    static long mostBytes(long packed) {
        return MOST_PER_BYTE * packed;
    }

    @Override
    public int read(ByteBuffer into, long at) throws DicomException {
        if (at < done) {
            inflater.reset();
            inflater.setInput(packed);
            done = 0;
        }
        while (done < at) {
            int most = (int) Math.min(passed.length, at - done);
            if (inflate(ByteBuffer.wrap(passed, 0, most)) == 0) {
                return 0;
            }
        }
        return inflate(into);
    }

    /** 0 where the stream ends, as it should or not. */
    private int inflate(ByteBuffer into) throws DicomException {
        try {
            int n = inflater.inflate(into);
            done += n;
            return n;
        } catch (DataFormatException damaged) {
            throw new DicomException(
                    file + ": the deflated data set is damaged (" + damaged.getMessage() + ")",
                    damaged);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
