// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import io.github.livermm.imaging.dicom.DicomDataset;
import io.github.livermm.imaging.dicom.Uids;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the images of one patient as the archive of a hospital would export them: one file per
 * slice under names that say nothing, in no order, now and then with a localiser or a dose report
 * among them; and the masks, one per phase.
 */
final class ImageExport {
    private static final int SIZE = 64;
    private static final double WITH_LOCALISER = 0.4;
    private static final double WITH_DOSE_REPORT = 0.25;
    private static final int SMALLEST = Short.MIN_VALUE;
    private static final int LARGEST = Short.MAX_VALUE;

    private final SyntheticPatient patient;
    private final Scanner scanner;
    private final RandomStream random;
    private final long seed;
    private final Charset charset;
    private final int startSeconds;
    private final List<byte[]> files = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private ImageExport(SyntheticPatient patient, long seed) {
        this.patient = patient;
        this.scanner = patient.scanner();
        this.seed = seed;
        this.random = RandomStream.of(seed, patient.index(), 1);
        this.charset =
                switch (patient.centre()) {
                    case A, C -> StandardCharsets.UTF_8;
                    case B -> Charset.forName("GB18030");
                    case D -> StandardCharsets.ISO_8859_1;
                };
        this.startSeconds = 8 * 3600 + random.index(9 * 3600);
    }

    /** Writes {@code images/<id>} and {@code masks/<id>} below the study's folder. */
    static void write(Path study, SyntheticPatient patient, long seed) throws IOException {
        new ImageExport(patient, seed).write(study);
    }

    private void write(Path study) throws IOException {
        boolean failsImages = patient.place().planted() == Planted.IMAGES;
        // of those without images, half have at least a dose report
        boolean nothing = failsImages && random.chance(0.5);
        if (nothing) {
            return;
        }
        if (!failsImages && random.chance(WITH_LOCALISER)) {
            addLocaliser();
        }
        if (failsImages || random.chance(WITH_DOSE_REPORT)) {
            addDoseReport();
        }
        double[] middle = {random.uniform(-6, 6), random.uniform(-6, 6), random.uniform(-8, 8)};
        int number = 2;
        for (Phase phase : patient.phases()) {
            addPhase(study, phase, middle, number++);
        }
        writeFiles(study.resolve("images").resolve(patient.id()));
    }

    private void addPhase(Path study, Phase phase, double[] middle, int number) throws IOException {
        Geometry grid =
                Geometry.around(
                        middle,
                        SIZE,
                        scanner.slices(),
                        scanner.pixelMm(),
                        scanner.sliceMm(),
                        scanner.tilt());
        // each breath-hold differs a little
        double[] shift = {
            1.2 * random.gaussian(), 1.2 * random.gaussian(), 2.5 * random.gaussian()
        };
        Phantom.Rendering rendering = patient.phantom().render(phase, grid, shift);
        short[][] stored = acquire(rendering.signal());
        for (int k = 0; k < grid.slices(); k++) {
            addSlice(phase, grid, stored[k], k, number);
        }
        if (patient.hasMasks()) {
            Path folder = Files.createDirectories(study.resolve("masks").resolve(patient.id()));
            NiftiMask.write(folder.resolve(phase.id() + ".nii.gz"), rendering.mask(), grid);
        }
    }

    /** Noise, offset, gain and the coil's uneven field; then whole numbers. */
    private short[][] acquire(double[][][] signal) {
        double gain = scanner.gain() * (scanner.ct() ? 1 : random.uniform(0.9, 1.1));
        double fieldX = scanner.ct() ? 0 : random.uniform(-0.1, 0.1);
        double fieldY = scanner.ct() ? 0 : random.uniform(-0.1, 0.1);
        short[][] stored = new short[signal.length][SIZE * SIZE];
        for (int k = 0; k < signal.length; k++) {
            for (int j = 0; j < SIZE; j++) {
                double fieldRow = 1 + fieldY * (j - SIZE / 2.0) / (SIZE / 2.0);
                for (int i = 0; i < SIZE; i++) {
                    double field = fieldRow + fieldX * (i - SIZE / 2.0) / (SIZE / 2.0);
                    double measured = signal[k][j][i] + scanner.noise() * random.gaussian();
                    double value =
                            scanner.ct()
                                    ? Math.max(-1024, measured + scanner.offset())
                                            - scanner.intercept()
                                    : Math.max(0, measured * gain * field);
                    stored[k][j * SIZE + i] =
                            (short) Math.max(SMALLEST, Math.min(LARGEST, Math.round(value)));
                }
            }
        }
        return stored;
    }

