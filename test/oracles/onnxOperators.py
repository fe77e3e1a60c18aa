"""
Writes onnxOperators.json: small ONNX models, one an operator or a way of it, each with an input and what ONNX Runtime makes of it.
Run with onnx and onnxruntime: python -P test/oracles/onnxOperators.py
"""

import base64
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

random = np.random.default_rng(20)


def floats(*shape):
    return random.standard_normal(shape).astype(np.float32)


def positive(*shape):
    return np.abs(floats(*shape)) + np.float32(0.1)


def integers(*values):
    return np.array(values, dtype=np.int64)


def case(name, operator, x, constants=(), first=(), **attributes):
    """`constants` come after x among the node's inputs, `first` before it; None leaves one out."""
    names, initialisers = [], []

    def add(values):
        for value in values:
            names.append("" if value is None else f"c{len(names)}")
            if value is not None:
                initialisers.append(numpy_helper.from_array(value, names[-1]))

    add(first)
    names.append("x")
    add(constants)
    node = helper.make_node(operator, names, ["y"], name=name, **attributes)
    graph = helper.make_graph(
        [node],
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        initialisers,
    )
    bare = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model = onnx.shape_inference.infer_shapes(bare)
    onnx.checker.check_model(model)
    content = model.SerializeToString()
    (y,) = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"]).run(None, {"x": x})
    return {
        "name": name,
        "model": base64.b64encode(content).decode(),
        "x": {"shape": x.shape, "data": x.ravel().tolist()},
        "y": {"shape": y.shape, "data": y.ravel().tolist()},
    }


maps = floats(2, 4, 5, 6)
table = floats(3, 4)
stripes = {"mode": "linear", "coordinate_transformation_mode": "half_pixel"}
cases = [
    case("Relu", "Relu", maps),
    case("LeakyRelu", "LeakyRelu", maps, alpha=0.2),
    case("Tanh", "Tanh", maps),
    case("Sigmoid", "Sigmoid", maps),
    case("Softplus", "Softplus", maps),
    case("Log", "Log", positive(2, 3)),
    case("Add of a channel", "Add", maps, [floats(1, 4, 1, 1)]),
    case("Sub of a row", "Sub", maps, [floats(6)]),
    case("Mul by a plane", "Mul", maps, [floats(5, 6)]),
    case("Div by a number", "Div", maps, [np.array(2.5, dtype=np.float32)]),
    case("Min", "Min", maps, [floats(1, 4, 1, 1)]),
    case("Gemm", "Gemm", table, [floats(4, 5), floats(5)]),
    case("Gemm transposed", "Gemm", table, [floats(5, 4), floats(5)], transB=1, alpha=0.5, beta=2.0),
    case("MatMul from the right", "MatMul", maps, [floats(6, 3)]),
    case("MatMul from the left", "MatMul", maps, first=[floats(3, 5)]),
    case("Reshape", "Reshape", maps, [integers(0, -1, 3)]),
    case("Flatten", "Flatten", maps),
    case("Unsqueeze", "Unsqueeze", table, [integers(2, 3)]),
    case("Slice", "Slice", maps, [integers(1, -4), integers(5, 9), integers(2, 3), integers(2, 1)]),
    case("BatchNormalization", "BatchNormalization", maps, [floats(4), floats(4), floats(4), positive(4)], epsilon=1e-3),
    case("Conv", "Conv", maps, [floats(3, 4, 3, 3), floats(3)], strides=[2, 2], pads=[1, 0, 2, 1]),
    case("Conv in groups", "Conv", maps, [floats(4, 2, 3, 2)], group=2, dilations=[2, 1]),
    case("ConvTranspose", "ConvTranspose", maps, [floats(4, 3, 4, 4), floats(3)], strides=[2, 2], pads=[1, 1, 1, 1]),
    case("ConvTranspose, uneven", "ConvTranspose", maps, [floats(4, 3, 5, 5)], strides=[2, 2], pads=[1, 1, 2, 2]),
    case(
        "ConvTranspose with more rows",
        "ConvTranspose",
        maps,
        [floats(4, 2, 3, 3)],
        strides=[2, 2],
        pads=[1, 1, 1, 1],
        output_padding=[1, 1],
        group=2,
    ),
    case("AveragePool", "AveragePool", maps, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 1]),
    case("AveragePool with its pads", "AveragePool", maps, kernel_shape=[2, 3], pads=[0, 1, 1, 1], count_include_pad=1),
    case("Resize, bilinear", "Resize", maps, [None, np.array([1, 1, 2, 2], dtype=np.float32)], **stripes),
    case(
        "Resize, aligned corners",
        "Resize",
        maps,
        [None, None, integers(2, 4, 10, 12)],
        mode="linear",
        coordinate_transformation_mode="align_corners",
    ),
    case(
        "Resize, nearest",
        "Resize",
        maps,
        [None, np.array([1, 1, 2, 2], dtype=np.float32)],
        mode="nearest",
        nearest_mode="floor",
        coordinate_transformation_mode="asymmetric",
    ),
]
versions = {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__}
Path(__file__).with_suffix(".json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n", encoding="utf-8")
print(f"{len(cases)} cases, {versions}")
