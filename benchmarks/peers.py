#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same work by established packages, on the same machine, beside our results as ratios.

    benchmarks/run                                     writes benchmarks/target/results.json
    benchmarks/peers.py [--results results.json]       times the peers and prints a table for RESULTS.md

Needs numpy, scipy and scikit-learn; uses pydicom, SimpleITK, onnxruntime with tokenizers, TensorFlow, PyTorch, medspacy, scikit-survival, lifelines, statsmodels and R
(survival, pROC, prodlim, riskRegression) when they are there. The build never needs it. --only Name,... times the peers of those benchmarks.
Data are drawn from the same distributions and sizes as in the benchmarks. Each time is the best of several windows of about
a second, ours the best measured iteration, which is what a busy machine disturbs least. A ratio below 1: we are faster.
OMP_NUM_THREADS limits the threads of both sides (default 1, as in benchmarks/run); DeepSurv trains on all cores on both.
"""
import argparse
import hashlib
import importlib
import json
import multiprocessing
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
from importlib.metadata import version

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
DICOM = ["examples/data/hcc048-piece/dicom"]


def seconds(work, windows=3, least=1.0):
    """Seconds per call: the best of several windows, after a warm-up; of two calls when one takes more than five seconds."""
    start = time.perf_counter()
    work()
    warm = time.perf_counter() - start
    if warm > 5:
        start = time.perf_counter()
        work()
        return min(warm, time.perf_counter() - start)
    best = float("inf")
    for _ in range(windows):
        count, start = 0, time.perf_counter()
        while (took := time.perf_counter() - start) < least or count == 0:
            work()
            count += 1
        best = min(best, took / count)
    return best


def roc():
    for n in (1000, 10000, 100000, 1000000):
        yield from roc_of(n)


def roc_of(n):
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
    pydicom = optional("pydicom")
    for folder in DICOM:
        params = {"folder": folder}
        files = sorted((HERE.parent / folder).glob("*.dcm"))

        def read():
            slices = sorted((pydicom.dcmread(f) for f in files), key=lambda d: float(d.ImagePositionPatient[2]))
            return np.stack([d.pixel_array.astype(np.float32) * np.float32(d.RescaleSlope)
                             + np.float32(d.RescaleIntercept) for d in slices])

        if pydicom is not None:
            assert read().shape == (len(files), 512, 512)
            yield "DicomBenchmark.readSeries", params, f"pydicom-{pydicom.__version__} and numpy", seconds(read)
        if shutil.which("dcm2niix"):
            with tempfile.TemporaryDirectory() as out:
                command = ["dcm2niix", "-z", "n", "-b", "n", "-w", "1", "-f", "x", "-o", out, str(HERE.parent / folder)]
                took = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
                yield "DicomBenchmark.readSeries", params, "dcm2niix to an uncompressed NIfTI (a process)", took


def codecs():
    """One slice of each coding: parse and decode to stored values."""
    files = sorted((HERE.parent / "liver-imaging/src/test/resources/data/dicom-transfer-syntaxes").glob("ct_*.dcm"))
    gdcm = optional("gdcm")
    for file in files:
        key = ("DicomCodecBenchmark.read", {"file": file.name})
        if gdcm is not None:
            def read():
                reader = gdcm.ImageReader()
                reader.SetFileName(str(file))
                return reader.Read() and reader.GetImage().GetBuffer()

            if read():
                yield *key, f"gdcm-{gdcm.Version.GetVersion()}", seconds(read)
        if shutil.which("dcmdjpeg") and "j2k" not in file.name:
            with tempfile.TemporaryDirectory() as out:
                tools = {"ct_jpegls": "dcmdjpls", "ct_jpeg": "dcmdjpeg", "ct_rle": "dcmdrle", "ct_deflated": "dcmconv"}
                tool = next(t for start, t in tools.items() if file.name.startswith(start))
                command = [tool, *(["+te"] if tool == "dcmconv" else []), str(file), f"{out}/x.dcm"]
                if subprocess.run(command, capture_output=True).returncode == 0:
                    took = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
                    yield *key, f"dcmtk {tool} to a file (a process)", took


def resample():
    """512 x 512 x 89 voxels to 1 mm, by index coordinates along the axes."""
    import scipy
    from scipy import ndimage

    shape, spacing = (89, 512, 512), np.array([2.5, 0.703125, 0.703125])
    x = np.random.default_rng(1).integers(-1000, 1000, shape).astype(np.float32)
    size = np.round(np.array(shape) * spacing).astype(int)
    offset = ((np.array(shape) - 1) - (size - 1) / spacing) / 2
    for how, order, mode in (("LINEAR", 1, "nearest"), ("CUBIC", 3, "mirror")):
        key = ("ResampleBenchmark.resample", {"how": how})
        yield *key, f"scipy-{scipy.__version__} affine_transform (one thread)", seconds(
            lambda: ndimage.affine_transform(x, 1 / spacing, offset, tuple(size), order=order, mode=mode), windows=2)
        try:
            import SimpleITK as sitk
        except ImportError:
            continue
        image = sitk.GetImageFromArray(x)
        image.SetSpacing(spacing[::-1].tolist())
        origin = (offset * spacing)[::-1].tolist()
        kind = sitk.sitkLinear if order == 1 else sitk.sitkBSpline
        threads = os.cpu_count()
        sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(threads)
        yield *key, f"SimpleITK-{sitk.Version().VersionString()} Resample ({threads} threads)", seconds(
            lambda: sitk.Resample(image, size[::-1].tolist(), sitk.Transform(), kind, origin, [1.0] * 3, np.eye(3).ravel().tolist(),
                                  -1024.0), windows=2)


def prepared():
    """Three phases from DICOM to one tensor of 3 x 12 x 24 x 24, and from a file of it whose key is a hash of names, sizes and times."""
    try:
        import SimpleITK as sitk
    except ImportError:
        return
    threads = os.cpu_count()
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(threads)
    folder = HERE.parent / DICOM[0]
    params = {"folder": DICOM[0]}
    grid = np.array([24, 24, 12])
    with tempfile.TemporaryDirectory() as out:
        phases = [shutil.copytree(folder, f"{out}/{phase}") for phase in ("arterial", "portal", "delayed")]

        def volume(phase):
            reader = sitk.ImageSeriesReader()
            reader.SetFileNames(reader.GetGDCMSeriesFileNames(phase))
            image = sitk.Cast(reader.Execute(), sitk.sitkFloat32)
            spacing = np.array(image.GetSpacing()) * image.GetSize() / grid
            image = sitk.Resample(image, grid.tolist(), sitk.Transform(), sitk.sitkLinear, image.GetOrigin(), spacing.tolist(),
                                  image.GetDirection(), -1024.0)
            return (np.clip(sitk.GetArrayFromImage(image), -100, 250) + 100) / 350

        def key():
            digest = hashlib.sha256()
            for phase in phases:
                for file in sorted(os.scandir(phase), key=lambda f: f.name):
                    digest.update(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
            return f"{out}/{digest.hexdigest()}.npy"

        def from_dicom():
            return np.stack([volume(phase) for phase in phases])

        np.save(key(), from_dicom())
        assert np.load(key()).shape == (3, 12, 24, 24)
        package = f"SimpleITK-{sitk.Version().VersionString()} ({threads} threads)"
        yield "PreparedBenchmark.fromDicom", params, package, seconds(from_dicom)
        yield "PreparedBenchmark.fromCache", params, f"numpy-{np.__version__} load, without a check", seconds(lambda: np.load(key()))
        monai = optional("monai")
        if monai is not None:
            import torch
            from monai.data import PersistentDataset
            from monai.transforms import Transform

            class Read(Transform):
                """Only what a Transform made is kept."""

                def __call__(self, patient):
                    return torch.from_numpy(from_dicom())

            data = PersistentDataset(["P1"], Read(), cache_dir=f"{out}/monai")
            assert data[0].shape == (3, 12, 24, 24)
            package = f"MONAI-{monai.__version__} PersistentDataset, blind to changed files"
            yield "PreparedBenchmark.fromCache", params, package, seconds(lambda: data[0])


def training():
    """The layers of the image network: three convolutions, measurements, one output; no augmentation."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        import tensorflow as tf
    except ImportError:
        return
    threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    planes, values = 7, 35
    layers = tf.keras.layers
    for grid in ("12x24x24", "32x64x64"):
        size = tuple(int(n) for n in grid.split("x"))
        volume = layers.Input((*size, planes))
        measures = layers.Input((2 * values,))
        x = volume
        for filters, stride in ((12, 2), (16, 2), (24, 1)):
            x = layers.LeakyReLU(0.1)(layers.Conv3D(filters, 3, stride, "same")(x))
        x = layers.Concatenate()([
            layers.GlobalAveragePooling3D()(x), layers.LeakyReLU(0.1)(layers.Dense(24)(measures))])
        x = layers.LeakyReLU(0.1)(layers.Dense(32)(x))
        net = tf.keras.Model([volume, measures], layers.Dense(1)(x))
        optimiser = tf.keras.optimizers.AdamW(1e-4)
        optimiser.build(net.trainable_variables)
        loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)

        @tf.function
        def step(inputs, y):
            with tf.GradientTape() as tape:
                value = loss(y, net(inputs, training=True))
            optimiser.apply_gradients(zip(tape.gradient(value, net.trainable_variables), net.trainable_variables))
            return value

        rng = np.random.default_rng(1)
        for batch in (4, 16):
            inputs = [tf.constant(rng.normal(size=(batch, *i.shape[1:])), tf.float32) for i in net.inputs]
            y = tf.constant(rng.integers(0, 2, size=(batch, 1)), tf.float32)
            yield ("TrainingStepBenchmark.step", {"batch": str(batch), "grid": grid},
                   f"TensorFlow-{tf.__version__}, same layers, without augmentation",
                   seconds(lambda: step(inputs, y).numpy()))


