// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.imaging.dicom.DicomDataset;
import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.nifti.NiftiImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a user meets it: what it writes, what it says, how it exits. */
class LiverTest {
    private static final Path DATA = Path.of("data");

    @TempDir private Path folder;
    private String out = "";
    private String err = "";

    private int liver(Object... args) {
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        int code =
                Liver.run(
                        new PrintWriter(o, true),
                        new PrintWriter(e, true),
                        Stream.of(args).map(Object::toString).toArray(String[]::new));
        out = o.toString();
        err = e.toString();
        return code;
    }

    private void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void trainsAndPredictsWithHazardsThatMayCross() throws IOException {
        Path study = DATA.resolve("hcc-tace");
        Path model = folder.resolve("model");
        Path predictions = folder.resolve("predictions.csv");
        List<Object> train =
                List.of("train", "--quiet", "--survival", "discrete", "--study", study);
        assertThat(liver(Stream.concat(train.stream(), Stream.of("--out", model)).toArray()))
                .as(err)
                .isZero();
        assertThat(Files.readString(model.resolve("manifest.json")))
                .contains("survival.discrete_hazard");
        assertThat(
                        liver(
                                "predict",
                                "--quiet",
                                "--model",
                                model,
                                "--study",
                                study,
                                "--out",
                                predictions))
                .as(err)
                .isZero();
        List<String> lines = Files.readAllLines(predictions);
        int column = List.of(lines.get(0).split(",", -1)).indexOf("os_survival_12");
        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(Double.parseDouble(lines.get(1).split(",", -1)[column])).isBetween(0.0, 1.0);
        assertThat(liver("train", "--survival", "weibull", "--study", study, "--out", model))
                .isEqualTo(2);
        assertThat(err).contains("--survival", "weibull", "COX", "DISCRETE");
    }

