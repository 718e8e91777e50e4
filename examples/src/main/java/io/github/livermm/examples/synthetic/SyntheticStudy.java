// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Makes a study of patients who never were and writes it to disk: four hospitals, CT and MR,
 * Chinese and English reports, laboratory tables with their usual flaws, surgery and follow-up. Use
 * it to try the protocol, and to see how near a run comes to what is possible: the generator knows
 * its own truth and writes it to {@code truth.json}, which training never reads.
 *
 * <p>The same number of patients and seed give the same bytes for any number of threads.
 *
 * @since 0.1.0
 */
public final class SyntheticStudy {
    private static final long TRUTH_SEED = 20260630;

    private SyntheticStudy() {}

    /**
     * What to make.
     *
     * @param patients number of patients, from 1 to 9999
     * @param seed seed of every random draw
     * @param threads number of threads that write patients, at least 1
     * @since 0.1.0
     */
    public record Options(int patients, long seed, int threads) {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if patients or threads are out of range
         */
        public Options {
            if (patients < 1 || patients > 9999) {
                throw new IllegalArgumentException(
                        "patients is " + patients + "; allowed: 1 to 9999");
            }
            if (threads < 1) {
                throw new IllegalArgumentException(
                        "threads is " + threads + "; allowed: 1 or more");
            }
        }

        /**
         * 600 patients, the least that the reference study plans; seed 1; as many threads as the
         * machine has processors.
         *
         * @return the defaults
         */
        public static Options defaults() {
            return new Options(600, 1, Runtime.getRuntime().availableProcessors());
        }

        /**
         * The same with another number of patients.
         *
         * @param value number of patients
         * @return a copy
         */
        public Options withPatients(int value) {
            return new Options(value, seed, threads);
        }

        /**
         * The same with another seed.
         *
         * @param value seed
         * @return a copy
         */
        public Options withSeed(long value) {
            return new Options(patients, value, threads);
        }

        /**
         * The same with another number of threads.
         *
         * @param value number of threads
         * @return a copy
         */
        public Options withThreads(int value) {
            return new Options(patients, seed, value);
        }
    }

    /**
     * Hears how far the writing has come; called from the thread that called {@link #write}.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Progress {
        /**
         * Some more patients are on disk.
         *
         * @param written patients written so far
         * @param total patients to write
         */
        void patients(int written, int total);
    }

    /**
     * Makes the study and writes it to a folder.
     *
     * @param folder a folder that does not exist yet or is empty
     * @param options what to make
     * @param progress hears after each patient
     * @throws IOException if the folder holds files already or cannot be written
     */
    public static void write(Path folder, Options options, Progress progress) throws IOException {
        write(folder, options, progress, Truth.DRAWS);
    }

    /** With a number of draws for the truth, which tests keep small. */
    static void write(Path folder, Options options, Progress progress, int draws)
            throws IOException {
        requireEmpty(folder);
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        Files.createDirectories(folder.resolve("reports"));
        LatentModel model = new LatentModel();
        ExecutorService pool = Executors.newFixedThreadPool(options.threads());
        try {
            Future<Truth> truth = pool.submit(() -> Truth.simulate(model, draws, TRUTH_SEED));
            List<Written> written = writePatients(folder, options, model, pool, progress);
            List<SyntheticPatient> patients = written.stream().map(Written::patient).toList();
            writeTable(folder, written);
            StudyFiles.writeProtocol(folder, options.seed());
            StudyFiles.writeLatents(folder, model, patients);
            StudyFiles.writeTruth(folder, options.seed(), patients, result(truth));
        } finally {
            pool.shutdownNow();
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IOException(
                        folder
                                + " is not empty; a synthetic study is written to a new or empty"
                                + " folder: name another one or remove its files");
            }
        }
    }

    /** A patient on disk, and the line of the patients table that goes with it. */
    private record Written(SyntheticPatient patient, String line) {}

    private static List<Written> writePatients(
            Path folder,
            Options options,
            LatentModel model,
            ExecutorService pool,
            Progress progress)
            throws IOException {
        List<CohortPlan.Place> plan = CohortPlan.draw(options.patients(), options.seed());
        List<Future<Written>> futures = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            int index = i;
            futures.add(
                    pool.submit(
                            () -> writePatient(folder, model, plan.get(index), index, options)));
        }
        List<Written> written = new ArrayList<>();
        for (Future<Written> future : futures) {
            written.add(result(future));
            progress.patients(written.size(), plan.size());
        }
        return written;
    }

    private static Written writePatient(
            Path folder, LatentModel model, CohortPlan.Place place, int index, Options options)
            throws IOException {
        long seed = options.seed();
        SyntheticPatient patient = SyntheticPatient.draw(model, place, index, seed);
        ImageExport.write(folder, patient, seed);
        if (place.planted() != Planted.REPORT) {
            Path report = folder.resolve("reports").resolve(patient.id() + ".txt");
            Files.write(report, ReportWriter.write(model, patient, seed));
        }
        return new Written(patient, new PatientsTable(model).line(patient, seed));
    }

    private static void writeTable(Path folder, List<Written> written) throws IOException {
        StringBuilder table = new StringBuilder(PatientsTable.headerLine()).append('\n');
        written.forEach(row -> table.append(row.line()).append('\n'));
        Files.writeString(folder.resolve("patients.csv"), table.toString(), StandardCharsets.UTF_8);
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw new IOException("the study could not be written", failure);
            }
            throw new IllegalStateException("a patient could not be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("writing was interrupted", e));
        }
    }
}
