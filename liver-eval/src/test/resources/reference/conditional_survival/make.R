source("../write_case.R"); suppressMessages(library(survival))
set.seed(20); n <- 120; d <- data.frame(time = ceiling(rexp(n, .05)), event = rbinom(n, 1, .7))
rows <- list()
for (s in c(0.5, 5.5, 12.5)) { f <- survfit(Surv(time, event) ~ 1, d, start.time = s, conf.type = "log-log"); 
  for (t in c(14, 25, 40)) { q <- summary(f, times = t); rows <- c(rows, list(list(given = s, time = t, survival = q$surv, se = q$std.err, lower = q$lower, upper = q$upper))) } }
write_case("conditional_survival", "survival given survival to a time", d, list(), list(rows = rows),
  "survfit(Surv(time, event) ~ 1, start.time = s, conf.type = 'log-log')", "survival", rel = 1e-8)
