# The definition: all sets of one patient of each class
source("../write_case.R")
set.seed(15); n <- 60; truth <- sample(0:2, n, TRUE)
lp <- matrix(rnorm(n * 3), n); lp[cbind(seq_len(n), truth + 1)] <- lp[cbind(seq_len(n), truth + 1)] + 1
p <- round(exp(lp) / rowSums(exp(lp)), 1)
of <- sapply(0:2, function(k) {
  others <- setdiff(0:2, k); total <- 0; sets <- 0
  for (a in p[truth == k, k + 1]) for (b in p[truth == others[1], k + 1]) for (c in p[truth == others[2], k + 1]) {
    total <- total + if (a == max(a, b, c)) 1 / sum(c(a, b, c) == a) else 0; sets <- sets + 1 }
  total / sets })
write_case("pdi", "three classes, many ties", data.frame(truth, p0 = p[, 1], p1 = p[, 2], p2 = p[, 3]), list(),
  list(index = mean(of), of_class = of), "definition by triple loop (base R)", character(), rel = 1e-11)
