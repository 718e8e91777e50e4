source("../write_case.R"); suppressMessages({library(prodlim); library(pec); library(survival)})
set.seed(19); n <- 150; x <- rnorm(n)
t1 <- rexp(n, .08 * exp(.8 * x)); t2 <- rexp(n, .05); cc <- runif(n, 0, 25); time <- pmin(t1, t2, cc)
cause <- ifelse(time == cc, 0, ifelse(time == t1, 1, 2))
d <- data.frame(time = ceiling(time * 2) / 2, cause, risk = round(plogis(x), 2))
d$untied <- time + 0
rows <- list()
for (tau in c(4, 8, 12)) for (kind in c("competing", "survival")) {
  e <- d; e$time <- d$untied; if (kind == "survival") e$cause <- as.integer(d$cause == 1)
  f <- if (kind == "competing") pec::cindex(list(m = matrix(e$risk, ncol = 1)), Hist(time, cause) ~ 1, data = e, eval.times = tau, cause = 1, cens.model = "marginal")
       else pec::cindex(list(m = matrix(1 - e$risk, ncol = 1)), Surv(time, cause) ~ 1, data = e, eval.times = tau, cens.model = "marginal")
  rows <- c(rows, list(list(kind = kind, tau = tau, c = f$AppCindex$m)))
}
write_case("competing_concordance", "C with a competing event, by IPCW", d, list(), list(rows = rows),
  "pec::cindex(formula = Hist(time, cause) ~ 1, cause = 1, cens.model = 'marginal')", c("pec", "prodlim"), rel = 1e-9)
