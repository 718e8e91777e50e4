// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.Locale;
import java.util.Optional;

/**
 * The phase of an abdominal CT by how bright its soft tissue is, the last resort when no header
 * tells. No organ is found; the levels are percentiles of what lies in front of the spine and
 * between the ribs, in blocks of about 4 mm so that noise cancels. MR is in arbitrary units and
 * tells nothing here.
 *
 * <p>Limits lie between the enhancement of the phases: liver 45 to 65 HU before contrast, hardly
 * more in the arterial phase while aorta and spleen are bright, 100 to 120 HU in the portal phase,
 * less with levelled vessels in the delayed phase.
 */
final class PhaseByIntensity {
    /** Below any other rule but a wild guess. */
    static final double CONFIDENCE = 0.3;

    private static final double BLOCK_MM = 4;
    private static final float BODY_HU = -200;

    /** Share of a row or column that is body, for the box around the body. */
    private static final double BODY_SHARE = 0.15;

    /** The window, as shares of the box: in front of the spine, between the ribs. */
    private static final double FRONT = 0.6;

    private static final double RIBS = 0.1;

    private static final int LOWEST = 0;
    private static final int HIGHEST = 400;

    /** Soft tissue brightens up to here; above are vessels, bone and bowel contrast. */
    private static final int SOFT = 200;

    private static final int FEWEST_BLOCKS = 2000;

    private final long[] histogram = new long[HIGHEST - LOWEST];

    private PhaseByIntensity() {}

    static Optional<PhaseGuess> of(Volume ct) {
        Grid grid = ct.grid();
        double[] d = grid.direction();
        if (Math.abs(d[0]) < 0.9 || Math.abs(d[4]) < 0.9) {
            return Optional.empty(); // not axial
        }
        PhaseByIntensity levels = new PhaseByIntensity();
        for (int k = 0; k < grid.depth(); k++) {
            levels.addSlice(ct, k, d[4] > 0);
        }
        return levels.guess();
    }

    /** Means of blocks of one slice, those of the window counted. */
    private void addSlice(Volume ct, int k, boolean frontFirst) {
        Grid grid = ct.grid();
        int bx = (int) Math.max(1, Math.rint(BLOCK_MM / grid.spacingMm(0)));
        int by = (int) Math.max(1, Math.rint(BLOCK_MM / grid.spacingMm(1)));
        int width = grid.width() / bx;
        int height = grid.height() / by;
        float[] blocks = new float[width * height];
        for (int n = 0; n < blocks.length; n++) {
            double sum = 0;
            for (int p = 0; p < bx * by; p++) {
                sum += ct.at(n % width * bx + p % bx, n / width * by + p / bx, k);
            }
            blocks[n] = (float) (sum / (bx * by));
        }
        int[] rows = extent(blocks, height, width, width, 1);
        int[] columns = extent(blocks, width, height, 1, width);
        int tall = rows[1] - rows[0];
        int wide = columns[1] - columns[0];
        int top = frontFirst ? rows[0] : rows[1] - (int) (FRONT * tall);
        for (int y = top; y < top + FRONT * tall; y++) {
            for (int x = 0; x < wide; x++) {
                if (x >= RIBS * wide && x <= (1 - RIBS) * wide) {
                    count(blocks[y * width + columns[0] + x]);
                }
            }
        }
    }

    /** First and behind last line that crosses the body; both 0 when none does. */
    private static int[] extent(float[] blocks, int lines, int length, int line, int step) {
        int first = -1;
        int last = -1;
        for (int l = 0; l < lines; l++) {
            int body = 0;
            for (int n = 0; n < length; n++) {
                body += blocks[l * line + n * step] > BODY_HU ? 1 : 0;
            }
            if (body > BODY_SHARE * length) {
                first = first < 0 ? l : first;
                last = l + 1;
            }
        }
        return first < 0 ? new int[] {0, 0} : new int[] {first, last};
    }

    private void count(float level) {
        if (level > LOWEST && level < HIGHEST) {
            histogram[(int) level - LOWEST]++;
        }
    }

    /** The level below which a share of the blocks between two levels lies. */
    private int percentile(double share, int from, int to) {
        long total = 0;
        for (int h = from; h < to; h++) {
            total += histogram[h - LOWEST];
        }
        long below = 0;
        int h = from;
        while (h < to - 1 && below + histogram[h - LOWEST] < share * total) {
            below += histogram[h - LOWEST];
            h++;
        }
        return h;
    }

    private Optional<PhaseGuess> guess() {
        long all = 0;
        for (long n : histogram) {
            all += n;
        }
        if (all < FEWEST_BLOCKS) {
            return Optional.empty();
        }
        int tissue = percentile(0.5, 30, SOFT);
        int bright = percentile(0.95, LOWEST, SOFT);
        int blood = percentile(0.99, LOWEST, HIGHEST);
        Phase phase;
        if (bright < 88 && blood < 150) {
            phase = Phase.CT_NON_CONTRAST;
        } else if (tissue >= 95) {
            phase = Phase.CT_PORTAL;
        } else if (blood >= 190 && tissue >= 55) {
            phase = Phase.CT_ARTERIAL;
        } else if (blood < 190 && tissue >= 72) {
            phase = Phase.CT_DELAYED;
        } else {
            return Optional.empty(); // such as bowel contrast without any in the vessels
        }
        return Optional.of(
                new PhaseGuess(
                        phase,
                        CONFIDENCE,
                        String.format(
                                Locale.ROOT,
                                "intensities: soft tissue %d HU (median), %d HU (95 %%), vessels"
                                        + " %d HU (99 %%)",
                                tissue,
                                bright,
                                blood)));
    }
}
