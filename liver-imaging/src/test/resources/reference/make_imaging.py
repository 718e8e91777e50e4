"""Makes the fixtures of resample/, formats/ and masks/ beside this file.

Packages: SimpleITK 2.5.7, scipy 1.17.1, pynrrd 1.1.3, numpy 2.4.6. Run: python make_imaging.py
Nothing here uses the library that is tested.
"""
import csv
import os

import nrrd
import numpy as np
import SimpleITK as sitk
from scipy import ndimage

HERE = os.path.dirname(os.path.abspath(__file__))


def path(*parts):
    return os.path.join(HERE, *parts)


# resample: values by scipy on given index coordinates, and by ITK on grids
rng = np.random.default_rng(7)
size = (13, 11, 9)  # i, j, k
spacing = (0.8, 0.9, 2.5)
direction = np.array([[0.8, -0.6, 0], [0.6, 0.8, 0], [0, 0, 1.0]])
origin = np.array([3.0, -4.0, 5.0])
smooth = ndimage.gaussian_filter(rng.normal(size=size[::-1]), 1.0) * 500
values = smooth.astype(np.float32)  # k, j, i
image = sitk.GetImageFromArray(values)
image.SetSpacing(spacing)
image.SetOrigin(origin.tolist())
image.SetDirection(direction.ravel().tolist())
values.astype("<f4").tofile(path("resample", "input.f32"))
grids = {
    # same axes: the separable way
    "aligned": dict(size=(17, 15, 20), spacing=(0.61, 0.63, 1.05), direction=direction, at=(0.31, -0.23, 0.137)),
    # other axes: the general way
    "oblique": dict(size=(12, 12, 14), spacing=(0.7, 0.7, 1.3), direction=np.eye(3), at=(6.03, -1.01, 0.41)),
}
meta = {"input": dict(size=size, spacing=spacing, origin=origin.tolist(), direction=direction.ravel().tolist())}
inverse = np.linalg.inv(direction @ np.diag(spacing))
for name, g in grids.items():
    start = origin + direction @ (np.array(g["at"]) * np.array(spacing))
    idx = np.stack(np.meshgrid(*[np.arange(n) for n in g["size"]], indexing="ij"), -1).reshape(-1, 3)
    points = start + (idx * np.array(g["spacing"])) @ g["direction"].T
    c = (points - origin) @ inverse.T
    inside = np.all((c >= -0.5) & (c <= np.array(size) - 0.5), axis=1)
    for how, order, mode in (("nearest", 0, "nearest"), ("linear", 1, "nearest"), ("cubic", 3, "mirror")):
        out = ndimage.map_coordinates(values.astype(float), c[:, ::-1].T, order=order, mode=mode)
        out[~inside] = -1000
        out.reshape(g["size"]).transpose(2, 1, 0).astype("<f4").tofile(path("resample", f"{name}_{how}_scipy.f32"))
    itk = sitk.Resample(image, g["size"], sitk.Transform(), sitk.sitkBSpline, start.tolist(), g["spacing"],
                        g["direction"].ravel().tolist(), -1000.0)
    sitk.GetArrayFromImage(itk).astype("<f4").tofile(path("resample", f"{name}_cubic_itk.f32"))
    meta[name] = dict(size=g["size"], spacing=g["spacing"], origin=start.tolist(),
                      direction=g["direction"].ravel().tolist())
with open(path("resample", "grids.csv"), "w", newline="") as out:
    w = csv.writer(out, lineterminator="\n")
    w.writerow(["grid", "size", "spacing", "origin", "direction"])
    for name, g in meta.items():
        w.writerow([name] + [" ".join(repr(float(x)) if key != "size" else str(x) for x in g[key])
                             for key in ("size", "spacing", "origin", "direction")])

# formats: voxel (i, j, k) = (7 i + 13 j + 29 k) mod 101 - 50, or mod 101 where unsigned
n = (6, 5, 4)
k, j, i = np.meshgrid(np.arange(n[2]), np.arange(n[1]), np.arange(n[0]), indexing="ij")
signed = ((7 * i + 13 * j + 29 * k) % 101 - 50)
unsigned = signed + 50


def itk_image(array):
    im = sitk.GetImageFromArray(array)
    im.SetSpacing((0.75, 1.5, 2.5))
    im.SetOrigin((10.5, -20.25, 30.125))
    im.SetDirection(direction.ravel().tolist())
    return im


rows = []


def row(file, array, im=None, note=""):
    im = im or itk_image(array)
    d = np.array(im.GetDirection()).reshape(3, 3) @ np.diag(im.GetSpacing())
    affine = np.column_stack([d, im.GetOrigin()])
    rows.append([file, "unsigned" if array.min() >= 0 else "signed", " ".join(repr(float(x)) for x in affine.ravel()), note])


for kind, array in (("uint8", unsigned), ("int8", signed), ("int16", signed), ("uint16", unsigned),
                    ("int32", signed), ("uint32", unsigned), ("int64", signed), ("uint64", unsigned),
                    ("float32", signed), ("float64", signed)):
    a = array.astype(kind)
    for suffix in ("nrrd", "mha"):
        packed = kind not in ("int16", "float64")
        f = f"itk_{kind}.{suffix}"
        sitk.WriteImage(itk_image(a), path("formats", f), packed)
        row(f, a, note="SimpleITK " + ("compressed" if packed else "raw"))
