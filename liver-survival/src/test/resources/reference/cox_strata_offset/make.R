# Values of R's survival for a Cox model with strata, an offset and entry times, on the rows of elastic_net_glmnet.
# Run in this folder: Rscript make.R
suppressPackageStartupMessages({library(survival); library(jsonlite)})
d <- read.csv("../elastic_net_glmnet/input.csv")
fit <- coxph(Surv(start, time, event) ~ x1 + x3 + x6 + offset(offset) + strata(stratum), data = d, ties = "efron",
             control = coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100))
times <- c(1, 3, 6)
curve <- function(row, stratum, offset) {
  patient <- d[row, ]
  patient$stratum <- stratum
  patient$offset <- offset
  s <- summary(survfit(fit, newdata = patient, conf.type = "log"), times = times)
  list(row = row, stratum = stratum, offset = offset, surv = s$surv, se = s$std.err, lower = s$lower, upper = s$upper)
}
curves <- list(curve(1, 1, 0), curve(1, 2, 0), curve(2, 1, 0.4), curve(3, 2, -0.7))
write_json(list(
  name = "cox_strata_offset", kind = "cox_model", title = "strata, offset and entry times",
  calls = list("coxph(Surv(start, time, event) ~ x1 + x3 + x6 + offset(offset) + strata(stratum)); survfit(newdata)"),
  packages = list(R = as.character(getRversion()), survival = as.character(packageVersion("survival"))),
  tolerance = list(default = list(rel = 1e-7, abs = 1e-9)),
  expected = list(coef = unname(coef(fit)), se = unname(sqrt(diag(vcov(fit)))), loglik = fit$loglik[2], aic = AIC(fit), bic = BIC(fit),
                  times = times, curves = curves)), "expected.json", digits = 14, auto_unbox = TRUE, pretty = TRUE)
