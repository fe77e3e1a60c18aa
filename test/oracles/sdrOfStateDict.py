"""
Writes sdrOfStateDict.json: the spectral density ratio (paper, eq. 8) of every pair of filter and map of a DCGAN that PyTorch trained,
straight from its state_dict (test/oracles/imported/dcgan.safetensors) in NumPy and double precision: python -P test/oracles/sdrOfStateDict.py

A transposed convolution with stride 2 acts on its map with zeros between the pixels. On that grid of 2H x 2W, with E over the latents,

    rho = <E|V|^2 |k|^2> / (<E|V|^2> <|k|^2>),   <.> the mean over frequencies without the constant and its three replicates.
"""

import json
from pathlib import Path

import numpy as np

here = Path(__file__).parent
content = (here / "imported" / "dcgan.safetensors").read_bytes()
length = int.from_bytes(content[:8], "little")
header, body = json.loads(content[8 : 8 + length]), content[8 + length :]
state = {
    name: np.frombuffer(body[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).astype(float)
    for name, entry in header.items()
    if name != "__metadata__" and entry["dtype"] == "F32"
}


def transposed(x, kernel, stride, padding):
    """x [B, I, H, W], kernel [I, O, k, k], as torch.nn.functional.conv_transpose2d."""
    batch, _, height, width = x.shape
    _, outputs, side, _ = kernel.shape
    whole = np.zeros((batch, outputs, (height - 1) * stride + side, (width - 1) * stride + side))
    for row in range(side):
        for column in range(side):
            part = np.einsum("bihw,io->bohw", x, kernel[:, :, row, column])
            whole[:, :, row : row + stride * height : stride, column : column + stride * width : stride] += part
    return whole[:, :, padding : whole.shape[2] - padding, padding : whole.shape[3] - padding]


def norm(x, name):
    scale = state[f"{name}.weight"] / np.sqrt(state[f"{name}.running_var"] + 1e-5)
    return (x - state[f"{name}.running_mean"][:, None, None]) * scale[:, None, None] + state[f"{name}.bias"][:, None, None]


def ratios(maps, kernel):
    """[I, O] for maps [B, I, H, W] and a kernel [I, O, k, k]; NaN where a map is constant."""
    batch, inputs, height, width = maps.shape
    stuffed = np.zeros((batch, inputs, 2 * height, 2 * width))
    stuffed[:, :, ::2, ::2] = maps
    of_maps = (np.abs(np.fft.fft2(stuffed)) ** 2).mean(0)
    of_kernels = np.abs(np.fft.fft2(kernel, (2 * height, 2 * width))) ** 2
    kept = np.ones((2 * height, 2 * width), bool)
    kept[::height, ::width] = False
    of_maps, of_kernels = of_maps[:, kept], of_kernels[:, :, kept]
    numerator = np.einsum("if,iof->io", of_maps, of_kernels) / kept.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        return numerator / (of_maps.mean(1)[:, None] * of_kernels.mean(2))


latents = np.random.default_rng(4).standard_normal((16, state["main.0.weight"].shape[0])).astype(np.float32)
x = np.maximum(norm(transposed(latents.astype(float)[:, :, None, None], state["main.0.weight"], 1, 0), "main.1"), 0)
levels = {}
for level, place in (("coarse", 3), ("intermediate", 6), ("fine", 9), ("image", 12)):
    kernel = state[f"main.{place}.weight"]
    levels[level] = ratios(x, kernel)
    if level != "image":
        x = np.maximum(norm(transposed(x, kernel, 2, 1), f"main.{place + 1}"), 0)

told = {name: {"inputs": len(rho), "outputs": len(rho[0]), "ratios": [None if np.isnan(value) else value for value in rho.ravel()]} for name, rho in levels.items()}
here.joinpath("sdrOfStateDict.json").write_text(json.dumps({"latents": latents.tolist(), "levels": told}) + "\n", encoding="utf-8")
print({name: float(np.nanmedian(rho)) for name, rho in levels.items()})
