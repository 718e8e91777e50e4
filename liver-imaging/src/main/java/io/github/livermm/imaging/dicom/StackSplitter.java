// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells apart stacks acquired in one series, such as phases, echoes, b values, planes. Where the
 * slices of acquisitions cover one range, the fewest attributes are taken that leave even stacks;
 * where none do, the order in which slices were taken. Acquisitions that follow each other in space
 * stay together: a scanner numbers its turns.
 */
final class StackSplitter {
    /** Attributes of acquisitions, tried in this order, alone and then together. */
    private static final List<Integer> ACQUISITIONS =
            List.of(
                    Tag.STACK_ID,
                    Tag.TEMPORAL_POSITION,
                    Tag.ACQUISITION_NUMBER,
                    Tag.DIFFUSION_B_VALUE,
                    Tag.ECHO_TIME,
                    Tag.IMAGE_TYPE);

    /** Also these where slices repeat; odd and even slices of one stack may differ in them. */
    private static final List<Integer> TIMES = List.of(Tag.TRIGGER_TIME, Tag.ACQUISITION_TIME);

    /** What grows from slice to slice. */
    private static final List<Integer> ORDERS =
            List.of(Tag.ACQUISITION_TIME, Tag.CONTENT_TIME, Tag.INSTANCE_NUMBER);

    private static final List<Integer> KEYS =
            Stream.concat(ACQUISITIONS.stream(), TIMES.stream()).toList();

    private static final int MOST_TOGETHER = 3;

    /** Cosine between normals of one orientation. */
    private static final double PARALLEL = 0.99;

    private final List<Slice> slices;
    private final StackGeometry whole;
    private final Map<Integer, List<Value>> values = new HashMap<>();

    private StackSplitter(List<Slice> slices) {
        this.slices = slices;
        this.whole = new StackGeometry(slices);
    }

    /** The stacks, in the order of their attributes; one where nothing tells them apart. */
    static List<List<Slice>> split(List<Slice> slices) {
        StackSplitter splitter = new StackSplitter(slices);
        List<List<Slice>> stacks = new ArrayList<>();
        for (List<Slice> part : splitter.parts()) {
            stacks.addAll(part.size() == slices.size() ? List.of(part) : split(part));
        }
        return stacks;
    }

    /** The attributes of acquisitions that a slice has. */
    static List<Value> keys(Slice s) {
        return KEYS.stream().map(key -> Value.of(s.header(), key)).toList();
    }

    private Collection<List<Slice>> parts() {
        List<List<Integer>> choices = choices();
        for (boolean gaps : new boolean[] {false, true}) {
            for (List<Integer> keys : choices) {
                Collection<List<Slice>> parts = by(keys);
                if (areStacks(parts, gaps)) {
                    return parts;
                }
            }
            if (whole.problems().isEmpty()) {
                break;
            }
        }
        if (whole.repeated() > 0) {
            for (int order : ORDERS) {
                List<List<Slice>> passes = passes(order);
                if (areStacks(passes, false)) {
                    return passes;
                }
            }
        }
        return List.of(slices);
    }

    /** Sets of attributes that differ between slices, small sets first. */
    private List<List<Integer>> choices() {
        List<Integer> differing =
                (whole.repeated() > 0 ? KEYS : ACQUISITIONS)
                        .stream().filter(this::differs).toList();
        List<List<Integer>> choices = new ArrayList<>();
        for (int set = 1; set < 1 << differing.size(); set++) {
            List<Integer> choice = new ArrayList<>();
            for (int n = 0; n < differing.size(); n++) {
                if ((set >> n & 1) == 1) {
                    choice.add(differing.get(n));
                }
            }
            if (choice.size() <= MOST_TOGETHER) {
                choices.add(choice);
            }
        }
        choices.sort(Comparator.comparingInt(List::size));
        return choices;
    }

    private boolean differs(int key) {
        byte[] first = bytes(slices.get(0), key);
        return slices.stream().anyMatch(s -> !Arrays.equals(bytes(s, key), first));
    }

    private static byte[] bytes(Slice s, int tag) {
        Element e = s.header().get(tag);
        return e == null ? new byte[0] : e.value();
    }

