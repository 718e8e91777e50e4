// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.quality;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every image of a study while it is read: too few or too thick slices, a liver that is
 * not covered, noise, a wrong part of the body, and the same image under two patients. What it
 * finds is suspicious, not unusable: nothing is left out. Safe for several threads.
 *
 * @since 0.1.0
 */
public final class QualityGate {
    private final QualityLimits limits;
    private final Map<String, Place> seen = new HashMap<>();
    private final Findings findings = new Findings();

    private record Place(String patientId, String image) {}

    private QualityGate(QualityLimits limits) {
        this.limits = limits;
    }

    /**
     * A gate that has seen nothing yet.
     *
     * @param limits where an image becomes suspicious
     * @return the gate
     */
    public static QualityGate of(QualityLimits limits) {
        return new QualityGate(limits);
    }

    /**
     * Looks at one image.
     *
     * @param patientId study id
     * @param phase what it shows
     * @param image the image
     * @param mask its label map; null when there is none
     */
    public void check(String patientId, Phase phase, Volume image, @Nullable LabelMap mask) {
        String name = "images/" + patientId + "/" + phase.id();
        for (String reason : SeriesQuality.of(image, phase, mask, limits)) {
            findings.add(new Finding(patientId, name, reason));
        }
        String hash = ContentHash.of(image);
        Place place = new Place(patientId, name);
        synchronized (seen) {
            Place other = seen.putIfAbsent(hash, place);
            if (other != null && !other.equals(place)) {
                report(place, other);
            }
        }
    }

    /** The later id is reported, so that the order of reading does not matter for two images. */
    private void report(Place a, Place b) {
        boolean swap = a.image().compareTo(b.image()) < 0;
        Place later = swap ? b : a;
        Place first = swap ? a : b;
        findings.add(
                new Finding(
                        later.patientId(),
                        later.image(),
                        "holds the same voxels as "
                                + first.image()
                                + "; check which of them it belongs to"));
    }

    /**
     * What was suspicious so far.
     *
     * @return sorted by patient, image and reason
     */
    public List<Finding> findings() {
        return findings.sorted();
    }
}