def reports(language, count=20):
    """What BenchmarkReports writes."""
    blank, impression = ("", "影像诊断：") if language == "zh" else (" ", "IMPRESSION:")
    pool = HERE / f"src/main/resources/io/github/livermm/benchmarks/reports-{language}.txt"
    lines = pool.read_text("utf-8").splitlines()
    at = lines.index(impression)
    sentences, tail = lines[1:at], "\n".join(lines[at:])
    for r in range(count):
        text, k = lines[0] + "\n", 0
        while len(text) + len(tail) < 800:
            text += sentences[(r + k * 7) % len(sentences)] + blank
            k += 1
        yield text + "\n" + tail


def text_concepts():
    """Sections, the wordings of our lexicon and their negation; ours adds sizes, lesions, organs and the mask."""
    lexicon = HERE.parent / "liver-text/src/main/resources/io/github/livermm/text/concept/lexicon.json"
    wordings = {language: {w.strip("!?~"): c["id"] for c in json.loads(lexicon.read_text("utf-8"))["concepts"]
                           for w in c[language] if "…" not in w} for language in ("zh", "en")}
    negations = {"zh": "未见|无|不伴|除外|排除", "en": r"\bno\b|\bwithout\b|\bnot\b|absence of|negative for"}
    for language in ("zh", "en"):
        words = sorted(wordings[language], key=len, reverse=True)
        edge = "" if language == "zh" else r"\b"
        concept = re.compile(edge + "(?:" + "|".join(map(re.escape, words)) + ")" + edge)
        negation, clause = re.compile(negations[language]), re.compile("[，。；\n]" if language == "zh" else r"[.;\n]")
        texts = list(reports(language))

        def negex(text):
            found = []
            for part in clause.split(text.lower()):
                cue = negation.search(part)
                found += [(wordings[language][m.group()], bool(cue and cue.end() <= m.start()))
                          for m in concept.finditer(part)]
            return found

        assert any(negated for t in texts for _, negated in negex(t))
        yield ("ReportParserBenchmark.parse", {"language": language},
               "Python re: the lexicon as one alternation, NegEx by clause",
               seconds(lambda: [negex(t) for t in texts]) / len(texts))
    try:
        import medspacy
        from loguru import logger
        from medspacy.target_matcher import TargetRule
    except ImportError:
        return
    logger.remove()
    pipe = medspacy.load(medspacy_enable=[
        "medspacy_pyrush", "medspacy_target_matcher", "medspacy_context", "medspacy_sectionizer"])
    pipe.get_pipe("medspacy_target_matcher").add([TargetRule(w, c.upper()) for w, c in wordings["en"].items()])
    assert any(e._.is_negated for t in texts for e in pipe(t).ents)
    yield ("ReportParserBenchmark.parse", {"language": "en"},
           f"medspacy-{version('medspacy')}: sections, our wordings, ConText",
           seconds(lambda: [pipe(t) for t in texts]) / len(texts))


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def resampling():
    import sklearn
    from sklearn.metrics import roc_auc_score

    n = 10000
    rng = np.random.default_rng(1)
    y = rng.random(n) < 0.3
    s = rng.normal(size=n) + y
    cases, others = np.flatnonzero(y), np.flatnonzero(~y)

    def bootstrap():
        values = []
        for _ in range(2000):
            rows = np.concatenate([rng.choice(cases, len(cases)), rng.choice(others, len(others))])
            values.append(roc_auc_score(y[rows], s[rows]))
        return np.quantile(values, [0.025, 0.975])

    yield ("ResamplingBenchmark.aucOf2000Replicates", {"patients": str(n)},
           f"scikit-learn-{sklearn.__version__} roc_auc_score in a loop", seconds(bootstrap))


