#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What our command line makes of DICOM files, beside what established programs make of the same files.

    apt-get install dcm2niix dcmtk libgdcm-tools       pip install numpy nibabel pydicom dicom-anonymizer
    benchmarks/crosscheck.py --data DIR                prints one row per comparison; exit 1 when one differs without a reason

DIR holds dicom-transfer-syntaxes, dicom-objects, hcc-tace-seg and ibsi-ct-phantom (a folder that is missing is left out and
named). Programs that are missing are left out too. Differences that have a reason are listed with it, here and in the
documentation of the package io.github.livermm.imaging.dicom.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import nibabel
import numpy as np
import pydicom

HERE = pathlib.Path(__file__).resolve().parent
LPS_TO_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])
TOLERANCE = 1e-3  # mm of affines: dcm2niix and NIfTI keep 32-bit floats

# a row with a reason does not fail the run
ROUNDING = "the inverse cosine transform is rounded by each program for itself: one stored step"
LOSSY = {f"1.2.840.10008.1.2.4.{n}" for n in (50, 51, 53, 55)}


LIVER = [HERE.parent / "examples/bin/liver"]


def run(*command, check=True):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if check and done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def inspect(folder):
    return json.loads(run(*LIVER, "inspect", "--dicom", folder, "--json"))


def ours(folder, series, work):
    out = work / "ours.nii.gz"
    run(*LIVER, "convert", "--dicom", folder, "--series", series, "--out", out)
    image = nibabel.load(out)
    return np.asarray(image.dataobj, dtype=np.float64), image.affine


class Report:
    def __init__(self):
        self.failed = 0
        print("| Check | Peer | Difference | Verdict |\n|---|---|---|---|")

    def row(self, check, peer, difference, equal, reason=None):
        if not equal and reason is None:
            self.failed += 1
        verdict = "equal" if equal else f"explained: {reason}" if reason else "DIFFERS"
        print(f"| {check} | {peer} | {difference} | {verdict} |", flush=True)


def scaled(path):
    """Frames x rows x columns of one file by pydicom, x slope + intercept."""
    data = pydicom.dcmread(path)
    pixels = data.pixel_array.astype(np.float64)
    pixels = pixels[None] if pixels.ndim == 2 else pixels
    slope, intercept = (np.array([rescale(data, f, name, usual) for f in range(len(pixels))])[:, None, None]
                        for name, usual in (("RescaleSlope", 1), ("RescaleIntercept", 0)))
    return pixels * slope + intercept


def rescale(data, frame, name, usual):
    """Of the frame, of all frames, or of the image."""
    groups = [data.PerFrameFunctionalGroupsSequence[frame]] if "PerFrameFunctionalGroupsSequence" in data else []
    groups += list(data.get("SharedFunctionalGroupsSequence", []))
    for group in groups:
        if "PixelValueTransformationSequence" in group:
            return float(group.PixelValueTransformationSequence[0].get(name, usual))
    return float(data.get(name, usual))


DECODERS = {
    "1.2.840.10008.1.2.5": ["dcmdrle"],
    "1.2.840.10008.1.2.4.80": ["dcmdjpls"],
    "1.2.840.10008.1.2.4.81": ["dcmdjpls"],
    **{f"1.2.840.10008.1.2.4.{n}": ["dcmdjpeg"] for n in (50, 51, 53, 55, 57, 70)},
}


def decoded(path, syntax, work):
    """The file as plain pixels by each program that is there."""
    if syntax in DECODERS and shutil.which(DECODERS[syntax][0]):
        out = work / "dcmtk.dcm"
        run(*DECODERS[syntax], path, out)
        yield "dcmtk " + DECODERS[syntax][0], scaled(out)
    elif syntax in ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"):
        yield "pydicom", scaled(path)
        if shutil.which("dcmconv"):
            out = work / "dcmtk.dcm"
            run("dcmconv", "+te", path, out)
            yield "dcmtk dcmconv", scaled(out)
    if shutil.which("gdcmconv"):
        out = work / "gdcm.dcm"
        done = subprocess.run(["gdcmconv", "--raw", str(path), str(out)], capture_output=True, check=False)
        if done.returncode == 0:
            yield "gdcm gdcmconv", scaled(out)


