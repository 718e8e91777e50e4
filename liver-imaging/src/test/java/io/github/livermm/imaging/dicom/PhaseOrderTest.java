// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.imaging.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the series of one examination say about each other. */
class PhaseOrderTest {
    private static final String NONE = "none";

    @TempDir Path folder;

    private int written;

    private DicomWriter series(String description, String agent, String time) {
        written++;
        return DicomWriter.slice(0, 0)
                .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.3." + written)
                .text(Tag.SERIES_NUMBER, "IS", String.valueOf(written))
                .text(Tag.SERIES_DESCRIPTION, "LO", description)
                .text(Tag.CONTRAST_AGENT, "LO", agent)
                .text(Tag.ACQUISITION_TIME, "TM", time);
    }

    private void write(String description, String agent, String time) throws IOException {
        series(description, agent, time).write(folder.resolve("s" + written));
    }

    private List<String> phases() throws IOException {
        return DicomFolder.scan(folder).series().stream()
                .map(s -> s.phase().map(p -> p.phase().id()).orElse(NONE))
                .toList();
    }

    @Test
    void threeTimesWithContrastAreThePhasesInTheirOrder() throws IOException {
        write("Abdomen 5.0", "", "100000");
        write("Abdomen 5.0", "IOHEXOL", "100500");
        write("Abdomen 5.0", "IOHEXOL", "100530");
        write("Abdomen 5.0", "IOHEXOL", "100740");

        assertThat(phases())
                .containsExactly("ct_non_contrast", "ct_arterial", "ct_portal", "ct_delayed");
    }

    @Test
    void thinAndThickSlicesOfOneAcquisitionAreOnePhase() throws IOException {
        write("Abdomen 5.0", "IOHEXOL", "100500");
        write("Abdomen 1.0", "IOHEXOL", "100500");
        write("Abdomen 5.0", "IOHEXOL", "100530");
        write("Abdomen 1.0", "IOHEXOL", "100530");
        write("Abdomen COR", "IOHEXOL", "100545");
        write("Iodine map", "IOHEXOL", "100550");

        assertThat(phases())
                .containsExactly(
                        "ct_arterial", "ct_arterial", "ct_portal", "ct_portal", NONE, NONE);
    }

    /** Whether it is arterial or portal venous, the voxels tell better than a guess. */
    @Test
    void oneEnhancedSeriesAloneStaysOpen() throws IOException {
        write("Abdomen 5.0", "", "100000");
        write("Abdomen 5.0", "IOHEXOL", "100500");

        assertThat(phases()).containsExactly("ct_non_contrast", NONE);
    }

    @Test
    void theOnlyPhaseThatFitsBetweenNamedOnesIsTaken() throws IOException {
        write("Abdomen 5.0", "", "100000");
        write("arterial", "IOHEXOL", "100500");
        write("Abdomen 5.0", "IOHEXOL", "100530");
        write("delayed", "IOHEXOL", "100740");

        assertThat(phases())
                .containsExactly("ct_non_contrast", "ct_arterial", "ct_portal", "ct_delayed");
    }

    @Test
    void twoSeriesOrTwoPhasesForOneGapStayOpen() throws IOException {
        write("arterial", "IOHEXOL", "100500");
        write("Abdomen 5.0", "IOHEXOL", "100530");

        assertThat(phases()).containsExactly("ct_arterial", NONE);

        write("Abdomen 5.0", "IOHEXOL", "100600");
        write("delayed", "IOHEXOL", "100740");

        assertThat(phases()).containsExactly("ct_arterial", NONE, NONE, "ct_delayed");
    }

    @Test
    void anAgentThatWasDrunkIsNoPhase() throws IOException {
        series("Liver", "Gastrografin", "100000")
                .text(Tag.CONTRAST_ROUTE, "LO", "ORAL")
                .write(folder.resolve("s"));

        assertThat(phases()).containsExactly(Phase.CT_NON_CONTRAST.id());
    }

    @Test
    void fourTemporalPositionsOfAnMrAreItsPhases() throws IOException {
        for (int position = 1; position <= 4; position++) {
            series("dyn", "Gadovist", "100000")
                    .text(Tag.MODALITY, "CS", "MR")
                    .text(Tag.TEMPORAL_POSITION, "IS", String.valueOf(position))
                    .write(folder.resolve("s" + position));
        }

        assertThat(phases()).containsExactly("mr_t1", "mr_arterial", "mr_portal", "mr_delayed");
    }

    @Test
    void anUnnamedReconstructionTakesThePhaseOfTheNamedOne() throws IOException {
        write("arterial 5.0", "IOHEXOL", "100500");
        write("1 mm", "IOHEXOL", "100500");
        write("portal 5.0", "IOHEXOL", "100530");
        write("1 mm", "IOHEXOL", "100530");

        assertThat(phases())
                .containsExactly("ct_arterial", "ct_arterial", "ct_portal", "ct_portal");
    }

    @Test
    void longAfterTheFirstALiverSpecificAgentShowsUptake() throws IOException {
        for (String time : new String[] {"100000", "100040", "100300", "102000"}) {
            series("LAVA", "Primovist", time)
                    .text(Tag.MODALITY, "CS", "MR")
                    .write(folder.resolve("s" + time));
        }

        assertThat(phases())
                .containsExactly("mr_arterial", "mr_portal", "mr_delayed", "mr_hepatobiliary");
    }
}
