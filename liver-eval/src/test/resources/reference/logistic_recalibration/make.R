source("../write_case.R")
set.seed(18); n <- 200; lp <- rnorm(n); positive <- rbinom(n, 1, plogis(-.7 + .6 * lp)); p <- plogis(lp)
g <- function(f) glm(f, family = binomial, control = glm.control(epsilon = 1e-14))
a <- g(positive ~ 1 + offset(lp)); b <- g(positive ~ lp)
write_case("logistic_recalibration", "intercept only, and intercept and slope", data.frame(positive, p), list(),
  list(intercept_only = unname(coef(a)), intercept = unname(coef(b)[1]), slope = unname(coef(b)[2]),
       intercept_only_fitted = unname(fitted(a)[1:5]), fitted = unname(fitted(b)[1:5])),
  c("glm(positive ~ offset(logit p), binomial)", "glm(positive ~ logit p, binomial)"), character(), rel = 1e-8)
