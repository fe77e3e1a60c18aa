"""Oracle of src/engine/math/kMeans.ts.

The best of all ways to put few points into two or three groups, by trying every one: the least sum of squared distances
to the groups' means. Points from a fixed formula. Needs numpy. Run: python3 test/oracles/kMeans.py
"""

import itertools
import json
from pathlib import Path

import numpy as np

indices = np.arange(9)
points = np.stack([np.sin(indices * 1.7) * (1 + indices % 3) + 4 * (indices % 3 == 1), np.cos(indices * 2.3) + 3 * (indices % 3 == 2)], axis=1)


def inertia(labels, count):
    total = 0.0
    for group in range(count):
        own = points[np.array(labels) == group]
        if len(own):
            total += ((own - own.mean(axis=0)) ** 2).sum()
    return total


result = {"points": points.tolist(), "best": {}}
for count in (2, 3):
    ways = itertools.product(range(count), repeat=len(points))
    labels = min(ways, key=lambda way: inertia(way, count))
    result["best"][str(count)] = {"inertia": inertia(labels, count), "labels": list(labels)}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
