// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where one patient's images, masks and report lie; null when the study holds none.
 *
 * @param images folder with DICOM files or NIfTI volumes
 * @param masks folder with masks
 * @param report text file
 * @since 0.1.0
 */
public record PatientFiles(@Nullable Path images, @Nullable Path masks, @Nullable Path report) {}
