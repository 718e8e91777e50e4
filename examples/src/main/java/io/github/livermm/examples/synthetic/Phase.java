// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One acquisition of an examination with the mean signal of each tissue: Hounsfield units for CT,
 * arbitrary units for MR. Delays are seconds after the contrast bolus; zero means before it.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and arrays never leave and never change
enum Phase {
    CT_NON_CONTRAST(true, 0, 0.80, tissues(54, 42, 42, 48, 34, 56)),
    CT_ARTERIAL(true, 35, 0.97, tissues(68, 290, 95, 115, 150, 62)),
    CT_PORTAL(true, 70, 0.97, tissues(110, 155, 170, 122, 185, 66)),
    CT_DELAYED(true, 180, 0.72, tissues(92, 112, 118, 98, 150, 66)),
    MR_T1(false, 0, 0.90, tissues(300, 160, 160, 230, 220, 240)),
    MR_T2(false, 0, 0.85, tissues(170, 70, 70, 300, 320, 120)),
    MR_ARTERIAL(false, 25, 0.96, tissues(350, 900, 420, 520, 560, 255)),
    MR_PORTAL(false, 70, 0.96, tissues(500, 640, 680, 540, 680, 275)),
    MR_DELAYED(false, 180, 0.75, tissues(450, 500, 510, 470, 600, 290)),
    MR_HEPATOBILIARY(false, 1200, 0.85, tissues(620, 310, 310, 330, 480, 270));

    private final boolean ct;
    private final int delaySeconds;
    private final double availability;
    private final double[] tissues;

    Phase(boolean ct, int delaySeconds, double availability, double[] tissues) {
        this.ct = ct;
        this.delaySeconds = delaySeconds;
        this.availability = availability;
        this.tissues = tissues;
    }

    private static double[] tissues(double... byTissue) {
        return byTissue;
    }

    /** The phases of a CT or an MR examination in order of acquisition. */
    static List<Phase> of(boolean ct) {
        return Arrays.stream(values()).filter(phase -> phase.ct == ct).toList();
    }

    /** The phase id of a study on disk, such as {@code ct_portal}. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean ct() {
        return ct;
    }

    boolean contrast() {
        return delaySeconds > 0;
    }

    int delaySeconds() {
        return delaySeconds;
    }

    /** Probability that an export holds this phase. */
    double availability() {
        return availability;
    }

    double liver() {
        return tissues[0];
    }

    double artery() {
        return tissues[1];
    }

    double vein() {
        return tissues[2];
    }

    double spleen() {
        return tissues[3];
    }

    double kidney() {
        return tissues[4];
    }

    double muscle() {
        return tissues[5];
    }

    double fat() {
        return ct ? -98 : this == MR_T2 ? 210 : 150;
    }

    double bone() {
        return ct ? 230 : 110;
    }

    double lung() {
        return ct ? -830 : 15;
    }

    double air() {
        return ct ? -1000 : 0;
    }
}
