#!/usr/bin/env bash
# Keras 3.15.1 with TensorFlow 2.21.0 and tf2onnx 1.17.0, Linux x64: UpSampling2D in an exported ONNX file is a Resize or it is not, by its interpolation
#
# model.export(path, format="onnx") of two decoders that differ in UpSampling2D's interpolation alone:
#   bilinear  one node, Resize, with the factor as a constant;
#   nearest   no Resize: Unsqueeze, Tile and Reshape twice over, their shapes computed from the input by Shape, Cast, Slice and Concat, in int32.
# Both run in ONNX Runtime and double the picture exactly. Nearest is UpSampling2D's default, and what most decoders in Keras have.
#
# A guess: the simpler interpolation is the simpler node; a reader that knows Resize and Upsample reads Keras's decoders.
# What helps: interpolation="bilinear" where it is a choice, or export from PyTorch, where nn.Upsample(mode="nearest") is one Resize.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv own
own/bin/pip install --quiet tensorflow-cpu==2.21.0 keras==3.15.1 tf2onnx==1.17.0 onnx==1.23.2 onnxruntime==1.32.0
cat >look.py <<'PY'
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import onnx
import onnxruntime

seen = {}
for interpolation in ["nearest", "bilinear"]:
    model = keras.Sequential(
        [keras.Input((4, 4, 3)), keras.layers.UpSampling2D(interpolation=interpolation), keras.layers.Conv2D(3, 3, padding="same")]
    )
    pictures = np.random.default_rng(0).standard_normal((2, 4, 4, 3)).astype(np.float32)
    expected = np.asarray(model(pictures))
    path = f"{interpolation}.onnx"
    model.export(path, format="onnx", verbose=False)
    session = onnxruntime.InferenceSession(path)
    found = session.run(None, {session.get_inputs()[0].name: pictures})[0]
    assert np.abs(found - expected).max() < 1e-5, interpolation
    kinds = [node.op_type for node in onnx.load(path).graph.node]
    print(interpolation, kinds)
    seen[interpolation] = kinds
assert seen["bilinear"].count("Resize") == 1 and "Tile" not in seen["bilinear"]
assert "Resize" not in seen["nearest"] and seen["nearest"].count("Tile") == 2
print("as described")
PY
own/bin/python look.py 2>/dev/null
