source("../write_case.R"); suppressMessages(library(cmprsk))
set.seed(11); n <- 240
d <- data.frame(time = ceiling(rexp(n, 0.06)), cause = sample(0:2, n, TRUE, c(.3, .4, .3)),
                group = sample(0:2, n, TRUE), stratum = sample(0:1, n, TRUE))
d$time[d$group == 2] <- ceiling(d$time[d$group == 2] * 1.4)
row <- function(rho, strata) {
  t <- if (strata) cuminc(d$time, d$cause, d$group, strata = d$stratum, rho = rho)$Tests else cuminc(d$time, d$cause, d$group, rho = rho)$Tests
  lapply(1:2, function(k) list(rho = rho, stratified = strata, cause = k, stat = t[k, "stat"], df = t[k, "df"], p = t[k, "pv"]))
}
write_case("gray", "three groups, tied times, two strata", d, list(),
  list(tests = c(row(0, FALSE), row(1, FALSE), row(0, TRUE), row(0.5, TRUE))),
  "cmprsk::cuminc(time, cause, group, strata, rho)$Tests", "cmprsk", rel = 1e-8)
