// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses the data set of one file up to its pixel data (PS3.5 chapter 7, PS3.10). Memory and time
 * are bounded by the size of the file: every declared length is checked against the bytes that are
 * left, and nesting is limited.
 */
final class DicomParser {
    /** Real objects nest below ten; more is an attack or damage. */
    private static final int MAX_DEPTH = 32;

    /** Longer values are skipped and known by their place. */
    private static final int MAX_HELD = 1 << 16;

    /** A deflated header may inflate to this, or to so many times the bytes it came in. */
    private static final long MAX_INFLATED = 1L << 24;

    private static final long MAX_INFLATION = 20;

    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final Set<String> LONG_FORM =
            Set.of("OB", "OW", "OF", "OD", "OL", "OV", "SQ", "UC", "UR", "UT", "UN", "SV", "UV");

    /** Their values of undefined length are fragments, as those of an icon can be. */
    private static final Set<String> BULK = Set.of("OB", "OW", "OF", "OD", "OL", "OV");

    private static final Set<String> SHORT_FORM =
            Set.of(
                    "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN",
                    "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US");

    private final String file;
    private ByteSource in;
    private HeldPixels held = HeldPixels.NONE;
    private boolean everySequence;

    DicomParser(String file, ByteSource in) {
        this.file = file;
        this.in = in;
    }

    /** Opens also the sequences that no reading needs, known by the dictionary alone. */
    DicomParser openingEverySequence() {
        everySequence = true;
        return this;
    }

    /**
     * What parsing gives.
     *
     * @param data the elements up to the pixels
     * @param syntax its coding
     * @param syntaxUid as stated
     * @param held what there is of the pixels
     * @param deflatedFrom where in the file the deflated data set begins; -1 when it is plain
     * @param bytes what offsets refer to
     */
    record Parsed(
            DataSet data,
            TransferSyntax syntax,
            String syntaxUid,
            HeldPixels held,
            long deflatedFrom,
            ByteSource bytes) {}

