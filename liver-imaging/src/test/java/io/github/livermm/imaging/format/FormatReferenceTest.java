// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.imaging.References;
import io.github.livermm.imaging.VolumeFile;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NRRD and MetaImage files of SimpleITK 2.5.7 and pynrrd 1.1.3; see make_imaging.py. */
class FormatReferenceTest {
    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> filesOfOtherPackages() throws IOException {
        List<String[]> rows = References.rows("formats/expected.csv");
        assertThat(rows).hasSize(28);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row[0], () -> check(row)));
    }

    private static void check(String[] row) throws IOException {
        Volume volume = VolumeFile.read(References.file("formats/" + row[0]));

        assertThat(volume.grid().affine())
                .containsExactly(References.numbers(row[2]), within(1e-12));
        int least = row[1].equals("unsigned") ? 0 : -50;
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 5; j++) {
                for (int i = 0; i < 6; i++) {
                    assertThat(volume.at(i, j, k))
                            .isEqualTo((7 * i + 13 * j + 29 * k) % 101 + least);
                }
            }
        }
    }

    private static final String NRRD =
            """
            NRRD0005
            type: int16
            dimension: 3
            space: LPS
            sizes: 2 1 1
            space directions: (1,0,0) (0,1,0) (0,0,1)
            endian: little
            """;

    @ParameterizedTest
    @CsvSource({
        "'encoding: raw\ndata file: ../secret.raw\n\n', one plain file",
        "'encoding: raw\ndata file: /etc/passwd\n\n', one plain file",
        "'encoding: raw\ndata file: LIST\n\n', missing",
        "'encoding: bzip2\n\n', raw",
        "'encoding: raw\n\nabc', too short",
        "'encoding: gzip\n\nabcdefgh', damaged",
        "'encoding: raw\nbyte skip: 1e300\n\nabcd', byte skip",
        "'encoding: raw\nline skip: 1\n\nabcd', line skip",
        "'encoding: ascii\n\n1 x', no number",
        "'encoding: raw', ends within its header"
    })
    void hostileNrrdFilesAreRefused(String rest, String reason) throws IOException {
        Path file = folder.resolve("v.nrrd");
        Files.write(file, (NRRD + rest).getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> NrrdImage.read(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining(reason);
    }

    /**
     * Without a space axis mins place the volume; origins and spacings of SimpleITK 2.5.7 where it
     * has them.
     */
    @ParameterizedTest
    @CsvSource({
        "'spacings: 1 2 3|axis mins: 10 20 30', 1 2 3, 10.5 21 31.5",
        "'spacings: 1 2 3|axismins: 10 20 30', 1 2 3, 10.5 21 31.5",
        "'spacings: 1 2 3|axis mins: 10 20 30|centers: cell cell cell', 1 2 3, 10.5 21 31.5",
        "'spacings: 1 2 3|axis mins: 10 20 30|centers: node node node', 1 2 3, 10 20 30",
        "'spacings: 1 2 3|axis mins: 10 20 30|centers: node cell ???', 1 2 3, 10 21 31.5",
        "'spacings: 1 2 3|axis mins: 10 20 30|axis maxs: 14 26 38', 1 2 3, 10.5 21 31.5",
        "'spacings: 1 2 3|axis maxs: 14 26 38', 1 2 3, 0 0 0",
        "'spacings: 1 2 3|axis mins: nan 20 30', 1 2 3, 0 0 0",
        "'spacings: 1 2 3|centers: cell cell cell', 1 2 3, 0 0 0",
        "'spacings: 1 2 -3|axis mins: 10 20 30', 1 2 3, 10.5 21 28.5",
        // by the format; SimpleITK takes steps of 1 mm here
        "'axis mins: 10 20 30|axis maxs: 14 26 38', 2 2 2, 11 21 31",
        "'axis mins: 10 20 30|axis maxs: 11 24 36|centers: node node node', 1 2 2, 10 20 30"
    })
    void axisMinsPlaceAVolumeWithoutSpace(String fields, String spacing, String origin)
            throws IOException {
        Volume volume = NrrdImage.read(plain(fields));

        double[] steps = References.numbers(spacing);
        for (int a = 0; a < 3; a++) {
            assertThat(volume.grid().spacingMm(a)).isCloseTo(steps[a], within(1e-12));
        }
        assertThat(volume.grid().origin())
                .containsExactly(References.numbers(origin), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "'spacings: 1 2 3|axis mins: 10 20', axis mins",
        "'axis mins: 10 20 30|axis maxs: 10 26 38', geometry",
        "'space: LPS|spacings: 1 2 3|axis mins: 10 20 30', keep one of both",
        "'space dimension: 3|space directions: (1,0,0) (0,1,0) (0,0,1)|axis mins: 1 2 3', keep one"
    })
    void axisMinsThatContradictAreRefused(String fields, String reason) throws IOException {
        Path file = plain(fields);

        assertThatThrownBy(() -> NrrdImage.read(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining(reason);
    }

    private Path plain(String fields) throws IOException {
        String header =
                "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 3 4\nencoding: raw\n"
                        + fields.replace('|', '\n')
                        + "\n\n";
        return Files.writeString(folder.resolve("p.nrrd"), header + "x".repeat(24));
    }

    private static final String META = "ObjectType = Image\nNDims = 3\nDimSize = 2 1 1\n";

    @ParameterizedTest
    @CsvSource({
        "'ElementType = MET_SHORT\nElementDataFile = ../x.raw\n', one plain file",
        "'ElementType = MET_SHORT\nElementDataFile = x%03d.raw 1 3 1\n', one plain file",
        "'ElementType = MET_SHORT\nElementDataFile = LOCAL\nabc', too short",
        "'ElementType = MET_WHAT\nElementDataFile = LOCAL\nabcd', ElementType",
        "'ElementType = MET_SHORT\nElementNumberOfChannels = 3\nElementDataFile = LOCAL\n',"
                + " several",
        "'ElementSpacing = 1 1\nElementType = MET_SHORT\nElementDataFile = LOCAL\nabcd', numbers",
        "'ElementSpacing = 0 1 1\nElementType = MET_SHORT\nElementDataFile = LOCAL\nabcd',"
                + " geometry",
        "'no field\n', not a MetaImage"
    })
    void hostileMetaImagesAreRefused(String rest, String reason) throws IOException {
        Path file = folder.resolve("v.mha");
        Files.write(file, (META + rest).getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> MetaImage.read(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining(reason);
    }

    /** A header cannot lead out of its folder by a link either. */
    @ParameterizedTest
    @CsvSource({
        "v.nhdr, 'encoding: raw\ndata file: v.raw\n\n'",
        "v.mhd, 'ElementType = MET_SHORT\nElementDataFile = v.raw\n'"
    })
    void voxelsBehindALinkAreNotRead(String name, String rest) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, (name.endsWith("nhdr") ? NRRD : META) + rest);
        Path voxels = Files.write(folder.resolve("v.raw"), new byte[4]);
        assertThat(VolumeFile.read(file).toArray()).containsExactly(0, 0);

        Files.move(voxels, folder.resolve("elsewhere"));
        Files.createSymbolicLink(voxels, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> VolumeFile.read(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("is a link");
    }

    @Test
    void aSegmentationOfOneLayerIsAVolume() throws IOException {
        Path file = folder.resolve("v.seg.nrrd");
        String text =
                """
                NRRD0004
                # Slicer
                type: unsigned char
                dimension: 4
                space: left-posterior-superior
                sizes: 1 2 1 1
                space directions: none (2,0,0) (0,2,0) (0,0,3)
                kinds: list domain domain domain
                encoding: raw
                space origin: (1,2,3)
                Segment0_Name:=Lesion

                \0\2""";
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

        Volume volume = NrrdImage.read(file);

        assertThat(volume.toArray()).containsExactly(0, 2);
        assertThat(volume.grid().spacingMm(2)).isEqualTo(3);
    }

    @Test
    void unknownSuffixesAreNamed() {
        assertThat(VolumeFile.stem(Path.of("a", "ct_portal.NII.GZ"))).contains("ct_portal");
        assertThat(VolumeFile.stem(Path.of("a", "b.dcm"))).isEmpty();
        assertThatThrownBy(() -> VolumeFile.read(Path.of("b.dcm")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".nhdr");
    }
}
