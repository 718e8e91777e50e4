// SPDX-License-Identifier: Apache-2.0
/**
 * From a folder of DICOM files to volumes that can be trusted: start at {@link
 * io.github.livermm.imaging.dicom.DicomFolder}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.dicom;
