// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.List;

/** What of a region does not fit its image: refused or said, as asked. */
final class Misfits {
    private final String region;
    private final Mismatch otherwise;
    private final List<String> remarks = new ArrayList<>();

    Misfits(String region, Mismatch otherwise) {
        this.region = region;
        this.otherwise = otherwise;
    }

    /** Something that changes the region when it is put on the image. */
    void change(String what) throws DicomException {
        refuse(what);
        remark(what);
    }

    /** The same, where a remark follows once it is known what was done. */
    void refuse(String what) throws DicomException {
        if (otherwise == Mismatch.REFUSE) {
            throw new DicomException(
                    region + ": " + what + "; give the image it was drawn on, or resample");
        }
    }

    /** Something to know that no other image would mend. */
    void remark(String what) {
        remarks.add(what);
    }

    /** The region, unless no voxel of the image lies inside. */
    MaskObject.Placed placed(Volume volume) throws DicomException {
        for (int n = 0; n < volume.grid().voxels(); n++) {
            if (volume.at(n) > 0) {
                return new MaskObject.Placed(volume, List.copyOf(remarks));
            }
        }
        throw new DicomException(
                region
                        + ": no voxel of the image lies inside ("
                        + (remarks.isEmpty()
                                ? "it is empty, or smaller than one"
                                : String.join("; ", remarks))
                        + ")");
    }
}
