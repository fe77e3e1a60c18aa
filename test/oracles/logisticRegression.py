"""Oracle for fitLogistic: the same minimum by another way, plain gradient descent with a fixed step, run to the end.

Writes logisticRegression.json. Needs NumPy.
"""
import json
from pathlib import Path

import numpy as np

rng = np.random.default_rng(7)
rows, columns, ridge = 60, 3, 0.01
features = rng.normal(size=(rows, columns)) * [1.0, 5.0, 0.2] + [0.0, 2.0, -1.0]
features[:, 1] += features[:, 0]
labels = (features[:, 0] - 0.3 * features[:, 1] + rng.normal(size=rows) > 0).astype(int)
features = np.round(features, 3)

mean, spread = features.mean(0), features.std(0)
z = np.c_[(features - mean) / spread, np.ones(rows)]
beta = np.zeros(columns + 1)
penalty = np.array([ridge] * columns + [0.0])
for _ in range(200_000):
    p = 1 / (1 + np.exp(-z @ beta))
    beta -= 0.5 * (z.T @ (p - labels) / rows + penalty * beta)
weights = beta[:-1] / spread
bias = beta[-1] - weights @ mean
out = dict(ridge=ridge, columns=columns, features=features.ravel().tolist(), labels=labels.tolist(),
           weights=weights.tolist(), bias=float(bias))
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
