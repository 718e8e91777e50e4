// SPDX-License-Identifier: Apache-2.0
/**
 * Voxels with their place in the patient: start at {@link io.github.livermm.imaging.volume.Volume}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.volume;
