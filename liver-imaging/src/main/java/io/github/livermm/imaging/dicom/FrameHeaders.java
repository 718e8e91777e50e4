// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of every frame of a file, as if the frame were an image of its own: what the
 * functional groups of an enhanced object say (PS3.3 C.7.6.16), the frame's before the shared ones,
 * stands before the attributes of the file, under the tags that plain images use.
 */
final class FrameHeaders {
    private static final List<Integer> GROUPS =
            List.of(
                    Tag.PLANE_POSITION_SEQUENCE,
                    Tag.PLANE_ORIENTATION_SEQUENCE,
                    Tag.PIXEL_MEASURES_SEQUENCE,
                    Tag.PIXEL_VALUE_SEQUENCE,
                    Tag.FRAME_CONTENT_SEQUENCE,
                    Tag.MR_TIMING_SEQUENCE,
                    Tag.MR_ECHO_SEQUENCE,
                    Tag.MR_DIFFUSION_SEQUENCE,
                    Tag.MR_FRAME_TYPE_SEQUENCE,
                    Tag.CT_FRAME_TYPE_SEQUENCE);

    private FrameHeaders() {}

    /** One header per frame; none for frames without functional groups, which have no place. */
    static List<DataSet> of(DicomFile file) throws DicomException {
        DataSet data = file.data();
        List<DataSet> perFrame = data.items(Tag.PER_FRAME_GROUPS);
        if (perFrame.isEmpty()) {
            return file.frames() == 1 ? List.of(data) : List.of();
        }
        if (perFrame.size() < file.frames()) {
            throw new DicomException(
                    String.format(
                            "%s: %d functional groups (5200,9230) for %d frames",
                            DicomFile.name(file.path()), perFrame.size(), file.frames()));
        }
        DataSet shared = data.item(Tag.SHARED_GROUPS).map(g -> flat(g, data)).orElse(data);
        List<DataSet> headers = new ArrayList<>();
        for (DataSet own : perFrame.subList(0, file.frames())) {
            headers.add(flat(own, shared));
        }
        return headers;
    }

    private static DataSet flat(DataSet groups, DataSet behind) {
        DataSet header = new DataSet(behind);
        for (int group : GROUPS) {
            groups.item(group).ifPresent(g -> g.elements().forEach(e -> header.put(plain(e, g))));
        }
        return header;
    }

    /** An element as a plain image would write it. */
    private static Element plain(Element e, DataSet group) {
        return switch (e.tag()) {
            case Tag.FRAME_TYPE -> as(Tag.IMAGE_TYPE, "CS", e, e.value());
            case Tag.EFFECTIVE_ECHO_TIME -> as(Tag.ECHO_TIME, "FD", e, e.value());
            case Tag.TEMPORAL_POSITION_INDEX -> number(Tag.TEMPORAL_POSITION, e);
            case Tag.FRAME_ACQUISITION_NUMBER -> number(Tag.ACQUISITION_NUMBER, e);
            case Tag.FRAME_ACQUISITION_DATE_TIME -> {
                String time = group.text(e.tag()).orElse("");
                int date = Math.min(8, time.length());
                yield as(Tag.ACQUISITION_TIME, "TM", e, ascii(time.substring(date)));
            }
            default -> e;
        };
    }

    private static Element number(int tag, Element binary) {
        byte[] v = binary.value();
        long number = 0;
        for (int n = 0; n < v.length; n++) {
            number = number << 8 | (v[binary.big() ? n : v.length - 1 - n] & 0xFF);
        }
        return as(tag, "IS", binary, ascii(Long.toString(number)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Element as(int tag, String vr, Element e, byte[] value) {
        return new Element(tag, vr, e.big(), value, e.offset(), value.length, List.of());
    }
}
