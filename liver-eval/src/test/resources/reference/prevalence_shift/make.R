# Mercaldo 2007, standard logit limits, written out; a weighted glm for calibration in the large
source("../write_case.R")
rows <- list()
for (prev in c(.02, .2, .6)) { tp <- 45; fn <- 5; fp <- 20; tn <- 80; se <- tp / 50; sp <- tn / 100; z <- qnorm(.975)
  ppv <- se * prev / (se * prev + (1 - sp) * (1 - prev)); npv <- sp * (1 - prev) / (sp * (1 - prev) + (1 - se) * prev)
  v1 <- (1 - se) / se / 50 + sp / (1 - sp) / 100; v2 <- se / (1 - se) / 50 + (1 - sp) / sp / 100
  rows <- c(rows, list(list(prevalence = prev, ppv = ppv, ppv_lower = plogis(qlogis(ppv) - z * sqrt(v1)), ppv_upper = plogis(qlogis(ppv) + z * sqrt(v1)),
    npv = npv, npv_lower = plogis(qlogis(npv) - z * sqrt(v2)), npv_upper = plogis(qlogis(npv) + z * sqrt(v2)), net_benefit = se * prev - (1 - sp) * (1 - prev) * .1 / .9))) }
write_case("prevalence_shift", "predictive values and net benefit at another prevalence", NULL, list(tp = 45, fn = 5, fp = 20, tn = 80, threshold = .1), list(rows = rows),
  "closed forms of Mercaldo, Lau, Zhou 2007", character(), rel = 1e-10)
