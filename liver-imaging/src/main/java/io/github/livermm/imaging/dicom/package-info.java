// SPDX-License-Identifier: Apache-2.0
/**
 * From a folder of DICOM files to volumes that can be trusted: start at {@link
 * io.github.livermm.imaging.dicom.DicomFolder}. Files leave without the patient's name by {@link
 * io.github.livermm.imaging.dicom.DeidentifiedExport}.
 *
 * <p>{@code benchmarks/crosscheck.py} compares values, geometry and grouping with dcm2niix, DCMTK,
 * GDCM, nibabel and pydicom on the same files. What differs, and why:
 *
 * <ul>
 *   <li>JPEG baseline, extended, spectral selection and progressive: single pixels by one stored
 *       step. Each program rounds its inverse cosine transform for itself; this one computes in
 *       floating point. The lossless codings and JPEG 2000, lossy too, are equal.
 *   <li>dcm2niix without merging splits a series where the tube current changes ({@code -m n});
 *       here a series is split by geometry only, as dcm2niix does with {@code -m y}.
 *   <li>Modalities other than CT and MR, and multi-frame objects without positions, are left aside
 *       and counted, where the others convert them without a place in the patient.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.dicom;
