source("../write_case.R"); suppressMessages(library(survival))
set.seed(12); n <- 90
d <- data.frame(time = ceiling(rexp(n, 0.08) * 2) / 2, cause = sample(0:2, n, TRUE, c(.3, .4, .3)))
rows <- list()
for (type in c("log", "log-log", "plain")) {
  f <- survfit(Surv(time, factor(cause)) ~ 1, d, conf.type = type)
  for (t in c(3, 8, 15)) {
    k <- max(which(f$time <= t)); i <- which(f$states == "1")
    rows <- c(rows, list(list(scale = type, time = t, estimate = f$pstate[k, i], lower = f$lower[k, i], upper = f$upper[k, i])))
  }
}
write_case("cuminc_limits", "limits of a cumulative incidence on three scales", d, list(), list(rows = rows),
  "survfit(Surv(time, factor(cause)) ~ 1, conf.type = )", "survival", rel = 1e-8)
