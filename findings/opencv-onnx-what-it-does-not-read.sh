#!/usr/bin/env bash
# OpenCV 4.14.0 (opencv-python-headless), DNN module, against onnx 1.23.2 and ONNX Runtime 1.32.0, Linux x64: valid generators that it refuses
#
# Both models below pass onnx.checker and run in ONNX Runtime; their operators are on OpenCV's list.
#   1. A ConvTranspose whose padding is uneven, [1, 1, 2, 2], as TensorFlow's SAME has it for a 5x5 kernel with stride 2. readNetFromONNX
#      takes it, and the first forward() raises "Unsupported asymmetric padding in deconvolution layer". A Conv with the same padding runs.
#   2. An AveragePool with count_include_pad = 0 from a writer that leaves zeros out, as protocol buffers of version 3 do (ONNX is published
#      as onnx.proto and as onnx.proto3; protobufjs writes so by default). The attribute says its type, INT, and no value. readNetFromONNX
#      raises "unsupported attribute format"; the checker and ONNX Runtime read a 0.
#
# A guess: what the checker passes and the operator list names is read, or refused when it is read.
# What helps: even padding with the last row and column cut by a Slice; a writer that keeps zeros (field presence), or no attribute for a default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv own
own/bin/pip install --quiet opencv-python-headless==4.14.0.94 onnx==1.23.2 onnxruntime==1.32.0 'numpy<3'
cat >look.py <<'PY'
import sys
import cv2
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

maps = np.random.default_rng(0).standard_normal((1, 2, 4, 4)).astype(np.float32)
kernel = numpy_helper.from_array(np.ones((2, 2, 5, 5), dtype=np.float32), "kernel")


def model(node, initialisers):
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [node], "g", [value("x", TensorProto.FLOAT, [1, 2, 4, 4])], [value("y", TensorProto.FLOAT, [1, 2, "h", "w"])], initialisers
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(made, full_check=True)
    return made.SerializeToString()


def attempt(name, content):
    (expected,) = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"]).run(None, {"x": maps})
    step = "readNetFromONNX"
    try:
        network = cv2.dnn.readNetFromONNX(np.frombuffer(content, np.uint8))
        step = "forward"
        network.setInput(maps)
        told = f"equal to {np.abs(network.forward() - expected).max():.0e}"
    except cv2.error as error:
        lines = [line for line in str(error).splitlines() if "nsupported" in line]
        told = f"{step} raises: {lines[-1].split(') ')[-1]}"
    print(f"{name}: ONNX Runtime {expected.shape}, OpenCV {told}")
    return told


def uneven(kind):
    return helper.make_node(kind, ["x", "kernel"], ["y"], strides=[2, 2], pads=[1, 1, 2, 2])


def pool(keep_zero):
    node = helper.make_node("AveragePool", ["x"], ["y"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=0)
    if not keep_zero:
        next(each for each in node.attribute if each.name == "count_include_pad").ClearField("i")
    return node


print("OpenCV", cv2.__version__, "ONNX Runtime", onnxruntime.__version__)
told = [
    attempt("Conv, pads 1 1 2 2", model(uneven("Conv"), [kernel])),
    attempt("ConvTranspose, pads 1 1 2 2", model(uneven("ConvTranspose"), [kernel])),
    attempt("AveragePool, zero written", model(pool(True), [])),
    attempt("AveragePool, zero left out", model(pool(False), [])),
]
as_seen = (
    told[0].startswith("equal")
    and told[1].startswith("forward raises") and "asymmetric padding" in told[1]
    and told[2].startswith("equal")
    and told[3].startswith("readNetFromONNX raises")
)
if not as_seen:
    print("This is not what was seen before.")
sys.exit(0 if as_seen else 1)
PY
own/bin/python look.py 2>/dev/null
