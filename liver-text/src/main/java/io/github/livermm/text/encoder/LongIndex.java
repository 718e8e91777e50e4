// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import java.util.Arrays;

/**
 * Numbers distinct keys from 0 in the order in which they were added: open addressing on primitive
 * arrays, so that counting millions of n-grams makes no objects. Not thread-safe while keys are
 * added.
 */
final class LongIndex {
    private long[] keys = new long[1024];
    private int[] slots = new int[4096];
    private long[] slotKeys = new long[4096];
    private int size;

    LongIndex() {
        Arrays.fill(slots, -1);
    }

    int size() {
        return size;
    }

    long key(int number) {
        return keys[number];
    }

    /** The number of a key, -1 when it was never added. */
    int find(long key) {
        return slots[slot(key)];
    }

    /** The number of a key, which is added when it is new. */
    int add(long key) {
        int slot = slot(key);
        if (slots[slot] >= 0) {
            return slots[slot];
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size] = key;
        slots[slot] = size++;
        slotKeys[slot] = key;
        if (2 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32 ^ mixed >>> 52) & slots.length - 1;
        while (slots[slot] >= 0 && slotKeys[slot] != key) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        slotKeys = new long[slots.length];
        Arrays.fill(slots, -1);
        for (int i = 0; i < size; i++) {
            int slot = slot(keys[i]);
            slots[slot] = i;
            slotKeys[slot] = keys[i];
        }
    }
}
