#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same work by established packages, on the same machine, beside our results as ratios.

    benchmarks/run                                     writes benchmarks/target/results.json
    benchmarks/peers.py [--results results.json]       times the peers and prints a table for RESULTS.md

Needs numpy, scipy, scikit-learn and pydicom; uses PyTorch and R with survival when they are there. The build never needs it.
Data are drawn from the same distributions and sizes as in the benchmarks. A ratio below 1 means that we are faster.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent


def seconds(work, least=3.0):
    work()
    work()
    count, start = 0, time.perf_counter()
    while (took := time.perf_counter() - start) < least:
        work()
        count += 1
    return took / count


def roc(n):
    import scipy
    import sklearn
    from scipy.stats import rankdata
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(1)
    y = rng.random(n) < 0.3
    s = rng.normal(size=n) + y

    def delong():
        """Sun and Xu 2014: the placements by mid-ranks."""
        x, z = s[y], s[~y]
        m, k = len(x), len(z)
        ranks = rankdata(np.concatenate([x, z]))
        v10 = (ranks[:m] - rankdata(x)) / k
        v01 = 1 - (ranks[m:] - rankdata(z)) / m
        return v10.mean(), v10.var(ddof=1) / m + v01.var(ddof=1) / k

    assert abs(delong()[0] - roc_auc_score(y, s)) < 1e-12
    key = ("RocCurveBenchmark.aucWithDeLongVariance", {"patients": str(n)})
    yield *key, f"scipy-{scipy.__version__} mid-ranks (AUC and DeLong)", seconds(delong)
    yield *key, f"scikit-learn-{sklearn.__version__} roc_auc_score (AUC only)", seconds(lambda: roc_auc_score(y, s))


def dicom():
    import pydicom

    files = sorted((HERE.parent / "examples/data/hcc048-piece/dicom").glob("*.dcm"))

    def read():
        slices = sorted((pydicom.dcmread(f) for f in files), key=lambda d: float(d.ImagePositionPatient[2]))
        return np.stack([d.pixel_array.astype(np.float32) * np.float32(d.RescaleSlope)
                         + np.float32(d.RescaleIntercept) for d in slices])

    assert read().shape == (16, 512, 512)
    yield "DicomBenchmark.readSeries", {}, f"pydicom-{pydicom.__version__} and numpy", seconds(read)


def survival():
    if shutil.which("Rscript") is None:
        return
    output = subprocess.run(["Rscript", str(HERE / "peers.R")], check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        name, *params, package, took = line.split(" ")
        yield name, dict(p.split("=") for p in params), package, float(took)


def peers():
    for n in (1000, 10000, 100000):
        yield from roc(n)
    yield from dicom()
    yield from survival()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", default=HERE / "target/results.json")
    units = {"us/op": 1e-6, "ms/op": 1e-3, "s/op": 1.0}
    ours = {}
    for result in json.loads(pathlib.Path(parser.parse_args().results).read_text()):
        name = ".".join(result["benchmark"].split(".")[-2:])
        metric = result["primaryMetric"]
        ours[name, tuple(sorted((result.get("params") or {}).items()))] = metric["score"] * units[metric["scoreUnit"]]
    print("| Benchmark | Size | Ours, ms | Peer | Peer, ms | Ratio |\n|---|---|---:|---|---:|---:|")
    seen = set()
    for name, params, package, took in peers():
        key = name, tuple(sorted(params.items()))
        if key in ours:
            seen.add(key)
            size = ", ".join(f"{k} {v}" for k, v in params.items())
            print(f"| {name} | {size} | {ours[key] * 1e3:.3g} | {package} | {took * 1e3:.3g} | {ours[key] / took:.2f} |",
                  flush=True)
    for name, params in sorted(set(ours) - seen):
        size = ", ".join(f"{k} {v}" for k, v in params)
        print(f"| {name} | {size} | {ours[name, params] * 1e3:.3g} | - | - | - |")


if __name__ == "__main__":
    main()
