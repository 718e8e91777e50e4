source("../write_case.R"); suppressMessages(library(Hmisc))
set.seed(17); n <- 500; lp <- rnorm(n, -.5, 1.2); positive <- rbinom(n, 1, plogis(.2 + .7 * lp + .15 * lp^2)); p <- plogis(lp)
cases <- list()
for (k in 3:5) {
  b <- rcspline.eval(lp, nk = k, inclx = TRUE); knots <- attr(b, "knots")
  f <- glm(positive ~ b, family = binomial, control = glm.control(epsilon = 1e-14)); line <- glm(positive ~ lp, family = binomial, control = glm.control(epsilon = 1e-14))
  dist <- abs(fitted(f) - p); at <- seq(min(p), max(p), length.out = 7)
  x <- cbind(1, rcspline.eval(qlogis(at), knots = knots, inclx = TRUE)); eta <- drop(x %*% coef(f)); se <- sqrt(rowSums((x %*% vcov(f)) * x)); z <- qnorm(.975)
  cases <- c(cases, list(list(knots = k, ici = mean(dist), e50 = median(dist), e90 = unname(quantile(dist, .9)), emax = max(dist),
    nonlinearity = pchisq(line$deviance - f$deviance, k - 2, lower.tail = FALSE), observed = plogis(eta), lower = plogis(eta - z * se), upper = plogis(eta + z * se))))
}
write_case("spline_calibration", "restricted cubic splines of the log-odds", data.frame(positive, p), list(), list(cases = cases),
  "glm(positive ~ Hmisc::rcspline.eval(logit p, nk, inclx = TRUE), binomial)", "Hmisc", rel = 1e-7)
