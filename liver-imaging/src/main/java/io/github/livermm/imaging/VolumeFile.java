// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging;

import io.github.livermm.imaging.format.MetaImage;
import io.github.livermm.imaging.format.NrrdImage;
import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Volumes in single files, the format told by the name: NIfTI ({@code .nii}, {@code .nii.gz},
 * {@code .hdr}, {@code .hdr.gz}), NRRD ({@code .nrrd}, {@code .nhdr}), MetaImage ({@code .mha},
 * {@code .mhd}).
 *
 * @since 0.1.0
 */
public final class VolumeFile {
    private static final List<String> SUFFIXES =
            List.of(".nii.gz", ".nii", ".hdr.gz", ".hdr", ".nrrd", ".nhdr", ".mha", ".mhd");

    private VolumeFile() {}

    /**
     * The name of a file without the suffix of its format.
     *
     * @param path a file
     * @return empty when the suffix is none of those that are read
     */
    public static Optional<String> stem(Path path) {
        String name = String.valueOf(path.getFileName());
        return suffix(path).map(s -> name.substring(0, name.length() - s.length()));
    }

    /**
     * Reads the only volume of a file.
     *
     * @param path a file with one of the suffixes
     * @return the volume
     * @throws IllegalArgumentException when the suffix is unknown
     * @throws IOException when the file is damaged, holds several volumes or cannot be read
     */
    public static Volume read(Path path) throws IOException {
        return switch (format(path)) {
            case ".nrrd", ".nhdr" -> NrrdImage.read(path);
            case ".mha", ".mhd" -> MetaImage.read(path);
            default -> NiftiImage.readVolume(path);
        };
    }

    /**
     * Writes a volume with 32-bit floats, compressed where the format has it.
     *
     * @param volume what to write
     * @param path a file with one of the suffixes, replaced when it exists
     * @throws IllegalArgumentException when the suffix is unknown
     * @throws IOException when the file cannot be written
     */
    public static void write(Volume volume, Path path) throws IOException {
        switch (format(path)) {
            case ".nrrd", ".nhdr" -> NrrdImage.write(volume, path);
            case ".mha", ".mhd" -> MetaImage.write(volume, path);
            default -> NiftiImage.write(volume, path);
        }
    }

    private static Optional<String> suffix(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().filter(name::endsWith).findFirst();
    }

    private static String format(Path path) {
        return suffix(path)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        path.getFileName()
                                                + ": the format cannot be told, allowed are "
                                                + String.join(" ", SUFFIXES)));
    }
}
