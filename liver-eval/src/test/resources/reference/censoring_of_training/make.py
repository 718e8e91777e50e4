# Scores of a test set whose censoring is estimated in the training set, by scikit-survival.
# Run in this folder: python make.py
import csv
import importlib.metadata as metadata
import json

import numpy as np
from sksurv.metrics import brier_score, concordance_index_ipcw, cumulative_dynamic_auc
from sksurv.util import Surv

rng = np.random.default_rng(20)


def cohort(n, longest):
    x = rng.normal(size=n)
    death = rng.exponential(20 * np.exp(-0.9 * x))
    censored = rng.uniform(2, longest, n)
    # four digits and no tie between a death and a censoring: the rules of ties differ there
    time = np.round(np.minimum(death, censored), 4)
    return np.maximum(time, 0.001), death <= censored, np.round(x + rng.normal(size=n) * 0.7, 1)


a, da, _ = cohort(180, 60)
b, db, risk = cohort(140, 45)
p = np.round(1 / (1 + np.exp(-(risk - 0.5))), 3)
train, test = Surv.from_arrays(da, a), Surv.from_arrays(db, b)
rows = []
for tau in (8.0, 15.0, 24.0):
    _, brier = brier_score(train, test, np.column_stack([1 - p]), [tau])
    auc, _ = cumulative_dynamic_auc(train, test, risk, [tau])
    rows.append({"tau": tau, "c": concordance_index_ipcw(train, test, risk, tau)[0], "auc": float(auc[0]), "brier": float(brier[0])})
with open("input.csv", "w", newline="") as f:
    w = csv.writer(f)
    w.writerow(["set", "time", "event", "risk", "p"])
    w.writerows(["train", t, int(e), 0, 0] for t, e in zip(a, da))
    w.writerows(["test", t, int(e), r, q] for t, e, r, q in zip(b, db, risk, p))
json.dump({
    "name": "censoring_of_training", "kind": "censoring_of_training",
    "title": "C, AUC(t) and Brier(t) of a test set by the censoring of the training set", "spec": {},
    "calls": ["concordance_index_ipcw(train, test, risk, tau)", "cumulative_dynamic_auc(train, test, risk, [tau])", "brier_score(train, test, 1 - p, [tau])"],
    "packages": {k: metadata.version(k) for k in ("scikit-survival", "numpy")},
    "tolerance": {"default": {"rel": 1e-10, "abs": 1e-12}},
    "notes": ["concordance_index_ipcw counts events before tau only; no event lies on a tau here"],
    "expected": {"rows": rows}}, open("expected.json", "w"), indent=2)