for f, packed in (("itk_pair.nhdr", True), ("itk_pair.mhd", True), ("itk_pair_raw.mhd", False), ("itk_pair_raw.nhdr", False)):
    a = signed.astype("int16")
    sitk.WriteImage(itk_image(a), path("formats", f), packed)
    row(f, a, note="SimpleITK pair")
# what ITK does not write: other spaces, text, big endian, by pynrrd; its arrays are indexed i, j, k
ras = np.diag([-1, -1, 1])
las = np.diag([1, -1, 1])
d = direction @ np.diag((0.75, 1.5, 2.5))
o = np.array((10.5, -20.25, 30.125))
for f, space, flip, encoding, endian in (
        ("pynrrd_ras_gzip.nrrd", "right-anterior-superior", ras, "gzip", "little"),
        ("pynrrd_las_raw_big.nrrd", "left-anterior-superior", las, "raw", "big"),
        ("pynrrd_lps_ascii.nrrd", "left-posterior-superior", np.eye(3), "ascii", "little"),
        ("pynrrd_ras_big_gzip.nrrd", "RAS", ras, "gzip", "big")):
    a = signed.transpose(2, 1, 0).astype(">i2" if endian == "big" else "<i2")
    nrrd.write(path("formats", f), a, dict(space=space, encoding=encoding, endian=endian,
               **{"space directions": (flip @ d).T, "space origin": flip @ o}))
    row(f, signed.astype("int16"), note="pynrrd")
with open(path("formats", "expected.csv"), "w", newline="") as out:
    w = csv.writer(out, lineterminator="\n")
    w.writerow(["file", "values", "affine_lps", "note"])
    w.writerows(rows)

# masks: two balls on anisotropic voxels
n = (40, 36, 20)
sp = (0.9, 1.1, 2.5)
k, j, i = np.meshgrid(np.arange(n[2]), np.arange(n[1]), np.arange(n[0]), indexing="ij")


def ball(c, r):
    return sum(((x - m) * s / q) ** 2 for x, m, s, q in zip((i, j, k), c, sp, r)) <= 1


cases = {
    "shifted_balls": (ball((18, 17, 9), (12, 12, 12)), ball((20, 18, 10), (12, 12, 12))),
    "ellipsoids": (ball((18, 17, 9), (14, 10, 15)), ball((18, 17, 9), (11, 12, 14))),
    "two_lesions": (ball((10, 10, 9), (6, 6, 8)) | ball((28, 24, 9), (7, 7, 9)), ball((10, 10, 9), (6, 6, 8))),
    "identical": (ball((18, 17, 9), (9, 9, 9)), ball((18, 17, 9), (9, 9, 9))),
}
expected = {"size": n, "spacing": sp, "cases": {}}
for name, (a, b) in cases.items():
    np.packbits(np.concatenate([a.ravel(), b.ravel()]), bitorder="little").tofile(path("masks", name + ".bits"))
    # border voxels and distances by ITK, percentiles by numpy: MONAI's definitions
    ims = []
    for m in (a, b):
        im = sitk.GetImageFromArray(m.astype("uint8"))
        im.SetSpacing(sp)
        ims.append(im)
    contours = [sitk.LabelContour(im, fullyConnected=False) for im in ims]
    maps = [sitk.GetArrayFromImage(sitk.SignedMaurerDistanceMap(c, squaredDistance=False, useImageSpacing=True)) for c in contours]
    edge = [sitk.GetArrayFromImage(c) > 0 for c in contours]
    da, db = np.abs(maps[1][edge[0]]), np.abs(maps[0][edge[1]])
    # the same by scipy must agree, or the fixture is wrong
    for m, e in ((a, edge[0]), (b, edge[1])):
        assert np.array_equal(m ^ ndimage.binary_erosion(m), e)
    check = ndimage.distance_transform_edt(~edge[1], sampling=sp[::-1])[edge[0]]
    assert np.allclose(check, da, atol=1e-5), name
    overlap = sitk.LabelOverlapMeasuresImageFilter()
    overlap.Execute(ims[0], ims[1])
    hausdorff = sitk.HausdorffDistanceImageFilter()
    hausdorff.Execute(contours[0], contours[1])
    expected["cases"][name] = {
        "dice": overlap.GetDiceCoefficient(),
        "jaccard": overlap.GetJaccardCoefficient(),
        "hausdorff": hausdorff.GetHausdorffDistance(),
        "hausdorff95": float(max(np.percentile(da, 95), np.percentile(db, 95))),
        "mean_surface_distance": float(np.concatenate([da, db]).mean()),
        "surface_dice_1": float(((da <= 1).sum() + (db <= 1).sum()) / (da.size + db.size)),
        "surface_dice_2_5": float(((da <= 2.5 + 1e-6).sum() + (db <= 2.5 + 1e-6).sum()) / (da.size + db.size)),
        "relative_volume_difference": float((b.sum() - a.sum()) / a.sum()),
        "volume_difference_ml": float((b.sum() - a.sum()) * np.prod(sp) / 1000),
    }
with open(path("masks", "expected.csv"), "w", newline="") as out:
    w = csv.writer(out, lineterminator="\n")
    w.writerow(["case", "measure", "value"])
    for name, values in expected["cases"].items():
        w.writerows([name, key, repr(float(v))] for key, v in values.items())
