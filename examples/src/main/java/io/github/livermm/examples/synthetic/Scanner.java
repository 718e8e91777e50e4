// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.Arrays;
import java.util.List;

/** A scanner and the habits of those who run it: two for CT and two for MR at each centre. */
enum Scanner {
    A_CT_1(Centre.A, true, "SIEMENS", "SOMATOM Force", "Br40d", 7, 23, 5.0, 9, 0, -1024),
    A_CT_2(Centre.A, true, "GE MEDICAL SYSTEMS", "Revolution CT", "STANDARD", 8, 21, 4.9, 12, 4, 0),
    A_MR_1(Centre.A, false, "SIEMENS", "MAGNETOM Skyra", "", 7, 22, 5.0, 16, 0, 0),
    A_MR_2(Centre.A, false, "Philips Medical Systems", "Ingenia", "", 8, 20, 4.8, 18, 0, 0),
    B_CT_1(Centre.B, true, "Philips", "Brilliance 64", "B", 8, 21, 5.1, 13, -3, -1024),
    B_CT_2(Centre.B, true, "TOSHIBA", "Aquilion ONE", "FC08", 7, 23, 4.8, 10, 5, 0),
    B_MR_1(Centre.B, false, "GE MEDICAL SYSTEMS", "DISCOVERY MR750", "", 8, 20, 5.0, 17, 0, 0),
    B_MR_2(Centre.B, false, "SIEMENS", "MAGNETOM Aera", "", 7, 22, 4.9, 20, 0, 0),
    C_CT_1(Centre.C, true, "UIH", "uCT 760", "B_SOFT_B", 7, 23, 4.9, 11, 2, -1024),
    C_CT_2(Centre.C, true, "SIEMENS", "SOMATOM Definition AS+", "B30f", 8, 21, 5.0, 9, -4, -1024),
    C_MR_1(Centre.C, false, "UIH", "uMR 780", "", 7, 22, 4.9, 17, 0, 0),
    C_MR_2(Centre.C, false, "GE MEDICAL SYSTEMS", "SIGNA Pioneer", "", 8, 20, 5.0, 16, 0, 0),
    D_CT_1(Centre.D, true, "GE MEDICAL SYSTEMS", "LightSpeed VCT", "SOFT", 8, 21, 5.1, 14, 0, 0),
    D_CT_2(Centre.D, true, "SIEMENS", "SOMATOM Drive", "I31f", 7, 23, 4.9, 8, 3, -1024),
    D_MR_1(Centre.D, false, "Philips Medical Systems", "Achieva", "", 8, 20, 4.9, 19, 0, 0),
    D_MR_2(Centre.D, false, "SIEMENS", "MAGNETOM Vida", "", 7, 22, 5.0, 15, 0, 0);

    private final Centre centre;
    private final boolean ct;
    private final String manufacturer;
    private final String model;
    private final String kernel;
    private final double sliceMm;
    private final int slices;
    private final double pixelMm;
    private final double noise;
    private final double offset;
    private final int intercept;

    Scanner(
            Centre centre,
            boolean ct,
            String manufacturer,
            String model,
            String kernel,
            double sliceMm,
            int slices,
            double pixelMm,
            double noise,
            double offset,
            int intercept) {
        this.centre = centre;
        this.ct = ct;
        this.manufacturer = manufacturer;
        this.model = model;
        this.kernel = kernel;
        this.sliceMm = sliceMm;
        this.slices = slices;
        this.pixelMm = pixelMm;
        this.noise = noise;
        this.offset = offset;
        this.intercept = intercept;
    }

    /** The scanners of a centre for one modality. */
    static List<Scanner> at(Centre centre, boolean ct) {
        return Arrays.stream(values()).filter(s -> s.centre == centre && s.ct == ct).toList();
    }

    Centre centre() {
        return centre;
    }

    boolean ct() {
        return ct;
    }

    String manufacturer() {
        return manufacturer;
    }

    String model() {
        return model;
    }

    String kernel() {
        return kernel;
    }

    double sliceMm() {
        return sliceMm;
    }

    int slices() {
        return slices;
    }

    double pixelMm() {
        return pixelMm;
    }

    /** Standard deviation of the voxel noise. */
    double noise() {
        return noise;
    }

    /** Hounsfield units by which this scanner is off. */
    double offset() {
        return offset;
    }

    /** Rescale intercept; the slope is one. */
    int intercept() {
        return intercept;
    }

    private boolean second() {
        return name().endsWith("2");
    }

    /** Magnetic flux density in tesla. */
    double fieldTesla() {
        return second() ? 1.5 : 3;
    }

    /** The second scanner of a pair numbers its slices from the head downwards. */
    boolean descending() {
        return second();
    }

    /** Half of the scanners leave the value representation out. */
    boolean implicitVr() {
        return ct == second();
    }

    /** Signal of this scanner in multiples of the nominal one; a CT is calibrated. */
    double gain() {
        return ct ? 1 : 0.6 + 0.3 * ((int) noise % 5);
    }

    /** Two MR scanners tilt their slices with the liver. */
    double tilt() {
        return this == A_MR_2 || this == D_MR_1 ? Math.toRadians(6) : 0;
    }

    /** Whether the contrast agent of this MR scanner is taken up by hepatocytes. */
    boolean hepatocyteAgent() {
        return !ct && !second();
    }

    String agent() {
        if (ct) {
            return centre == Centre.D ? "Iohexol 350" : second() ? "Ultravist 370" : "碘海醇";
        }
        return hepatocyteAgent() ? "Gadoxetate" : "Gd-DTPA";
    }

    /** How the technologist names the series of a phase here. */
    String description(Phase phase) {
        return SeriesNames.of(this, phase);
    }
}
