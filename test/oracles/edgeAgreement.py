"""Oracle of src/engine/interventions/edgeAgreement.ts.

Pearson's correlation, over the pixels of a mask inside the frame, of |∇L| before and after, by NumPy: L = 0.299 R + 0.587 G +
0.114 B (ITU-R BT.601), central differences by np.gradient, np.corrcoef. Three pictures of 12 × 12 from fixed formulas, each with
other colours and another mask. Needs numpy. Run: python3 test/oracles/edgeAgreement.py
"""

import json
from pathlib import Path

import numpy as np

SIZE, COUNT = 12, 3
numbers = np.arange(COUNT * SIZE * SIZE * 3)
shape = (COUNT, SIZE, SIZE, 3)
before = (0.9 * np.sin(0.37 * numbers + (0.0011 * numbers * numbers) % 7)).astype(np.float32).reshape(shape)
after = (0.6 * before + 0.3 * np.cos(1.9 * numbers).reshape(shape) * np.array([1.0, 0.2, 2.0])).astype(np.float32)
pixels = np.arange(COUNT * SIZE * SIZE).reshape(COUNT, SIZE, SIZE)
mask = np.stack([pixels[0] % 3 > 0, pixels[1] % SIZE < 7, pixels[2] >= 2 * SIZE * SIZE + 4 * SIZE])


def gradient(picture):
    luminance = picture.astype(float) @ np.array([0.299, 0.587, 0.114])
    down, across = np.gradient(luminance)
    return np.hypot(across, down)


inner = np.zeros((SIZE, SIZE), bool)
inner[1:-1, 1:-1] = True
agreement = [
    np.corrcoef(gradient(a)[inside & inner], gradient(b)[inside & inner])[0, 1]
    for a, b, inside in zip(before, after, mask)
]
Path(__file__).with_suffix(".json").write_text(json.dumps({"agreement": agreement}) + "\n")
