"""Oracle of the crop and resize in src/engine/data/decode.ts.

A 178 x 218 test picture from a formula is cropped as the paper's base code does for its VAE (central 148: rows 35:183,
columns 15:163) and for its DCGAN (rows 45:173, columns 25:153), and resized to 64 x 64 with Pillow's BILINEAR, which
is what scipy.misc.imresize, used there, calls. Needs numpy and Pillow. Run: python3 test/oracles/cropResize.py
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image

rows, columns = np.mgrid[0:218, 0:178]
picture = np.stack(
    [(rows * 7 + columns * 3) % 256, (rows * columns) // 151 % 256, np.where((rows // 9 + columns // 7) % 2, 230, 25)],
    axis=-1,
).astype(np.uint8)


def resized(crop):
    return np.asarray(Image.fromarray(crop).resize((64, 64), Image.BILINEAR))


result = {}
for name, crop in {"vae": picture[35:183, 15:163], "dcgan": picture[45:173, 25:153]}.items():
    result[name] = resized(crop)[::7, ::9].reshape(-1).tolist()
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
