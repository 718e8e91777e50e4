source("../write_case.R")
set.seed(21); n <- 1500; x <- plogis(rnorm(n, -1, 1.3)); y <- rbinom(n, 1, pmin(1, .1 + .8 * x)); x2 <- round(x, 2)
at <- c(.02, .1, .25, .5, .75, .9)
rows <- list()
for (col in c("x", "x2")) for (span in c(.3, .75, 1)) for (degree in 1:2) {
  v <- get(col); f <- loess(y ~ v, span = span, degree = degree)
  rows <- c(rows, list(list(column = col, span = span, degree = degree, vertices = sort(f$kd$xi), at = predict(f, data.frame(v = at)), ici = mean(abs(fitted(f) - v)))))
}
write_case("loess_interpolated", "R's default surface: exact at the vertices of a tree, cubic between", data.frame(x, x2, y), list(at = at), list(rows = rows),
  "loess(y ~ x, span, degree)", character(), rel = 1e-8)
