# Run from this folder in a Python with numpy and SurvivalEVAL: python make.py
import json
import numpy as np
import SurvivalEVAL
from importlib.metadata import version
from SurvivalEVAL.evaluations.calibration.distributional.distribution_calibration import d_calibration

rng = np.random.default_rng(23)
n = 300
s = np.round(rng.beta(1.3, 0.9, n), 3)
s[:3] = [0.0, 1.0, 0.5]
event = rng.integers(0, 2, n)
rows = []
for bins in (4, 10):
    statistic, p, counts = d_calibration(s, event, bins)
    # there the first bin is that of survival 1
    rows.append({"bins": bins, "statistic": statistic, "p": p, "counts": counts[::-1].tolist()})
with open("input.csv", "w") as f:
    f.write("survival,event\n" + "".join(f"{a!r},{b}\n" for a, b in zip(s.tolist(), event.tolist())))
body = {"name": "d_calibration", "kind": "d_calibration", "title": "events and censored rows, survival 0 and 1", "spec": {},
        "calls": ["SurvivalEVAL d_calibration(survival at own time, event, bins)"],
        "packages": {"SurvivalEVAL": version("SurvivalEVAL"), "numpy": np.__version__},
        "tolerance": {"default": {"rel": 1e-10, "abs": 1e-12}}, "notes": [], "expected": {"rows": rows}}
json.dump(body, open("expected.json", "w"), indent=2)