    private Collection<List<Slice>> by(List<Integer> keys) {
        Map<List<Value>, List<Slice>> parts = new HashMap<>();
        for (int n = 0; n < slices.size(); n++) {
            int slice = n;
            List<Value> its = keys.stream().map(key -> values(key).get(slice)).toList();
            parts.computeIfAbsent(its, v -> new ArrayList<>()).add(slices.get(n));
        }
        return parts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Value::compare))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What every slice says, read once. */
    private List<Value> values(int key) {
        return values.computeIfAbsent(
                key, k -> slices.stream().map(s -> Value.of(s.header(), k)).toList());
    }

    /** Whether parts are even stacks, but for gaps where those are allowed, that lie together. */
    private boolean areStacks(Collection<List<Slice>> parts, boolean gaps) {
        if (parts.size() < 2 || 2 * parts.size() > slices.size()) {
            return false;
        }
        List<StackGeometry> stacks = new ArrayList<>();
        for (List<Slice> part : parts) {
            StackGeometry stack = new StackGeometry(part);
            if (!(gaps ? stack.isEvenButForGaps() : stack.problems().isEmpty())) {
                return false;
            }
            stacks.add(stack);
        }
        return coverOneRange(stacks);
    }

    /** Whether some stacks overlap or differ in orientation. */
    private static boolean coverOneRange(List<StackGeometry> stacks) {
        double[] normal = stacks.get(0).slices().get(0).normal();
        if (normal == null) {
            return false;
        }
        List<double[]> ranges = new ArrayList<>();
        for (StackGeometry stack : stacks) {
            Slice first = stack.slices().get(0);
            Slice last = stack.slices().get(stack.slices().size() - 1);
            double[] its = first.normal();
            if (its == null || Math.abs(Slice.dot(normal, its)) < PARALLEL) {
                return true;
            }
            double[] range = {first.along(normal), last.along(normal)};
            Arrays.sort(range);
            ranges.add(range);
        }
        ranges.sort(Comparator.comparingDouble(r -> r[0]));
        for (int n = 1; n < ranges.size(); n++) {
            if (ranges.get(n)[0] < ranges.get(n - 1)[1] + StackGeometry.SAME_MM) {
                return true;
            }
        }
        return false;
    }

    /**
     * Passes over the patient, slice after slice: one ends where a place comes again. None where
     * the attribute is no order of acquisition, so that there would be more passes than slices in a
     * place.
     */
    private List<List<Slice>> passes(int order) {
        List<Taken> taken = taken(order);
        List<List<Slice>> passes = new ArrayList<>();
        Set<Integer> places = new HashSet<>();
        for (Taken next : taken) {
            if (passes.isEmpty() || !places.add(next.place())) {
                passes.add(new ArrayList<>());
                places.clear();
                places.add(next.place());
            }
            passes.get(passes.size() - 1).add(next.slice());
        }
        Map<Integer, Long> inPlace =
                taken.stream().collect(Collectors.groupingBy(Taken::place, Collectors.counting()));
        long most = inPlace.values().stream().mapToLong(n -> n).max().orElse(0);
        return passes.size() == most ? passes : List.of();
    }

    private record Taken(Slice slice, int place, double when) {}

    /**
     * Slices as they were taken, those in one place with one number; none where one is not told.
     */
    private List<Taken> taken(int order) {
        double[] normal = java.util.Objects.requireNonNull(whole.slices().get(0).normal());
        List<Taken> taken = new ArrayList<>();
        int place = 0;
        double below = Double.NEGATIVE_INFINITY;
        for (Slice s : whole.slices()) {
            OptionalDouble when = s.header().number(order);
            if (when.isEmpty()) {
                return List.of();
            }
            place += s.along(normal) - below < StackGeometry.SAME_MM ? 0 : 1;
            below = s.along(normal);
            taken.add(new Taken(s, place, when.getAsDouble()));
        }
        taken.sort(Comparator.comparingDouble(Taken::when));
        return taken;
    }

    /** What a slice says, as a number where it is one. */
    record Value(double number, String text) implements Comparable<Value> {
        static Value of(DataSet header, int tag) {
            OptionalDouble number = header.number(tag);
            return number.isPresent()
                    ? new Value(number.getAsDouble(), "")
                    : new Value(Double.NaN, header.text(tag).orElse(""));
        }

        static int compare(List<Value> a, List<Value> b) {
            return Arrays.compare(a.toArray(new Value[0]), b.toArray(new Value[0]));
        }

        @Override
        public int compareTo(Value other) {
            int byNumber = Double.compare(number, other.number);
            return byNumber != 0 ? byNumber : text.compareTo(other.text);
        }
    }
}
