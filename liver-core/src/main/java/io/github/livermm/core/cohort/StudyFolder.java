// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.PatientFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds one patient's files in a study, and never leaves the study's folder on the way. */
final class StudyFolder {
    private final Path folder;
    private final Problems problems;

    StudyFolder(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** Whether an id can be the name of a folder on every system. */
    static boolean safe(String id) {
        return !id.matches(".*[/\\\\:*?\"<>|\\p{Cntrl}].*")
                && !id.startsWith(".")
                && !id.endsWith(".");
    }

    PatientFiles files(
            String id, Map<String, List<String>> reportHeadings, Map<String, String> phases) {
        return new PatientFiles(
                existing("images", id, true),
                existing("masks", id, true),
                existing("reports", id + ".txt", false),
                reportHeadings,
                phases);
    }

    private @Nullable Path existing(String kind, String name, boolean directory) {
        Path path = folder.resolve(kind).resolve(name);
        if (directory ? !Files.isDirectory(path) : !Files.isRegularFile(path)) {
            return null;
        }
        try {
            if (Files.isSymbolicLink(path)
                    || !path.toRealPath().startsWith(folder.toRealPath().resolve(kind))) {
                problems.add(
                        kind + "/" + name,
                        "is a link that leads out of the study; copy the files into the study");
                return null;
            }
        } catch (IOException e) {
            problems.add(kind + "/" + name, "cannot be opened; check the permissions");
            return null;
        }
        return path;
    }
}
