// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.mask;

/**
 * What happens to a mask whose voxels do not lie on those of the image.
 *
 * @since 0.1.0
 */
public enum GeometryRule {
    /** It is refused. */
    REFUSE,
    /** It is brought to the image's grid by nearest neighbour, aligned in the patient. */
    RESAMPLE
}