def follow_up(n):
    rng = np.random.default_rng(1)
    lp = 0.5 * rng.normal(size=n)
    death = rng.exponential(size=n) * 1000 * np.exp(-lp)
    censoring = rng.random(n) * 2000
    return lp, 1 + np.floor(np.minimum(death, censoring)), death <= censoring


def concordance():
    """scikit-survival compares all pairs of events, so its larger sizes are left out."""
    sksurv, lifelines = optional("sksurv.metrics"), optional("lifelines.utils")
    for n in (1000, 10000, 100000, 1000000):
        lp, t, e = follow_up(n)
        risk = lp + np.random.default_rng(2).normal(size=n)
        key = ("ConcordanceBenchmark.harrell", {"patients": str(n)})
        if sksurv and n <= 10000:
            yield (*key, f"scikit-survival-{version('scikit-survival')} (C only)",
                   seconds(lambda: sksurv.concordance_index_censored(e, t, risk)))
        if lifelines and n <= 100000:
            yield (*key, f"lifelines-{version('lifelines')} (C only)",
                   seconds(lambda: lifelines.concordance_index(t, -risk, e)))


def kaplan_meier():
    sksurv, lifelines, statsmodels = optional("sksurv.nonparametric"), optional("lifelines"), optional("statsmodels.api")
    n = 1000000
    rng = np.random.default_rng(1)
    death, censoring = rng.exponential(size=n) * 1000, rng.random(n) * 2000
    e = death <= censoring
    for times in ("days", "exact"):
        t = np.minimum(death, censoring)
        t = 1 + np.floor(t) if times == "days" else t
        key = ("KaplanMeierBenchmark.curveWithLimits", {"patients": str(n), "times": times})
        if sksurv:
            yield (*key, f"scikit-survival-{version('scikit-survival')}",
                   seconds(lambda: sksurv.kaplan_meier_estimator(e, t, conf_type="log-log")))
        if lifelines:
            yield (*key, f"lifelines-{version('lifelines')}", seconds(lambda: lifelines.KaplanMeierFitter().fit(t, e)))
        if statsmodels:
            yield (*key, f"statsmodels-{version('statsmodels')}", seconds(lambda: statsmodels.SurvfuncRight(t, e)))


