// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * What de-identification may keep beyond the basic profile, each an option of PS3.15 annex E.
 *
 * @since 0.1.0
 */
public enum RetainOption {
    /** Names and serial numbers of machines (PS3.15 E.3.8). */
    DEVICE_IDENTITY(2, "113109", "Retain Device Identity Option"),
    /** Sex, age, size, weight and smoking (PS3.15 E.3.7); free texts on the patient still go. */
    PATIENT_CHARACTERISTICS(3, "113108", "Retain Patient Characteristics Option"),
    /**
     * Dates, all of one patient moved back by the same number of days, so that intervals stay;
     * times of day stay (PS3.15 E.3.6).
     */
    DATES_SHIFTED(4, "113107", "Retain Longitudinal Temporal Information Modified Dates Option");

    private final int column;
    private final String code;
    private final String meaning;

    RetainOption(int column, String code, String meaning) {
        this.column = column;
        this.code = code;
        this.meaning = meaning;
    }

    /** Column of the option in the table of the profile. */
    int column() {
        return column;
    }

    /** Code of the scheme DCM for De-identification Method Code Sequence (CID 7050). */
    String code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