    @Test
    void evidenceNamesTheSetsThereAre() {
        assertThat(liver("evidence", "--data", folder, "--sets", "metabric,gbsg")).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.strip())
                .isEqualTo(
                        "--sets: there is no set gbsg; allowed: metabric, rotterdam_gbsg, support,"
                                + " whas, tcga_lihc, hcc_tace, msk_icc, mayo_pbc, liver");
    }

    @Test
    void runsTrainsPredictsAndShowsOnARealStudy() throws IOException {
        Path run = folder.resolve("run");
        assertThat(liver("run", "--quiet", "--study", DATA.resolve("hcc-tace"), "--out", run))
                .isZero();
        assertThat(out).contains("os", "C-index", "report.html");
        JsonNode metrics =
                new ObjectMapper().readTree(Files.readAllBytes(run.resolve("metrics.json")));
        assertThat(metrics.at("/tasks/os/c_index/lower").asDouble()).isGreaterThan(0.5);
        assertThat(metrics.at("/tasks/os/c_index/estimate").asDouble()).isBetween(0.55, 0.75);
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(run.resolve("model/manifest.json")).isNotEmptyFile();

        Path model = folder.resolve("model.zip");
        assertThat(liver("train", "--quiet", "--study", DATA.resolve("hcc-tace"), "--out", model))
                .isZero();
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");
        assertThat(
                        liver(
                                "predict",
                                "--quiet",
                                "--model",
                                model,
                                "--study",
                                DATA.resolve("hcc-tace"),
                                "--out",
                                one))
                .isZero();
        assertThat(
                        liver(
                                "predict",
                                "--quiet",
                                "--model",
                                run.resolve("model"),
                                "--study",
                                DATA.resolve("hcc-tace"),
                                "--out",
                                two))
                .isZero();
        assertThat(one).hasSameTextualContentAs(two);
        assertThat(liver("model", "show", model)).isZero();
        assertThat(out).contains("view clinical", "strategy clinical", "os");
    }

    @Test
    void aWrongStudyEndsWithEveryProblemAndExit2() throws IOException {
        Path study = folder.resolve("study");
        copy(DATA.resolve("hcc-tace"), study);
        Path table = study.resolve("patients.csv");
        List<String> lines = Files.readAllLines(table);
        String header = lines.get(0);
        int column = List.of(header.split(",", -1)).indexOf("os_days");
        String[] cells = lines.get(3).split(",", -1);
        assertThat(column).isNotNegative();
        cells[column] = "-5";
        lines.set(3, String.join(",", cells));
        Files.write(table, lines);

        int code = liver("run", "--quiet", "--study", study, "--out", folder.resolve("out"));

        assertThat(code).isEqualTo(2);
        assertThat(err).contains("patients.csv row").contains("os_days").contains("-5");
        assertThat(folder.resolve("out")).doesNotExist();
        Files.delete(table);
        assertThat(liver("run", "--quiet", "--study", study, "--out", folder.resolve("out")))
                .isEqualTo(2);
        assertThat(err).contains("patients.csv");
        assertThat(liver("run", "--quiet", "--study", folder.resolve("no"), "--out", folder))
                .isEqualTo(2);
        assertThat(liver("run", "--bogus")).isEqualTo(2);
    }

    @Test
    void inspectsAndConvertsARealScan() throws IOException {
        Path scan = DATA.resolve("hcc048-piece");

        assertThat(liver("inspect", "--dicom", scan)).isZero();
        assertThat(out).contains("512 x 512 x 16", "CT");
        assertThat(liver("inspect", "--json", "--dicom", scan)).isZero();
        JsonNode series = new ObjectMapper().readTree(out).at("/series/0");
        assertThat(series.get("slices").asInt()).isEqualTo(16);
        Path volume = folder.resolve("v.nii.gz");
        assertThat(
                        liver(
                                "convert",
                                "--dicom",
                                scan,
                                "--series",
                                series.get("uid").asText(),
                                "--out",
                                volume))
                .isZero();
        assertThat(Files.size(volume)).isGreaterThan(100_000);
        assertThat(liver("convert", "--dicom", scan, "--series", "1.2.3", "--out", volume))
                .isEqualTo(2);
        assertThat(err).contains("1.2.3").contains(series.get("uid").asText());
    }

    @Test
    void tellsWhatIsWrongWithAMessyFolderAndMendsIt() throws IOException {
        Path messy = Files.createDirectories(folder.resolve("messy/a"));
        List<Path> slices;
        try (Stream<Path> files = Files.list(DATA.resolve("hcc048-piece/dicom"))) {
            slices = files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
        }
        for (int n = 0; n < slices.size(); n++) {
            if (n != 7) {
                Files.copy(slices.get(n), messy.resolve(String.valueOf(n)));
            }
        }
        Files.writeString(folder.resolve("messy/broken.dcm"), "no image");
        Files.writeString(folder.resolve("messy/readme.txt"), "text");

        assertThat(liver("inspect", "--dicom", folder.resolve("messy"))).isZero();

        assertThat(out)
                .contains(
                        "1 series of CT or MR, 0 of them can be read",
                        "no volume",
                        ", in a",
                        "problem: 1 slices are missing",
                        "left aside: 1 x not DICOM",
                        "unreadable: broken.dcm: ");
        assertThat(liver("inspect", "--json", "--dicom", messy)).isZero();
        String uid = new ObjectMapper().readTree(out).at("/series/0/uid").asText();
        Path volume = folder.resolve("even.nii.gz");
        assertThat(liver("convert", "--dicom", messy, "--series", uid, "--out", volume))
                .isEqualTo(2);
        assertThat(err).contains("1 slices are missing", "--resample");
        assertThat(volume).doesNotExist();
        assertThat(
                        liver(
                                "convert",
                                "--resample",
                                "--dicom",
                                messy,
                                "--series",
                                uid,
                                "--out",
                                volume))
                .isZero();
        assertThat(out).contains("changed: 1 slices are missing");
        assertThat(NiftiImage.read(volume).volume(0).grid().depth()).isEqualTo(16);
    }

    /** Slices of a gantry tilted by 20 degrees: a sheared NIfTI is refused by many programs. */
    @Test
    void aTiltedGantryIsToldAndRefusedOrMadeUpright() throws IOException {
        Path scan = Files.createDirectories(folder.resolve("tilted"));
        double angle = Math.toRadians(20);
        for (int k = 0; k < 20; k++) {
            byte[] slice =
                    new DicomDataset(StandardCharsets.US_ASCII)
                            .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2")
                            .text(0x00080018, "UI", "1.2.3." + k)
                            .text(0x00080060, "CS", "CT")
                            .text(0x0020000E, "UI", "1.2.3")
                            .decimal(0x00200032, 0, 0, 5 * k)
                            .decimal(0x00200037, 1, 0, 0, 0, Math.cos(angle), -Math.sin(angle))
                            .unsignedShort(0x00280010, 16)
                            .unsignedShort(0x00280011, 16)
                            .decimal(0x00280030, 1, 1)
                            .unsignedShort(0x00280100, 16)
                            .pixels(new short[256])
                            .file(false);
            Files.write(scan.resolve(k + ".dcm"), slice);
        }
        Path volume = folder.resolve("tilted.nii.gz");
        List<Object> convert =
                List.of("convert", "--dicom", scan, "--series", "1.2.3", "--out", volume);

        assertThat(liver("inspect", "--dicom", scan)).isZero();
        assertThat(out).contains("problem: the gantry was tilted by 20.0 degrees");
        assertThat(liver("inspect", "--json", "--dicom", scan)).isZero();
        assertThat(new ObjectMapper().readTree(out).at("/series/0/problems/0").asText())
                .contains("tilted by 20.0 degrees");

        assertThat(liver(convert.toArray())).isEqualTo(2);
        assertThat(err.strip()).contains("tilted by 20.0 degrees", "--resample");
        assertThat(err.lines()).hasSize(1);
        assertThat(volume).doesNotExist();

        assertThat(liver(Stream.concat(convert.stream(), Stream.of("--resample")).toArray()))
                .as(err)
                .isZero();
        assertThat(out).contains("changed: the tilted or shifted stack was made upright");
        double[] affine = NiftiImage.readVolume(volume).grid().affine();
        double dot = affine[1] * affine[2] + affine[5] * affine[6] + affine[9] * affine[10];
        assertThat(dot).isCloseTo(0, within(1e-6));
    }

    /** Whatever --out names, a mistake is one line and no fault of the program. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "convert --dicom data/hcc048-piece --series 1 --out {dir}/v.foo",
                "convert --dicom data/hcc048-piece --series 1 --out {dir}",
                "convert --dicom data/hcc048-piece --series {uid} --out {file}/v.nii",
                "convert --dicom data/hcc048-piece --series {uid} --out {dir}/none/v.mha",
                "deidentify --dicom data/hcc048-piece --out {file}",
                "deidentify --dicom data/hcc048-piece --out {file}/below",
                "report --input {report} --out {dir}",
                "report --input {report} --out {file}/mentions.json",
                "explain --model {dir} --study data/hcc-tace --out {file}",
                "evaluate --task binary --input {scores} --out {file}",
                "cox --input {scores} --time score --event label --covariates x --out {file}",
                "study make --patients 3 --out {file}",
                "study make --patients 3 --out {dir}",
                "predict --model {dir} --study data/hcc-tace --out {dir}",
            })
    void aWrongOutIsOneLine(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        Path report = Files.writeString(folder.resolve("r.txt"), "Findings: no ascites.");
        StringBuilder scores = new StringBuilder("label,score,x\n");
        for (int n = 0; n < 40; n++) {
            scores.append(n % 3 == 0 ? 1 : 0)
                    .append(",0.")
                    .append(n + 10)
                    .append(',')
                    .append(n * n % 7);
            scores.append('\n');
        }
        Path table = Files.writeString(folder.resolve("scores.csv"), scores);
        String[] words =
                Stream.of(line.split(" "))
                        .map(w -> w.replace("{dir}", folder.toString()))
                        .map(w -> w.replace("{file}", file.toString()))
                        .map(w -> w.replace("{report}", report.toString()))
                        .map(w -> w.replace("{scores}", table.toString()))
                        .map(w -> w.replace("{uid}", pieceUid()))
                        .toArray(String[]::new);

        assertThat(liver((Object[]) words)).as(err).isEqualTo(2);

        assertThat(err.lines()).as(err).hasSize(1);
        assertThat(file).hasContent("text");
    }

    private String pieceUid() {
        try {
            return DicomFolder.scan(DATA.resolve("hcc048-piece")).series().get(0).uid();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void readsAFolderOfReportsAndNamesTheUnreadable() throws IOException {
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Files.writeString(
                reports.resolve("en.txt"),
                "Findings: A 5.3 x 4.1 cm mass in segment VII with arterial hyperenhancement."
                        + " No ascites.\nImpression: HCC.");
        Files.writeString(reports.resolve("zh.txt"), "影像所见：肝右叶占位，大小约3.2cm，动脉期明显强化。\n印象：肝癌。");
        Files.write(reports.resolve("bad.txt"), new byte[] {0, 1, 2, (byte) 0xff, 0, 3});
        Path json = folder.resolve("mentions.json");

        assertThat(liver("report", "--input", reports, "--out", json)).isZero();

        assertThat(out).contains("2 reports read, 1 unreadable");
        assertThat(err).contains("bad.txt");
        String text = Files.readString(json, StandardCharsets.UTF_8);
        assertThat(text).contains("\"ascites\"").contains("\"absent\"");
        assertThat(text).doesNotContain("\"hcc\"");

        Files.writeString(reports.resolve("impression.txt"), "Impression: HCC.");
        Files.writeString(reports.resolve("list.csv"), "a,b");
        assertThat(liver("report", "--input", reports, "--sections", "all", "--out", json))
                .isZero();
        assertThat(err).contains("list.csv").contains("bad.txt").doesNotContain("impression.txt");
        assertThat(Files.readString(json)).contains("\"hcc\"");
        assertThat(liver("report", "--input", reports, "--mask", "--out", json)).isZero();
        assertThat(err).contains("impression.txt: has no findings section");
        assertThat(Files.readString(json)).doesNotContain("HCC").contains("\"masked_text\"");
    }

    @Test
    void aReportThatCannotBeReadIsAnErrorAndNothingIsWritten() throws IOException {
        Path bad = Files.write(folder.resolve("bad.txt"), new byte[] {0, 1, 2});
        Path json = folder.resolve("none.json");

        assertThat(liver("report", "--input", bad, "--out", json)).isEqualTo(2);
        assertThat(err).contains("bad.txt", "no text file");
        assertThat(liver("report", "--input", folder.resolve("no.txt"), "--out", json))
                .isEqualTo(2);
        assertThat(err).contains("no.txt", "is not there");
        assertThat(liver("report", "--input", bad, "--sections", "some", "--out", json))
                .isEqualTo(2);
        assertThat(err).contains("--sections is some, allowed are findings and all");
        assertThat(json).doesNotExist();
    }

    @Test
    void aBrokenImageIsAFindingAndStrictMakesItAnError() throws IOException {
        Path study = folder.resolve("study");
        assertThat(liver("study", "make", "--quiet", "--patients", 60, "--seed", 3, "--out", study))
                .isZero();
        assertThat(
                        liver(
                                "study",
                                "make",
                                "--quiet",
                                "--patients",
                                10,
                                "--out",
                                folder.resolve("x")))
                .isEqualTo(2);
        assertThat(err).contains("--patients is 10");
        assertThat(liver("study", "check", "--quiet", "--study", study)).isZero();
        assertThat(out).contains("diagnostic cohort: 60 entered").contains("0 findings");

        Path image;
        try (Stream<Path> files = Files.walk(study.resolve("images"))) {
            image = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(image);
        Files.write(image, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(liver("study", "check", "--quiet", "--study", study)).isZero();
        assertThat(out).contains("finding: ");
        assertThat(liver("study", "check", "--quiet", "--strict", "--study", study)).isEqualTo(2);
    }

    @Test
    void convertsTheOriginalTablesOfAStudy() {
        String data = System.getProperty("liver.data", "");
        org.junit.jupiter.api.Assumptions.assumeFalse(
                data.isBlank(), "liver.data is blank: the original tables are not here");

        assertThat(
                        liver(
                                "study",
                                "convert",
                                "--dataset",
                                "hcc_tace",
                                "--data",
                                Path.of(data, "hcc-tace-seg"),
                                "--out",
                                folder.resolve("study")))
                .isZero();
        assertThat(folder.resolve("study/patients.csv"))
                .hasSameTextualContentAs(DATA.resolve("hcc-tace/patients.csv"));
    }
}
