// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.text.TextPatients;
import io.github.livermm.text.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Reports in both languages, drawn from a few phrases, some of which go with malignancy. */
final class Reports {
    private static final String[] COMMON_ZH = {"脾脏不大", "胆囊未见异常", "胰腺形态正常", "双肾未见异常", "未见腹水"};
    private static final String[] COMMON_EN = {
        "The spleen is normal", "No ascites", "The pancreas is unremarkable", "Normal kidneys"
    };

    private Reports() {}

    static boolean malignant(int i) {
        return i % 2 == 0;
    }

    /** Reports of which those of even number are malignant and mostly show washout. */
    static List<Report> drawn(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean washout = malignant(i) == random.nextDouble() < 0.9;
            boolean chinese = random.nextDouble() < 0.5;
            StringBuilder text = new StringBuilder(chinese ? "影像所见：" : "FINDINGS: ");
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                String[] common = chinese ? COMMON_ZH : COMMON_EN;
                text.append(common[random.nextInt(common.length)]).append(chinese ? "。" : ". ");
            }
            text.append(
                    chinese
                            ? "肝右叶结节，大小约3.2cm，" + (washout ? "门脉期廓清" : "向心性填充") + "。\n影像诊断："
                            : "A 32 mm nodule in segment VI with "
                                    + (washout ? "washout" : "centripetal fill-in")
                                    + ".\nIMPRESSION: ");
            text.append(malignant(i) ? "HCC" : "haemangioma");
            reports.add(new Report(text.toString()));
        }
        return reports;
    }

    /** Patients with these reports, null where one has none; diagnosis as {@link #malignant}. */
    static CohortInputs inputs(List<@Nullable Report> reports) {
        Map<String, Report> byId = new LinkedHashMap<>();
        List<Patient> patients = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            String id = "P" + i;
            Report report = reports.get(i);
            if (report != null) {
                byId.put(id, report);
            }
            Diagnosis diagnosis = malignant(i) ? Diagnosis.HCC : Diagnosis.BENIGN;
            patients.add(
                    TextPatients.withReport(id, null)
                            .withLabels(new PatientLabels(diagnosis, Map.of(), false)));
        }
        ModalityReader<Report> reader =
                (patient, findings) -> Optional.ofNullable(byId.get(patient.id()));
        return CohortInputs.read(patients, Map.of("report", reader), new Findings(), Progress.NONE);
    }
}
