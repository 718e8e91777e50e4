// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** The built-in reader keeps the contract. */
class BuiltInReaderTest extends DicomReaderContract {
    @Override
    protected DicomReader reader() {
        return DicomReader.builtIn();
    }
}
