// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

/** The DICOM tags and classes that the export uses. */
final class DicomTags {
    static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";
    static final String RADIATION_DOSE_SR = "1.2.840.10008.5.1.4.1.1.88.67";

    static final int SPECIFIC_CHARACTER_SET = 0x00080005;
    static final int IMAGE_TYPE = 0x00080008;
    static final int SOP_CLASS_UID = 0x00080016;
    static final int SOP_INSTANCE_UID = 0x00080018;
    static final int STUDY_DATE = 0x00080020;
    static final int SERIES_DATE = 0x00080021;
    static final int ACQUISITION_DATE = 0x00080022;
    static final int STUDY_TIME = 0x00080030;
    static final int SERIES_TIME = 0x00080031;
    static final int ACQUISITION_TIME = 0x00080032;
    static final int ACCESSION_NUMBER = 0x00080050;
    static final int MODALITY = 0x00080060;
    static final int MANUFACTURER = 0x00080070;
    static final int REFERRING_PHYSICIAN = 0x00080090;
    static final int SERIES_DESCRIPTION = 0x0008103E;
    static final int MANUFACTURER_MODEL = 0x00081090;
    static final int PATIENT_NAME = 0x00100010;
    static final int PATIENT_ID = 0x00100020;
    static final int PATIENT_BIRTH_DATE = 0x00100030;
    static final int PATIENT_SEX = 0x00100040;
    static final int CONTRAST_AGENT = 0x00180010;
    static final int SCANNING_SEQUENCE = 0x00180020;
    static final int SEQUENCE_VARIANT = 0x00180021;
    static final int SCAN_OPTIONS = 0x00180022;
    static final int MR_ACQUISITION_TYPE = 0x00180023;
    static final int SLICE_THICKNESS = 0x00180050;
    static final int KVP = 0x00180060;
    static final int REPETITION_TIME = 0x00180080;
    static final int ECHO_TIME = 0x00180081;
    static final int FIELD_STRENGTH = 0x00180087;
    static final int SPACING_BETWEEN_SLICES = 0x00180088;
    static final int PROTOCOL_NAME = 0x00181030;
    static final int CONTRAST_START_TIME = 0x00181042;
    static final int KERNEL = 0x00181210;
    static final int PATIENT_POSITION = 0x00185100;
    static final int STUDY_INSTANCE_UID = 0x0020000D;
    static final int SERIES_INSTANCE_UID = 0x0020000E;
    static final int STUDY_ID = 0x00200010;
    static final int SERIES_NUMBER = 0x00200011;
    static final int ACQUISITION_NUMBER = 0x00200012;
    static final int INSTANCE_NUMBER = 0x00200013;
    static final int IMAGE_POSITION = 0x00200032;
    static final int IMAGE_ORIENTATION = 0x00200037;
    static final int FRAME_OF_REFERENCE_UID = 0x00200052;
    static final int SLICE_LOCATION = 0x00201041;
    static final int SAMPLES_PER_PIXEL = 0x00280002;
    static final int PHOTOMETRIC = 0x00280004;
    static final int ROWS = 0x00280010;
    static final int COLUMNS = 0x00280011;
    static final int PIXEL_SPACING = 0x00280030;
    static final int BITS_ALLOCATED = 0x00280100;
    static final int BITS_STORED = 0x00280101;
    static final int HIGH_BIT = 0x00280102;
    static final int PIXEL_REPRESENTATION = 0x00280103;
    static final int WINDOW_CENTRE = 0x00281050;
    static final int WINDOW_WIDTH = 0x00281051;
    static final int RESCALE_INTERCEPT = 0x00281052;
    static final int RESCALE_SLOPE = 0x00281053;
    static final int RESCALE_TYPE = 0x00281054;
    static final int COMPLETION_FLAG = 0x0040A491;
    static final int VERIFICATION_FLAG = 0x0040A493;
    static final int VALUE_TYPE = 0x0040A040;
    static final int PIXEL_DATA = 0x7FE00010;

    private DicomTags() {}
}
