// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;

/** Proves the directions between the packages of this module and the rules of the house. */
@AnalyzeClasses(
        packages = "io.github.livermm.eval",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dependsOnTheJdkAndCommonsMathOnly =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.github.livermm.eval..",
                            "java..",
                            "javax.imageio..",
                            "org.apache.commons.math3..",
                            "org.jspecify..");

    @ArchTest
    static final ArchRule resamplingKnowsNoStatistic =
            noClasses()
                    .that()
                    .resideInAPackage("..eval.resample..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.github.livermm.eval",
                            "..eval.cox..",
                            "..eval.plot..",
                            "..eval.report..");

    @ArchTest
    static final ArchRule statisticsKnowNoDrawing =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..eval.plot..", "..eval.report..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..eval.plot..", "..eval.report..");

    @ArchTest
    static final ArchRule drawingKnowsNoReport =
            noClasses()
                    .that()
                    .resideInAPackage("..eval.plot..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..eval.report..");

    @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nothingIsSerialised =
            noClasses()
                    .that()
                    .areNotEnums()
                    .and()
                    .areNotAssignableTo(Throwable.class)
                    .and()
                    .areNotAnonymousClasses()
                    .should()
                    .beAssignableTo(Serializable.class);

    @ArchTest
    static final ArchRule namesAreThoseOfTheField =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                    .orShould()
                    .haveSimpleNameStartingWith("Abstract");
}
