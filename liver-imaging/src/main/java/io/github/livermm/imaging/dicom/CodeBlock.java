// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Arrays;

/** What the packets hold of one code block: codeword segments and their coding passes. */
final class CodeBlock {
    private final int planes;
    private int lengthBits = 3;
    private int passes;
    private int segments;
    private int[] passesOf = new int[1];
    private int[] lengthOf = new int[1];
    private byte[] bytes = {};
    private int length;

    /** A block with so many bit planes that hold anything. */
    CodeBlock(int planes) {
        this.planes = planes;
    }

    int planes() {
        return planes;
    }

    int segments() {
        return segments;
    }

    int passesOf(int segment) {
        return passesOf[segment];
    }

    int lengthOf(int segment) {
        return lengthOf[segment];
    }

    byte[] bytes() {
        return bytes;
    }

    void widen() {
        lengthBits++;
    }

    int lengthBits() {
        return lengthBits;
    }

    int passes() {
        return passes;
    }

    /** Passes that still fit into the open segment, or into a new one when it is full. */
    int room(Jpeg2000Style style) {
        if (style.has(Jpeg2000Style.TERMINATE)) {
            return 1;
        }
        if (!style.has(Jpeg2000Style.BYPASS)) {
            return Integer.MAX_VALUE - passes;
        }
        if (passes < 10) {
            return 10 - passes;
        }
        return (passes - 10) % 3 == 2 ? 1 : 2 - (passes - 10) % 3;
    }

    /** Whether the next pass begins a segment. */
    boolean opens(Jpeg2000Style style) {
        if (passes == 0 || style.has(Jpeg2000Style.TERMINATE)) {
            return true;
        }
        return style.has(Jpeg2000Style.BYPASS) && passes >= 10 && (passes - 10) % 3 != 1;
    }

    /** Notes passes whose bytes follow the header of the packet, and gives the segment. */
    int expect(int count, boolean opens) {
        if (opens) {
            if (segments == passesOf.length) {
                passesOf = Arrays.copyOf(passesOf, 2 * segments);
                lengthOf = Arrays.copyOf(lengthOf, 2 * segments);
            }
            segments++;
        }
        passesOf[segments - 1] += count;
        passes += count;
        return segments - 1;
    }

    void add(int segment, byte[] from, int at, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, length * 3 / 2));
        }
        System.arraycopy(from, at, bytes, length, count);
        length += count;
        lengthOf[segment] += count;
    }
}
