#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the code streams beside it and expected.csv: name, width, height, bits, signed, largest difference
allowed, SHA-256 of the samples by the reference decoder as little-endian 32-bit integers, the samples in
<name>.raw where the coding is lossy and decoders may round differently.

Needs numpy, opj_compress and opj_decompress (OpenJPEG 2.5.0), cjpeg and djpeg (libjpeg-turbo 2.1.5).
"""
import hashlib
import pathlib
import subprocess
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
TMP = pathlib.Path(tempfile.mkdtemp())
WIDTH, HEIGHT = 61, 45
JPEG2000 = {
    "plain": (12, False, ""),
    "signed16": (16, True, ""),
    "tiles": (12, False, "-n 4 -t 24,17"),
    "offset": (12, False, "-n 3 -d 5,3 -t 24,17 -T 2,1"),
    "rlcp_layers": (12, False, "-p RLCP -r 8,4,1"),
    "rpcl_precincts": (12, False, "-n 3 -p RPCL -c [16,16],[8,8] -r 4,1"),
    "pcrl_precincts": (12, False, "-n 3 -p PCRL -c [32,32],[16,8]"),
    "cprl_precincts": (12, False, "-n 3 -p CPRL -c [16,16] -SOP -EPH"),
    "bypass": (12, False, "-M 1"),
    "reset": (12, False, "-M 2"),
    "terminate": (12, False, "-M 4"),
    "causal": (12, False, "-M 8"),
    "symbols": (12, False, "-M 32"),
    "all_styles": (12, False, "-M 47 -b 16,8 -r 3,1"),
    "one_level": (8, False, "-n 2"),
    "no_wavelet": (8, False, "-n 1"),
    "lossy97": (12, False, "-I -r 6"),
    "lossy97_tiles": (16, True, "-n 4 -I -r 10,5 -t 30,30"),
    "lossy53": (12, False, "-r 6"),
}
JPEG = {
    "baseline": "-quality 90",
    "restart": "-quality 80 -restart 3B",
    "optimised": "-quality 95 -optimize",
    "progressive": "-quality 85 -progressive",
    "progressive_restart": "-quality 60 -progressive -restart 5B",
}


def image(bits, signed):
    rng = np.random.default_rng(bits)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    wave = np.sin(x / 7) * np.cos(y / 5) + 0.3 * ((x - 30) ** 2 + (y - 20) ** 2 < 150) + 0.03 * rng.normal(size=x.shape)
    top = 2 ** bits - 1
    values = np.clip((wave + 1.5) / 3 * top, 0, top).round().astype(int)
    return values - 2 ** (bits - 1) if signed else values


rows = []
for name, (bits, signed, options) in JPEG2000.items():
    kind = np.dtype(("i" if signed else "u") + ("1" if bits <= 8 else "2"))
    (TMP / "in.rawl").write_bytes(image(bits, signed).astype(kind.newbyteorder("<")).tobytes())
    stream = HERE / f"{name}.j2k"
    subprocess.run(["opj_compress", "-i", TMP / "in.rawl", "-o", stream, "-F",
                    f"{WIDTH},{HEIGHT},1,{bits},{'s' if signed else 'u'}", *options.split()], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["opj_decompress", "-i", stream, "-o", TMP / "out.rawl"], check=True, stdout=subprocess.DEVNULL)
    samples = np.frombuffer((TMP / "out.rawl").read_bytes(), kind.newbyteorder("<")).astype("<i4")
    rows.append((stream.name, WIDTH, HEIGHT, bits, int(signed), 0, hashlib.sha256(samples.tobytes()).hexdigest()))
for name, options in JPEG.items():
    (TMP / "in.pgm").write_bytes(f"P5 {WIDTH} {HEIGHT} 255\n".encode() + image(8, False).astype("u1").tobytes())
    stream = HERE / f"{name}.jpg"
    subprocess.run(["cjpeg", *options.split(), "-outfile", stream, TMP / "in.pgm"], check=True)
    pgm = subprocess.run(["djpeg", "-dct", "int", "-nosmooth", stream], check=True, capture_output=True).stdout
    samples = np.frombuffer(pgm[-WIDTH * HEIGHT:], "u1").astype("<i4")
    (HERE / f"{name}.raw").write_bytes(samples.astype("u1").tobytes())
    rows.append((stream.name, WIDTH, HEIGHT, 8, 0, 1, hashlib.sha256(samples.tobytes()).hexdigest()))
with open(HERE / "expected.csv", "w") as out:
    out.write("file,width,height,bits,signed,allowed,sha256\n")
    out.writelines(",".join(map(str, row)) + "\n" for row in rows)
