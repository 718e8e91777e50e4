// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.Ridge;
import io.github.livermm.survival.competing.CauseSpecificCox;
import io.github.livermm.survival.competing.FineGray;
import org.junit.jupiter.api.Test;

/** Predictors refuse what has no finite estimate and agree with the fits they come from. */
class CoxModelTest {
    private static final double[] TIME = {5, 3, 8, 1, 4, 6, 7, 2};
    private static final SurvivalOutcomes OUTCOMES =
            SurvivalOutcomes.of(TIME, new int[] {1, 1, 0, 1, 0, 1, 1, 1});
    private static final double[][] X = {
        {1, 2}, {0, 1}, {3, 0}, {2, 2}, {1, 1}, {0, 3}, {1, 0}, {2, 1}
    };

    private static final CoxData DATA = CoxData.of(OUTCOMES, X);

    @Test
    void riskAndSurvivalAddUpToOne() {
        CoxModel model = CoxModel.fit(OUTCOMES, X, CoxOptions.defaults());

        assertThat(model.risk(X[0], 4) + model.survival(X[0], 4)).isCloseTo(1, within(1e-12));
        assertThat(model.baseline().times()).hasSize(6);
        assertThatThrownBy(() -> model.linearPredictor(new double[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aliasedColumnsCountNothing() {
        double[][] x = new double[8][];
        for (int i = 0; i < 8; i++) {
            x[i] = new double[] {X[i][0], 2 * X[i][0] + 1};
        }

        assertThat(CoxModel.fit(OUTCOMES, x, CoxOptions.defaults()).coefficients()[1]).isZero();
    }

    @Test
    void whatHasNoEstimateIsATrainingError() {
        SurvivalOutcomes none = SurvivalOutcomes.of(TIME, new int[8]);
        assertThatThrownBy(() -> CoxModel.fit(none, X, CoxOptions.defaults()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no event");
        assertThatThrownBy(
                        () -> CoxModel.fit(OUTCOMES, X, CoxOptions.defaults().withMaxIterations(1)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("did not converge");
        CoxModel stratified =
                CoxModel.fit(
                        CoxData.of(OUTCOMES, X).withStrata(new int[] {3, 3, 3, 3, 7, 7, 7, 7}),
                        CoxOptions.defaults().withRidge(new Ridge(1, true)));
        assertThat(stratified.strata()).containsExactly(3, 7);
        assertThat(stratified.ofStratum(7).risk(X[0], 5)).isPositive();
        assertThatThrownBy(() -> stratified.risk(X[0], 5)).hasMessageContaining("ofStratum");
        assertThatThrownBy(() -> stratified.ofStratum(4)).hasMessageContaining("stratum 4");
        CompetingOutcomes wrong = CompetingOutcomes.of(TIME, new int[8]);
        assertThatThrownBy(() -> FineGray.fit(wrong, X)).isInstanceOf(TrainingException.class);
        assertThatThrownBy(() -> FineGray.fit(wrong, new double[2][1]))
                .hasMessageContaining("2 rows");
        double[][] broken = new double[8][1];
        broken[3][0] = Double.NaN;
        assertThatThrownBy(() -> FineGray.fit(wrong, broken)).hasMessageContaining("row 4");
        assertThatThrownBy(() -> FineGray.fit(CompetingOutcomes.of(OUTCOMES), new double[8][1]))
                .hasMessageContaining("collinear");
    }

    @Test
    void withoutCompetingEventsTheRisksAreThoseOfCox() {
        CompetingOutcomes outcomes = CompetingOutcomes.of(OUTCOMES);
        CoxModel cox = CoxModel.fit(OUTCOMES, X, CoxOptions.defaults());
        CauseSpecificCox specific = CauseSpecificCox.fit(outcomes, X, CoxOptions.defaults());
        FineGray fineGray = FineGray.fit(outcomes, X);

        assertThat(specific.model(1).coefficients()).isEqualTo(cox.coefficients());
        assertThat(specific.risk(X[0], 1, 4, CauseSpecificCox.Survival.EXPONENTIAL))
                .isCloseTo(cox.risk(X[0], 4), within(0.1));
        assertThat(fineGray.coefficients()).containsExactly(cox.coefficients(), within(1e-7));
        assertThat(fineGray.risk(X[0], 4)).isCloseTo(cox.risk(X[0], 4), within(1e-7));
        assertThat(fineGray.covariance()[0][0]).isPositive();
        assertThat(fineGray.logLikelihood()).isGreaterThan(fineGray.logLikelihoodNull());
    }

    @Test
    void elasticNetFallsFromNothingToTheCoxFit() {
        ElasticNetOptions lasso = ElasticNetOptions.of(1);
        double[] lambdas = ElasticNetCox.lambdas(DATA, 5, 1e-9, lasso);

        ElasticNetCox path = ElasticNetCox.fit(DATA, lambdas, lasso);

        assertThat(path.coefficients(0)).containsExactly(new double[2], within(1e-9));
        assertThat(path.coefficients(4))
                .containsExactly(
                        CoxModel.fit(OUTCOMES, X, CoxOptions.defaults()).coefficients(),
                        within(1e-5));
        assertThat(path.lambdas()).isEqualTo(lambdas);
        assertThat(path.options().alpha()).isEqualTo(1);
        assertThat(path.lambdaMax()).isCloseTo(lambdas[0], within(1e-12));
        ElasticNetOptions free =
                ElasticNetOptions.of(0.5)
                        .withoutStandardising()
                        .withPenaltyFactors(new double[] {0, 1});
        CoxData weighted = DATA.withWeights(new double[] {1, 1, 1, 1, 1, 1, 1, 2});
        double top = ElasticNetCox.lambdas(weighted, 2, 0.1, free)[0];
        assertThat(ElasticNetCox.fit(weighted, new double[] {top * 1.01}, free).coefficients(0)[0])
                .isNotZero();
    }

    @Test
    void elasticNetRefusesWrongInput() {
        ElasticNetOptions ridge = ElasticNetOptions.of(0);
        assertThatThrownBy(() -> ElasticNetOptions.of(2)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> ridge.withTolerance(0)).hasMessageContaining("tolerance");
        assertThatThrownBy(() -> ridge.withPenaltyFactors(new double[2]))
                .hasMessageContaining("every penalty factor");
        assertThatThrownBy(() -> ElasticNetCox.fit(DATA, new double[] {-1}, ridge))
                .hasMessageContaining("lambda");
        assertThatThrownBy(() -> ElasticNetCox.lambdas(DATA, 1, 0.1, ridge))
                .hasMessageContaining("count");
        assertThatThrownBy(
                        () ->
                                ElasticNetCox.fit(
                                        DATA,
                                        new double[] {1},
                                        ridge.withPenaltyFactors(new double[] {1})))
                .hasMessageContaining("1 penalty factors for 2");
        assertThatThrownBy(
                        () ->
                                ElasticNetCox.fit(
                                        CoxData.of(SurvivalOutcomes.of(TIME, new int[8]), X),
                                        new double[] {1},
                                        ridge))
                .isInstanceOf(TrainingException.class);
        assertThatThrownBy(
                        () ->
                                ElasticNetCox.crossValidate(
                                        DATA,
                                        new double[] {1},
                                        new int[] {0, 2, 1, 0, 1, 2, 0, 2},
                                        CrossValidation.Measure.DEVIANCE,
                                        ridge))
                .hasMessageContaining("fold 1 has no event");
    }
}
