// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * The upper abdomen of one patient: organs as ellipsoids and tubes, lesions inside the liver. The
 * origin of its frame is the body axis at the height of the middle of the liver; x grows to the
 * patient's left, y backwards, z upwards.
 */
final class Phantom {
    private static final int SUBSAMPLES = 2;
    private static final double MAX_RADIUS_MM = 66;

    private final double scale;
    private final List<Lesion> lesions;
    private final Appearance appearance;
    private final double liverShift;
    private final double[] textureWaves;

    private Phantom(
            double scale, List<Lesion> lesions, Appearance appearance, RandomStream random) {
        this.scale = scale;
        this.lesions = List.copyOf(lesions);
        this.appearance = appearance;
        this.liverShift = random.gaussian();
        this.textureWaves = new double[12];
        for (int i = 0; i < textureWaves.length; i++) {
            textureWaves[i] = random.uniform(0, 2 * Math.PI);
        }
    }

    static Phantom draw(LatentModel model, double[] values, RandomStream random) {
        double scale = random.uniform(0.92, 1.06);
        double radius =
                Math.min(
                        MAX_RADIUS_MM,
                        Math.max(8, 5 * Math.exp(values[model.indexOf("log_size_cm")])));
        double irregularity = values[model.indexOf("irregularity")];
        List<Lesion> lesions = new ArrayList<>();
        lesions.add(place(radius, irregularity, scale, lesions, random));
        if (values[model.indexOf("multiple")] == 1) {
            int more = 1 + random.index(2);
            for (int i = 0; i < more; i++) {
                double small = Math.max(8, radius * random.uniform(0.3, 0.6));
                lesions.add(place(small, irregularity, scale, lesions, random));
            }
        }
        return new Phantom(scale, lesions, Appearance.of(model, values), random);
    }

    /** A place inside the liver that leaves the other lesions alone, as far as there is one. */
    private static Lesion place(
            double radius,
            double irregularity,
            double scale,
            List<Lesion> others,
            RandomStream random) {
        double[] best = {-65 * scale, -5 * scale, 0};
        double bestGap = Double.NEGATIVE_INFINITY;
        for (int attempt = 0; attempt < 60 && bestGap < 0; attempt++) {
            double[] at = {
                random.uniform(-125, 60) * scale,
                random.uniform(-75, 60) * scale,
                random.uniform(-55, 60) * scale
            };
            double gap = (1 - liverDepth(at[0], at[1], at[2], scale)) * 62 - radius * 0.85;
            for (Lesion other : others) {
                double distance =
                        Math.sqrt(
                                square(at[0] - other.x())
                                        + square(at[1] - other.y())
                                        + square(at[2] - other.z()));
                gap = Math.min(gap, distance - (radius + other.radiusMm()) * 1.15);
            }
            if (gap > bestGap) {
                bestGap = gap;
                best = at;
            }
        }
        return Lesion.draw(best, radius, irregularity, random);
    }

    private static double square(double value) {
        return value * value;
    }

    List<Lesion> lesions() {
        return lesions;
    }

    /** Segment by Couinaud in which the first lesion's centre lies, coarsely. */
    int segment() {
        Lesion lesion = lesions.get(0);
        boolean high = lesion.z() > 0;
        if (lesion.x() > 15 * scale) {
            return high ? 2 : 3;
        }
        if (lesion.x() > -25 * scale) {
            return 4;
        }
        boolean front = lesion.y() < -8 * scale;
        return front ? high ? 8 : 5 : high ? 7 : 6;
    }

    /** Signal and mask of one series. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rendering(double[][][] signal, byte[][][] mask) {}

    /** Draws a phase on a grid; {@code shift} is the movement since the patient lay down. */
    Rendering render(Phase phase, Geometry grid, double[] shift) {
        double[][][] signal = new double[grid.slices()][grid.rows()][grid.columns()];
        byte[][][] mask = new byte[grid.slices()][grid.rows()][grid.columns()];
        for (int k = 0; k < grid.slices(); k++) {
            for (int j = 0; j < grid.rows(); j++) {
                double[] start = grid.point(k, j, 0);
                double y = start[1] - shift[1];
                double z = start[2] - shift[2];
                for (int i = 0; i < grid.columns(); i++) {
                    double x = start[0] - shift[0] + i * grid.pixelMm();
                    signal[k][j][i] = tissue(phase, x, y, z, mask, k, j, i);
                }
            }
        }
        for (int lesion = 0; lesion < lesions.size(); lesion++) {
            drawLesion(phase, grid, shift, lesion, signal, mask);
        }
        return new Rendering(signal, mask);
    }

