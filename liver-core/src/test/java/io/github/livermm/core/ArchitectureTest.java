// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Proves the directions between modules and packages, and the rules of the house. */
@AnalyzeClasses(
        packages = "io.github.livermm.core",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoModuleAboveIt =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.github.livermm.imaging..",
                            "io.github.livermm.text..",
                            "io.github.livermm.survival..",
                            "io.github.livermm.examples..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.github.livermm.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule contractsKnowNoRoom =
            noClasses()
                    .that()
                    .resideInAPackage("io.github.livermm.core")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.github.livermm.core.*..");

    @ArchTest
    static final ArchRule theCohortKnowsNoOtherRoom =
            noClasses()
                    .that()
                    .resideInAPackage("..core.cohort..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..core.clinical..",
                            "..core.fusion..",
                            "..core.model..",
                            "..core.training..",
                            "..core.report..");

    @ArchTest
    static final ArchRule predictionKnowsNoTraining =
            noClasses()
                    .that()
                    .resideInAnyPackage("..core.fusion..", "..core.model..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..core.training..", "..core.report..", "..core.clinical..");

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
