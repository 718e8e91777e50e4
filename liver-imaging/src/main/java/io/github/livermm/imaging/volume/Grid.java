// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import java.util.Arrays;

/**
 * Where the voxels of a volume lie in the patient. Voxel (i, j, k) has its centre at {@code origin
 * + direction * (i * sx, j * sy, k * sz)}, in millimetres, in the DICOM patient system LPS: x to
 * the left, y to the back, z to the head. Voxels are stored with i fastest, then j, then k: the
 * index of (i, j, k) is {@code (k * height + j) * width + i}. The axes may be oblique or sheared,
 * never degenerate.
 *
 * @since 0.1.0
 */
public final class Grid {
    private final int width;
    private final int height;
    private final int depth;
    private final double[] spacing;
    private final double[] origin;
    private final double[] direction;
    private final double[] inverse;

    private Grid(int[] size, double[] spacing, double[] origin, double[] direction) {
        this.width = size[0];
        this.height = size[1];
        this.depth = size[2];
        this.spacing = spacing;
        this.origin = origin;
        this.direction = direction;
        this.inverse = invert(matrix());
    }

    /**
     * A grid from its parts.
     *
     * @param size voxels along i, j and k, each at least 1, together below 2^31
     * @param spacingMm distance of neighbours along i, j and k in mm, above 0
     * @param origin centre of voxel (0, 0, 0) in LPS mm
     * @param direction 3 x 3 row-major; column a is the unit vector of axis a
     * @return the grid
     * @throws IllegalArgumentException when a part is out of range or the axes are degenerate
     */
    public static Grid of(int[] size, double[] spacingMm, double[] origin, double[] direction) {
        if (size.length != 3
                || spacingMm.length != 3
                || origin.length != 3
                || direction.length != 9) {
            throw new IllegalArgumentException(
                    "a grid has 3 sizes, 3 spacings, 3 origin coordinates and 9 direction cosines");
        }
        long voxels = 1;
        for (int n : size) {
            if (n < 1 || (voxels *= n) > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        "size is "
                                + Arrays.toString(size)
                                + ", allowed are axes of at least 1 and below 2^31 voxels");
            }
        }
        for (double s : spacingMm) {
            if (!(s > 0 && s < 1e6)) {
                throw new IllegalArgumentException(
                        "spacing is " + Arrays.toString(spacingMm) + " mm, allowed is above 0");
            }
        }
        for (double v : origin) {
            if (!(Math.abs(v) < 1e9)) {
                throw new IllegalArgumentException(
                        "origin is " + Arrays.toString(origin) + ", allowed are finite positions");
            }
        }
        double determinant = determinant(direction);
        if (!(Math.abs(determinant) > 1e-3 && Math.abs(determinant) < 1.01)) {
            throw new IllegalArgumentException(
                    "direction "
                            + Arrays.toString(direction)
                            + " has determinant "
                            + determinant
                            + ", allowed are three unit axes that span space");
        }
        return new Grid(size.clone(), spacingMm.clone(), origin.clone(), direction.clone());
    }

    /**
     * A grid from an affine that maps voxel indices to LPS millimetres.
     *
     * @param size voxels along i, j and k
     * @param affine 3 x 4 row-major
     * @return the grid
     * @throws IllegalArgumentException when the size is out of range or the affine degenerate
     */
    public static Grid ofAffine(int[] size, double[] affine) {
        if (affine.length != 12) {
            throw new IllegalArgumentException(
                    "affine has " + affine.length + " values, allowed are 12 (3 x 4)");
        }
        double[] spacing = new double[3];
        double[] direction = new double[9];
        for (int a = 0; a < 3; a++) {
            double x = affine[a];
            double y = affine[4 + a];
            double z = affine[8 + a];
            spacing[a] = Math.sqrt(x * x + y * y + z * z);
            for (int r = 0; r < 3; r++) {
                direction[r * 3 + a] = affine[r * 4 + a] / spacing[a];
            }
        }
        return of(size, spacing, new double[] {affine[3], affine[7], affine[11]}, direction);
    }

    /**
     * A grid along the patient axes around a point.
     *
     * @param size voxels along i (left), j (back) and k (head)
     * @param spacingMm spacing in mm
     * @param centre centre of the grid in LPS mm
     * @return the grid
     */
    public static Grid centred(int[] size, double[] spacingMm, double[] centre) {
        double[] origin = new double[3];
        for (int a = 0; a < 3; a++) {
            origin[a] = centre[a] - (size[a] - 1) / 2.0 * spacingMm[a];
        }
        return of(size, spacingMm, origin, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    }

    /**
     * Voxels along i.
     *
     * @return at least 1
     */
    public int width() {
        return width;
    }

    /**
     * Voxels along j.
     *
     * @return at least 1
     */
    public int height() {
        return height;
    }

    /**
     * Voxels along k.
     *
     * @return at least 1
     */
    public int depth() {
        return depth;
    }

    /**
     * All voxels.
     *
     * @return width x height x depth
     */
    public int voxels() {
        return width * height * depth;
    }

    /**
     * Spacing along an axis.
     *
     * @param axis 0 for i, 1 for j, 2 for k
     * @return mm
     */
    public double spacingMm(int axis) {
        return spacing[axis];
    }

    /**
     * Volume of one voxel.
     *
     * @return cubic mm
     */
    public double voxelMm3() {
        return spacing[0] * spacing[1] * spacing[2] * Math.abs(determinant(direction));
    }

    /**
     * Centre of voxel (0, 0, 0).
     *
     * @return x, y, z in LPS mm
     */
    public double[] origin() {
        return origin.clone();
    }

    /**
     * The unit vectors of the axes.
     *
     * @return 3 x 3 row-major, column a belongs to axis a
     */
    public double[] direction() {
        return direction.clone();
    }

    /**
     * The map from voxel indices to LPS mm.
     *
     * @return 3 x 4 row-major
     */
    public double[] affine() {
        double[] m = matrix();
        return new double[] {
            m[0], m[1], m[2], origin[0], m[3], m[4], m[5], origin[1], m[6], m[7], m[8], origin[2]
        };
    }

    /**
     * Centre of a voxel, or any point between voxels.
     *
     * @param i index along i
     * @param j index along j
     * @param k index along k
     * @return x, y, z in LPS mm
     */
    public double[] toPatient(double i, double j, double k) {
        double[] m = matrix();
        double[] p = new double[3];
        for (int r = 0; r < 3; r++) {
            p[r] = origin[r] + m[r * 3] * i + m[r * 3 + 1] * j + m[r * 3 + 2] * k;
        }
        return p;
    }

    /**
     * The continuous voxel index of a point.
     *
     * @param x left, mm
     * @param y back, mm
     * @param z head, mm
     * @return i, j, k; may lie outside the grid
     */
    public double[] toIndex(double x, double y, double z) {
        double dx = x - origin[0];
        double dy = y - origin[1];
        double dz = z - origin[2];
        double[] p = new double[3];
        for (int r = 0; r < 3; r++) {
            p[r] = inverse[r * 3] * dx + inverse[r * 3 + 1] * dy + inverse[r * 3 + 2] * dz;
        }
        return p;
    }

    /**
     * Whether a point lies within a voxel.
     *
     * @param x left, mm
     * @param y back, mm
     * @param z head, mm
     * @return false beyond the outer faces of the outermost voxels
     */
    public boolean contains(double x, double y, double z) {
        double[] index = toIndex(x, y, z);
        return index[0] >= -0.5
                && index[1] >= -0.5
                && index[2] >= -0.5
                && index[0] <= width - 0.5
                && index[1] <= height - 0.5
                && index[2] <= depth - 0.5;
    }

    /**
     * Whether the centre of a voxel of another grid lies within a voxel of this one.
     *
     * @param other the other grid
     * @param voxel index into its voxels, width fastest
     * @return false beyond the outer faces of the outermost voxels
     */
    public boolean containsVoxel(Grid other, int voxel) {
        double[] p =
                other.toPatient(
                        voxel % other.width,
                        voxel / other.width % other.height,
                        voxel / other.width / other.height);
        return contains(p[0], p[1], p[2]);
    }

    /**
     * Whether another grid has the same size and every corner at the same place.
     *
     * @param other the other grid
     * @param toleranceMm largest distance of two corners
     * @return true when voxels can be compared one by one
     */
    public boolean matches(Grid other, double toleranceMm) {
        if (width != other.width || height != other.height || depth != other.depth) {
            return false;
        }
        for (int c = 0; c < 8; c++) {
            double i = (c & 1) * (width - 1.0);
            double j = (c >> 1 & 1) * (height - 1.0);
            double k = (c >> 2) * (depth - 1.0);
            double[] a = toPatient(i, j, k);
            double[] b = other.toPatient(i, j, k);
            if (!(Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]) <= toleranceMm)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the axes stand at right angles.
     *
     * @return false when a cosine between two axes is above a thousandth
     */
    public boolean isOrthogonal() {
        for (int a = 0; a < 3; a++) {
            int b = (a + 1) % 3;
            double cosine = 0;
            for (int r = 0; r < 3; r++) {
                cosine += direction[r * 3 + a] * direction[r * 3 + b];
            }
            if (Math.abs(cosine) > 1e-3) {
                return false;
            }
        }
        return true;
    }

    /**
     * The same field of view with another spacing: the outer faces of the voxels stay, up to the
     * rounding of the number of voxels, and so does the middle.
     *
     * @param spacingMm new spacing along i, j and k, above 0
     * @return the grid
     */
    public Grid withSpacing(double... spacingMm) {
        int[] old = {width, height, depth};
        int[] size = new int[3];
        double[] shift = new double[3];
        for (int a = 0; a < 3; a++) {
            size[a] = (int) Math.max(1, Math.round(old[a] * spacing[a] / spacingMm[a]));
            shift[a] = ((old[a] - 1) - (size[a] - 1) * spacingMm[a] / spacing[a]) / 2;
        }
        return of(size, spacingMm, toPatient(shift[0], shift[1], shift[2]), direction);
    }

    /**
     * A box on the same lattice of voxels; it may reach beyond this grid.
     *
     * @param from index of its first voxel along i, j and k, may be negative
     * @param size its voxels along i, j and k
     * @return the grid of the box
     */
    public Grid box(int[] from, int[] size) {
        return of(size, spacing, toPatient(from[0], from[1], from[2]), direction);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%d x %d x %d voxels of %.3f x %.3f x %.3f mm at (%.1f, %.1f, %.1f)",
                width,
                height,
                depth,
                spacing[0],
                spacing[1],
                spacing[2],
                origin[0],
                origin[1],
                origin[2]);
    }

    private double[] matrix() {
        double[] m = new double[9];
        for (int n = 0; n < 9; n++) {
            m[n] = direction[n] * spacing[n % 3];
        }
        return m;
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    private static double[] invert(double[] m) {
        double d = determinant(m);
        return new double[] {
            (m[4] * m[8] - m[5] * m[7]) / d,
            (m[2] * m[7] - m[1] * m[8]) / d,
            (m[1] * m[5] - m[2] * m[4]) / d,
            (m[5] * m[6] - m[3] * m[8]) / d,
            (m[0] * m[8] - m[2] * m[6]) / d,
            (m[2] * m[3] - m[0] * m[5]) / d,
            (m[3] * m[7] - m[4] * m[6]) / d,
            (m[1] * m[6] - m[0] * m[7]) / d,
            (m[0] * m[4] - m[1] * m[3]) / d
        };
    }
}
