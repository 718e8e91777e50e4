source("../write_case.R"); suppressMessages(library(nnet))
set.seed(16); n <- 400
x <- matrix(rnorm(n * 2), n); eta <- cbind(0, .3 + x[, 1], -.2 + .8 * x[, 2])
truth <- apply(exp(eta) / rowSums(exp(eta)), 1, function(q) sample(0:2, 1, prob = q))
over <- cbind(0, .6 + 1.6 * x[, 1], 1.3 * x[, 2]); p <- exp(over) / rowSums(exp(over))
l1 <- log(p[, 2] / p[, 1]); l2 <- log(p[, 3] / p[, 1])
joint <- multinom(factor(truth) ~ l1 + l2, Hess = TRUE, trace = FALSE, reltol = 1e-15, abstol = 1e-15, maxit = 5000)
nll <- function(a) { e <- cbind(0, a[1] + l1, a[2] + l2); -sum(log((exp(e) / rowSums(exp(e)))[cbind(seq_len(n), truth + 1)])) }
large <- optim(c(0, 0), nll, method = "BFGS", control = list(reltol = 1e-15, maxit = 1000))
co <- coef(joint); se <- summary(joint)$standard.errors
write_case("multinomial_recalibration", "overconfident predictions of three classes",
  data.frame(truth, p0 = p[, 1], p1 = p[, 2], p2 = p[, 3]), list(),
  list(in_the_large = large$par, intercepts = unname(co[, 1]), slopes = unname(co[, -1]), standard_errors = unname(se),
       log_likelihoods = c(-nll(c(0, 0)), -large$value, as.numeric(logLik(joint)))),
  c("nnet::multinom(truth ~ log(p1/p0) + log(p2/p0))", "optim(BFGS) for the intercepts alone"), "nnet", rel = 2e-5, abs = 2e-6,
  notes = "tolerance: the optimiser of the reference stops there")
