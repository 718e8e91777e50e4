# Writes a reference case: input.csv and expected.json beside the script that calls it.
# Run from the folder of the case: Rscript make.R
write_case <- function(kind, title, input, spec, expected, calls, packages, rel = 1e-9, abs = 1e-12, notes = list()) {
  name <- basename(getwd())
  if (!is.null(input)) write.csv(format(input, digits = 17, trim = TRUE), "input.csv", row.names = FALSE, quote = FALSE)
  versions <- c(list(R = paste(R.version$major, R.version$minor, sep = ".")),
                lapply(setNames(packages, packages), function(p) as.character(packageVersion(p))))
  body <- list(name = name, kind = kind, title = title, spec = spec, calls = as.list(calls), packages = versions,
               tolerance = list(default = list(rel = rel, abs = abs)), notes = as.list(notes), expected = expected)
  writeLines(jsonlite::toJSON(body, auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "string"), "expected.json")
}
