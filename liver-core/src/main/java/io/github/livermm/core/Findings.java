// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects findings while files are read, from any number of threads. Reading goes on: a finding
 * masks one modality of one patient.
 *
 * @since 0.1.0
 */
public final class Findings {
    private final List<Finding> findings = new ArrayList<>();

    /** Creates an empty collection. */
    public Findings() {}

    /**
     * Adds a finding.
     *
     * @param finding what was met
     */
    public synchronized void add(Finding finding) {
        findings.add(finding);
    }

    /**
     * Every finding, sorted by patient, file and reason, whatever the order of reading was.
     *
     * @return an immutable list
     */
    public synchronized List<Finding> sorted() {
        return findings.stream()
                .sorted(
                        Comparator.comparing(Finding::patientId)
                                .thenComparing(Finding::file)
                                .thenComparing(Finding::reason))
                .toList();
    }
}
