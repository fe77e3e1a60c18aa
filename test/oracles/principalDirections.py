"""Oracle of src/engine/directions/principalDirections.ts and of symmetricEigen.ts.

Latents from a fixed formula, pictures from a small network of one hidden layer; the pictures are fitted by numpy's
lstsq with an intercept, and the right singular vectors of the fitted map are taken by numpy's SVD. Nothing of the
engine's way (sums batch by batch, normal equations, Jacobi) is used. Needs numpy. Run: python3 test/oracles/principalDirections.py
"""

import json
from pathlib import Path

import numpy as np

draws, latent, values = 200, 5, 48
i, j = np.meshgrid(np.arange(draws), np.arange(latent), indexing="ij")
# Equidistributed numbers made normal by Box and Muller's formula, rounded so that both sides read the same.
u = np.modf((i * latent + j + 1) * 0.6180339887498949)[0] * 0.998 + 0.001
v = np.modf((i * latent + j + 1) * 0.7548776662466927)[0]
z = np.round(np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v), 4)
a, b = np.meshgrid(np.arange(latent), np.arange(values), indexing="ij")
weights = np.round(np.sin(1.3 * a + 0.7 * b * (a + 1)) / (a + 1), 4)
bias = np.round(np.cos(np.arange(values)), 4)
x = np.tanh(z @ weights + bias)

with_ones = np.hstack([z, np.ones((draws, 1))])
fit, *_ = np.linalg.lstsq(with_ones, x, rcond=None)
_, singular, directions = np.linalg.svd(fit[:latent].T, full_matrices=False)
residual = ((x - with_ones @ fit) ** 2).sum()
noise = residual / (draws - latent - 1) / (draws - latent - 2)
total = ((x - x.mean(axis=0)) ** 2).sum() / draws
signs = np.sign(directions[np.arange(latent), np.abs(directions).argmax(axis=1)])

symmetric = fit[:latent] @ fit[:latent].T
result = {
    "z": z.tolist(),
    "weights": weights.tolist(),
    "bias": bias.tolist(),
    "directions": (directions * signs[:, None]).tolist(),
    "shares": ((singular**2 - noise) / total).tolist(),
    "symmetric": symmetric.tolist(),
    "eigenvalues": np.linalg.eigvalsh(symmetric)[::-1].tolist(),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
print(result["shares"], result["eigenvalues"])
