// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dcm4che;

import io.github.livermm.imaging.dicom.DicomReader;
import io.github.livermm.imaging.dicom.DicomReaderContract;

/** The reader on dcm4che keeps the contract of the built-in one. */
class Dcm4cheReaderTest extends DicomReaderContract {
    @Override
    protected DicomReader reader() {
        return new Dcm4cheReader();
    }
}