    private void addSlice(Phase phase, Geometry grid, short[] pixels, int k, int number) {
        int instance = scanner.descending() ? grid.slices() - k : k + 1;
        String series = Uids.of(seed, patient.id(), "series", phase.id());
        String sop = Uids.of(seed, patient.id(), phase.id(), k);
        DicomDataset data = common(sop, series, number, scanner.description(phase));
        data.text(DicomTags.IMAGE_TYPE, "CS", "ORIGINAL", "PRIMARY", phase.ct() ? "AXIAL" : "M")
                .text(DicomTags.ACQUISITION_TIME, "TM", time(phase.delaySeconds() + 60))
                .text(DicomTags.SERIES_TIME, "TM", time(phase.delaySeconds() + 60))
                .text(DicomTags.ACQUISITION_NUMBER, "IS", Integer.toString(number))
                .text(DicomTags.INSTANCE_NUMBER, "IS", Integer.toString(instance))
                .decimal(DicomTags.SLICE_THICKNESS, grid.sliceMm());
        if (phase.contrast()) {
            data.text(DicomTags.CONTRAST_AGENT, "LO", scanner.agent())
                    .text(DicomTags.CONTRAST_START_TIME, "TM", time(60));
        }
        if (!phase.ct()) {
            addMrParameters(data, phase, grid);
        }
        place(data, grid.point(k, 0, 0), grid.alongRow(), grid.alongColumn());
        data.decimal(DicomTags.SLICE_LOCATION, rounded(grid.point(k, 0, 0)[2]));
        addPixels(data, pixels, SIZE, grid.pixelMm());
        files.add(data.file(scanner.implicitVr()));
        names.add(sop);
    }

    private void addMrParameters(DicomDataset data, Phase phase, Geometry grid) {
        boolean t2 = phase == Phase.MR_T2;
        data.text(DicomTags.SCANNING_SEQUENCE, "CS", t2 ? "SE" : "GR")
                .text(DicomTags.SEQUENCE_VARIANT, "CS", t2 ? "SK" : "SP")
                .text(DicomTags.SCAN_OPTIONS, "CS", "FS")
                .text(DicomTags.MR_ACQUISITION_TYPE, "CS", t2 ? "2D" : "3D")
                .decimal(DicomTags.REPETITION_TIME, t2 ? 3200 : 4.1)
                .decimal(DicomTags.ECHO_TIME, t2 ? 84 : 1.9)
                .decimal(DicomTags.FIELD_STRENGTH, scanner.fieldTesla())
                .decimal(DicomTags.SPACING_BETWEEN_SLICES, grid.sliceMm());
    }

    private void place(DicomDataset data, double[] at, double[] row, double[] column) {
        data.decimal(DicomTags.IMAGE_POSITION, rounded(at[0]), rounded(at[1]), rounded(at[2]))
                .decimal(
                        DicomTags.IMAGE_ORIENTATION,
                        row[0],
                        row[1],
                        row[2],
                        column[0],
                        column[1],
                        column[2])
                .text(DicomTags.FRAME_OF_REFERENCE_UID, "UI", Uids.of(seed, patient.id(), "frame"));
    }

    private static double rounded(double millimetres) {
        return Math.round(millimetres * 1e6) / 1e6 + 0.0;
    }

    private void addPixels(DicomDataset data, short[] pixels, int size, double pixelMm) {
        data.unsignedShort(DicomTags.SAMPLES_PER_PIXEL, 1)
                .text(DicomTags.PHOTOMETRIC, "CS", "MONOCHROME2")
                .unsignedShort(DicomTags.ROWS, pixels.length / size)
                .unsignedShort(DicomTags.COLUMNS, size)
                .decimal(DicomTags.PIXEL_SPACING, pixelMm, pixelMm)
                .unsignedShort(DicomTags.BITS_ALLOCATED, 16)
                .unsignedShort(DicomTags.BITS_STORED, 16)
                .unsignedShort(DicomTags.HIGH_BIT, 15)
                .unsignedShort(DicomTags.PIXEL_REPRESENTATION, 1)
                .pixels(pixels);
        if (scanner.ct()) {
            data.decimal(DicomTags.KVP, 120)
                    .text(DicomTags.KERNEL, "SH", scanner.kernel())
                    .decimal(DicomTags.RESCALE_INTERCEPT, scanner.intercept())
                    .decimal(DicomTags.RESCALE_SLOPE, 1)
                    .text(DicomTags.RESCALE_TYPE, "LO", "HU")
                    .decimal(DicomTags.WINDOW_CENTRE, 60)
                    .decimal(DicomTags.WINDOW_WIDTH, 350);
        }
    }

