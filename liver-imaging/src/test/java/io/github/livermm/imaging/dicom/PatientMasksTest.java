// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.encoder.PatientVolumes;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks of a study folder that are structure sets. */
class PatientMasksTest {
    @TempDir Path study;

    private static DicomWriter contour(int number, double left, double right) {
        String[] x = {"" + left, "" + right};
        String z = "\\4\\";
        String points =
                x[0]
                        + "\\-20.2"
                        + z
                        + x[1]
                        + "\\-20.2"
                        + z
                        + x[1]
                        + "\\-18"
                        + z
                        + x[0]
                        + "\\-18\\4";
        return new DicomWriter()
                .text(Tag.REFERENCED_ROI, "IS", "" + number)
                .sequence(
                        Tag.CONTOURS,
                        new DicomWriter()
                                .text(Tag.CONTOUR_TYPE, "CS", "CLOSED_PLANAR")
                                .text(Tag.CONTOUR_DATA, "DS", points));
    }

    private static DicomWriter named(int number, String name) {
        return new DicomWriter()
                .text(Tag.ROI_NUMBER, "IS", "" + number)
                .text(Tag.ROI_NAME, "LO", name);
    }

    private void structures(String file, String series) throws IOException {
        new DicomWriter()
                .text(Tag.SPECIFIC_CHARACTER_SET, "CS", "ISO_IR 192")
                .text(Tag.MODALITY, "CS", "RTSTRUCT")
                .sequence(
                        Tag.REFERENCED_FRAMES_OF_REFERENCE,
                        new DicomWriter().text(Tag.SERIES_INSTANCE_UID, "UI", series))
                .sequence(
                        Tag.STRUCTURE_SET_ROIS,
                        named(1, "Liver tumour"),
                        named(2, "肝脏"),
                        named(3, "Spleen"))
                .sequence(
                        Tag.ROI_CONTOURS,
                        contour(1, -9.5, -8.5),
                        contour(2, -10.1, -7.3),
                        contour(3, -10.1, -7.3))
                .write(study.resolve("masks/P1").resolve(file));
    }

    @Test
    void regionsBecomeOneLabelMapOfTheSeriesTheyReferTo() throws IOException {
        for (int k = 0; k < 5; k++) {
            DicomWriter.slice(2 * k, k).write(study.resolve("images/P1/s" + k + ".dcm"));
        }
        structures("rt.dcm", "1.2.3");
        structures("stranger.dcm", "9.9");
        for (String link : List.of("images/P1/ct_delayed.nii", "masks/P1/ct_delayed.nii")) {
            Files.createSymbolicLink(study.resolve(link), study.resolve("outside.nii"));
        }
        List<String> findings = new ArrayList<>();

        PatientVolumes volumes =
                PatientVolumes.read(
                        study.resolve("images/P1"),
                        study.resolve("masks/P1"),
                        (file, reason) -> findings.add(file + ": " + reason));

        LabelMap mask = requireNonNull(volumes.masks().get(Phase.CT_PORTAL));
        Volume image = requireNonNull(volumes.images().get(Phase.CT_PORTAL));
        assertThat(mask.grid().matches(image.grid(), 1e-9)).isTrue();
        float[] slice = new float[12];
        for (int n = 0; n < 12; n++) {
            slice[n] = mask.at(24 + n);
        }
        assertThat(slice).containsExactly(1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1);
        assertThat(mask.at(0)).isZero();
        assertThat(findings)
                .containsExactlyInAnyOrder(
                        "masks/P1/rt.dcm: region 3 is named neither liver nor lesion and is left out",
                        "masks/P1/stranger.dcm: refers to no series of the patient that is used",
                        "masks/P1/ct_delayed.nii: is a link, which is not followed; copy what it"
                                + " leads to",
                        "images/P1/ct_delayed.nii: is a link, which is not followed; copy what it"
                                + " leads to into the folder");
    }

    @Test
    void aRegionThatCannotBePlacedTakesNoOtherAway() throws IOException {
        for (int k = 0; k < 5; k++) {
            DicomWriter.slice(2 * k, k).write(study.resolve("images/P1/s" + k + ".dcm"));
        }
        new DicomWriter()
                .text(Tag.MODALITY, "CS", "RTSTRUCT")
                .sequence(
                        Tag.REFERENCED_FRAMES_OF_REFERENCE,
                        new DicomWriter().text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.3"))
                .sequence(
                        Tag.STRUCTURE_SET_ROIS, named(1, "HCC"), named(2, "Liver"), named(3, "GTV"))
                .sequence(
                        Tag.ROI_CONTOURS,
                        contour(1, 900, 901),
                        contour(2, -10.1, -7.3),
                        contour(3, -20.1, -9.5))
                .write(study.resolve("masks/P1/rt.dcm"));
        segmentation().write(study.resolve("masks/P1/seg.dcm"));
        List<String> findings = new ArrayList<>();

        PatientVolumes volumes =
                PatientVolumes.read(
                        study.resolve("images/P1"),
                        study.resolve("masks/P1"),
                        (file, reason) -> findings.add(file + ": " + reason));

        LabelMap mask = requireNonNull(volumes.masks().get(Phase.CT_PORTAL));
        assertThat(new int[] {mask.at(24), mask.at(25), mask.at(26), mask.at(27)})
                .containsExactly(2, 1, 3, 1);
        assertThat(findings)
                .containsExactlyInAnyOrder(
                        "masks/P1/rt.dcm: rt.dcm: region 1: no voxel of the image lies inside (1"
                                + " contours reach beyond the rows or columns of the image)",
                        "masks/P1/rt.dcm: region 3: 1 contours reach beyond the rows or columns of"
                                + " the image",
                        "masks/P1/seg.dcm: region 5: fractions of 0.5 and above are inside");
    }

    /** A lesion in the third slice: 0.2, 0.4, 0.6 and 0.2 of the first four voxels. */
    private static DicomWriter segmentation() {
        return new DicomWriter()
                .text(Tag.MODALITY, "CS", "SEG")
                .text(Tag.SEGMENTATION_TYPE, "CS", "FRACTIONAL")
                .u16(Tag.MAXIMUM_FRACTION, 10)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "1")
                .image(1, 4, 8, 8, false)
                .sequence(
                        Tag.REFERENCED_SERIES,
                        new DicomWriter().text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.3"))
                .sequence(
                        Tag.SEGMENT_SEQUENCE,
                        new DicomWriter()
                                .u16(Tag.SEGMENT_NUMBER, 5)
                                .text(Tag.SEGMENT_LABEL, "LO", "Lesion"))
                .sequence(
                        Tag.SHARED_GROUPS,
                        new DicomWriter()
                                .sequence(
                                        Tag.PIXEL_MEASURES_SEQUENCE,
                                        new DicomWriter().text(Tag.PIXEL_SPACING, "DS", "0.8\\0.7"))
                                .sequence(
                                        Tag.PLANE_ORIENTATION_SEQUENCE,
                                        new DicomWriter()
                                                .text(Tag.ORIENTATION, "DS", "1\\0\\0\\0\\1\\0")))
                .sequence(
                        Tag.PER_FRAME_GROUPS,
                        new DicomWriter()
                                .sequence(
                                        Tag.PLANE_POSITION_SEQUENCE,
                                        new DicomWriter().text(Tag.POSITION, "DS", "-10\\-20\\4"))
                                .sequence(
                                        Tag.SEGMENT_IDENTIFICATION,
                                        new DicomWriter().u16(Tag.REFERENCED_SEGMENT, 5)))
                .pixels(new byte[] {2, 4, 6, 2});
    }
}
