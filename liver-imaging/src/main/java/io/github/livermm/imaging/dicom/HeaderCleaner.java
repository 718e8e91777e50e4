// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the de-identified data set of one file. Beyond the table of the profile, nothing passes
 * that cannot be known to be harmless: private and unknown tags, names and dates that the table
 * forgot, texts in the place of numbers, and texts that hold a name or number of the file's own
 * people.
 */
final class HeaderCleaner {
    private static final String STANDARD_ROOT = "1.2.840.10008.";
    private static final byte[] NONE = {};

    /** Values with a form; anything else in their place is a text somebody hid. */
    private static final Map<String, Pattern> FORMS =
            Map.of(
                    "DS", Pattern.compile("[0-9+\\-.eE\\\\ ]*"),
                    "IS", Pattern.compile("[0-9+\\-\\\\ ]*"),
                    "DA", Pattern.compile("[0-9.\\-\\\\ ]*"),
                    "TM", Pattern.compile("[0-9.:\\-\\\\ ]*"),
                    "DT", Pattern.compile("[0-9.+\\-\\\\ ]*"),
                    "AS", Pattern.compile("([0-9]{3}[DWMY])?"),
                    "UI", Pattern.compile("[0-9.\\\\]*"));

    private static final Set<String> DATES = Set.of("DA", "DT", "TM");
    private static final Set<String> TEXTS =
            Set.of("AE", "CS", "LO", "LT", "SH", "ST", "UC", "UR", "UT", "PN");

    /** Size of the numbers of a binary representation, which tells their byte order too. */
    private static final Map<String, Integer> SIZES =
            Map.ofEntries(
                    Map.entry("US", 2),
                    Map.entry("SS", 2),
                    Map.entry("AT", 2),
                    Map.entry("OW", 2),
                    Map.entry("UL", 4),
                    Map.entry("SL", 4),
                    Map.entry("FL", 4),
                    Map.entry("OF", 4),
                    Map.entry("OL", 4),
                    Map.entry("FD", 8),
                    Map.entry("OD", 8),
                    Map.entry("SV", 8),
                    Map.entry("UV", 8),
                    Map.entry("OV", 8),
                    Map.entry("OB", 1));

    /** Look-up tables and pixels: the only long binary values that an image needs. */
    private static final Set<Integer> BULK_GROUPS = Set.of(0x0028, 0x7FE0);

    private static final Map<Integer, String> REGION_NAMES =
            Map.of(Tag.ROI_NAME, "LO", Tag.SEGMENT_LABEL, "LO");

    private final ConfidentialityProfile profile;
    private final PseudonymKey key;
    private final ByteSource source;
    private final IdentifyingWords words;
    private final String patient;

    HeaderCleaner(
            ConfidentialityProfile profile, PseudonymKey key, DataSet whole, ByteSource source) {
        this.profile = profile;
        this.key = key;
        this.source = source;
        this.words = IdentifyingWords.of(whole);
        this.patient = patient(whole);
    }

    /** What tells one patient from another: the number, else the name, else the study. */
    static String patient(DataSet data) {
        return data.text(Tag.PATIENT_ID)
                .or(() -> data.text(Tag.PATIENT_NAME))
                .or(() -> data.text(Tag.STUDY_INSTANCE_UID))
                .orElse("");
    }

    /** The elements that remain, without pixel data. */
    DataSet clean(DataSet data) throws IOException {
        DataSet out = new DataSet();
        for (Element element : data.elements()) {
            int tag = element.tag();
            String vr = DataDictionary.representation(tag).orElse("");
            boolean dropped = tag >>> 16 <= 7 || (tag & 0xFFFF) == 0 || Tag.isPixels(tag);
            if (dropped || vr.isEmpty() || (vr.equals("SQ") != element.vr().equals("SQ"))) {
                continue;
            }
            Element kept = element(element, written(element.vr(), vr), data);
            if (kept != null) {
                out.put(kept);
            }
        }
        return out;
    }

    /** The file's own representation where the dictionary allows several of one kind. */
    private static String written(String file, String dictionary) {
        boolean sameNumbers =
                SIZES.containsKey(file) && SIZES.get(file).equals(SIZES.get(dictionary));
        boolean bytes = file.matches("O[BW]") && dictionary.matches("O[BW]");
        boolean sameTexts = TEXTS.contains(file) && TEXTS.contains(dictionary);
        return sameNumbers || bytes || sameTexts ? file : dictionary;
    }

    private @Nullable Element element(Element element, String vr, DataSet data) throws IOException {
        int tag = element.tag();
        if (tag == Tag.PATIENT_ID || tag == Tag.PATIENT_NAME) {
            return text(tag, vr, key.patient(patient));
        }
        if (REGION_NAMES.containsKey(tag)) {
            return text(tag, vr, regionName(data.text(tag).orElse("")));
        }
        return switch (profile.of(tag)) {
            case REMOVE -> null;
            case EMPTY -> vr.equals("SQ") ? sequence(tag, List.of()) : value(tag, vr, NONE);
            case DUMMY -> dummy(element, vr);
            case SHIFT -> shifted(element, vr);
            case MAP_UID, KEEP -> kept(element, vr, data);
            case UNLISTED -> DATES.contains(vr) || vr.equals("PN") ? null : kept(element, vr, data);
        };
    }

    /** Regions have to be told apart by what they show, which is nobody's name. */
    private static String regionName(String said) {
        MaskObject.Region region = new MaskObject.Region(0, said, "");
        return region.isLesion() ? "Lesion" : region.isLiver() ? "Liver" : "Region";
    }