    private DicomDataset common(String sop, String series, int number, String description) {
        String day = patient.examined().format(DateTimeFormatter.BASIC_ISO_DATE);
        DicomDataset data = new DicomDataset(charset);
        data.text(
                DicomTags.SPECIFIC_CHARACTER_SET,
                "CS",
                switch (patient.centre()) {
                    case A, C -> "ISO_IR 192";
                    case B -> "GB18030";
                    case D -> "ISO_IR 100";
                });
        boolean ct = scanner.ct();
        data.text(
                        DicomTags.SOP_CLASS_UID,
                        "UI",
                        ct ? DicomTags.CT_IMAGE_STORAGE : DicomTags.MR_IMAGE_STORAGE)
                .text(DicomTags.SOP_INSTANCE_UID, "UI", sop)
                .text(DicomTags.STUDY_DATE, "DA", day)
                .text(DicomTags.SERIES_DATE, "DA", day)
                .text(DicomTags.ACQUISITION_DATE, "DA", day)
                .text(DicomTags.STUDY_TIME, "TM", time(0))
                .text(DicomTags.ACCESSION_NUMBER, "SH", "")
                .text(DicomTags.MODALITY, "CS", ct ? "CT" : "MR")
                .text(DicomTags.MANUFACTURER, "LO", scanner.manufacturer())
                .text(DicomTags.REFERRING_PHYSICIAN, "PN", "")
                .text(DicomTags.SERIES_DESCRIPTION, "LO", description)
                .text(DicomTags.MANUFACTURER_MODEL, "LO", scanner.model())
                .text(DicomTags.PATIENT_NAME, "PN", "SYNTHETIC^" + patient.id())
                .text(DicomTags.PATIENT_ID, "LO", "SYN-" + seed + "-" + patient.id())
                .text(DicomTags.PATIENT_BIRTH_DATE, "DA", "")
                .text(DicomTags.PATIENT_SEX, "CS", "")
                .text(DicomTags.PROTOCOL_NAME, "LO", ct ? "Liver multiphase" : "Liver dynamic")
                .text(DicomTags.PATIENT_POSITION, "CS", "HFS")
                .text(DicomTags.STUDY_INSTANCE_UID, "UI", Uids.of(seed, patient.id(), "study"))
                .text(DicomTags.SERIES_INSTANCE_UID, "UI", series)
                .text(DicomTags.STUDY_ID, "SH", "1")
                .text(DicomTags.SERIES_NUMBER, "IS", Integer.toString(number));
        return data;
    }

    private String time(int after) {
        int seconds = startSeconds + after;
        return String.format(
                Locale.ROOT, "%02d%02d%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A coarse coronal scout. */
    private void addLocaliser() {
        int size = 32;
        short[] pixels = new short[size * size];
        for (int i = 0; i < pixels.length; i++) {
            double across = (i % size - size / 2.0) / (size / 2.0);
            double value = Math.abs(across) < 0.9 ? 200 * (1 - across * across) : 0;
            pixels[i] = (short) (value + 10 * random.uniform());
        }
        String sop = Uids.of(seed, patient.id(), "localiser");
        DicomDataset data =
                common(
                        sop,
                        Uids.of(seed, patient.id(), "series", "localiser"),
                        1,
                        scanner.ct() ? "Topogram" : "localizer");
        data.text(DicomTags.IMAGE_TYPE, "CS", "ORIGINAL", "PRIMARY", "LOCALIZER")
                .text(DicomTags.ACQUISITION_TIME, "TM", time(10))
                .text(DicomTags.INSTANCE_NUMBER, "IS", "1")
                .decimal(DicomTags.SLICE_THICKNESS, 10);
        place(data, new double[] {-160, 0, 160}, new double[] {1, 0, 0}, new double[] {0, 0, -1});
        addPixels(data, pixels, size, 10);
        files.add(data.file(scanner.implicitVr()));
        names.add(sop);
    }

    /** An object that is not an image. */
    private void addDoseReport() {
        String sop = Uids.of(seed, patient.id(), "dose");
        DicomDataset data =
                common(sop, Uids.of(seed, patient.id(), "series", "dose"), 99, "Dose Report");
        data.text(DicomTags.SOP_CLASS_UID, "UI", DicomTags.RADIATION_DOSE_SR)
                .text(DicomTags.MODALITY, "CS", "SR")
                .text(DicomTags.INSTANCE_NUMBER, "IS", "1")
                .text(DicomTags.VALUE_TYPE, "CS", "CONTAINER")
                .text(DicomTags.COMPLETION_FLAG, "CS", "COMPLETE")
                .text(DicomTags.VERIFICATION_FLAG, "CS", "UNVERIFIED");
        files.add(data.file(scanner.implicitVr()));
        names.add(sop);
    }

    private void writeFiles(Path folder) throws IOException {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            order.add(i);
        }
        random.shuffle(order);
        for (int i = 0; i < order.size(); i++) {
            String name = fileName(i, names.get(order.get(i)));
            Path file = folder.resolve(name);
            Files.createDirectories(folder.resolve(name.substring(0, name.lastIndexOf('/'))));
            Files.write(file, files.get(order.get(i)));
        }
    }

    private String fileName(int position, String sop) {
        return switch (patient.centre()) {
            case A -> String.format(Locale.ROOT, "DICOM/I%07d", 1000 + position);
            case B -> String.format(Locale.ROOT, "S%02d/IMG%05d.dcm", position / 40, position % 40);
            case C -> "export/" + sop + ".dcm";
            case D -> String.format(Locale.ROOT, "PA0/ST0/SE%d/IM%d", position / 50, position);
        };
    }
}
