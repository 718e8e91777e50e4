#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An independent baseline for HCC against ICC: scikit-learn's logistic regression on patients.csv.

Nothing in the build needs this script; it shows what an established package gets from the same rows.

    baseline.py                               stratified 10-fold, 10 seeds, every row with a laboratory form
    baseline.py --predictions predictions.csv the rows and the folds of a run, beside the AUC of the run itself

Needs numpy, pandas and scikit-learn. Seven variables: age, sex, albumin, ln AFP, platelets, bilirubin, creatinine.
Median imputation and standardisation are fitted inside each training fold; L2 penalty with C = 1.
The presence of a value is no predictor.
"""
import argparse
import pathlib

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NUMBERS = ["age", "albumin", "afp", "platelets", "bilirubin", "creatinine"]


def features(table):
    x = table[NUMBERS].apply(pd.to_numeric).assign(sex=(table["sex"] == "M").astype(float))
    x["afp"] = np.log(x["afp"])
    return x.to_numpy()


def model():
    return make_pipeline(
        SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(C=1.0, max_iter=1000))


def out_of_fold(x, y, folds):
    """Probability of HCC for each row, from a model that has not seen its fold."""
    p = np.full(len(y), np.nan)
    for fold in np.unique(folds):
        test = folds == fold
        p[test] = model().fit(x[~test], y[~test]).predict_proba(x[test])[:, 1]
    return p


def fold_numbers(x, y, seed):
    folds = np.empty(len(y), dtype=int)
    splits = StratifiedKFold(n_splits=10, shuffle=True, random_state=seed).split(x, y)
    for number, (_, test) in enumerate(splits):
        folds[test] = number
    return folds


def delong_standard_error(y, p):
    """DeLong, DeLong and Clarke-Pearson 1988."""
    cases, controls = p[y == 1], p[y == 0]
    wins = (cases[:, None] > controls) + 0.5 * (cases[:, None] == controls)
    return np.sqrt(wins.mean(1).var(ddof=1) / len(cases) + wins.mean(0).var(ddof=1) / len(controls))


def mean_within_folds(y, p, folds):
    return np.mean([roc_auc_score(y[folds == f], p[folds == f])
                    for f in np.unique(folds) if len(set(y[folds == f])) == 2])


def by_seed(table):
    x, y = features(table), (table["pathology"] == "hcc").to_numpy().astype(int)
    pooled, within, errors = [], [], []
    for seed in range(10):
        folds = fold_numbers(x, y, seed)
        p = out_of_fold(x, y, folds)
        pooled.append(roc_auc_score(y, p))
        within.append(mean_within_folds(y, p, folds))
        errors.append(delong_standard_error(y, p))
    print(f"n {len(y)}, hcc {y.sum()}, icc {(1 - y).sum()}, scikit-learn {sklearn.__version__}, 10-fold, 10 seeds")
    print(f"AUC out of fold, pooled: mean {np.mean(pooled):.4f}, sd over seeds {np.std(pooled, ddof=1):.4f}, "
          f"DeLong standard error {np.mean(errors):.4f}")
    print(f"AUC within folds, averaged: mean {np.mean(within):.4f}, sd over seeds {np.std(within, ddof=1):.4f}")


def beside_run(table, file):
    run = pd.read_csv(file, dtype={"patient_id": str}, keep_default_na=True)
    run = run[run["p_hcc_vs_icc"].notna() & run["fold"].notna()]
    for name, rows in run.groupby("model", sort=False):
        if rows["patient_id"].duplicated().any():
            print(f"{name}: a patient has several predictions; left out")
            continue
        rows = rows.merge(table, on="patient_id", suffixes=("_run", ""))
        y = (rows["pathology"] == "hcc").to_numpy().astype(int)
        folds = rows["fold"].astype(str).to_numpy()
        theirs = rows["p_hcc_vs_icc"].to_numpy(dtype=float)
        ours = out_of_fold(features(rows), y, folds)
        print(f"{name}: n {len(y)}, hcc {y.sum()}, icc {(1 - y).sum()}, folds {len(set(folds))}")
        for what, p in (("the run", theirs), ("scikit-learn, same rows and folds", ours)):
            print(f"  {what}: AUC {roc_auc_score(y, p):.4f}, DeLong standard error "
                  f"{delong_standard_error(y, p):.4f}, averaged within folds {mean_within_folds(y, p, folds):.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patients", default=pathlib.Path(__file__).with_name("patients.csv"))
    parser.add_argument("--predictions", help="predictions.csv of a run: use its rows and folds")
    arguments = parser.parse_args()
    table = pd.read_csv(arguments.patients, dtype=str)
    if arguments.predictions:
        beside_run(table, arguments.predictions)
    else:
        by_seed(table[table["laboratory_form"] == "yes"])


if __name__ == "__main__":
    main()