def values(report, folder, work):
    """Each file alone: stored values x slope + intercept."""
    for path in sorted(folder.glob("*.dcm")):
        alone = work / "alone"
        shutil.rmtree(alone, ignore_errors=True)
        alone.mkdir()
        shutil.copy(path, alone)
        found = inspect(alone)
        if not found["series"] or found["series"][0]["problems"]:
            why = found["skipped"] or found["unreadable"] or found["series"][0]["problems"]
            print(f"| values {path.name} | - | not read: {why} | left aside |")
            continue
        series = found["series"][0]
        mine, _ = ours(alone, series["uid"], work)
        mine = mine.transpose(2, 1, 0)
        syntax = series["transfer_syntax"].split()[0]
        step = rescale(pydicom.dcmread(path, stop_before_pixels=True), 0, "RescaleSlope", 1)
        for peer, pixels in decoded(path, syntax, work):
            # our slices go up along the normal, a file's frames as they were stored
            either = [np.abs(mine - p).max() for p in (pixels, pixels[::-1])] if mine.shape == pixels.shape else [np.inf]
            within = syntax in LOSSY and min(either) <= 1.001 * step
            report.row(f"values {path.name}", peer, f"at most {min(either):g}", min(either) == 0,
                       ROUNDING if within else None)


def geometry(report, name, folder, work):
    """Whole series: affine, size and values beside dcm2niix, positions beside pydicom."""
    found = inspect(folder)
    readable = [s for s in found["series"] if s["size"]]
    if shutil.which("dcm2niix"):
        out = work / "dcm2niix"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        run("dcm2niix", "-z", "n", "-b", "y", "-m", "y", "-f", "%j_%s", "-o", out, folder, check=False)
        theirs = [nibabel.load(p) for p in sorted(out.glob("*.nii"))]
        report.row(f"series {name}", "dcm2niix", f"{len(readable)} of ours, {len(theirs)} of theirs",
                   len(readable) == len(theirs))
    else:
        theirs = []
    for series in readable:
        mine, affine = ours(folder, series["uid"], work)
        spacing = np.sqrt((affine[:3, :3] ** 2).sum(axis=0))
        for image in theirs:
            if image.shape[:3] != mine.shape or len(readable) != len(theirs):
                continue
            # the same voxels in another order: their indices as ours
            place = np.linalg.inv(affine) @ image.affine
            turn = np.rint(place[:3, :3]).astype(int)
            at = np.rint(place[:3, 3]).astype(int)
            pixels = np.asarray(image.dataobj, dtype=np.float64)
            off = np.abs(affine @ np.block([[turn, at[:, None]], [np.zeros((1, 3)), np.ones((1, 1))]]) - image.affine)
            report.row(f"affine {name} {series['number']}", "dcm2niix", f"{off.max():.1e} mm", off.max() < TOLERANCE)
            if (np.abs(turn) == np.eye(3, dtype=int)).all():
                flipped = pixels[tuple(slice(None, None, int(turn[a, a])) for a in range(3))]
                worst = np.abs(mine - flipped).max()
                report.row(f"values {name} {series['number']}", "dcm2niix", f"at most {worst:g}", worst == 0)
        headers = [h for h in (pydicom.dcmread(p, stop_before_pixels=True) for p in dicom_files(folder))
                   if h.get("SeriesInstanceUID") == series["uid"] and "ImagePositionPatient" in h]
        if headers:
            ras = LPS_TO_RAS @ affine  # columns again in LPS
            ends = [ras[:3, 3], ras[:3, 3] + ras[:3, 2] * (mine.shape[2] - 1)]
            there = np.array([h.ImagePositionPatient for h in headers], dtype=float)
            off = max(np.abs(there - e).max(axis=1).min() for e in ends)
            report.row(f"first and last position {name} {series['number']}", "pydicom", f"{off:.1e} mm", off < TOLERANCE)
            pixel = np.abs(spacing[:2] - [float(headers[0].PixelSpacing[1]), float(headers[0].PixelSpacing[0])]).max()
            report.row(f"pixel spacing {name} {series['number']}", "pydicom", f"{pixel:.1e} mm", pixel < 1e-6)


