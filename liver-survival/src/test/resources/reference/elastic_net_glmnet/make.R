# Values of R's glmnet for cross-validated elastic nets with strata, weights, an offset and entry times, on
# constructed data. Run in this folder: Rscript make.R
suppressPackageStartupMessages({library(survival); library(glmnet); library(jsonlite)})
invisible(glmnet.control(epsnr = 1e-15, mxitnr = 200))
set.seed(20261126)
n <- 240; p <- 8
x <- round(matrix(rnorm(n * p), n), 3); x[, 2] <- round(0.6 * x[, 1] + 0.8 * x[, 2], 3)
colnames(x) <- paste0("x", 1:p)
d <- data.frame(x, offset = round(rnorm(n, 0, 0.3), 3), w = sample(c(0.5, 1, 2), n, TRUE), stratum = sample(1:2, n, TRUE))
lp <- drop(x %*% c(.7, 0, -.5, 0, 0, .3, 0, 0)) + d$offset
death <- rexp(n) * 4 * exp(-lp) * d$stratum; cen <- runif(n, 1, 12)
d$time <- ceiling(12 * pmin(death, cen)) / 12; d$event <- as.integer(death <= cen)
d$start <- round(d$time * ifelse(runif(n) < 0.4, runif(n, 0, 0.6), 0), 4)
d$fold <- sample(rep(1:5, length.out = n))
write.csv(d, "input.csv", row.names = FALSE, quote = FALSE)
y <- Surv(d$time, d$event)
lambda <- c(0.3, 0.2, 0.1, 0.05, 0.02, 0.01)
exact <- list(thresh = 1e-14, maxit = 1e7)
case <- function(y, weights = NULL, offset = NULL, measure = "deviance", ...) {
  args <- c(list(x, y, family = "cox", alpha = 0.7, lambda = lambda, foldid = d$fold, type.measure = measure, grouped = TRUE), exact, list(...))
  if (!is.null(weights)) args$weights <- weights
  if (!is.null(offset)) args$offset <- offset
  cv <- do.call(cv.glmnet, args)
  list(coef = lapply(seq_along(lambda), function(k) unname(as.matrix(cv$glmnet.fit$beta)[, k])),
       cvm = unname(cv$cvm), cvsd = unname(cv$cvsd), lambda_min = cv$lambda.min, lambda_1se = cv$lambda.1se)
}
# glmnet 4.1-6 rescales the weights of all rows and of those outside the fold apart, each to its own number of rows,
# so that its weighted deviance is no difference of one likelihood; with weights the definition is worked out here
saturated <- function(w, time, event, stratum) { s <- tapply(w[event], paste(time, stratum)[event], sum); -sum(s * log(s)) }
byHand <- function(entry, stratum, offset) {
  y <- if (is.null(entry)) Surv(d$time, d$event) else Surv(entry, d$time, d$event)
  w <- d$w * n / sum(d$w)
  deviance <- function(rows, eta)
    2 * (saturated(w[rows], d$time[rows], d$event[rows] == 1, stratum[rows]) -
         coxph(y[rows] ~ offset(eta[rows]) + strata(stratum[rows]), weights = w[rows], ties = "breslow")$loglik[1])
  events <- tapply(w * d$event, d$fold, sum)
  raw <- t(sapply(1:5, function(f) {
    rest <- which(d$fold != f)
    ys <- if (length(unique(stratum)) > 1) stratifySurv(y[rest], stratum[rest]) else y[rest]
    fit <- glmnet(x[rest, ], ys, family = "cox", alpha = 0.7, lambda = lambda, weights = d$w[rest], offset = offset[rest], thresh = 1e-14, maxit = 1e7)
    sapply(seq_along(lambda), function(k) {
      eta <- drop(x %*% as.matrix(fit$beta)[, k]) + offset
      (deviance(1:n, eta) - deviance(rest, eta)) / events[f]
    })
  }))
  m <- colSums(raw * c(events)) / sum(events)
  list(cvm = m, cvsd = sqrt(colSums(sweep(raw, 2, m)^2 * c(events)) / sum(events) / 4))
}
weighted <- function(case, hand) { # the definition's figures and what follows from them
  best <- which.min(hand$cvm)
  case$cvm <- hand$cvm; case$cvsd <- hand$cvsd; case$lambda_min <- lambda[best]
  case$lambda_1se <- max(lambda[hand$cvm <= (hand$cvm + hand$cvsd)[best]])
  case
}
curve <- function(y, s, times, ...) {
  f <- glmnet(x, y, family = "cox", alpha = 0.7, lambda = lambda, thresh = 1e-14, maxit = 1e7)
  sf <- survfit(f, s = s, x = x, y = y, newx = x[1:3, ], ...)
  summary(sf, times = times)$surv
}
times <- c(1, 3, 6)
out <- list(
  name = "elastic_net_glmnet", kind = "elastic_net", title = "cross-validated elastic net",
  calls = list("cv.glmnet(x, y, family = \"cox\", alpha = 0.7, thresh = 1e-14); survfit(glmnet, newx)"),
  packages = list(R = as.character(getRversion()), glmnet = as.character(packageVersion("glmnet")), survival = as.character(packageVersion("survival"))),
  tolerance = list(default = list(rel = 1e-5, abs = 1e-6)),
  expected = list(
    lambda = lambda, times = times,
    plain = case(y),
    concordance = case(y, measure = "C"),
    weights = weighted(case(y, weights = d$w), byHand(NULL, rep(1, n), rep(0, n))),
    offset = case(y, offset = d$offset),
    strata = case(stratifySurv(y, d$stratum)),
    entry = case(Surv(d$start, d$time, d$event)),
    all = weighted(case(stratifySurv(Surv(d$start, d$time, d$event), d$stratum), weights = d$w, offset = d$offset),
                   byHand(d$start, d$stratum, d$offset)),
    survival = t(curve(y, 0.05, times))))
write_json(out, "expected.json", digits = 12, auto_unbox = TRUE, pretty = TRUE)
