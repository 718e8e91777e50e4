// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds every occurrence of many keywords in one pass (Aho-Corasick), in time linear in the text
 * and the number of occurrences, whatever the keywords are. A line end in the text counts as a
 * space.
 *
 * <p>Reference: Aho AV, Corasick MJ. Efficient string matching: an aid to bibliographic search.
 * Communications of the ACM 1975;18:333-340, doi:10.1145/360825.360855.
 */
final class Automaton {
    private static final int ROOT = 0;
    private static final int NONE = -1;

    /** Edges of the trie: open addressing, key is state and character. */
    private final long[] edgeKeys;

    private final int[] edgeTargets;
    private final int edgeMask;

    /** Where each character leads from the root: most of a text goes no further. */
    private final int[] fromRoot = new int[Character.MAX_VALUE + 1];

    private final int[] failures;
    private final int[] outputs;
    private final int[] nextOutputs;
    private final int[] lengths;

    /** Takes occurrences in the order of their ends. */
    @FunctionalInterface
    interface Occurrences {
        void found(int keyword, int start, int end);
    }

    Automaton(List<String> keywords) {
        int capacity = keywords.stream().mapToInt(String::length).sum() + 1;
        int slots = Integer.highestOneBit(4 * capacity);
        edgeMask = slots - 1;
        edgeKeys = new long[slots];
        edgeTargets = new int[slots];
        Arrays.fill(edgeKeys, NONE);
        failures = new int[capacity];
        outputs = new int[capacity];
        nextOutputs = new int[capacity];
        Arrays.fill(outputs, NONE);
        Arrays.fill(nextOutputs, ROOT);
        lengths = keywords.stream().mapToInt(String::length).toArray();
        link(grow(keywords));
    }

    /** Builds the trie and returns the characters of the edges that leave each state. */
    private List<List<Character>> grow(List<String> keywords) {
        List<List<Character>> leaving = new ArrayList<>();
        leaving.add(new ArrayList<>());
        for (int k = 0; k < keywords.size(); k++) {
            int state = ROOT;
            for (int i = 0; i < keywords.get(k).length(); i++) {
                char c = keywords.get(k).charAt(i);
                int target = edge(state, c);
                if (target == NONE) {
                    target = leaving.size();
                    leaving.add(new ArrayList<>());
                    leaving.get(state).add(c);
                    putEdge(state, c, target);
                }
                state = target;
            }
            if (outputs[state] != NONE) {
                throw new IllegalArgumentException(
                        "keyword " + keywords.get(k) + " is listed twice: list it once");
            }
            outputs[state] = k;
        }
        return leaving;
    }

    private void link(List<List<Character>> leaving) {
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(ROOT);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (char c : leaving.get(state)) {
                int target = edge(state, c);
                if (state == ROOT) {
                    fromRoot[c] = target;
                }
                int failure = state == ROOT ? ROOT : step(failures[state], c);
                failures[target] = failure;
                nextOutputs[target] = outputs[failure] == NONE ? nextOutputs[failure] : failure;
                queue.add(target);
            }
        }
    }

    void scan(CharSequence text, Occurrences occurrences) {
        int state = ROOT;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            state = step(state, c == '\n' ? ' ' : c);
            for (int s = state; s != ROOT; s = nextOutputs[s]) {
                int keyword = outputs[s];
                if (keyword != NONE) {
                    occurrences.found(keyword, i + 1 - lengths[keyword], i + 1);
                }
            }
        }
    }

    private int step(int from, char c) {
        for (int state = from; state != ROOT; state = failures[state]) {
            int target = edge(state, c);
            if (target != NONE) {
                return target;
            }
        }
        return fromRoot[c];
    }

    private int edge(int state, char c) {
        long key = ((long) state << 16) | c;
        int slot = slot(key);
        while (edgeKeys[slot] != NONE) {
            if (edgeKeys[slot] == key) {
                return edgeTargets[slot];
            }
            slot = (slot + 1) & edgeMask;
        }
        return NONE;
    }

    private void putEdge(int state, char c, int target) {
        long key = ((long) state << 16) | c;
        int slot = slot(key);
        while (edgeKeys[slot] != NONE) {
            slot = (slot + 1) & edgeMask;
        }
        edgeKeys[slot] = key;
        edgeTargets[slot] = target;
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & edgeMask;
    }
}