def dicom_files(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and pydicom.misc.is_dicom(path):
            yield path


def grouping(report, folders, work):
    """One folder with everything in it: which series there are."""
    messy = work / "messy"
    messy.mkdir()
    number = 0
    for folder in folders:
        for path in dicom_files(folder):
            number += 1
            shutil.copy(path, messy / f"I{number:05d}")
    found = inspect(messy)
    mine = {s["uid"].split("#")[0] for s in found["series"]}
    theirs = set()
    for path in dicom_files(messy):
        header = pydicom.dcmread(path, stop_before_pixels=True)
        placed = int(header.get("NumberOfFrames", 1) or 1) == 1 or "PerFrameFunctionalGroupsSequence" in header
        if header.get("Modality") in ("CT", "MR") and "Rows" in header and placed:
            theirs.add(str(header.get("SeriesInstanceUID", "")))
    left = theirs - mine
    report.row(f"series of CT and MR in {number} mixed files", "pydicom", f"{len(mine)} of ours, {len(theirs)} of theirs",
               not left and not mine - theirs)
    print(f"| left aside there | - | {found['skipped']}, unreadable {len(found['unreadable'])} | counted |")


def elements(data, path=()):
    for element in data:
        yield (*path, element.tag), element
        if element.VR == "SQ":
            for n, item in enumerate(element.value):
                yield from elements(item, (*path, element.tag, n))


def deidentified(report, name, folder, work):
    """Read by others; what dicom-anonymizer removes or replaces is nowhere kept by ours; pixels equal."""
    out = work / "deidentified"
    shutil.rmtree(out, ignore_errors=True)
    run(*LIVER, "deidentify", "--dicom", folder, "--out", out)
    before = {}
    for path in dicom_files(folder):
        header = pydicom.dcmread(path)
        before[str(header.get("InstanceNumber", "")), str(header.get("SeriesNumber", "")), header.Rows] = (path, header)
    try:
        from dicomanonymizer import anonymize_dataset
    except ImportError:
        anonymize_dataset = None
    kept, pixels, files, unread = set(), 0, 0, 0
    for path in sorted(out.rglob("*.dcm")):
        files += 1
        data = pydicom.dcmread(path)
        if shutil.which("dcmdump"):
            unread += subprocess.run(["dcmdump", "-q", str(path)], capture_output=True, check=False).returncode != 0
        _, original = before[str(data.get("InstanceNumber", "")), str(data.get("SeriesNumber", "")), data.Rows]
        pixels += data.PixelData == original.PixelData
        if anonymize_dataset:
            theirs = pydicom.dcmread(before[str(data.get("InstanceNumber", "")), str(data.get("SeriesNumber", "")),
                                            data.Rows][0], stop_before_pixels=True)
            kept_by_them = pydicom.dcmread(path, stop_before_pixels=True)
            anonymize_dataset(theirs)
            remaining = {p: e for p, e in elements(theirs)}
            for place, element in elements(kept_by_them):
                old = value_at(original, place)
                same = element.VR != "SQ" and old is not None and str(old) == str(element.value) and str(old) != ""
                gone = place not in remaining or str(remaining[place].value) != str(old)
                if same and gone:
                    kept.add(element.tag)
    report.row(f"deidentified {name}: files with the same pixels", "pydicom", f"{pixels} of {files}", pixels == files > 0)
    report.row(f"deidentified {name}: unreadable files", "dcmtk dcmdump", unread, unread == 0)
    if anonymize_dataset:
        report.row(f"deidentified {name}: elements that only ours keeps", "dicom-anonymizer",
                   sorted(map(str, kept)) or "none", not kept)


def value_at(data, place):
    for step in place[:-1]:
        item = type(step) is int  # a tag is a subclass
        if (item and step >= len(data)) or (not item and step not in data):
            return None
        data = data[step] if item else data[step].value
    return data[place[-1]].value if place[-1] in data else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--liver", type=pathlib.Path, default=LIVER[0], help="the command line (default: that of this source)")
    options = parser.parse_args()
    LIVER[0] = options.liver
    series = {
        "HCC_048": "hcc-tace-seg/HCC_048_portal_venous_ct",
        "liver-seg": "dicom-objects/liver-seg/ct-3slice",
        "IBSI phantom": "ibsi-ct-phantom/dicom/image",
    }
    present = {n: options.data / f for n, f in series.items() if (options.data / f).is_dir()}
    for n in series.keys() - present.keys():
        print(f"left out: {options.data / series[n]} is no folder", file=sys.stderr)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        syntaxes = options.data / "dicom-transfer-syntaxes"
        if syntaxes.is_dir():
            values(report, syntaxes, work)
        for n, f in present.items():
            geometry(report, n, f, work)
        grouping(report, [syntaxes, *present.values()], work)
        for n, f in present.items():
            deidentified(report, n, f, work)
    print(f"{report.failed} differences without a reason")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
