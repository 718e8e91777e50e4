// SPDX-License-Identifier: Apache-2.0
/**
 * Files parsed by dcm4che-core in place of the built-in reader: hand a {@link
 * io.github.livermm.imaging.dcm4che.Dcm4cheReader} to {@link
 * io.github.livermm.imaging.dicom.DicomFolder}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.dcm4che;
