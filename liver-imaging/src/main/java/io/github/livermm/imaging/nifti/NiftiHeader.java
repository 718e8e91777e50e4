// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.nifti;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.SampleType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The header fields that matter for a volume, of NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes).
 *
 * @param order byte order of header and voxels
 * @param version 1 or 2
 * @param pair whether the voxels lie in a file of their own
 * @param frames volumes along the fourth and further axes
 * @param type sample type
 * @param offset where the voxels begin
 * @param slope scale of the samples
 * @param intercept offset of the samples
 * @param grid where the voxels lie, in LPS
 */
record NiftiHeader(
        ByteOrder order,
        int version,
        boolean pair,
        int frames,
        SampleType type,
        long offset,
        double slope,
        double intercept,
        Grid grid) {
    static final int SIZE_1 = 348;
    static final int SIZE_2 = 540;

    private static final int LENGTH_BITS = 7;
    private static final int METRE = 1;
    private static final int MICRON = 3;

    /** What the square of a unit quaternion may be off by in 32-bit floats. */
    private static final double ROUNDING = 1e-6;

    static NiftiHeader parse(String file, byte[] bytes) throws NiftiException {
        ByteBuffer b = ByteBuffer.wrap(bytes);
        if (bytes.length < SIZE_1) {
            throw new NiftiException(
                    file + ": " + bytes.length + " bytes are too few for a NIfTI header (348)");
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            b.order(order);
            if (b.getInt(0) == SIZE_1) {
                return first(file, b);
            }
            if (b.getInt(0) == SIZE_2 && bytes.length >= SIZE_2) {
                return second(file, b);
            }
        }
        throw new NiftiException(file + ": not a NIfTI file (sizeof_hdr is neither 348 nor 540)");
    }

    private static NiftiHeader first(String file, ByteBuffer b) throws NiftiException {
        String magic = magic(b, 344);
        if (!magic.equals("n+1") && !magic.equals("ni1")) {
            throw new NiftiException(
                    file + ": magic is neither n+1 nor ni1 (Analyze 7.5 has no orientation)");
        }
        long[] dim = new long[8];
        double[] pixdim = new double[8];
        for (int n = 0; n < 8; n++) {
            dim[n] = b.getShort(40 + 2 * n);
            pixdim[n] = b.getFloat(76 + 4 * n);
        }
        double[] quaternion = new double[6];
        for (int n = 0; n < 6; n++) {
            quaternion[n] = b.getFloat(256 + 4 * n);
        }
        double[] rows = new double[12];
        for (int n = 0; n < 12; n++) {
            rows[n] = b.getFloat(280 + 4 * n);
        }
        double[] affine = affine(file, b.getShort(252), b.getShort(254), pixdim, quaternion, rows);
        toMillimetres(affine, b.get(123));
        boolean pair = magic.equals("ni1");
        return build(
                file,
                b.order(),
                1,
                pair,
                dim,
                b.getShort(70),
                offset(b.getFloat(108), pair, SIZE_1),
                b.getFloat(112),
                b.getFloat(116),
                affine);
    }

    private static NiftiHeader second(String file, ByteBuffer b) throws NiftiException {
        String magic = magic(b, 4);
        if (!magic.equals("n+2") && !magic.equals("ni2")) {
            throw new NiftiException(file + ": magic is neither n+2 nor ni2");
        }
        long[] dim = new long[8];
        double[] pixdim = new double[8];
        for (int n = 0; n < 8; n++) {
            dim[n] = b.getLong(16 + 8 * n);
            pixdim[n] = b.getDouble(104 + 8 * n);
        }
        double[] quaternion = new double[6];
        for (int n = 0; n < 6; n++) {
            quaternion[n] = b.getDouble(352 + 8 * n);
        }
        double[] rows = new double[12];
        for (int n = 0; n < 12; n++) {
            rows[n] = b.getDouble(400 + 8 * n);
        }
        double[] affine = affine(file, b.getInt(344), b.getInt(348), pixdim, quaternion, rows);
        toMillimetres(affine, b.getInt(500));
        boolean pair = magic.equals("ni2");
        return build(
                file,
                b.order(),
                2,
                pair,
                dim,
                b.getShort(12),
                offset((double) b.getLong(168), pair, SIZE_2),
                b.getDouble(176),
                b.getDouble(184),
                affine);
    }

    private static String magic(ByteBuffer b, int at) {
        byte[] letters = new byte[3];
        b.get(at, letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    private static long offset(double stated, boolean pair, int header) {
        long least = pair ? 0 : header;
        return stated >= least && stated < Long.MAX_VALUE / 2 ? (long) stated : least;
    }

    private static NiftiHeader build(
            String file,
            ByteOrder order,
            int version,
            boolean pair,
            long[] dim,
            int datatype,
            long offset,
            double slope,
            double intercept,
            double[] affine)
            throws NiftiException {
        if (dim[0] < 1 || dim[0] > 7) {
            throw new NiftiException(file + ": dim[0] is " + dim[0] + ", allowed is 1 to 7");
        }
        int[] size = {1, 1, 1};
        long frames = 1;
        for (int n = 1; n <= dim[0]; n++) {
            if (dim[n] < 1 || dim[n] > Integer.MAX_VALUE) {
                throw new NiftiException(
                        file + ": dim[" + n + "] is " + dim[n] + ", allowed is 1 and up");
            }
            if (n <= 3) {
                size[n - 1] = (int) dim[n];
            } else if ((frames *= dim[n]) > Integer.MAX_VALUE) {
                throw new NiftiException(file + ": more than 2^31 volumes are declared");
            }
        }
        boolean scaled = slope != 0 && Double.isFinite(slope) && Double.isFinite(intercept);
        try {
            return new NiftiHeader(
                    order,
                    version,
                    pair,
                    (int) frames,
                    DataType.of(file, datatype),
                    offset,
                    scaled ? slope : 1,
                    scaled ? intercept : 0,
                    Grid.ofAffine(size, affine));
        } catch (IllegalArgumentException degenerate) {
            throw new NiftiException(
                    file + ": the geometry cannot be used: " + degenerate.getMessage(), degenerate);
        }
    }

    /** The affine to LPS: sform before qform before bare voxel sizes, as the format prescribes. */
    private static double[] affine(
            String file, int qform, int sform, double[] pixdim, double[] quaternion, double[] rows)
            throws NiftiException {
        double[] ras;
        if (sform > 0) {
            ras = rows;
        } else if (qform > 0) {
            ras = rotation(file, pixdim, quaternion);
        } else {
            ras = new double[12];
            for (int a = 0; a < 3; a++) {
                ras[a * 5] = pixdim[a + 1] == 0 ? 1 : Math.abs(pixdim[a + 1]);
            }
        }
        double[] lps = ras.clone();
        for (int n = 0; n < 8; n++) {
            lps[n] = -lps[n];
        }
        return lps;
    }

    /** The lower bits of xyzt_units are the unit of length; one that is not stated is mm. */
    private static void toMillimetres(double[] affine, int units) {
        double mm =
                switch (units & LENGTH_BITS) {
                    case METRE -> 1000;
                    case MICRON -> 0.001;
                    default -> 1;
                };
        for (int n = 0; n < affine.length; n++) {
            affine[n] *= mm;
        }
    }

    private static double[] rotation(String file, double[] pixdim, double[] q)
            throws NiftiException {
        double square = q[0] * q[0] + q[1] * q[1] + q[2] * q[2];
        if (!(square <= 1 + ROUNDING)) {
            throw new NiftiException(
                    String.format(
                            Locale.ROOT,
                            "%s: the quaternion of qform is (%s, %s, %s), allowed is a length of up"
                                    + " to 1; export the file again",
                            file,
                            q[0],
                            q[1],
                            q[2]));
        }
        double length = Math.sqrt(Math.max(1, square));
        double b = q[0] / length;
        double c = q[1] / length;
        double d = q[2] / length;
        double a = Math.sqrt(Math.max(0, 1 - square));
        double[] r = {
            a * a + b * b - c * c - d * d,
            2 * (b * c - a * d),
            2 * (b * d + a * c),
            2 * (b * c + a * d),
            a * a + c * c - b * b - d * d,
            2 * (c * d - a * b),
            2 * (b * d - a * c),
            2 * (c * d + a * b),
            a * a + d * d - b * b - c * c
        };
        double[] affine = new double[12];
        double handed = pixdim[0] < 0 ? -1 : 1;
        for (int row = 0; row < 3; row++) {
            for (int col = 0; col < 3; col++) {
                double size = Math.abs(pixdim[col + 1]) * (col == 2 ? handed : 1);
                affine[row * 4 + col] = r[row * 3 + col] * size;
            }
            affine[row * 4 + 3] = q[3 + row];
        }
        return affine;
    }
}
