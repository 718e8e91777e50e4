# Values of R's rms and survival for a Cox model with a spline and a category, on constructed data.
# Run in this folder: Rscript make.R
suppressPackageStartupMessages({library(rms); library(jsonlite)})
set.seed(20261126)
n <- 300
d <- data.frame(age = round(runif(n, 25, 85), 1),
                stage = sample(c("0", "A", "B", "C"), n, TRUE, c(.2, .4, .25, .15)),
                log_afp = round(rnorm(n, 2, 1.5), 3))
lp <- 0.002 * (d$age - 50)^2 / 2 + c("0" = 0, A = .2, B = .6, C = 1)[d$stage] + .2 * d$log_afp
death <- rexp(n) * 40 * exp(-lp); cen <- runif(n, 5, 80)
d$time <- ceiling(pmin(death, cen)); d$event <- as.integer(death <= cen)
write.csv(d, "input.csv", row.names = FALSE, quote = FALSE)
new <- data.frame(age = c(40, 71.5, 20), stage = c("0", "C", "B"), log_afp = c(1, 3.2, -1))
write.csv(new, "newdata.csv", row.names = FALSE, quote = FALSE)
d$stage <- factor(d$stage); new$stage <- factor(new$stage, levels(d$stage))
fit <- cph(Surv(time, event) ~ rcs(age, 4) + stage + log_afp, data = d, x = TRUE, y = TRUE, surv = TRUE, eps = 1e-12, iter.max = 100)
knots <- attr(rcs(d$age, 4), "parms")
a <- anova(fit, test = "Chisq")
X <- cbind(rcspline.eval(d$age, knots, inclx = TRUE), model.matrix(~stage, d)[, -1], d$log_afp)
colnames(X) <- c("age", "age'", "age''", "stage=A", "stage=B", "stage=C", "log_afp")
cox <- coxph(Surv(d$time, d$event) ~ X, ties = "efron", control = coxph.control(eps = 1e-12, iter.max = 100))
N <- cbind(rcspline.eval(new$age, knots, inclx = TRUE), model.matrix(~stage, new)[, -1], new$log_afp)
times <- c(6, 12, 36)
sf <- lapply(seq_len(nrow(new)), function(i) {
  centre <- cox$means
  bh <- survfit(cox, newdata = list(X = N[i, , drop = FALSE]), conf.type = "log")
  s <- summary(bh, times = times)
  list(surv = s$surv, se = s$std.err, lower = s$lower, upper = s$upper)
})
out <- list(
  name = "described_cox_rms", kind = "described_cox", title = "spline, category and linear term",
  calls = list("cph(Surv(time, event) ~ rcs(age, 4) + stage + log_afp); anova(); survfit() of the same columns"),
  packages = list(R = "4.2.2", rms = as.character(packageVersion("rms")), survival = as.character(packageVersion("survival"))),
  tolerance = list(default = list(rel = 1e-6, abs = 1e-8)),
  expected = list(
    names = colnames(X), knots = unname(knots), coef = unname(coef(cox)), coef_cph = unname(coef(fit)),
    se = unname(sqrt(diag(vcov(cox)))), loglik = cox$loglik[2], times = times,
    wald = list(age = unname(a["age", 1:2]), nonlinear = unname(a[" Nonlinear", 1:2]), stage = unname(a["stage", 1:2])),
    curves = sf))
write_json(out, "expected.json", digits = 15, auto_unbox = TRUE, pretty = TRUE)
