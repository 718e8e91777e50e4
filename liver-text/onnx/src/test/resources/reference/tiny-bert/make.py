#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A tiny model of the BERT family with random weights as ONNX, its vocabulary, and what tokenizers and ONNX Runtime make
of some texts.

    pip install numpy onnx==1.23.2 onnxruntime==1.29.0 tokenizers==0.23.3
    python3 make.py            writes model.onnx, vocab.txt and expected.json beside this script

The graph is that of BertModel (one layer): embeddings, self-attention, two layer norms, GELU; inputs input_ids,
attention_mask and token_type_ids, outputs last_hidden_state and pooler_output, batch and tokens dynamic. A model of your own:
torch.onnx.export of a BertModel, or optimum-cli export onnx --task feature-extraction.
"""
import json
import pathlib
import random

import numpy as np
import onnx
import onnxruntime
import tokenizers
from onnx import TensorProto, helper, numpy_helper
from tokenizers.implementations import BertWordPieceTokenizer

HERE = pathlib.Path(__file__).resolve().parent
HIDDEN, HEADS, INNER, POSITIONS = 16, 2, 32, 64
MAX_TOKENS = 32

IDEOGRAPHS = "肝右左叶段结节肿块占位低密度信号动脉期明显强化门延迟廓清包膜未见不均匀边界清楚大小约厘米脾胆囊胰腺肾腹水癌瘤影像所诊断"
WORDS = ("the a no with and of liver mass nodule lesion arterial phase washout capsule enhancement rim mm cm segment "
         "spleen normal findings impression hcc hyper hypo ##enhancement ##intense ##enhancing ##s ##ed ##ing").split()


def vocabulary():
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokens += list("，。、；：（）,.;:()-/!?\"'■")
    tokens += [c for c in "0123456789abcdefghijklmnopqrstuvwxyz"]
    tokens += ["##" + c for c in "0123456789abcdefghijklmnopqrstuvwxyz"]
    tokens += ["A", "B", "The", "T", "##T", "é", "ß", "σ", "ς", "が"]
    tokens += list(dict.fromkeys(IDEOGRAPHS)) + WORDS
    return list(dict.fromkeys(tokens))


def model(size):
    rng = np.random.default_rng(20261126)
    weights, nodes = [], []

    def weight(name, *shape, scale=0.4):
        weights.append(numpy_helper.from_array((rng.normal(size=shape) * scale).astype(np.float32), name))
        return name

    def constant(name, value, dtype):
        weights.append(numpy_helper.from_array(np.array(value, dtype), name))
        return name

    def node(op, inputs, output, **attributes):
        nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output

    def dense(x, name, width_in, width_out):
        y = node("MatMul", [x, weight(name + ".w", width_in, width_out)], name + ".xw")
        return node("Add", [y, weight(name + ".b", width_out, scale=0.1)], name)

    def norm(x, name):
        weights.append(numpy_helper.from_array((1 + rng.normal(size=HIDDEN) * 0.1).astype(np.float32), name + ".g"))
        return node("LayerNormalization", [x, name + ".g", weight(name + ".b", HIDDEN, scale=0.1)], name,
                    axis=-1, epsilon=1e-12)

    def heads(x, name, perm):
        shaped = node("Reshape", [x, "head_shape"], name + ".r")
        return node("Transpose", [shaped], name + ".t", perm=perm)

    constant("zero", 0, np.int64)
    constant("one", 1, np.int64)
    constant("head_shape", [0, 0, HEADS, HIDDEN // HEADS], np.int64)
    constant("flat_shape", [0, 0, HIDDEN], np.int64)
    length = node("Gather", [node("Shape", ["input_ids"], "shape"), "one"], "length", axis=0)
    positions = node("Range", ["zero", length, "one"], "positions")
    x = node("Gather", [weight("words", size, HIDDEN), "input_ids"], "e1")
    x = node("Add", [x, node("Gather", [weight("types", 2, HIDDEN), "token_type_ids"], "e2")], "e3")
    x = node("Add", [x, node("Gather", [weight("places", POSITIONS, HIDDEN), positions], "e4")], "e5")
    x = norm(x, "embedded")
    q = heads(dense(x, "q", HIDDEN, HIDDEN), "qh", [0, 2, 1, 3])
    k = heads(dense(x, "k", HIDDEN, HIDDEN), "kh", [0, 2, 3, 1])
    v = heads(dense(x, "v", HIDDEN, HIDDEN), "vh", [0, 2, 1, 3])
    scores = node("Div", [node("MatMul", [q, k], "qk"), constant("root", np.sqrt(HIDDEN / HEADS), np.float32)], "scaled")
    mask = node("Cast", ["attention_mask"], "mask.f", to=TensorProto.FLOAT)
    mask = node("Sub", [mask, constant("f1", 1, np.float32)], "mask.m")
    mask = node("Mul", [mask, constant("far", 1e4, np.float32)], "mask.s")
    mask = node("Unsqueeze", [mask, constant("axes", [1, 2], np.int64)], "mask.u")
    attention = node("Softmax", [node("Add", [scores, mask], "masked")], "attention", axis=-1)
    context = node("Transpose", [node("MatMul", [attention, v], "av")], "av.t", perm=[0, 2, 1, 3])
    context = node("Reshape", [context, "flat_shape"], "context")
    x = norm(node("Add", [x, dense(context, "o", HIDDEN, HIDDEN)], "r1"), "attended")
    h = dense(x, "inner", HIDDEN, INNER)
    erf = node("Erf", [node("Div", [h, constant("root2", np.sqrt(2), np.float32)], "g1")], "g2")
    h = node("Mul", [node("Mul", [h, node("Add", [erf, "f1"], "g3")], "g4"), constant("half", 0.5, np.float32)], "gelu")
    x = norm(node("Add", [x, dense(h, "outer", INNER, HIDDEN)], "r2"), "last_hidden_state")
    first = node("Gather", [x, "zero"], "first", axis=1)
    node("Tanh", [dense(first, "pool", HIDDEN, HIDDEN)], "pooler_output")
    graph = helper.make_graph(
        nodes, "tiny-bert",
        [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "tokens"])
         for n in ("input_ids", "attention_mask", "token_type_ids")],
        [helper.make_tensor_value_info("pooler_output", TensorProto.FLOAT, ["batch", HIDDEN]),
         helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", HIDDEN])],
        weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="make.py")
    onnx.checker.check_model(made)
    return made


def texts():
    fixed = [
        "", " ", "肝右叶见一低密度肿块，大小约5.3cm×4.1cm，动脉期明显强化，门脉期廓清。",
        "The liver shows a 32 mm hyperenhancing nodule with washout; no capsule.",
        "影像所见：肝S8段 nodule，MR-T2WI稍高信号（约3.2CM）。", "■■ masked ■", "Café naïve ÀÉ Straße ΣΑΣ",
        "unbelievablywordwithoutanypiece zz9", "x" * 101, "x" * 100, "tab\tline\nreturn\r\u3000wide\u00a0nbsp\u2009thin",
        "zero\u200bwidth\ufeffmark soft\u00adhyphen \u0000nul \ufffd bad", "[CLS] [SEP] [MASK] [UNK]",
        "full width ＡＢＣ１２３，。", "emoji 😀 and 𠀀 astral ideograph", "カタカナ がぎ ひらがな 한국어",
        "a-b/c.d,e;f:g!h?i(j)k\"l'm", "$5 + 3 = 8 ^ ` | ~ < >", "¼ ½ ² № ℃ Ⅳ", "A B The T TT ttT", "no no no. " * 30,
    ]
    rng = random.Random(7)
    letters = list("abcdefgABC0129 ，。,.-()éÀß\t\n") + list(IDEOGRAPHS) + ["\u0301", "\u200d", "😀", "が", " ", " "]
    drawn = ["".join(rng.choice(letters) for _ in range(rng.randrange(1, 60))) for _ in range(60)]
    return fixed + drawn


def embedding(session, tokenizer, text):
    """Mean of last_hidden_state over the tokens of all windows of MAX_TOKENS, [CLS] and [SEP] included."""
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    rows = []
    for at in range(0, max(1, len(ids)), MAX_TOKENS - 2):
        window = np.array([[start] + ids[at:at + MAX_TOKENS - 2] + [end]], np.int64)
        feed = {"input_ids": window, "attention_mask": np.ones_like(window), "token_type_ids": np.zeros_like(window)}
        rows.append(session.run(["last_hidden_state"], feed)[0][0])
    return np.concatenate(rows).astype(np.float64).mean(axis=0).tolist()


def main():
    tokens = vocabulary()
    (HERE / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    onnx.save(model(len(tokens)), HERE / "model.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(HERE / "model.onnx"), options, providers=["CPUExecutionProvider"])
    # special tokens are not looked for in the text of a report
    uncased = BertWordPieceTokenizer({t: i for i, t in enumerate(tokens)}, lowercase=True)
    cased = BertWordPieceTokenizer({t: i for i, t in enumerate(tokens)}, lowercase=False)
    cases = []
    for text in texts():
        case = {"text": text}
        if "[" not in text:
            case["uncased"] = uncased.encode(text, add_special_tokens=False).ids
            case["cased"] = cased.encode(text, add_special_tokens=False).ids
            case["embedding"] = embedding(session, uncased, text)
            cases.append(case)
    expected = {
        "made_with": {"tokenizers": tokenizers.__version__, "onnxruntime": onnxruntime.__version__, "onnx": onnx.__version__},
        "max_tokens": MAX_TOKENS, "cases": cases,
    }
    (HERE / "expected.json").write_text(json.dumps(expected, ensure_ascii=True, indent=0) + "\n")


main()
