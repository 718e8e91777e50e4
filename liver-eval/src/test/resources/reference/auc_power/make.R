source("../write_case.R"); suppressMessages(library(pROC))
chance <- list(); paired <- list()
for (auc in c(.6, .75, .9)) for (kappa in c(.5, 1, 4)) chance <- c(chance, list(list(
  auc = auc, ratio = kappa,
  positives = power.roc.test(auc = auc, sig.level = .05, power = .8, kappa = kappa)$ncases,
  power = power.roc.test(auc = auc, ncases = 30, ncontrols = 30 * kappa, sig.level = .01)$power)))
for (kappa in c(.5, 2)) for (r in c(0, .4, .7)) {
  l <- list(A1 = 2.6, B1 = 1, A2 = 1.9, B2 = 0.9, rn = r, ra = r / 2, delta = 0.037)
  l$delta <- pnorm(l$A1 / sqrt(1 + l$B1^2)) - pnorm(l$A2 / sqrt(1 + l$B2^2))
  paired <- c(paired, list(list(a1 = l$A1, b1 = l$B1, a2 = l$A2, b2 = l$B2, in_positives = l$ra, in_negatives = l$rn, ratio = kappa,
    positives = power.roc.test(l, power = .9, sig.level = .05, kappa = kappa)$ncases,
    power = power.roc.test(l, ncases = 40, ncontrols = 40 * kappa, sig.level = .05)$power)))
}
write_case("auc_power", "sample size and power of AUC and of a paired difference", NULL, list(),
  list(chance = chance, paired = paired), "pROC::power.roc.test", "pROC", rel = 1e-8)