    /** Parses, and closes the bytes when that fails. */
    Parsed parseOrClose() throws IOException {
        try {
            return parse();
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    Parsed parse() throws IOException {
        try {
            return parseFile();
        } catch (EOFException end) {
            throw new DicomException(
                    file + ": the file ends within its header (" + end.getMessage() + ")", end);
        }
    }

    private Parsed parseFile() throws IOException {
        in.position(start());
        DataSet meta = new DataSet();
        while (in.has(8)) {
            long at = in.position();
            int tag = in.tag(false);
            in.position(at);
            if (tag >>> 16 != 2) {
                break;
            }
            element(meta, true, false, in.size(), 0);
        }
        String uid = meta.text(Tag.TRANSFER_SYNTAX_UID).orElse("");
        TransferSyntax syntax = TransferSyntax.of(uid);
        long end = in.size();
        long deflatedFrom = -1;
        if (syntax == TransferSyntax.DEFLATED) {
            end = Math.max(MAX_INFLATED, MAX_INFLATION * in.left());
            deflatedFrom = in.position();
            in = in.inflated(file);
        }
        if (!in.has(8)) {
            throw new DicomException(file + ": there is no data set after the file header");
        }
        boolean explicit = looksExplicit(syntax);
        if (uid.isEmpty()) {
            syntax = guess(explicit);
        }
        DataSet data = new DataSet();
        while (in.has(8)) {
            if (end - in.position() < 8) {
                throw new DicomException(
                        file + ": the deflated header is larger than " + end + " bytes");
            }
            if (Tag.isPixels(element(data, explicit, syntax.isBig(), end, 0))) {
                break;
            }
        }
        if (data.isEmpty()) {
            throw new DicomException(file + ": the data set holds no element");
        }
        return new Parsed(data, syntax, uid, held, deflatedFrom, in);
    }

    private TransferSyntax guess(boolean explicit) throws IOException {
        if (!explicit) {
            return TransferSyntax.IMPLICIT_LITTLE;
        }
        long at = in.position();
        int group = in.u16(false);
        in.position(at);
        return group >= 0x0100 && (group & 0xFF) == 0
                ? TransferSyntax.EXPLICIT_BIG
                : TransferSyntax.EXPLICIT_LITTLE;
    }

    /** Where the first element begins: after the preamble, or at once when there is none. */
    private long start() throws IOException {
        if (in.size() >= 132) {
            in.position(128);
            if (isMagic(in.bytes(4))) {
                return 132;
            }
        }
        in.position(0);
        if (in.size() >= 12 && isMagic(in.bytes(4))) {
            return 4;
        }
        in.position(0);
        if (in.size() < 16) {
            throw new DicomException(file + ": not a DICOM file (" + in.size() + " bytes)");
        }
        int group = in.u16(false);
        boolean known = group == 2 || group == 8 || group == 0x0800;
        in.position(4);
        if (!known || !(isVr(in.bytes(2)) || plausibleLength())) {
            throw new DicomException(
                    file + ": not a DICOM file (no DICM mark and no element of group 2 or 8)");
        }
        return 0;
    }

    private boolean plausibleLength() throws IOException {
        in.position(4);
        return in.u32(false) < Math.min(in.size(), 1024);
    }

    private static boolean isMagic(byte[] b) {
        return b[0] == 'D' && b[1] == 'I' && b[2] == 'C' && b[3] == 'M';
    }

    private static boolean isVr(byte[] b) {
        String vr = new String(b, StandardCharsets.ISO_8859_1);
        return LONG_FORM.contains(vr) || SHORT_FORM.contains(vr);
    }

    /** Files that say one coding and use the other are common enough to look. */
    private boolean looksExplicit(TransferSyntax syntax) throws IOException {
        long at = in.position();
        in.position(at + 4);
        byte[] vr = in.bytes(2);
        in.position(at);
        boolean seen = isVr(vr);
        boolean declared = syntax.isExplicit() && syntax != TransferSyntax.UNKNOWN;
        return seen || (declared && letters(vr));
    }

    private static boolean letters(byte[] vr) {
        return vr[0] >= 'A' && vr[0] <= 'Z' && vr[1] >= 'A' && vr[1] <= 'Z';
    }

    /** Reads one element into the data set and gives its tag. */
    private int element(DataSet into, boolean explicit, boolean big, long end, int depth)
            throws IOException {
        int tag = in.tag(big);
        String vr = "UN";
        long length;
        if (explicit && tag >>> 16 != 0xFFFE) {
            long at = in.position();
            byte[] letters = in.bytes(2);
            vr = new String(letters, StandardCharsets.ISO_8859_1);
            if (SHORT_FORM.contains(vr)) {
                length = in.u16(big);
            } else if (LONG_FORM.contains(vr) || letters(letters)) {
                in.u16(big);
                length = in.u32(big);
            } else {
                in.position(at);
                vr = "UN";
                length = in.u32(big);
            }
        } else {
            length = in.u32(big);
        }
        if (Tag.isPixels(tag) && depth == 0) {
            into.put(pixelData(tag, vr, big, length));
            return tag;
        }
        boolean undefined = length == UNDEFINED;
        if (undefined && (Tag.isPixels(tag) || BULK.contains(vr))) {
            into.put(new Element(tag, vr, big, new byte[0], in.position(), -1, List.of()));
            Fragments.pass(file, in);
            return tag;
        }
        if (!undefined && length > end - in.position()) {
            throw new DicomException(
                    String.format(
                            "%s: element %s declares %d bytes, %d are left",
                            file, Tag.name(tag), length, end - in.position()));
        }
        boolean sequence =
                vr.equals("SQ") || undefined || (vr.equals("UN") && holdsItems(tag, explicit));
        if (sequence) {
            boolean implicitInside = !explicit || vr.equals("UN");
            long offset = in.position();
            List<DataSet> items =
                    sequence(
                            tag,
                            !implicitInside,
                            big && !implicitInside,
                            undefined ? end : offset + length,
                            undefined,
                            depth + 1);
            into.put(new Element(tag, "SQ", big, new byte[0], offset, length, items));
            return tag;
        }
        long offset = in.position();
        boolean isHeld = length <= MAX_HELD || tag == Tag.CONTOUR_DATA;
        byte[] value = isHeld ? in.bytes(length) : new byte[0];
        in.position(offset + length);
        into.put(new Element(tag, vr, big, value, offset, length, List.of()));
        return tag;
    }

    /** Whether an element without a written representation is a sequence. */
    private boolean holdsItems(int tag, boolean explicit) {
        return everySequence
                ? DataDictionary.representation(tag).filter("SQ"::equals).isPresent()
                : !explicit && Tag.isSequence(tag);
    }

    private Element pixelData(int tag, String vr, boolean big, long length) throws IOException {
        long offset = in.position();
        boolean fragments = length == UNDEFINED;
        held =
                fragments
                        ? Fragments.held(in)
                        : HeldPixels.plain(length, in.reach(offset + length) - offset);
        return new Element(tag, vr, big, new byte[0], offset, fragments ? -1 : length, List.of());
    }

    private List<DataSet> sequence(
            int tag, boolean explicit, boolean big, long end, boolean undefined, int depth)
            throws IOException {
        if (depth > MAX_DEPTH) {
            throw new DicomException(
                    file + ": sequences nest deeper than " + MAX_DEPTH + " at " + Tag.name(tag));
        }
        List<DataSet> items = new ArrayList<>();
        while (end - in.position() >= 8) {
            int mark = in.tag(big);
            long length = in.u32(big);
            if (mark == Tag.SEQUENCE_END) {
                if (undefined) {
                    return items;
                }
                continue;
            }
            if (mark != Tag.ITEM) {
                throw new DicomException(
                        String.format(
                                "%s: sequence %s holds %s where an item is due",
                                file, Tag.name(tag), Tag.name(mark)));
            }
            items.add(item(tag, length, explicit, big, end, depth));
        }
        if (!undefined) {
            in.position(end);
        }
        return items;
    }

    private DataSet item(int tag, long length, boolean explicit, boolean big, long end, int depth)
            throws IOException {
        boolean undefined = length == UNDEFINED;
        if (!undefined && length > end - in.position()) {
            throw new DicomException(
                    String.format(
                            "%s: an item of sequence %s declares %d bytes, %d are left",
                            file, Tag.name(tag), length, end - in.position()));
        }
        long itemEnd = undefined ? end : in.position() + length;
        DataSet item = new DataSet();
        while (itemEnd - in.position() >= 8) {
            long at = in.position();
            int next = in.tag(big);
            if (next == Tag.ITEM_END) {
                in.u32(big);
                if (undefined) {
                    return item;
                }
                continue;
            }
            in.position(at);
            if (undefined && next == Tag.SEQUENCE_END) {
                return item;
            }
            element(item, explicit, big, itemEnd, depth);
        }
        if (!undefined) {
            in.position(itemEnd);
        }
        return item;
    }
}
