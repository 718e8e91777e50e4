// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.StudyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a study folder: {@code study.json}, {@code patients.csv}, and where each patient's images,
 * masks and report lie. Looks at everything before it complains, and then says all of it.
 *
 * @since 0.1.0
 */
public final class StudyReader {
    private StudyReader() {}

    /**
     * Reads a study.
     *
     * @param folder the study folder
     * @return the study
     * @throws StudyException with every problem of protocol and table
     */
    public static Study read(Path folder) {
        Problems problems = new Problems();
        if (!Files.isDirectory(folder)) {
            throw new StudyException(
                    "study folder "
                            + folder
                            + ": not found; name the folder that holds study.json and patients.csv");
        }
        Protocol protocol = ProtocolReader.read(folder.resolve("study.json"), problems);
        PatientTable table = PatientTable.read(folder.resolve(PatientTable.FILE), problems);
        if (protocol == null || table == null) {
            throw new StudyException(problems.lines());
        }
        TableReader reader =
                new TableReader(protocol, table, new StudyFolder(folder, problems), problems);
        List<Candidate> candidates = reader.candidates();
        problems.failIfAny();
        return new Study(folder, protocol, candidates, table.headers(), reader.bounds());
    }
}