def horizons():
    sksurv, util = optional("sksurv.metrics"), optional("sksurv.util")
    if sksurv is None:
        return
    n = 100000
    lp, t, e = follow_up(n)
    at = np.array([365.0, 730.0, 1095.0])
    risk = 1 - np.exp(-at / 1000 * np.exp(lp)[:, None])
    y = util.Surv.from_arrays(e, t)

    def score():
        # the last times of follow-up are censored, as the package demands
        return sksurv.cumulative_dynamic_auc(y, y, risk, at)[0], sksurv.brier_score(y, y, 1 - risk, at)[1]

    yield ("HorizonScoreBenchmark.aucAndBrierAtThreeHorizons", {"patients": str(n)},
           f"scikit-survival-{version('scikit-survival')}", seconds(score))


def deepsurv():
    """An epoch of a Cox network (64, 64) in PyTorch: Breslow's partial likelihood by logcumsumexp."""
    try:
        import torch
    except ImportError:
        return
    torch.set_num_threads(os.cpu_count())
    torch.manual_seed(1)
    n = 100000
    x = torch.randn(n, 10)
    happens = -torch.log(1 - torch.rand(n)) / torch.exp(x[:, 0] - x[:, 1] * x[:, 2])
    censored = 3 * torch.rand(n)
    t, e = torch.minimum(happens, censored), (happens <= censored).float()

    def loss(eta, t, e):
        order = t.sort(descending=True)[1]
        eta, e = eta[order, 0], e[order]
        return -((eta - torch.logcumsumexp(eta, 0)) * e).sum() / e.sum()

    for batch in (256, n):
        net = torch.nn.Sequential(torch.nn.Linear(10, 64), torch.nn.ReLU(), torch.nn.Linear(64, 64), torch.nn.ReLU(),
                                  torch.nn.Linear(64, 1, bias=False))
        optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.01)

        def epoch():
            order = torch.randperm(n) if batch < n else None
            for start in range(0, n, batch):
                rows = slice(None) if order is None else order[start:start + batch]
                optimiser.zero_grad()
                loss(net(x[rows]), t[rows], e[rows]).backward()
                optimiser.step()

        yield ("DeepSurvBenchmark.epoch", {"patients": str(n), "batch": str(batch)},
               f"PyTorch-{torch.__version__.split('+')[0]}", seconds(epoch))


