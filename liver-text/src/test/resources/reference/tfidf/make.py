#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tf-idf of some texts by scikit-learn, for each kind of n-gram.

    pip install scikit-learn==1.9.1
    python3 make.py            writes expected.json beside this script

The texts are drawn from words and punctuation of reports in both languages, in lower case; the analyser of "mixed" is its
definition as two regular expressions.
"""
import json
import pathlib
import random
import re

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

HERE = pathlib.Path(__file__).resolve().parent
MIN_TEXTS, MAX_SHARE = 2, 0.95
PIECES = ("肝右叶 结节 肿块 动脉期明显强化 廓清 包膜 未见 不均匀 liver mass washout no non-rim patient's segment iv 5.3cm×4.1cm "
          "32 ² _x a1 ■■ café").split()
JOINS = ["，", "。", " ", " ", "  ", "-", ", ", ".\n", "\n\n", "", "；", " \t "]


def texts():
    rng = random.Random(11)
    return ["".join(rng.choice(PIECES) + rng.choice(JOINS) for _ in range(rng.randrange(0, 25))) for _ in range(24)]


def mixed(text):
    terms = []
    for run in re.findall("[\u4e00-\u9fff]+", text):
        terms += [run[i:i + n] for i in range(len(run)) for n in (1, 2, 3) if i + n <= len(run)]
    for row in re.findall("[a-z']+(?:[ -]+[a-z']+)*", text):
        words = re.split("[ -]+", row)
        terms += words + [" ".join(pair) for pair in zip(words, words[1:])]
    return terms


KINDS = {
    "characters": {"analyzer": "char", "ngram_range": (1, 3)},
    "words": {"analyzer": "word", "ngram_range": (1, 2)},
    "mixed": {"analyzer": mixed},
}


def main():
    out = {"made_with": {"scikit-learn": sklearn.__version__}, "min_texts": MIN_TEXTS, "max_share": MAX_SHARE,
           "texts": texts(), "kinds": {}}
    for name, settings in KINDS.items():
        vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=MIN_TEXTS, max_df=MAX_SHARE, **settings)
        weights = vectorizer.fit_transform(out["texts"]).tocsr()
        weights.sort_indices()
        rows = [{"columns": r.indices.tolist(), "values": r.data.tolist()} for r in weights]
        out["kinds"][name] = {"terms": vectorizer.get_feature_names_out().tolist(), "idf": vectorizer.idf_.tolist(),
                              "rows": rows}
    (HERE / "expected.json").write_text(json.dumps(out, ensure_ascii=True) + "\n")


main()
