// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes the study folders of {@code examples/data} from the original tables. Use it to check that
 * the shipped folders are what the tables give, or to make them again from newer tables. It does
 * not train or judge anything.
 *
 * <p>Each folder receives {@code study.json}, {@code patients.csv}, {@code ORIGIN.md}, {@code
 * LICENSE.md}, {@code conversion.json} with every count and, where there are any, {@code
 * conversion.csv} with every laboratory value and outcome that was changed or dropped and {@code
 * exclusions.csv} with the patients left out. The same tables give the same bytes.
 *
 * @since 0.1.0
 */
public final class RealStudies {
    private RealStudies() {}

    /**
     * Writes the study of the liver cancers of The Cancer Genome Atlas: hepatocellular against
     * intrahepatic cholangiocarcinoma, overall survival and progression-free interval.
     *
     * @param dataDir folder with {@code tcga_cdr_outcomes.csv}, {@code tcga_clinical_lihc.csv} and
     *     {@code tcga_clinical_chol.csv}
     * @param out folder to write; made when it is absent, files of the same names are replaced
     * @throws IOException if a table cannot be read, lacks a column or holds a word this converter
     *     does not know, or if the folder cannot be written
     */
    public static void writeTcgaLiver(Path dataDir, Path out) throws IOException {
        new TcgaLiver(dataDir).convert().write(out, "tcga-liver");
    }

    /**
     * Writes the study of patients with hepatocellular carcinoma before chemo-embolisation: overall
     * survival and time to progression.
     *
     * @param dataDir folder with {@code clinical.csv} of the collection HCC-TACE-Seg
     * @param out folder to write; made when it is absent, files of the same names are replaced
     * @throws IOException if the table cannot be read, lacks a column or holds a word this
     *     converter does not know, or if the folder cannot be written
     */
    public static void writeHccTace(Path dataDir, Path out) throws IOException {
        new HccTace(dataDir).convert().write(out, "hcc-tace");
    }
}
