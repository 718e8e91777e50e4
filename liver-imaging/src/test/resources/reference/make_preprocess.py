"""Makes the fixtures of n4/, nyul/ and registration/ beside this file.

Packages: SimpleITK 2.5.7, scipy 1.17.1, nibabel 5.4.2, numpy 2.4.6. Run:
python make_preprocess.py DATA, DATA being the folder that holds abdomen-ct-mr-nifti. Nothing here uses the library that is
tested.
"""
import csv
import os
import sys

import numpy as np
import SimpleITK as sitk
from scipy import ndimage

HERE = os.path.dirname(os.path.abspath(__file__))
sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)


def path(*parts):
    return os.path.join(HERE, *parts)


# n4: three tissues with noise under a smooth multiplicative field
n = (64, 56, 32)
k, j, i = np.meshgrid(*[np.linspace(-1, 1, m) for m in n[::-1]], indexing="ij")
body = (i / 0.9) ** 2 + (j / 0.8) ** 2 + (k / 0.95) ** 2 <= 1
liver = ((i + 0.35) / 0.4) ** 2 + (j / 0.5) ** 2 + (k / 0.7) ** 2 <= 1
spleen = ((i - 0.5) / 0.2) ** 2 + ((j - 0.2) / 0.3) ** 2 + (k / 0.5) ** 2 <= 1
tissue = np.where(spleen, 3, np.where(liver, 2, np.where(body, 1, 0)))
clean = np.choose(tissue, [0, 300.0, 700.0, 1000.0])
field = np.exp(0.35 * i - 0.25 * j * k + 0.2 * np.cos(2 * i + j) - 0.15 * k ** 2)
rng = np.random.default_rng(11)
image = (clean * field + rng.normal(0, 10, clean.shape) * body).clip(0)
image = np.where(body, np.round(image), 0)
for name, x in (("image", image.astype("int16")), ("tissue", tissue.astype("uint8"))):
    sitk.WriteImage(sitk.GetImageFromArray(x), path("n4", name + ".mha"), True)
im = sitk.GetImageFromArray(image.astype("float32"))
mask = sitk.GetImageFromArray(body.astype("uint8"))
shrunk, shrunk_mask = sitk.Shrink(im, [4] * 3), sitk.Shrink(mask, [4] * 3)
n4 = sitk.N4BiasFieldCorrectionImageFilter()
n4.Execute(shrunk, shrunk_mask)
log_field = sitk.GetArrayFromImage(n4.GetLogBiasFieldAsImage(im))
corrected = image / np.exp(log_field)


def rows():
    for name, x in (("uncorrected", image), ("itk", corrected)):
        for t, label in ((1, "body"), (2, "liver"), (3, "spleen")):
            v = x[tissue == t]
            yield [name, label, repr(float(v.std() / v.mean()))]
    for name, x in (("uncorrected", np.zeros_like(field)), ("itk", log_field)):
        # what is left of the true field, up to a constant factor
        left = np.exp(np.log(field) - x)[body]
        yield [name, "field", repr(float(left.std() / left.mean()))]


with open(path("n4", "expected.csv"), "w", newline="") as out:
    w = csv.writer(out, lineterminator="\n")
    w.writerow(["image", "region", "coefficient_of_variation"])
    w.writerows(rows())

# nyul: percentiles and interpolation by numpy
percent = [1] + list(range(10, 100, 10)) + [99]
images = [np.round(rng.gamma(shape, scale, (6, 7, 8)) * 1000) / 10
          for shape, scale in ((2, 3), (3, 2), (2.5, 9), (1.5, 4))]
regions = [x > x.mean() for x in images]
marks = [np.percentile(x[r], percent) for x, r in zip(images, regions)]
standard = np.mean([100 * (m - m[0]) / (m[-1] - m[0]) for m in marks], axis=0)
new = images[-1]
m = marks[-1]
mapped = np.interp(new, m, standard)
low, high = new < m[0], new > m[-1]
mapped[low] = standard[0] + (new[low] - m[0]) * (standard[1] - standard[0]) / (m[1] - m[0])
mapped[high] = standard[-1] + (new[high] - m[-1]) * (standard[-1] - standard[-2]) / (m[-1] - m[-2])
np.concatenate([x.ravel() for x in images]).astype("<f4").tofile(path("nyul", "images.f32"))
mapped.astype("<f4").tofile(path("nyul", "mapped.f32"))
standard.astype("<f4").tofile(path("nyul", "standard.f32"))
first = images[0]
z = (first - first[regions[0]].mean()) / first[regions[0]].std()
z.astype("<f4").tofile(path("nyul", "zscore.f32"))
a, b = np.percentile(first[regions[0]], [0.5, 99.5])
np.clip((first - a) / (b - a), 0, 1).astype("<f4").tofile(path("nyul", "percentile.f32"))

