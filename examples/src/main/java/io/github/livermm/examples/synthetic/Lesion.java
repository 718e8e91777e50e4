// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

/**
 * One lesion: an ellipsoid with a wavy surface. {@link #depth} maps a point to 0 in the centre and
 * 1 on the surface.
 *
 * @param x millimetres to the patient's left of the body axis
 * @param y millimetres behind it
 * @param z millimetres above the middle of the liver
 * @param radiusMm mean radius
 * @param axes relative semi-axes along x, y, z
 * @param waves amplitude and phase of each wave of the surface
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lesion(double x, double y, double z, double radiusMm, double[] axes, double[] waves) {
    private static final int WAVES = 3;

    /** Draws shape and surface; irregularity is a standard score. */
    static Lesion draw(double[] centre, double radiusMm, double irregularity, RandomStream random) {
        double[] axes = {
            random.uniform(0.92, 1.08), random.uniform(0.88, 1.05), random.uniform(0.88, 1.05)
        };
        double amplitude = 0.24 / (1 + Math.exp(-1.6 * irregularity));
        double[] waves = new double[2 * WAVES];
        for (int i = 0; i < WAVES; i++) {
            waves[2 * i] = amplitude * random.uniform(0.6, 1);
            waves[2 * i + 1] = random.uniform(0, 2 * Math.PI);
        }
        return new Lesion(centre[0], centre[1], centre[2], radiusMm, axes, waves);
    }

    /** No point farther than this from the centre is inside, enhancing rim and halo included. */
    double reachMm() {
        return radiusMm * 2.1;
    }

    /** Normalised distance from the centre; 1 on the surface. */
    double depth(double px, double py, double pz) {
        double dx = (px - x) / axes[0];
        double dy = (py - y) / axes[1];
        double dz = (pz - z) / axes[2];
        double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (distance < 1e-9) {
            return 0;
        }
        double azimuth = Math.atan2(dy, dx);
        double height = dz / distance;
        double flat = Math.sqrt(1 - Math.min(1, height * height));
        double surface =
                1
                        + waves[0] * flat * flat * Math.cos(3 * azimuth + waves[1])
                        + waves[2] * flat * Math.cos(5 * azimuth + waves[3])
                        + waves[4] * height * flat * Math.cos(2 * azimuth + waves[5]);
        return distance / (radiusMm * surface);
    }
}
