// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Regions that somebody drew on an image and stored as DICOM: a segmentation of voxels (SEG) or a
 * structure set of contours (RTSTRUCT). Regions may overlap, so each is put on the image alone.
 *
 * @since 0.1.0
 */
public sealed interface MaskObject permits DicomSegmentation, DicomStructureSet {
    /**
     * One region.
     *
     * @param number its number within the object
     * @param label the name that was given to it
     * @param type what it shows by a code, such as Liver; empty when not coded
     */
    record Region(int number, String label, String type) {
        /**
         * Whether label or type name a lesion, in English or Chinese.
         *
         * @return true for tumours, metastases, cysts and the like; false for what surrounds or
         *     lacks them, such as a ring or Liver-GTV
         */
        public boolean isLesion() {
            return RegionWords.isLesion(said());
        }

        /**
         * Whether label or type name the liver, in English or Chinese. A lesion of the liver may
         * name it too.
         *
         * @return true for the liver; false for the liver without its tumours and for margins
         */
        public boolean isLiver() {
            return RegionWords.isLiver(said());
        }

        private String said() {
            return label + " " + type;
        }
    }

    /**
     * A region on the voxels of an image.
     *
     * @param volume 1 inside, 0 outside; fractions between for a fractional segmentation, where
     *     nothing is cut off: whoever needs a border chooses one
     * @param remarks what was changed or left out to put it there; empty when nothing
     */
    record Placed(Volume volume, List<String> remarks) {}

    /**
     * Reads an object by the built-in reader.
     *
     * @param path a SEG or RTSTRUCT file
     * @return its regions
     * @throws DicomException when it is neither, or damaged
     * @throws IOException when the file cannot be read
     */
    static MaskObject read(Path path) throws IOException {
        return read(path, DicomReader.builtIn());
    }

    /**
     * Reads an object.
     *
     * @param path a SEG or RTSTRUCT file
     * @param reader parses it
     * @return its regions
     * @throws DicomException when it is neither, or damaged
     * @throws IOException when the file cannot be read
     */
    static MaskObject read(Path path, DicomReader reader) throws IOException {
        DicomFile file = DicomFile.read(path, reader);
        return switch (file.modality()) {
            case "SEG" -> DicomSegmentation.of(file);
            case "RTSTRUCT" -> DicomStructureSet.of(file);
            default ->
                    throw new DicomException(
                            DicomFile.name(path)
                                    + ": Modality (0008,0060) is \""
                                    + file.modality()
                                    + "\", allowed for a mask are SEG and RTSTRUCT");
        };
    }

    /**
     * The regions.
     *
     * @return by number, perhaps none
     */
    List<Region> regions();

    /**
     * The series that the regions were drawn on.
     *
     * @return Series Instance UIDs, empty when the object does not say
     */
    NavigableSet<String> referencedSeries();

    /**
     * Puts a region on the voxels of an image by position in the patient. What lies outside the
     * image is lost and counted with {@link Mismatch#RESAMPLE}, and an error else.
     *
     * @param number one of {@link #regions()}
     * @param image where the voxels lie
     * @param otherwise what to do when the region does not lie on the voxels of the image
     * @return the region
     * @throws DicomException when the geometry does not fit, or is missing or damaged; by either
     *     rule when no voxel of the image lies inside the region
     * @throws IOException when the file cannot be read
     */
    Placed on(int number, Grid image, Mismatch otherwise) throws IOException;

    /** Every Series Instance UID within a sequence, however deep. */
    static NavigableSet<String> seriesWithin(DataSet data, int... sequences) {
        NavigableSet<String> found = new TreeSet<>();
        for (int sequence : sequences) {
            for (DataSet item : data.items(sequence)) {
                item.text(Tag.SERIES_INSTANCE_UID).ifPresent(found::add);
                found.addAll(seriesWithin(item, sequences));
            }
        }
        return found;
    }
}
