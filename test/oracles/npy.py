"""Oracle of src/engine/export/npy.ts: files that NumPy itself writes, in base64, with the numbers that they hold.
Needs numpy. Run: python3 test/oracles/npy.py
"""

import base64
import io
import json
from pathlib import Path

import numpy as np

numbers = np.array([[0.5, -1.25, 3.0], [1e-3, 7.0, -0.1]])


def file_of(array, version=(1, 0)):
    held = io.BytesIO()
    np.lib.format.write_array(held, array, version=version)
    return base64.b64encode(held.getvalue()).decode()


singles = numbers.astype("<f4")
result = {
    "numbers": numbers.tolist(),
    "singles": singles.astype(float).tolist(),
    "files": {
        "float32": file_of(singles),
        "float64": file_of(numbers),
        "float64, big-endian": file_of(numbers.astype(">f8")),
        "float32, version 2": file_of(singles, (2, 0)),
        "float64, version 3": file_of(numbers, (3, 0)),
        "float32, by columns": file_of(np.asfortranarray(singles)),
        "float64, one axis": file_of(numbers[0]),
    },
    "refused": {
        "integers": file_of(np.arange(6).reshape(2, 3)),
        "float16": file_of(numbers.astype("<f2")),
        "three axes": file_of(singles.reshape(1, 2, 3)),
        "no axis": file_of(np.array(1.0)),
        "named columns": file_of(np.zeros(2, dtype=[("a", "<f4"), ("b", "<f4")])),
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
