// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One tile: its packets in their order (T.800 annex B), its blocks, its wavelet transform. */
final class Jpeg2000Tile {
    /** A photograph of a whole slide has fewer; more only cost time. */
    private static final long MOST_PRECINCTS = 1 << 20;

    /** Blocks that one decoder takes after another. */
    private static final int GROUP = 4;

    private final JpegStream in;
    private final Jpeg2000Style style;
    private final int precision;
    private final int[] bounds;
    private final List<Resolution> resolutions = new ArrayList<>();

    Jpeg2000Tile(JpegStream in, Jpeg2000Style style, int precision, int[] bounds)
            throws DicomException {
        this.in = in;
        this.style = style;
        this.precision = precision;
        this.bounds = bounds;
        long precincts = 0;
        for (int r = 0; r <= style.levels(); r++) {
            Resolution resolution = new Resolution(in, style, bounds, r);
            resolutions.add(resolution);
            precincts += resolution.precincts();
            if (precincts > MOST_PRECINCTS) {
                throw in.damaged("more than 2^20 precincts");
            }
        }
        resolutions.forEach(Resolution::allocate);
    }

    /** Samples of the tile, row by row, before the level shift. */
    int[] decode(byte[] packets) throws DicomException {
        PacketBits bits = new PacketBits(in, packets);
        switch (style.progression()) {
            case 0 -> {
                for (int layer = 0; layer < style.layers(); layer++) {
                    for (Resolution r : resolutions) {
                        r.packets(bits, layer);
                    }
                }
            }
            case 1 -> {
                for (Resolution r : resolutions) {
                    for (int layer = 0; layer < style.layers(); layer++) {
                        r.packets(bits, layer);
                    }
                }
            }
            case 2 -> {
                for (Resolution r : resolutions) {
                    for (int p = 0; p < r.precincts(); p++) {
                        allLayers(bits, r, p);
                    }
                }
            }
            default -> byPosition(bits);
        }
        return transformed();
    }

    private void allLayers(PacketBits bits, Resolution r, int precinct) throws DicomException {
        for (int layer = 0; layer < style.layers(); layer++) {
            r.packet(bits, precinct, layer);
        }
    }

    private record Place(long y, long x, int resolution, int precinct) {}

    /** With one component the orders PCRL and CPRL are the same. */
    private void byPosition(PacketBits bits) throws DicomException {
        List<Place> places = new ArrayList<>();
        for (int r = 0; r < resolutions.size(); r++) {
            for (int p = 0; p < resolutions.get(r).precincts(); p++) {
                long[] corner = resolutions.get(r).corner(p);
                places.add(new Place(corner[1], corner[0], r, p));
            }
        }
        places.sort(
                Comparator.comparingLong(Place::y)
                        .thenComparingLong(Place::x)
                        .thenComparingInt(Place::resolution)
                        .thenComparingInt(Place::precinct));
        for (Place place : places) {
            allLayers(bits, resolutions.get(place.resolution()), place.precinct());
        }
    }

    private int[] transformed() throws DicomException {
        int width = bounds[2] - bounds[0];
        int height = bounds[3] - bounds[1];
        int[] samples = new int[width * height];
        List<Precinct.PlacedBlock> blocks = new ArrayList<>();
        for (Resolution r : resolutions) {
            r.blocks(width, blocks);
        }
        int groups = (blocks.size() + GROUP - 1) / GROUP;
        ParallelSteps.run(
                groups,
                DicomException.class,
                g -> {
                    BlockDecoder decoder = new BlockDecoder(in, style, precision);
                    int end = Math.min(blocks.size(), (g + 1) * GROUP);
                    for (Precinct.PlacedBlock block : blocks.subList(g * GROUP, end)) {
                        decoder.decode(block, samples, width);
                    }
                });
        int[][] sizes = new int[resolutions.size()][];
        for (int r = 0; r < sizes.length; r++) {
            sizes[r] = resolutions.get(r).bounds();
        }
        if (style.reversible()) {
            Wavelet.reversible(samples, width, sizes);
        } else {
            Wavelet.irreversible(samples, width, sizes);
        }
        return samples;
    }
}
