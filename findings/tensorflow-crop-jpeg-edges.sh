#!/usr/bin/env bash
# TensorFlow 2.21.0, tf.io.decode_and_crop_jpeg: with the default fancy_upscaling and subsampled chroma (4:2:0, 4:2:2), edge columns of the
# crop are not those of the picture that is decoded whole and cropped. The last column differs, and the first too where the crop begins with a
# block of the JPEG (a multiple of 16 pixels); all others are equal to the bit. Smooth chroma looks a sample back and ahead, and the decoder
# does not look beyond the window. With 4:4:4, or without fancy_upscaling, crops are equal.
# Who packs squares of photographs with this op sees wrong colours there, by tens of 255; decoding a column more on either side mends it.
# Python wheels of TensorFlow from PyPI; about a minute.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install tensorflow-cpu==2.21.0 numpy==2.2.6 pillow==12.0.0
cat > "$work/check.py" <<'PY'
import io
import sys

import numpy as np
import tensorflow as tf
from PIL import Image

rows, columns = np.mgrid[0:64, 0:96]
waves = [np.sin(columns / 3.1 + rows / 7), np.cos(columns / 4.3), np.sin(rows / 5 + columns / 2.2)]
picture = Image.fromarray((127 + 120 * np.stack(waves, -1)).astype(np.uint8))


def wrong_columns(subsampling, left, width, fancy=True):
    """Columns of a crop that differ from those of the picture decoded whole, with the largest difference of 255."""
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=95, subsampling=subsampling)
    options = {"channels": 3, "dct_method": "INTEGER_ACCURATE", "fancy_upscaling": fancy}
    whole = tf.io.decode_jpeg(jpeg.getvalue(), **options).numpy().astype(int)
    crop = tf.io.decode_and_crop_jpeg(jpeg.getvalue(), [0, left, 64, width], **options).numpy().astype(int)
    apart = np.abs(crop - whole[:, left : left + width]).max(axis=(0, 2))
    return {int(at): int(apart[at]) for at in np.flatnonzero(apart)}


print("TensorFlow", tf.__version__)
seen = []
for subsampling, left, width, fancy, expected in [
    ("4:2:0", 16, 40, True, [0, 39]),
    ("4:2:2", 16, 40, True, [0, 39]),
    ("4:2:0", 17, 41, True, [40]),
    ("4:4:4", 16, 40, True, []),
    ("4:2:0", 16, 40, False, []),
]:
    wrong = wrong_columns(subsampling, left, width, fancy)
    print(subsampling, "columns", left, "to", left + width - 1, "fancy" if fancy else "plain", "wrong:", wrong or "none")
    seen.append(list(wrong) == expected)
if not all(seen):
    sys.exit("This TensorFlow behaves otherwise than 2.21.0 did.")
PY
TF_CPP_MIN_LOG_LEVEL=2 "$work/venv/bin/python" "$work/check.py" 2> "$work/log" || { cat "$work/log"; exit 1; }
