// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Set;

/** The tags this reader knows, named as in the DICOM data dictionary (PS3.6). */
final class Tag {
    static final int TRANSFER_SYNTAX_UID = 0x00020010;
    static final int SPECIFIC_CHARACTER_SET = 0x00080005;
    static final int IMAGE_TYPE = 0x00080008;
    static final int ACCESSION_NUMBER = 0x00080050;
    static final int PATIENT_NAME = 0x00100010;
    static final int PATIENT_ID = 0x00100020;
    static final int PATIENT_BIRTH_DATE = 0x00100030;
    static final int OTHER_PATIENT_IDS = 0x00101000;
    static final int BURNED_IN_ANNOTATION = 0x00280301;
    static final int SOP_CLASS_UID = 0x00080016;
    static final int SOP_INSTANCE_UID = 0x00080018;
    static final int SERIES_TIME = 0x00080031;
    static final int ACQUISITION_TIME = 0x00080032;
    static final int CONTENT_TIME = 0x00080033;
    static final int MODALITY = 0x00080060;
    static final int SERIES_DESCRIPTION = 0x0008103E;
    static final int FRAME_TYPE = 0x00089007;
    static final int CONTRAST_AGENT = 0x00180010;
    static final int SEQUENCE_NAME = 0x00180024;
    static final int SLICE_THICKNESS = 0x00180050;
    static final int REPETITION_TIME = 0x00180080;
    static final int ECHO_TIME = 0x00180081;
    static final int FIELD_STRENGTH = 0x00180087;
    static final int PROTOCOL_NAME = 0x00181030;
    static final int CONTRAST_ROUTE = 0x00181040;
    static final int CONTRAST_START_TIME = 0x00181042;
    static final int TRIGGER_TIME = 0x00181060;
    static final int GANTRY_TILT = 0x00181120;
    static final int FRAME_ACQUISITION_DATE_TIME = 0x00189074;
    static final int EFFECTIVE_ECHO_TIME = 0x00189082;
    static final int DIFFUSION_B_VALUE = 0x00189087;
    static final int MR_TIMING_SEQUENCE = 0x00189112;
    static final int MR_ECHO_SEQUENCE = 0x00189114;
    static final int MR_DIFFUSION_SEQUENCE = 0x00189117;
    static final int MR_FRAME_TYPE_SEQUENCE = 0x00189226;
    static final int CT_FRAME_TYPE_SEQUENCE = 0x00189329;
    static final int STUDY_INSTANCE_UID = 0x0020000D;
    static final int SERIES_INSTANCE_UID = 0x0020000E;
    static final int SERIES_NUMBER = 0x00200011;
    static final int ACQUISITION_NUMBER = 0x00200012;
    static final int INSTANCE_NUMBER = 0x00200013;
    static final int POSITION = 0x00200032;
    static final int ORIENTATION = 0x00200037;
    static final int FRAME_OF_REFERENCE_UID = 0x00200052;
    static final int TEMPORAL_POSITION = 0x00200100;
    static final int STACK_ID = 0x00209056;
    static final int FRAME_CONTENT_SEQUENCE = 0x00209111;
    static final int PLANE_POSITION_SEQUENCE = 0x00209113;
    static final int PLANE_ORIENTATION_SEQUENCE = 0x00209116;
    static final int TEMPORAL_POSITION_INDEX = 0x00209128;
    static final int FRAME_ACQUISITION_NUMBER = 0x00209156;
    static final int SAMPLES_PER_PIXEL = 0x00280002;
    static final int PHOTOMETRIC = 0x00280004;
    static final int NUMBER_OF_FRAMES = 0x00280008;
    static final int ROWS = 0x00280010;
    static final int COLUMNS = 0x00280011;
    static final int PIXEL_SPACING = 0x00280030;
    static final int BITS_ALLOCATED = 0x00280100;
    static final int BITS_STORED = 0x00280101;
    static final int HIGH_BIT = 0x00280102;
    static final int PIXEL_REPRESENTATION = 0x00280103;
    static final int PIXEL_PADDING = 0x00280120;
    static final int RESCALE_INTERCEPT = 0x00281052;
    static final int RESCALE_SLOPE = 0x00281053;
    static final int PIXEL_MEASURES_SEQUENCE = 0x00289110;
    static final int PIXEL_VALUE_SEQUENCE = 0x00289145;
    static final int REFERENCED_SERIES = 0x00081115;
    static final int STUDIES_CONTAINING_OTHERS = 0x00081200;
    static final int CODE_MEANING = 0x00080104;
    static final int SPACING_BETWEEN_SLICES = 0x00180088;
    static final int SEGMENTATION_TYPE = 0x00620001;
    static final int SEGMENT_SEQUENCE = 0x00620002;
    static final int SEGMENT_NUMBER = 0x00620004;
    static final int SEGMENT_LABEL = 0x00620005;
    static final int SEGMENT_IDENTIFICATION = 0x0062000A;
    static final int REFERENCED_SEGMENT = 0x0062000B;
    static final int MAXIMUM_FRACTION = 0x0062000E;
    static final int SEGMENT_TYPE = 0x0062000F;
    static final int REFERENCED_FRAMES_OF_REFERENCE = 0x30060010;
    static final int RT_REFERENCED_STUDY = 0x30060012;
    static final int RT_REFERENCED_SERIES = 0x30060014;
    static final int CONTOUR_IMAGES = 0x30060016;
    static final int STRUCTURE_SET_ROIS = 0x30060020;
    static final int ROI_NUMBER = 0x30060022;
    static final int ROI_NAME = 0x30060026;
    static final int ROI_CONTOURS = 0x30060039;
    static final int CONTOURS = 0x30060040;
    static final int CONTOUR_TYPE = 0x30060042;
    static final int CONTOUR_DATA = 0x30060050;
    static final int ROI_OBSERVATIONS = 0x30060080;
    static final int REFERENCED_ROI = 0x30060084;
    static final int ROI_TYPE = 0x300600A4;
    static final int SHARED_GROUPS = 0x52009229;
    static final int PER_FRAME_GROUPS = 0x52009230;
    static final int FLOAT_PIXELS = 0x7FE00008;
    static final int DOUBLE_PIXELS = 0x7FE00009;
    static final int PIXEL_DATA = 0x7FE00010;
    static final int ITEM = 0xFFFEE000;
    static final int ITEM_END = 0xFFFEE00D;
    static final int SEQUENCE_END = 0xFFFEE0DD;

