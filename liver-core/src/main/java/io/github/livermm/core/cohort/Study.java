// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A study as it lies on disk: its protocol and every patient of its table, before anybody is
 * excluded. Made by {@link StudyReader}.
 *
 * @since 0.1.0
 */
public final class Study {
    private final Path folder;
    private final Protocol protocol;
    private final List<Candidate> candidates;
    private final List<String> headers;
    private final Map<String, Integer> bounds;

    Study(
            Path folder,
            Protocol protocol,
            List<Candidate> candidates,
            List<String> headers,
            Map<String, Integer> bounds) {
        this.headers = List.copyOf(headers);
        this.bounds = Map.copyOf(bounds);
        this.folder = folder;
        this.protocol = protocol;
        this.candidates = List.copyOf(candidates);
    }

    /**
     * Where the study lies.
     *
     * @return the folder that was read
     */
    public Path folder() {
        return folder;
    }

    /**
     * The protocol.
     *
     * @return what {@code study.json} says
     */
    public Protocol protocol() {
        return protocol;
    }

    /**
     * Every patient of the table; nobody is marked as prognostic yet.
     *
     * @return in the order of the ids
     */
    public Cohort everybody() {
        return new Cohort(candidates.stream().map(Candidate::patient).toList());
    }

    /**
     * Applies the rules of eligibility. Whether images can be read is not looked at: a folder that
     * exists counts as images with a contrast phase.
     *
     * @return the cohort and the flow
     */
    public Selection select() {
        return new Eligibility(protocol, null).select(candidates);
    }

    /**
     * Applies the rules of eligibility.
     *
     * @param images answers which phases of a patient can be read; asked only as far as the rules
     *     need it
     * @return the cohort and the flow
     */
    public Selection select(ImageAvailability images) {
        return new Eligibility(protocol, images).select(candidates);
    }

    /** Columns of the table. */
    List<String> headers() {
        return headers;
    }

    /** Number of values that are limits of detection, by column. */
    Map<String, Integer> bounds() {
        return bounds;
    }

    /** Dates of surgery, by patient id; patients without one are left out. */
    Map<String, LocalDate> surgeryDates() {
        Map<String, LocalDate> dates = new HashMap<>();
        for (Candidate candidate : candidates) {
            LocalDate date = candidate.surgeryDate();
            if (date != null) {
                dates.put(candidate.patient().id(), date);
            }
        }
        return dates;
    }
}