# registration: known maps applied to a real CT by scipy; ITK beside on the same images
data = os.path.join(sys.argv[1], "abdomen-ct-mr-nifti", "example_ct_sm.nii.gz")
ct = sitk.Clamp(sitk.ReadImage(data, sitk.sitkFloat32), sitk.sitkFloat32, -200, 300)
ct = sitk.Resample(ct, [ct.GetSize()[0] // 2 * 1, ct.GetSize()[1] // 2, ct.GetSize()[2]], sitk.Transform(), sitk.sitkLinear,
                   ct.GetOrigin(), [6, 6, 3], ct.GetDirection(), -200.0)
sitk.WriteImage(sitk.Cast(sitk.Round(ct), sitk.sitkInt16), path("registration", "fixed.mha"), True)
size, spacing = np.array(ct.GetSize()), np.array(ct.GetSpacing())
direction = np.array(ct.GetDirection()).reshape(3, 3)
origin = np.array(ct.GetOrigin())
centre = origin + direction @ ((size - 1) / 2 * spacing)


def affine(shift, degrees, scale):
    x, y, z = np.radians(degrees)
    rx = np.array([[1, 0, 0], [0, np.cos(x), -np.sin(x)], [0, np.sin(x), np.cos(x)]])
    ry = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    rz = np.array([[np.cos(z), -np.sin(z), 0], [np.sin(z), np.cos(z), 0], [0, 0, 1]])
    a = rz @ ry @ rx @ np.diag(scale)
    return a, centre + np.array(shift) - a @ centre


table = []
for name, model, shift, degrees, scale, contrast in (
        ("shift", "RIGID", (9, -6, 7.5), (0, 0, 0), (1, 1, 1), False),
        ("rigid", "RIGID", (6, 8, -5), (3, -2, 5), (1, 1, 1), False),
        ("rigid_other_contrast", "RIGID", (-7, 5, 6), (-2, 3, -4), (1, 1, 1), True),
        ("affine", "AFFINE", (5, -4, 6), (2, 1, -3), (1.05, 0.96, 1.03), False)):
    a, t = affine(shift, degrees, scale)
    # fixed point p lies at a p + t in the moving image: moving(q) = fixed(a^-1 (q - t))
    idx = np.stack(np.meshgrid(*[np.arange(s) for s in size], indexing="ij"), -1).reshape(-1, 3)
    q = origin + (idx * spacing) @ direction.T
    p = (q - t) @ np.linalg.inv(a).T
    c = ((p - origin) @ np.linalg.inv(direction).T) / spacing
    v = ndimage.map_coordinates(sitk.GetArrayFromImage(ct).astype(float), c[:, ::-1].T, order=3, mode="nearest")
    v = v.reshape(size).transpose(2, 1, 0)
    if contrast:
        # vessels and liver bright, fat dark, as another phase would show them; not monotone
        v = np.where(v > 20, v + 1.5 * np.minimum(v - 20, 60), v) - 30 * np.exp(-((v + 90) / 25) ** 2)
    v = v + rng.normal(0, 5, v.shape)
    moving = sitk.GetImageFromArray(np.round(v).clip(-1000, 1000).astype("int16"))
    moving.CopyInformation(ct)
    sitk.WriteImage(moving, path("registration", name + ".mha"), True)
    start = sitk.Euler3DTransform() if model == "RIGID" else sitk.AffineTransform(3)
    start.SetCenter(centre.tolist())
    r = sitk.ImageRegistrationMethod()
    r.SetMetricAsMattesMutualInformation(48)
    r.SetMetricSamplingStrategy(r.NONE)
    r.SetInterpolator(sitk.sitkLinear)
    r.SetOptimizerAsRegularStepGradientDescent(2.0, 0.01, 300)
    r.SetOptimizerScalesFromPhysicalShift()
    r.SetShrinkFactorsPerLevel([2, 1])
    r.SetSmoothingSigmasPerLevel([4, 0])
    r.SetInitialTransform(start, inPlace=True)
    r.Execute(ct, sitk.Cast(moving, sitk.sitkFloat32))
    corners = centre + np.array([[x, y, z] for x in (-100, 100) for y in (-70, 70) for z in (-35, 35)])
    truth = corners @ a.T + t
    found = np.array([start.TransformPoint(c.tolist()) for c in corners])
    error = np.linalg.norm(truth - found, axis=1).mean()
    table.append([name, model, " ".join(repr(float(x)) for x in np.column_stack([a, t]).ravel()),
                  " ".join(repr(float(x)) for x in centre), repr(float(error))])
with open(path("registration", "expected.csv"), "w", newline="") as out:
    w = csv.writer(out, lineterminator="\n")
    w.writerow(["moving", "model", "map", "centre", "itk_mean_error_mm"])
    w.writerows(table)
