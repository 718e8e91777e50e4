// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

/**
 * How a lesion looks in a phase as a function of the image variables alone, so that nothing in the
 * voxels tells the diagnosis beyond them. Contrasts are given for CT in Hounsfield units against
 * the liver; MR multiplies them.
 *
 * @param arterial homogeneous arterial enhancement
 * @param rim enhancement of the rim against that of the centre
 * @param washout fall of the lesion below the liver after the arterial phase
 * @param capsule late bright shell
 * @param necrosis size of the unenhancing centre
 */
record Appearance(double arterial, double rim, double washout, double capsule, double necrosis) {

    static Appearance of(LatentModel model, double[] values) {
        return new Appearance(
                values[model.indexOf("arterial")],
                values[model.indexOf("rim")],
                values[model.indexOf("washout")],
                values[model.indexOf("capsule")],
                values[model.indexOf("necrosis")]);
    }

    /** Signal minus that of the liver at a normalised depth inside or just outside a lesion. */
    double contrast(Phase phase, double depth) {
        double ring = bump(depth, 0.90, 0.20);
        double centre = Math.max(0, 1 - depth / 0.75);
        double shell = bump(depth, 1.02, 0.13);
        double inside = 1 / (1 + Math.exp((depth - 1) / 0.04));
        double rimPattern = rim * (ring - 0.8 * centre);
        double enhanced =
                switch (phase) {
                    case CT_NON_CONTRAST -> -12;
                    case CT_ARTERIAL -> 2 + 20 * arterial + 22 * rimPattern;
                    case CT_PORTAL -> -16 - 15 * washout + 10 * rimPattern;
                    case CT_DELAYED -> -10 - 18 * washout - 6 * rimPattern;
                    case MR_T1 -> -70;
                    case MR_T2 -> 110 - 25 * washout;
                    case MR_ARTERIAL -> 5 + 85 * arterial + 95 * rimPattern;
                    case MR_PORTAL -> -70 - 65 * washout + 45 * rimPattern;
                    case MR_DELAYED -> -45 - 80 * washout - 25 * rimPattern;
                    case MR_HEPATOBILIARY -> -190 + 60 * arterial - 50 * washout;
                };
        double withNecrosis = enhanced + necrotic(depth) * (unenhanced(phase) - enhanced);
        return inside * withNecrosis + shell * shell(phase);
    }

    /** Share of necrosis at a depth; its radius grows with the variable. */
    private double necrotic(double depth) {
        double radius = 0.85 / (1 + Math.exp(-1.3 * (necrosis - 0.8)));
        return radius < 0.12 ? 0 : 1 / (1 + Math.exp((depth - radius) / 0.05));
    }

    private static double unenhanced(Phase phase) {
        return switch (phase) {
            case CT_NON_CONTRAST -> -26;
            case CT_ARTERIAL -> -42;
            case CT_PORTAL -> -82;
            case CT_DELAYED -> -66;
            case MR_T1 -> -110;
            case MR_T2 -> 230;
            case MR_ARTERIAL -> -170;
            case MR_PORTAL -> -310;
            case MR_DELAYED -> -260;
            case MR_HEPATOBILIARY -> -400;
        };
    }

    private double shell(Phase phase) {
        double strength = Math.max(-0.5, capsule);
        return switch (phase) {
            case CT_PORTAL -> 20 * strength;
            case CT_DELAYED -> 34 * strength;
            case MR_PORTAL -> 85 * strength;
            case MR_DELAYED -> 150 * strength;
            default -> 0;
        };
    }

    private static double bump(double depth, double at, double width) {
        double z = (depth - at) / width;
        return Math.exp(-z * z);
    }
}
