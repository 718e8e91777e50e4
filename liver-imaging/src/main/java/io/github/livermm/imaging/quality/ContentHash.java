// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.quality;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of size and voxels: equal for the same image whatever its file, header and place. */
final class ContentHash {
    private ContentHash() {}

    static String of(Volume image) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Grid grid = image.grid();
            ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
            chunk.putInt(grid.width()).putInt(grid.height()).putInt(grid.depth());
            for (int v = 0; v < grid.voxels(); v++) {
                if (chunk.remaining() < 4) {
                    digest.update(chunk.flip());
                    chunk.clear();
                }
                chunk.putInt(Float.floatToIntBits(image.at(v)));
            }
            digest.update(chunk.flip());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
