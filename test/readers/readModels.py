"""
Runs exported models in ONNX Runtime, OpenCV or PyTorch, and tells how far what they put out is from expected.safetensors.
Run: python3 readModels.py onnxruntime|cv2|torch FOLDER …, each with folders `onnx` and `torch` and expected.safetensors inside.
"""

import json
import sys
from pathlib import Path

import numpy as np


def read(path):
    """The float32 arrays of a safetensors file: a JSON header behind its length, then the bytes."""
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header, body = json.loads(content[8 : 8 + length]), content[8 + length :]
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], dtype="<f4").reshape(entry["shape"])
        for name, entry in header.items()
    }


def with_onnxruntime(folder, expected):
    import onnxruntime

    def run(name, inputs):
        session = onnxruntime.InferenceSession(str(folder / "onnx" / f"{name}.onnx"), providers=["CPUExecutionProvider"])
        return dict(zip([output.name for output in session.get_outputs()], session.run(None, inputs)))

    found = run("decoder", {"z": expected["z"]})
    for name in ("encoder", "discriminator"):
        if (folder / "onnx" / f"{name}.onnx").exists():
            looks = run(name, {"images": expected["images"]})
            # Its levels have the names of the decoder's.
            found.update({key: value for key, value in looks.items() if key in ("mean", "logVariance", "logit")})
    return found


def with_opencv(folder, expected):
    import cv2

    network = cv2.dnn.readNetFromONNX(str(folder / "onnx" / "decoder.onnx"))
    network.setInput(np.ascontiguousarray(expected["z"]))
    return {"images": network.forward("images")}


def with_torch(folder, expected):
    import torch

    namespace = {"__name__": "model"}
    exec(compile((folder / "torch" / "model.py").read_text(encoding="utf-8"), "model.py", "exec"), namespace)
    load = namespace["load"]
    with torch.no_grad():
        found = {name: maps.numpy() for name, maps in load(folder / "torch").maps(torch.from_numpy(expected["z"].copy())).items()}
        found["images"] = found.pop("image")
        images = torch.from_numpy(expected["images"].copy())
        if "mean" in expected:
            found["mean"], found["logVariance"] = (each.numpy() for each in load(folder / "torch", "encoder")(images))
        if "logit" in expected:
            found["logit"] = load(folder / "torch", "discriminator")(images).numpy()
    return found


package = sys.argv[1]
reader = {"onnxruntime": with_onnxruntime, "cv2": with_opencv, "torch": with_torch}[package]
told = {}
for folder in map(Path, sys.argv[2:]):
    expected = read(folder / "expected.safetensors")
    found = reader(folder, expected)
    asked = {"images"} if package == "cv2" else set(expected) - {"z"}
    assert set(found) >= asked, (package, sorted(found))
    told[folder.name] = {name: float(np.abs(found[name] - expected[name]).max()) for name in asked}
print("TOLD" + json.dumps(told))