def r(only):
    if shutil.which("Rscript") is None:
        return
    output = subprocess.run(["Rscript", str(HERE / "peers.R"), *only], check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        name, *params, package, took = line.split(" ")
        yield name, dict(p.split("=") for p in params), package, float(took)


def tfidf():
    """Fit and transform with the same n-grams; the texts of TfIdfBenchmark, drawn anew."""
    import random

    import sklearn
    from sklearn.feature_extraction.text import TfidfVectorizer

    source = (HERE / "src/main/java/io/github/livermm/benchmarks/TfIdfBenchmark.java").read_text(encoding="utf-8")
    block = source.split("PHRASES = {")[1].split("};")[0]
    phrases = block.split('"')[1::2]
    rng = random.Random(1)

    def text():
        pieces, length = [], 0
        while length < 300:
            pieces.append(rng.choice(phrases))
            if rng.randrange(4) == 0:
                pieces.append(f"{chr(0x4E00 + rng.randrange(3000))} w{rng.randrange(20000)} ")
            length = sum(map(len, pieces))
        return "".join(pieces)

    n = 100000
    texts = [text() for _ in range(n)]
    for kind, settings in (("CHARACTERS", {"analyzer": "char", "ngram_range": (1, 3)}),
                           ("WORDS", {"analyzer": "word", "ngram_range": (1, 2)})):
        vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=5, lowercase=False, **settings)
        yield ("TfIdfBenchmark.fitAndTransform", {"reports": str(n), "kind": kind},
               f"scikit-learn-{sklearn.__version__} TfidfVectorizer", seconds(lambda: vectorizer.fit_transform(texts), 1))


def transformer():
    """WordPiece and the tiny transformer of the tests, one report at a time."""
    try:
        import onnxruntime
        from tokenizers.implementations import BertWordPieceTokenizer
    except ImportError:
        return
    folder = "liver-text/onnx/src/test/resources/reference/tiny-bert"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(HERE.parent / folder / "model.onnx"), options,
                                           providers=["CPUExecutionProvider"])
    tokens = (HERE.parent / folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    tokenizer = BertWordPieceTokenizer({t: i for i, t in enumerate(tokens)}, lowercase=True)
    report = "肝右叶见一低密度肿块，大小约5.3cm×4.1cm，动脉期明显强化，门脉期廓清，包膜未见。"

    def embed():
        encoding = tokenizer.encode(report)
        ids = np.array([encoding.ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        return session.run(["last_hidden_state"], feed)[0][0].astype(np.float64).mean(axis=0)

    yield ("TransformerBenchmark.embed", {"folder": folder, "maxTokens": "64"},
           f"onnxruntime-{onnxruntime.__version__} and tokenizers", seconds(embed))


PEERS = {
    "RocCurveBenchmark": roc,
    "ResamplingBenchmark": resampling,
    "ConcordanceBenchmark": concordance,
    "KaplanMeierBenchmark": kaplan_meier,
    "HorizonScoreBenchmark": horizons,
    "DicomBenchmark": dicom,
    "DicomCodecBenchmark": codecs,
    "ResampleBenchmark": resample,
    "PreparedBenchmark": prepared,
    "TrainingStepBenchmark": training,
    "ReportParserBenchmark": text_concepts,
    "TfIdfBenchmark": tfidf,
    "TransformerBenchmark": transformer,
    "DeepSurvBenchmark": deepsurv,
}


def times(name):
    return list(PEERS[name]())


def peers(only):
    # a process for each: TensorFlow and PyTorch abort when one process loads both
    for name in PEERS:
        if not only or name in only:
            with multiprocessing.get_context("fork").Pool(1) as process:
                yield from process.apply(times, (name,))
    yield from r(only)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", default=HERE / "target/results.json")
    parser.add_argument("--only", type=lambda names: names.split(","), default=[])
    parser.add_argument("--dicom", action="append", default=[], help="a further folder for DicomBenchmark -p folder=DIR")
    options = parser.parse_args()
    DICOM.extend(options.dicom)
    units = {"us/op": 1e-6, "ms/op": 1e-3, "s/op": 1.0}
    ours = {}
    for result in json.loads(pathlib.Path(options.results).read_text()):
        name = ".".join(result["benchmark"].split(".")[-2:])
        metric = result["primaryMetric"]
        ours[name, tuple(sorted((result.get("params") or {}).items()))] = (
            min(v for fork in metric["rawData"] for v in fork) * units[metric["scoreUnit"]])
    print("| Benchmark | Size | Ours, ms | Peer | Peer, ms | Ratio |\n|---|---|---:|---|---:|---:|")
    seen = set()
    for name, params, package, took in peers(options.only):
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
