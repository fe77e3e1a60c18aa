"""Oracle of how JPEGs become squares in src/engine/tensorflow/jpegSquares.ts and src/engine/data/decode.ts.

A picture of coloured waves with hard edges, drawn by formula, is written as small JPEGs of several kinds, which Pillow then
decodes, crops as src/engine/data/crop.ts does and resizes to 64 x 64 with BILINEAR. The JPEGs themselves are in the output, since
encoders differ; of each square every seventh row and ninth column is. Needs numpy and Pillow.
Run: python3 test/oracles/jpegSquares.py
"""

import base64
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

boxes = {"vae": (15, 35, 163, 183), "dcgan": (25, 45, 153, 173), "full": (0, 20, 178, 198)}

squares = {(97, 131): (0, 17, 97, 114), (96, 64): (16, 0, 80, 64)}


def picture(width, height):
    rows, columns = np.mgrid[0:height, 0:width]
    wave = 90 * np.sin(rows / 9) * np.cos(columns / 13)
    red = np.where(columns % 23 < 11, 210, 40) + 0 * rows
    return np.stack([red, 128 + wave, np.where((rows // 17 + columns // 19) % 2, 220, 60)], axis=-1).clip(0, 255).astype(np.uint8)


def written(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=50, **options)
    return out.getvalue()


colour = Image.fromarray(picture(178, 218))
odd = Image.fromarray(picture(97, 131))
# Its square begins where a block of the JPEG does, and is not reduced.
wide = Image.fromarray(picture(96, 64))
files = {
    "4:2:0": (written(colour, subsampling="4:2:0"), ["vae", "dcgan", "full"]),
    "4:2:2": (written(colour, subsampling="4:2:2"), ["vae"]),
    "4:4:4": (written(colour, subsampling="4:4:4"), ["vae"]),
    "progressive": (written(colour, subsampling="4:2:0", progressive=True), ["vae"]),
    "grey": (written(colour.convert("L")), ["vae"]),
    "odd sides": (written(odd, subsampling="4:2:0"), ["full"]),
    "beginning with a block": (written(wide, subsampling="4:2:0"), ["full"]),
    "restart marks": (written(colour, subsampling="4:2:0", restart_marker_blocks=3), ["vae"]),
}

cases = []
for name, (data, crops) in files.items():
    for crop in crops:
        image = Image.open(io.BytesIO(data)).convert("RGB")
        box = boxes[crop] if image.size == (178, 218) else squares[image.size]
        square = np.asarray(image.crop(box).resize((64, 64), Image.BILINEAR))
        cases.append({"name": name, "crop": crop, "jpeg": base64.b64encode(data).decode(), "square": square[::7, ::9].reshape(-1).tolist()})
Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
