// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Proves the directions between modules and packages, and the rules of the house. */
@AnalyzeClasses(
        packages = "io.github.livermm.text.onnx",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoModuleAboveIt =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.github.livermm.imaging..",
                            "io.github.livermm.survival..",
                            "io.github.livermm.examples..",
                            "io.github.livermm.core.training..",
                            "io.github.livermm.core.report..");

    @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noClassIsFoundByAName =
            noClasses().should().callMethod(Class.class, "forName", String.class);

    @ArchTest
    static final ArchRule namesAreThoseOfTheField =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Impl");
}
