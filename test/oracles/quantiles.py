"""Writes quantiles.json: quantiles of a few lists as NumPy has them by default ("linear").
Needs numpy. Run: python3 test/oracles/quantiles.py"""

import json
import pathlib

import numpy

generator = numpy.random.default_rng(10)
lists = [
    [3.0],
    [2.0, 1.0],
    [5.0, -1.0, 0.5, 0.5, 12.0],
    generator.normal(size=10).tolist(),
    generator.lognormal(sigma=2, size=57).tolist(),
]
shares = [0, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.975, 1]
cases = [{"values": values, "quantiles": [float(numpy.quantile(values, share)) for share in shares]} for values in lists]
text = json.dumps({"shares": shares, "cases": cases}, indent=1)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
