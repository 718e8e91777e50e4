# Obuchowski 1997 by its definition: placements by double loop, sums over patients
source("../write_case.R")
set.seed(13); patients <- 60
size <- sample(1:4, patients, TRUE)
cluster <- rep(seq_len(patients) * 7, size); n <- length(cluster)
u <- rep(rnorm(patients), size)
positive <- rbinom(n, 1, plogis(u)); d <- data.frame(cluster, positive)
d$first <- round(positive + u + rnorm(n), 1); d$second <- round(0.5 * positive + 0.7 * u + rnorm(n), 1)
psi <- function(x, y) (x > y) + 0.5 * (x == y)
variance <- function(s1, s2) {
  y <- d$positive == 1; m <- sum(y); k <- sum(!y); ids <- unique(d$cluster); I <- length(ids)
  part <- function(s) {
    v10 <- sapply(which(y), function(i) mean(psi(s[i], s[!y]))); v01 <- sapply(which(!y), function(j) mean(psi(s[y], s[j])))
    a <- mean(v10)
    list(x = sapply(ids, function(g) sum(v10[d$cluster[y] == g] - a)), z = sapply(ids, function(g) sum(v01[d$cluster[!y] == g] - a)), a = a)
  }
  p <- part(s1); q <- part(s2)
  I10 <- length(unique(d$cluster[y])); I01 <- length(unique(d$cluster[!y]))
  s10 <- I10 / ((I10 - 1) * m) * sum(p$x * q$x); s01 <- I01 / ((I01 - 1) * k) * sum(p$z * q$z)
  s11a <- I / (I - 1) * sum(p$x * q$z); s11b <- I / (I - 1) * sum(p$z * q$x)
  s10 / m + s01 / k + (s11a + s11b) / (m * k)
}
y <- d$positive == 1
auc <- function(s) mean(outer(s[y], s[!y], psi))
v <- c(variance(d$first, d$first), variance(d$second, d$second), variance(d$first, d$second))
z <- (auc(d$first) - auc(d$second)) / sqrt(v[1] + v[2] - 2 * v[3])
write_case("clustered_auc", "several lesions per patient", d, list(),
  list(auc = c(auc(d$first), auc(d$second)), variance = v, z = z, p = 2 * pnorm(-abs(z))),
  "definition by double loop (base R)", character(), rel = 1e-10)
