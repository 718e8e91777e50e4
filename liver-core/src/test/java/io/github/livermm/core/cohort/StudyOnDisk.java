// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small studies for tests: the protocol of the documentation, and a table that fits it. */
final class StudyOnDisk {
    static final String HEADER =
            "patient_id,hospital,age,sex,afp,afp_uln,mvi,neoadjuvant,pathology,pfs_months,pfs_event,"
                    + "os_months,os_event,surgery,surgery_date";
    static final String P1 =
            "P1,A,54,M,3.5E+04,20,M1,no,hcc,10,1,20,0,radical_hepatectomy,2022-01-31";
    static final String P2 =
            "P2,B,61,F,100,20,,yes,icc,12.5,0,12.5,0,radical_hepatectomy,2023-05-01";
    static final String P3 = "P3,A,45,F,NA,,,no,fnh,,,,,,";

    private final Path folder;

    StudyOnDisk(Path folder) {
        this.folder = folder;
        protocol(example());
        table(HEADER, P1, P2, P3);
    }

    static String example() {
        try (var in = StudyOnDisk.class.getResourceAsStream("study-example.json")) {
            if (in == null) {
                throw new IllegalStateException(
                        "study-example.json is not among the test resources");
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    StudyOnDisk protocol(String json) {
        return write("study.json", json);
    }

    /** Replaces a piece of the protocol that must be there. */
    StudyOnDisk protocol(String old, String replacement) {
        String json = example();
        if (!json.contains(old)) {
            throw new IllegalArgumentException("the example holds no " + old);
        }
        return protocol(json.replace(old, replacement));
    }

    StudyOnDisk table(String... rows) {
        return write("patients.csv", String.join("\n", rows) + "\n");
    }

    /** Gives every patient images and a report. */
    StudyOnDisk files(List<String> ids) {
        for (String id : ids) {
            write("images/" + id + "/ct_portal.nii.gz", "x");
            write("reports/" + id + ".txt", "x");
        }
        return this;
    }

    StudyOnDisk write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
