# Reference values of the package io.github.livermm.eval.study.
# Run in this folder: Rscript make.R (R 4.2.2, metafor 3.8-1, psych 2.2.9, survival 3.5-3).
# Writes ../study_*/{input.csv,expected.json}; the inputs are made here from a seed or printed in the papers named.
suppressMessages({library(metafor); library(psych); library(survival)})
num <- function(x) { x <- as.numeric(x); if (is.na(x)) "\"NaN\"" else format(x, digits = 17, scientific = TRUE) }
tree <- function(x) {
  if (is.list(x)) paste0("{", paste0("\"", names(x), "\": ", vapply(x, tree, ""), collapse = ", "), "}")
  else if (length(x) > 1) paste0("[", paste(vapply(x, num, ""), collapse = ", "), "]")
  else num(x)
}
case <- function(name, kind, title, input, expected, call, packages, rel) {
  dir <- file.path("..", name)
  dir.create(dir, showWarnings = FALSE)
  write.csv(format(input, digits = 17, trim = TRUE), file.path(dir, "input.csv"), row.names = FALSE, quote = FALSE)
  versions <- paste0("\"", packages, "\": \"", vapply(packages, function(p)
    if (p == "R") as.character(getRversion()) else as.character(packageVersion(p)), ""), "\"", collapse = ", ")
  writeLines(paste0("{\"name\": \"", name, "\", \"kind\": \"", kind, "\", \"title\": \"", title,
    "\",\n \"calls\": [\"", call, "\"], \"packages\": {", versions, "}, \"script\": \"study_level/make.R\",\n",
    " \"tolerance\": {\"default\": {\"rel\": ", rel, ", \"abs\": 1e-12}},\n \"expected\": ", tree(expected), "}"),
    file.path(dir, "expected.json"))
}

# random effects on the logit scale; the delta method as in Debray et al. (2017)
pool <- function(name, title, auc, se) {
  yi <- qlogis(auc); vi <- (se / (auc * (1 - auc)))^2
  fit <- rma(yi, vi, method = "REML", test = "knha", control = list(threshold = 1e-14, maxiter = 10000))
  k <- length(auc)
  pred <- function(df) plogis(fit$b[1] + c(-1, 1) * qt(.975, df) * sqrt(fit$tau2 + fit$se^2))
  metafor_pred <- predict(fit)
  stopifnot(all.equal(pred(k - 1), plogis(c(metafor_pred$pi.lb, metafor_pred$pi.ub))))
  case(name, "random_effects", title, data.frame(estimate = auc, se = se),
    list(mean = fit$b[1], standard_error = fit$se, tau_squared = fit$tau2, i_squared = fit$I2 / 100, q = fit$QE,
      q_p = fit$QEp, pooled = plogis(fit$b[1]), lower = plogis(fit$ci.lb), upper = plogis(fit$ci.ub),
      prediction_metafor = pred(k - 1), prediction = pred(k - 2)),
    "rma(qlogis(auc), (se/(auc*(1-auc)))^2, method='REML', test='knha', control=list(threshold=1e-14))",
    c("R", "metafor"), 1e-7)
}
pool("study_pool_six", "six centres that differ", c(.82, .75, .91, .66, .87, .79), c(.03, .04, .02, .06, .025, .05))
pool("study_pool_alike", "centres less apart than chance: tau2 = 0", c(.80, .81, .79, .80), c(.03, .05, .04, .06))
pool("study_pool_three", "three centres, one small", c(.70, .90, .62), c(.02, .03, .15))

# intraclass correlation: table 2 of Shrout and Fleiss (1979), and readings with a systematic reader
icc <- function(name, title, x) {
  r <- ICC(x, lmer = FALSE)$results
  names <- c("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")
  case(name, "icc", title, as.data.frame(x),
    setNames(lapply(1:6, function(i) c(r$ICC[i], r$`lower bound`[i], r$`upper bound`[i])), names),
    "psych::ICC(x, lmer = FALSE)", c("R", "psych"), 1e-8)
}
icc("study_icc_shrout_fleiss", "Shrout and Fleiss (1979), table 2",
  matrix(c(9,2,5,8, 6,1,3,2, 8,4,6,8, 7,1,2,6, 10,5,6,9, 6,2,4,7), ncol = 4, byrow = TRUE,
    dimnames = list(NULL, paste0("reader", 1:4))))