    /** Sequences whose length is given and whose VR is not written, in implicit VR. */
    private static final Set<Integer> SEQUENCES =
            Set.of(
                    REFERENCED_SERIES,
                    STUDIES_CONTAINING_OTHERS,
                    MR_TIMING_SEQUENCE,
                    MR_ECHO_SEQUENCE,
                    MR_DIFFUSION_SEQUENCE,
                    MR_FRAME_TYPE_SEQUENCE,
                    CT_FRAME_TYPE_SEQUENCE,
                    FRAME_CONTENT_SEQUENCE,
                    SEGMENT_SEQUENCE,
                    SEGMENT_IDENTIFICATION,
                    SEGMENT_TYPE,
                    REFERENCED_FRAMES_OF_REFERENCE,
                    RT_REFERENCED_STUDY,
                    RT_REFERENCED_SERIES,
                    CONTOUR_IMAGES,
                    STRUCTURE_SET_ROIS,
                    ROI_CONTOURS,
                    CONTOURS,
                    ROI_OBSERVATIONS,
                    PLANE_POSITION_SEQUENCE,
                    PLANE_ORIENTATION_SEQUENCE,
                    PIXEL_MEASURES_SEQUENCE,
                    PIXEL_VALUE_SEQUENCE,
                    SHARED_GROUPS,
                    PER_FRAME_GROUPS);

    private Tag() {}

    static boolean isSequence(int tag) {
        return SEQUENCES.contains(tag);
    }

    /** Elements that hold the image: whole numbers or, in newer objects, floats. */
    static boolean isPixels(int tag) {
        return tag == PIXEL_DATA || tag == FLOAT_PIXELS || tag == DOUBLE_PIXELS;
    }

    /** Name and tag of such an element. */
    static String pixels(int tag) {
        String kind = tag == PIXEL_DATA ? "" : tag == FLOAT_PIXELS ? "Float " : "Double Float ";
        return kind + "Pixel Data " + name(tag);
    }

    /** Elements of VR FD. */
    static boolean isDouble(int tag) {
        return tag == DIFFUSION_B_VALUE || tag == EFFECTIVE_ECHO_TIME;
    }

    static String name(int tag) {
        return String.format("(%04X,%04X)", tag >>> 16, tag & 0xFFFF);
    }
}