    private @Nullable Element kept(Element element, String vr, DataSet data) throws IOException {
        int tag = element.tag();
        if (vr.equals("SQ")) {
            List<DataSet> items = new ArrayList<>();
            for (DataSet item : element.items()) {
                items.add(clean(item));
            }
            return sequence(tag, items);
        }
        if (element.length() < 0) {
            return null; // fragments of an icon
        }
        byte[] bytes = bytes(element);
        String text = data.decoded(bytes);
        if (vr.equals("UI")) {
            return hasForm(vr, text) ? text(tag, vr, mapped(text)) : null;
        }
        if (profile.of(tag) != ConfidentialityProfile.Action.KEEP && identifies(tag, vr, text)) {
            return null;
        }
        Integer size = SIZES.get(vr);
        if (size != null) {
            boolean disguised = bytes.length % size != 0 || isText(element.vr());
            boolean bulk = vr.charAt(0) == 'O' && !BULK_GROUPS.contains(tag >>> 16);
            return disguised || bulk
                    ? null
                    : value(tag, vr, littleEndian(bytes, size, element.big()));
        }
        return hasForm(vr, text) && isText(vr) ? value(tag, vr, bytes) : null;
    }

    /** Whether a text has the form of its representation, if that has any. */
    private static boolean hasForm(String vr, String text) {
        Pattern form = FORMS.get(vr);
        return form == null || form.matcher(text).matches();
    }

    /**
     * Whether a value names somebody. Numbers that make the volume are let be: without the rescale
     * intercept the volume is wrong, and few patients are called -1000.
     */
    private boolean identifies(int tag, String vr, String text) {
        if (TEXTS.contains(vr)) {
            return vr.equals("CS") ? words.inCode(text) : words.in(text);
        }
        boolean geometry = tag >>> 16 == 0x0020 || tag >>> 16 == 0x0028 || tag >>> 16 == 0x7FE0;
        return !geometry && (FORMS.containsKey(vr) ? words.are(text) : words.in(text));
    }

    private static boolean isText(String vr) {
        return TEXTS.contains(vr) || FORMS.containsKey(vr);
    }

    private byte[] bytes(Element element) throws IOException {
        if (element.value().length > 0 || element.length() <= 0) {
            return element.value();
        }
        source.position(element.offset());
        return source.bytes(element.length());
    }

    private static byte[] littleEndian(byte[] bytes, int size, boolean big) {
        if (!big) {
            return bytes;
        }
        byte[] out = new byte[bytes.length];
        for (int n = 0; n < out.length; n++) {
            out[n] = bytes[n / size * size + size - 1 - n % size];
        }
        return out;
    }

    /** UIDs of the standard name classes and codings, all others somebody. */
    private String mapped(String uids) {
        String[] parts = uids.split("\\\\", -1);
        for (int n = 0; n < parts.length; n++) {
            String uid = parts[n].strip();
            parts[n] = uid.isEmpty() || uid.startsWith(STANDARD_ROOT) ? uid : key.uid(uid);
        }
        return String.join("\\", parts);
    }

    private @Nullable Element shifted(Element element, String vr) throws IOException {
        String text = new String(bytes(element), StandardCharsets.US_ASCII).strip();
        if (vr.equals("TM")) {
            return hasForm("TM", text) ? text(element.tag(), vr, text) : null;
        }
        Optional<String> day = text.length() < 8 ? Optional.empty() : earlier(text.substring(0, 8));
        String rest = day.isEmpty() ? "" : text.substring(8);
        boolean plain = vr.equals("DA") ? rest.isEmpty() : rest.matches("[0-9.]*([+-][0-9]{4})?");
        return day.isPresent() && plain
                ? text(element.tag(), vr, day.get() + rest)
                : value(element.tag(), vr, NONE);
    }

    private Optional<String> earlier(String day) {
        DateTimeFormatter form = DateTimeFormatter.BASIC_ISO_DATE;
        try {
            return Optional.of(
                    LocalDate.parse(day, form).minusDays(key.days(patient)).format(form));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    private Element dummy(Element element, String vr) {
        int tag = element.tag();
        if (vr.equals("SQ")) {
            DataSet item = new DataSet();
            for (DataSet from : element.items()) {
                for (Element e : from.elements()) {
                    DataDictionary.representation(e.tag())
                            .filter(known -> known.equals("SQ") == e.vr().equals("SQ"))
                            .ifPresent(known -> item.put(dummy(e, known)));
                }
            }
            return sequence(tag, item.isEmpty() ? List.of() : List.of(item));
        }
        Integer size = SIZES.get(vr);
        if (size != null) {
            return value(tag, vr, new byte[Math.max(2, size)]);
        }
        return text(
                tag,
                vr,
                switch (vr) {
                    case "DA" -> "19000101";
                    case "DT" -> "19000101000000";
                    case "TM" -> "000000";
                    case "DS", "IS" -> "0";
                    case "AS" -> "000Y";
                    case "UI" -> key.uid(patient + Tag.name(tag));
                    case "UR" -> "urn:removed";
                    default -> "REMOVED";
                });
    }

    static Element text(int tag, String vr, String text) {
        return value(tag, vr, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Element value(int tag, String vr, byte[] bytes) {
        return DataSetWriter.element(tag, vr, DataSetWriter.padded(bytes, vr));
    }

    static Element sequence(int tag, List<DataSet> items) {
        return new Element(tag, "SQ", false, NONE, 0, 0, items);
    }
}
