// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that the findings state what is there, deny what is not, and leave the diagnosis out. */
class ReportWriterTest {
    private static final LatentModel MODEL = new LatentModel();
    private static final List<SyntheticPatient> PATIENTS = patients();

    @Test
    void presentSignsAreNamedInTheFindings() {
        for (SyntheticPatient patient : PATIENTS) {
            String findings = findings(patient);
            for (ReportSign sign : ReportSign.values()) {
                if (patient.values()[MODEL.indexOf(sign.latent())] == 1) {
                    assertThat(names(findings, sign, true)).as(sign + findings).isTrue();
                }
            }
        }
    }

    @Test
    void absentSignsAreRarelyNamedAsPresent() {
        int named = 0;
        int absent = 0;
        for (SyntheticPatient patient : PATIENTS) {
            String findings = findings(patient);
            if (patient.values()[MODEL.indexOf("satellite_nodule")] == 0) {
                absent++;
                named += names(findings, ReportSign.SATELLITE_NODULE, false) ? 1 : 0;
            }
        }

        assertThat(named).isZero();
        assertThat(absent).isGreaterThan(100);
    }

    @Test
    void diagnosisStandsInTheImpressionOnly() {
        for (SyntheticPatient patient : PATIENTS) {
            assertThat(findings(patient))
                    .doesNotContainPattern(
                            "细胞癌|血管瘤|转移瘤|腺瘤|增生|假瘤|HCC|ICC|FNH|carcinoma|haemangioma");
        }
    }

    @Test
    void bothLanguagesHedgeAndDeny() {
        String all = String.join("\n", PATIENTS.stream().map(ReportWriterTest::text).toList());

        assertThat(all).contains("未见", "可疑", "不除外", "No ", "cannot be excluded", "Possible");
    }

    private static boolean names(String findings, ReportSign sign, boolean hedgedToo) {
        List<String> wordings = new ArrayList<>(sign.chinese().present());
        wordings.addAll(sign.english().present());
        if (hedgedToo) {
            wordings.addAll(sign.chinese().hedged());
            wordings.addAll(sign.english().hedged());
        }
        return wordings.stream().anyMatch(findings::contains);
    }

    private static String findings(SyntheticPatient patient) {
        String text = text(patient);
        String[] ends = {"影像诊断", "诊断意见", "【检查结论】", "IMPRESSION", "Impression", "CONCLUSION"};
        for (String end : ends) {
            int at = text.indexOf(end);
            text = at < 0 ? text : text.substring(0, at);
        }
        String[] starts = {"影像所见", "CT表现", "MR表现", "【检查所见】", "FINDINGS", "Findings"};
        for (String start : starts) {
            int at = text.indexOf(start);
            text = at < 0 ? text : text.substring(at);
        }
        return text;
    }

    private static String text(SyntheticPatient patient) {
        Charset charset =
                patient.centre() == Centre.B ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
        return new String(ReportWriter.write(MODEL, patient, 1), charset);
    }

    private static List<SyntheticPatient> patients() {
        List<CohortPlan.Place> plan = CohortPlan.draw(200, 1);
        List<SyntheticPatient> patients = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            patients.add(SyntheticPatient.draw(MODEL, plan.get(i), i, 1));
        }
        return patients;
    }
}
