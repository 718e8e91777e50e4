# Firth's penalised partial likelihood by its definition, log-likelihood + log det(information) / 2,
# with both parts from R's coxph at fixed coefficients and the maximum found by R's optim, polished by
# Newton steps on central differences. Run in this folder: Rscript make.R
suppressPackageStartupMessages({library(survival); library(jsonlite)})
set.seed(7)
n <- 40
d <- data.frame(time = ceiling(rexp(n) * 12), event = rbinom(n, 1, .6), x = round(rnorm(n), 2), sep = rbinom(n, 1, .3))
d$event[d$sep == 1] <- 0
write.csv(d, "input.csv", row.names = FALSE, quote = FALSE)
y <- Surv(d$time, d$event); X <- as.matrix(d[, c("x", "sep")])
fixed <- function(b, ties) suppressWarnings(coxph.fit(X, y, NULL, NULL, b, coxph.control(iter.max = 0), NULL, ties, as.character(1:n), resid = FALSE))
pl <- function(b, ties) {
  f <- fixed(b, ties)
  f$loglik[2] - as.numeric(determinant(f$var)$modulus) / 2
}
grad <- function(f, b, h = 1e-4) sapply(seq_along(b), function(j) { e <- h * (seq_along(b) == j); (8 * (f(b + e) - f(b - e)) - (f(b + 2 * e) - f(b - 2 * e))) / (12 * h) })
best <- function(f, b) {
  b <- optim(b, function(v) -f(v), method = "BFGS", control = list(reltol = 1e-14, maxit = 500))$par
  for (k in 1:4) {
    g <- grad(f, b)
    H <- sapply(seq_along(b), function(j) { e <- 1e-3 * (seq_along(b) == j); (grad(f, b + e) - grad(f, b - e)) / 2e-3 })
    b <- b - solve(matrix(H, length(b)), g)
  }
  b
}
out <- lapply(c(efron = "efron", breslow = "breslow"), function(ties) {
  b <- best(function(v) pl(v, ties), c(0, 0))
  top <- pl(b, ties)
  f <- fixed(b, ties)
  prof <- function(v) pl(c(best(function(a) pl(c(a, v), ties), b[1]), v), ties) - top + qchisq(.95, 1) / 2
  list(coef = unname(b), se = unname(sqrt(diag(f$var))), loglik = top, loglik_null = pl(c(0, 0), ties),
       lower = uniroot(prof, c(b[2] - 12, b[2]), tol = 1e-10)$root, upper = uniroot(prof, c(b[2], b[2] + 6), tol = 1e-10)$root,
       chisq = 2 * (top - pl(c(best(function(a) pl(c(a, 0), ties), b[1]), 0), ties)))
})
write_json(list(name = "firth_cox", kind = "firth_cox", calls = list("log-likelihood and variance of coxph(init = b, iter.max = 0), maximised by optim"),
  packages = list(R = "4.2.2", survival = as.character(packageVersion("survival"))),
  tolerance = list(default = list(rel = 1e-6, abs = 1e-7)), notes = list("limits and chisq: profile penalised likelihood of column sep"),
  expected = out), "expected.json", digits = 15, auto_unbox = TRUE, pretty = TRUE)