set.seed(5)
truth <- rnorm(40, 40, 12)
icc("study_icc_diameters", "diameters of 40 lesions, three readers, one measures 2 mm more",
  cbind(reader1 = truth + rnorm(40, 0, 2), reader2 = truth + 2 + rnorm(40, 0, 3), reader3 = truth + rnorm(40, 0, 2.5)))

# many tests
p <- c(.01, .02, .03, .04, .05, .001, .6, 1, .02, 1e-12)
case("study_p_adjust", "p_adjust", "ties, one and nearly zero", data.frame(p = p),
  list(holm = p.adjust(p, "holm"), benjamini_hochberg = p.adjust(p, "BH")), "p.adjust(p, 'holm'); p.adjust(p, 'BH')", "R", 1e-12)

# interaction of a score with a subgroup of three levels
set.seed(7)
n <- 300
g <- sample(c("a", "b", "c"), n, TRUE)
x <- rnorm(n)
prob <- plogis(-.4 + (.5 + .8 * (g == "b")) * x + .3 * (g == "c"))
y <- rbinom(n, 1, prob)
score <- plogis(-.3 + .9 * x)
lp <- qlogis(score)
lr <- anova(glm(y ~ lp + g, binomial), glm(y ~ lp * g, binomial), test = "LRT")
case("study_interaction_binary", "interaction", "logistic", data.frame(time = 1, event = y, score = score, level = g),
  list(binary = 1, chi_squared = lr$Deviance[2], df = lr$Df[2], p = lr$`Pr(>Chi)`[2]),
  "anova(glm(y ~ lp + g, binomial), glm(y ~ lp * g, binomial), test = 'LRT')", "R", 1e-6)
t <- round(rexp(n, exp(.7 * x + .4 * (g == "c") * x) / 20), 1) + .1
cens <- runif(n, 5, 60)
time <- pmin(t, round(cens, 1)); event <- as.integer(t <= cens)
a <- coxph(Surv(time, event) ~ x + g); b <- coxph(Surv(time, event) ~ x * g)
chi <- 2 * (b$loglik[2] - a$loglik[2])
case("study_interaction_cox", "interaction", "Cox, tied times", data.frame(time = time, event = event, score = x, level = g),
  list(binary = 0, chi_squared = chi, df = 2, p = pchisq(chi, 2, lower.tail = FALSE)),
  "2 * (coxph(Surv(time, event) ~ x * g)$loglik[2] - coxph(Surv(time, event) ~ x + g)$loglik[2])",
  c("R", "survival"), 1e-6)

# C with competing events after Wolbers: whoever had one outlives everybody
set.seed(9)
m <- 150
risk <- round(rnorm(m), 1)
t1 <- rexp(m, exp(risk) / 20); t2 <- rexp(m, 1 / 40); c0 <- runif(m, 3, 50)
time <- round(pmin(t1, t2, c0), 1) + .1
cause <- ifelse(t1 <= pmin(t2, c0), 1, ifelse(t2 <= c0, 2, 0))
wolbers <- concordance(Surv(ifelse(cause == 2, 1e6, time), cause == 1) ~ risk, reverse = TRUE)
case("study_concordance_competing", "concordance_competing", "competing events", data.frame(time = time, cause = cause, risk = risk),
  list(c = as.numeric(wolbers$concordance), standard_error = sqrt(wolbers$var)),
  "concordance(Surv(ifelse(cause == 2, 1e6, time), cause == 1) ~ risk, reverse = TRUE)", c("R", "survival"), 1e-8)

# a table for the first table: standardised differences come from make_table1.py
set.seed(11)
k <- 240
tab <- data.frame(group = sample(c("north", "south"), k, TRUE), age = round(rnorm(k, 58, 11), 1), afp = round(exp(rnorm(k, 3, 2)), 2),
  stage = sample(c("A", "B", "C", "D"), k, TRUE, c(.4, .3, .2, .1)), sex = sample(c("F", "M"), k, TRUE, c(.25, .75)))
tab$age[tab$group == "south"] <- tab$age[tab$group == "south"] + 4
tab$afp[sample(k, 30)] <- NA
tab$stage[sample(k, 12)] <- NA
dir.create("../study_table1", showWarnings = FALSE)
write.csv(tab, "../study_table1/input.csv", row.names = FALSE, quote = FALSE, na = "")
