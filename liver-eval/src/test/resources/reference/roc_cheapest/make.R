source("../write_case.R"); suppressMessages(library(pROC))
set.seed(14); n <- 300; positive <- rbinom(n, 1, .3)
d <- data.frame(positive, score = round(positive * 1.1 + rnorm(n), 2))
r <- roc(d$positive, d$score, direction = "<", levels = c(0, 1), quiet = TRUE)
rows <- list()
for (cost in c(.5, 1, 5)) for (prev in c(.05, .3, .6)) {
  # pROC weighs a false negative by its first number, against a false positive of 1
  best <- coords(r, "best", best.method = "youden", best.weights = c(cost, prev), ret = c("threshold", "sensitivity", "specificity"))
  rows <- c(rows, list(list(cost = cost, prevalence = prev, threshold = best$threshold, sensitivity = best$sensitivity, specificity = best$specificity)))
}
write_case("roc_cheapest", "thresholds of least expected cost", d, list(), list(rows = rows),
  "pROC::coords(x = 'best', best.weights = c(cost, prevalence))", "pROC")
