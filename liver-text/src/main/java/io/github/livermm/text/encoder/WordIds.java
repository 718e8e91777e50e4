// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import java.util.Arrays;

/**
 * Numbers the words of a vocabulary, from 0 in the order in which they were added; found by a part
 * of a text, so that looking up allocates nothing. Not thread-safe while words are added.
 */
final class WordIds {
    private String[] words = new String[64];
    private int[] slots = new int[256];
    private int size;

    WordIds() {
        Arrays.fill(slots, -1);
    }

    String word(int id) {
        return words[id];
    }

    /** The number of a word, -1 when it was never added. */
    int find(String text, int from, int to) {
        return slots[slot(text, from, to)];
    }

    /** The number of a word, which is added when it is new. */
    int add(String text, int from, int to) {
        int slot = slot(text, from, to);
        if (slots[slot] >= 0) {
            return slots[slot];
        }
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size] = text.substring(from, to);
        slots[slot] = size++;
        if (2 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int slot = (hash ^ hash >>> 15) & slots.length - 1;
        while (slots[slot] >= 0 && !equal(words[slots[slot]], text, from, to)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static boolean equal(String word, String text, int from, int to) {
        return word.length() == to - from && text.startsWith(word, from);
    }

    private void grow() {
        slots = new int[2 * slots.length];
        Arrays.fill(slots, -1);
        for (int id = 0; id < size; id++) {
            slots[slot(words[id], 0, words[id].length())] = id;
        }
    }
}
