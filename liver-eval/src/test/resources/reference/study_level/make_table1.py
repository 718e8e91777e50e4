# Standardised differences and quartiles of the first table by the Python package tableone 0.9.6.
# Run in this folder after make.R: python make_table1.py
import json, sys
import numpy, pandas, scipy
from tableone import TableOne
import tableone

data = pandas.read_csv("../study_table1/input.csv", keep_default_na=False, na_values=[""])
categorical = ["stage", "sex"]
one = TableOne(data, columns=["age", "afp", "stage", "sex"], categorical=categorical, groupby="group", smd=True, pval=False, include_null=False)
smd = one.smd_table
expected = {"smd": {}, "numbers": {}, "counts": {}, "missing": {}}
key = "Grouped by group"
for name in ["age", "afp", "stage", "sex"]:
    expected["smd"][name] = abs(float(smd.loc[name].iloc[0]))
    for group in ["", "north", "south"]:
        part = data if group == "" else data[data["group"] == group]
        column = part[name]
        label = group or "all"
        expected["missing"].setdefault(name, {})[label] = int(column.isna().sum())
        if name in categorical:
            expected["counts"].setdefault(name, {})[label] = {k: int(v) for k, v in column.value_counts().sort_index().items()}
        else:
            q = numpy.quantile(column.dropna(), [.25, .5, .75])
            expected["numbers"].setdefault(name, {})[label] = [column.mean(), column.std(), *q]
print(smd)
json.dump({
    "name": "study_table1", "kind": "baseline_table", "title": "two groups, missing values",
    "calls": ["TableOne(data, groupby='group', smd=True, include_null=False)", "numpy.quantile"],
    "packages": {"tableone": tableone.__version__, "pandas": pandas.__version__, "numpy": numpy.__version__},
    "script": "study_level/make_table1.py",
    "notes": ["tableone 0.9.6 gives standardised differences to all digits in smd_table; signs are dropped."],
    "tolerance": {"default": {"rel": 1e-9, "abs": 1e-12}}, "expected": expected},
    open("../study_table1/expected.json", "w"), indent=1)
