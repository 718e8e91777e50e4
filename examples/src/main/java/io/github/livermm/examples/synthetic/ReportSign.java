// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A sign of the findings section with its wordings in both languages: present, hedged, denied in a
 * sentence of its own, and as a noun for lists of what was not seen. The noun is empty where a list
 * would not be written.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and arrays never leave and never change
enum ReportSign {
    CAPSULAR_RETRACTION(
            of("邻近肝包膜皱缩", "局部包膜凹陷"),
            of("邻近包膜似有皱缩", "可疑包膜皱缩"),
            of("未见包膜皱缩", "邻近包膜未见明显凹陷"),
            "包膜皱缩",
            of("There is adjacent capsular retraction", "The overlying capsule is retracted"),
            of("Possible capsular retraction", "Subtle capsular retraction cannot be excluded"),
            of("No capsular retraction", "There is no evidence of capsular retraction"),
            "capsular retraction"),
    BILE_DUCT_DILATATION(
            of("远端肝内胆管扩张", "病灶周围肝内胆管轻度扩张", "肝内胆管扩张"),
            of("肝内胆管似轻度扩张", "肝内胆管可疑扩张"),
            of("肝内外胆管未见扩张", "肝内胆管无明显扩张"),
            "肝内胆管扩张",
            of("The intrahepatic bile ducts are dilated", "There is distal biliary dilatation"),
            of("Possible mild biliary dilatation", "Questionable biliary dilatation"),
            of("No biliary dilatation", "No intrahepatic biliary dilatation is seen"),
            "biliary dilatation"),
    HEPATOLITHIASIS(
            of("肝内胆管结石", "肝内胆管内见结石影"),
            of("肝内胆管结石可能"),
            of("未见肝内胆管结石", "肝内胆管内未见结石"),
            "肝内胆管结石",
            of("Intrahepatic stones are present", "There are intrahepatic bile duct stones"),
            of("Possible intrahepatic stones"),
            of("No intrahepatic stones"),
            "intrahepatic stones"),
    SATELLITE_NODULE(
            of("病灶周围见卫星灶", "周围可见多个子灶", "邻近见小卫星灶"),
            of("周围可疑卫星灶", "卫星灶不能排除"),
            of("周围未见卫星灶", "未见明确子灶"),
            "卫星灶",
            of(
                    "Satellite nodules are seen around the lesion",
                    "There is a satellite nodule nearby"),
            of("Possible satellite nodule", "A satellite nodule cannot be excluded"),
            of("No satellite nodules", "There is no satellite nodule"),
            "satellite nodules"),
    PORTAL_VEIN_THROMBUS(
            of("门静脉分支内见充盈缺损，为癌栓", "门静脉右支癌栓形成", "门静脉癌栓"),
            of("门静脉分支癌栓可疑", "门静脉癌栓待排"),
            of("门静脉主干及分支未见癌栓", "门静脉未见充盈缺损"),
            "门静脉癌栓",
            of(
                    "Tumour thrombus is present in the portal vein",
                    "There is portal vein tumour thrombus"),
            of(
                    "Possible portal vein tumour thrombus",
                    "Suspicious for portal vein tumour thrombus"),
            of("No portal vein tumour thrombus", "No evidence of portal vein tumour thrombus"),
            "portal vein tumour thrombus"),
    ENLARGED_LYMPH_NODES(
            of("肝门区见肿大淋巴结", "肝门及腹膜后多发肿大淋巴结"),
            of("肝门区可疑肿大淋巴结", "肝门区似见稍大淋巴结"),
            of("腹腔及腹膜后未见肿大淋巴结", "肝门区未见肿大淋巴结"),
            "肿大淋巴结",
            of("Enlarged hilar lymph nodes are seen", "There are enlarged periportal lymph nodes"),
            of(
                    "Possibly enlarged hilar lymph nodes",
                    "Borderline enlarged lymph nodes are possible"),
            of("No enlarged lymph nodes", "There are no enlarged lymph nodes"),
            "enlarged lymph nodes"),
    VESSEL_ENCASEMENT(
            of("邻近血管受侵", "病灶包绕邻近血管", "血管包绕"),
            of("邻近血管似受侵", "血管受侵可能"),
            of("邻近血管未见受侵", "未见血管包绕"),
            "血管受侵",
            of("The lesion shows vascular encasement", "Adjacent vessels show encasement"),
            of("Possible vascular encasement", "Vessel encasement is suspected"),
            of("No vascular encasement", "No evidence of vessel encasement"),
            "vascular encasement"),
    ASCITES(
            of("腹腔少量积液", "腹水", "肝周见腹水"),
            of("腹腔少量积液可能"),
            of("未见腹水", "腹腔未见积液"),
            "腹水",
            of("There is ascites", "A small amount of ascites is present"),
            of("Possible trace ascites"),
            of("No ascites"),
            "ascites"),
    CALCIFICATION(
            of("内见钙化", "病灶内可见点状钙化"),
            of("内似见钙化"),
            of("内未见钙化"),
            "钙化",
            of("Calcification is present within the lesion", "There are foci of calcification"),
            of("Possible calcification"),
            of("No calcification"),
            "calcification"),
    SPLENOMEGALY(
            of("脾大", "脾脏体积增大"),
            of("脾脏似稍大"),
            of("脾脏不大", "脾脏大小正常"),
            "",
            of("Splenomegaly is present", "There is splenomegaly"),
            of("Possible mild splenomegaly"),
            of("No splenomegaly", "The spleen is normal in size"),
            "");

    /** Wordings of one language. */
    record Wording(List<String> present, List<String> hedged, List<String> denied, String noun) {}

    private final Wording chinese;
    private final Wording english;

    ReportSign(
            List<String> presentZh,
            List<String> hedgedZh,
            List<String> deniedZh,
            String nounZh,
            List<String> presentEn,
            List<String> hedgedEn,
            List<String> deniedEn,
            String nounEn) {
        this.chinese = new Wording(presentZh, hedgedZh, deniedZh, nounZh);
        this.english = new Wording(presentEn, hedgedEn, deniedEn, nounEn);
    }

    private static List<String> of(String... words) {
        return Arrays.asList(words);
    }

    /** The report variable that this sign states. */
    String latent() {
        return name().toLowerCase(Locale.ROOT);
    }

    Wording chinese() {
        return chinese;
    }

    Wording english() {
        return english;
    }
}
