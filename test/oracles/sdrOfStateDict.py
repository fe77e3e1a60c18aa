"""
Writes sdrOfStateDict.json: the spectral density ratio (paper, eq. 8) of every pair of filter and map of a DCGAN that PyTorch trained,
straight from its state_dict (test/oracles/imported/dcgan.safetensors) in NumPy and double precision: python -P test/oracles/sdrOfStateDict.py
Writes sdrOfSmallStateDicts.json: the same of the generators with fewer levels, dcgan32 and grey28.

A transposed convolution with stride 2 acts on its map with zeros between the pixels. On that grid of 2H x 2W, with E over the latents,

    rho = <E|V|^2 |k|^2> / (<E|V|^2> <|k|^2>),   <.> the mean over frequencies without the constant and its three replicates.
"""

import json
from pathlib import Path

import numpy as np

here = Path(__file__).parent


def weights(name):
    content = (here / "imported" / f"{name}.safetensors").read_bytes()
    length = int.from_bytes(content[:8], "little")
    header, body = json.loads(content[8 : 8 + length]), content[8 + length :]
    return {
        key: np.frombuffer(body[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).astype(float)
        for key, entry in header.items()
        if key != "__metadata__" and entry["dtype"] == "F32"
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


def norm(x, state, name):
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


def measured(first, layers):
    """Maps [B, C, H, W] that go into the first of (level, kernel, what makes maps of its output), the last without such."""
    levels, x = {}, first
    for level, kernel, complete in layers:
        rho = ratios(x, kernel)
        levels[level] = {"inputs": len(rho), "outputs": len(rho[0]), "ratios": [None if np.isnan(value) else value for value in rho.ravel()]}
        if complete is not None:
            x = np.maximum(complete(transposed(x, kernel, 2, 1)), 0)
    return levels


def latents_of(count):
    return np.random.default_rng(4).standard_normal((16, count)).astype(np.float32)


def of_example(name, levels):
    """The DCGAN of PyTorch's example, its kernels at main.0, main.3 and so on."""
    state = weights(name)
    latents = latents_of(len(state["main.0.weight"]))
    first = transposed(latents.astype(float)[:, :, None, None], state["main.0.weight"], 1, 0)
    layers = []
    for at, level in enumerate(levels):
        place = 3 * (at + 1)
        complete = None if level == "image" else lambda maps, place=place: norm(maps, state, f"main.{place + 1}")
        layers.append((level, state[f"main.{place}.weight"], complete))
    return {"latents": latents.tolist(), "levels": measured(np.maximum(norm(first, state, "main.1"), 0), layers)}


def of_grey():
    state = weights("grey28")
    latents = latents_of(state["first.weight"].shape[1])
    rows = latents.astype(float) @ state["first.weight"].T + state["first.bias"]
    first = np.maximum(norm(rows.reshape(16, -1, 7, 7), state, "norms.0"), 0)
    up = lambda maps: norm(maps + state["up.bias"][:, None, None], state, "norms.1")
    return {"latents": latents.tolist(), "levels": measured(first, [("fine", state["up.weight"], up), ("image", state["last.weight"], None)])}


def write(name, told):
    here.joinpath(name).write_text(json.dumps(told) + "\n", encoding="utf-8")


write("sdrOfStateDict.json", of_example("dcgan", ("coarse", "intermediate", "fine", "image")))
small = {"dcgan32": of_example("dcgan32", ("intermediate", "fine", "image")), "grey28": of_grey()}
write("sdrOfSmallStateDicts.json", small)
