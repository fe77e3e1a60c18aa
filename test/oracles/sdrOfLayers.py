"""Spectral density ratios of layers by their definition, with NumPy's FFT on the whole grid: zeros between the pixels for
a transposed convolution, all four copies of the constant dropped. Maps and kernels are given by formulas.

python3 test/oracles/sdrOfLayers.py > test/oracles/sdrOfLayers.json
"""
import json
import numpy as np

CASES = [("up", 8, 3, 2), ("up", 4, 2, 2), ("up", 32, 2, 3), ("same", 16, 3, 2), ("down", 16, 2, 2), ("down", 4, 2, 2)]


def maps_of(batch, size, channels):
    n = np.arange(batch * size * size * channels, dtype=np.float64)
    values = np.sin(0.37 * n + 0.0011 * n * n % 7) + 0.8 * np.cos(0.013 * n)
    return np.maximum(values, 0).astype(np.float32).astype(np.float64).reshape(batch, size, size, channels)


def kernel_of(inputs, outputs):
    n = np.arange(25 * inputs * outputs, dtype=np.float64)
    return (np.cos(1.9 * n + 0.3) + 0.4).astype(np.float32).astype(np.float64).reshape(inputs, outputs, 5, 5)


def on_grid(kernel, size):
    grid = np.zeros((size, size))
    for y in range(5):
        for x in range(5):
            grid[y % size, x % size] += kernel[y, x]
    return grid


def ratio(power, kernel, keep):
    filtered = np.abs(np.fft.fft2(kernel)) ** 2
    return float(np.mean((power * filtered)[keep]) / (np.mean(power[keep]) * np.mean(filtered[keep])))


def case(direction, size, inputs, outputs, grid):
    maps, kernels = maps_of(3, size, inputs), kernel_of(inputs, outputs)
    side = 2 * size if direction == "up" and grid == "filtered" else size
    step = side // size
    keep = np.ones((side, side), bool)
    keep[::size, ::size] = False
    values = []
    for i in range(inputs):
        power = 0
        for b in range(maps.shape[0]):
            wide = np.zeros((side, side))
            wide[::step, ::step] = maps[b, :, :, i]
            power = power + np.abs(np.fft.fft2(wide)) ** 2
        values += [ratio(power, on_grid(kernels[i, o], side), keep) for o in range(outputs)]
    return {"direction": direction, "size": size, "inputs": inputs, "outputs": outputs, "grid": grid, "ratios": values}


print(json.dumps([case(*c, grid) for c in CASES for grid in ("filtered", "native")], indent=1))