    private double tissue(
            Phase phase, double px, double py, double pz, byte[][][] mask, int k, int j, int i) {
        double x = px / scale;
        double y = py / scale;
        double z = pz / scale;
        double skin = Math.sqrt(square(x / 152) + square(y / 108));
        if (skin > 1) {
            return phase.air();
        }
        if (skin > 0.93) {
            return phase.fat();
        }
        if (square(x) + square(y - 62) < square(20)) {
            return phase.bone();
        }
        if (square(x - 14) + square(y - 32) < square(12)) {
            return phase.artery();
        }
        double liver = liverDepth(px, py, pz, scale);
        if (liver <= 1) {
            mask[k][j][i] = 1;
            return vessel(x, y, z) ? phase.vein() : phase.liver() + texture(phase, px, py, pz);
        }
        if (square(x + 22) + square(y - 28) < square(13)) {
            return phase.vein();
        }
        if (ellipsoid(x - 98, y - 38, z - 12, 36, 30, 48) < 1) {
            return phase.spleen();
        }
        if (ellipsoid(Math.abs(x) - 58, y - 62, z + 72, 26, 25, 46) < 1) {
            return phase.kidney();
        }
        if (ellipsoid(x - 62, y + 42, z - 12, 44, 34, 42) < 1) {
            return y < -52 ? phase.air() : phase.muscle() - (phase.ct() ? 45 : 60);
        }
        if (skin > 0.80) {
            return ribs(x, y, z) ? phase.bone() : phase.muscle();
        }
        if (z > 48 - 0.003 * (square(x) + square(y))) {
            return z > 62 || Math.abs(x) > 45 ? phase.lung() : phase.muscle();
        }
        return phase.fat();
    }

    private static boolean ribs(double x, double y, double z) {
        double along = Math.atan2(y / 108, x / 152) * 6;
        return Math.cos(along + z / 9) > 0.86;
    }

    private static boolean vessel(double x, double y, double z) {
        double trunk = square(z + 8 + 0.15 * x) + square(y + 2 - 0.1 * x);
        if (x > -62 && x < 8 && trunk < square(7.5)) {
            return true;
        }
        double hepatic = square(y - 16 + 0.55 * (x + 40)) + square(z - 38 - 0.35 * (x + 20));
        return x > -75 && x < -18 && hepatic < square(5.5);
    }

    /** Below one inside the liver, which is the union of a right and a left lobe. */
    private static double liverDepth(double px, double py, double pz, double scale) {
        double x = px / scale;
        double y = py / scale;
        double z = pz / scale;
        double wall = Math.sqrt(square(x / 138) + square(y / 95));
        double right = Math.sqrt(ellipsoid(x + 66, y - 2, z + 2, 70, 78, 78));
        double left = Math.sqrt(ellipsoid(x - 8, y + 42, z - 14, 78, 40, 44));
        return Math.max(wall, Math.min(right, left));
    }

    private static double ellipsoid(double x, double y, double z, double a, double b, double c) {
        return square(x / a) + square(y / b) + square(z / c);
    }

    /** Slow variation of the parenchyma, and the patient's own level. */
    private double texture(Phase phase, double x, double y, double z) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum +=
                    Math.sin(x / (17 + 6 * i) + textureWaves[4 * i])
                            * Math.sin(y / (19 + 5 * i) + textureWaves[4 * i + 1])
                            * Math.sin(z / (21 + 4 * i) + textureWaves[4 * i + 2]);
        }
        return phase.ct() ? 2.5 * sum + 4 * liverShift : 0.03 * phase.liver() * (sum + liverShift);
    }

    private void drawLesion(
            Phase phase,
            Geometry grid,
            double[] shift,
            int index,
            double[][][] signal,
            byte[][][] mask) {
        Lesion lesion = lesions.get(index);
        double reach = lesion.reachMm();
        for (int k = 0; k < grid.slices(); k++) {
            for (int j = 0; j < grid.rows(); j++) {
                double[] start = grid.point(k, j, 0);
                double y = start[1] - shift[1];
                double z = start[2] - shift[2];
                double across = square(y - lesion.y()) + square(z - lesion.z());
                if (across > reach * reach) {
                    continue;
                }
                double half = Math.sqrt(reach * reach - across);
                double x0 = start[0] - shift[0];
                int from = (int) Math.ceil((lesion.x() - half - x0) / grid.pixelMm());
                int to = (int) Math.floor((lesion.x() + half - x0) / grid.pixelMm());
                for (int i = Math.max(0, from); i <= Math.min(grid.columns() - 1, to); i++) {
                    if (mask[k][j][i] != 0) {
                        paint(phase, grid, lesion, index, signal, mask, k, j, i, shift);
                    }
                }
            }
        }
    }

    /** Averages a few points of the voxel, as a scanner would. */
    private void paint(
            Phase phase,
            Geometry grid,
            Lesion lesion,
            int index,
            double[][][] signal,
            byte[][][] mask,
            int k,
            int j,
            int i,
            double[] shift) {
        double added = 0;
        int inside = 0;
        double step = 1.0 / SUBSAMPLES;
        for (double dk = -0.5 + step / 2; dk < 0.5; dk += step) {
            for (double dj = -0.5 + step / 2; dj < 0.5; dj += step) {
                for (double di = -0.5 + step / 2; di < 0.5; di += step) {
                    double[] at = grid.point(k + dk, j + dj, i + di);
                    double depth =
                            lesion.depth(at[0] - shift[0], at[1] - shift[1], at[2] - shift[2]);
                    if (depth < 1.5) {
                        added += appearance.contrast(phase, depth);
                    }
                    inside += depth <= 1 ? 1 : 0;
                }
            }
        }
        int samples = SUBSAMPLES * SUBSAMPLES * SUBSAMPLES;
        double share = inside / (double) samples;
        // vessels inside a lesion give way to it
        double under = signal[k][j][i] + share * (phase.liver() - signal[k][j][i]);
        signal[k][j][i] = under + added / samples;
        if (share >= 0.5 && mask[k][j][i] <= 1) {
            mask[k][j][i] = (byte) (2 + index);
        }
    }
}
