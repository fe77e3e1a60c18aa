"""The spectral density ratio of every (filter, map) pair of a decoder with SciPy's FFT: the peer of `benchPieces.js sdr`.

usage: python sdr_scipy.py WIDTH FINE_CHANNELS LATENT SAMPLES BATCH RUNS
Prints one JSON line. Needs numpy and scipy. Double precision, real transforms (half the frequencies, whose weights stand for the other
half), two workers. A transposed convolution with stride 2 acts on the map with zeros between its pixels: its power is tiled 2 x 2, and
all four constants are left out. Maps and filters are random, so that the mean ratio is near 1, as in ours.
"""
import sys

import numpy as np
import scipy
from scipy.fft import rfft2

from timing import print_times, time_runs

WORKERS = 2
width, fine_channels, _latent, samples, batch, runs = map(int, sys.argv[1:])
random = np.random.default_rng(0)
channels = [4 * width, 4 * width, 2 * width, fine_channels, 3]
layers = []
for index, (inputs, outputs) in enumerate(zip(channels, channels[1:])):
    maps = np.maximum(random.standard_normal((samples, inputs, 8 << index, 8 << index), np.float32), 0)
    layers.append((maps, random.standard_normal((inputs, outputs, 5, 5), np.float32), outputs != 3))


def half_power(values, size):
    spectrum = rfft2(values, s=(size, size), workers=WORKERS)
    return spectrum.real**2 + spectrum.imag**2


def weights_of(size, step):
    """What each kept column stands for, [size, size // 2 + 1]; 0 at the copies of the constant."""
    weights = np.full((size, size // 2 + 1), 2.0)
    weights[:, [0, -1]] = 1
    weights[:: size // step, :: size // step] = 0
    return weights


def ratios_of(maps, kernel, transposed):
    size = maps.shape[-1] * (2 if transposed else 1)
    power = sum(half_power(part.astype(np.float64), maps.shape[-1]).sum(0) for part in np.split(maps, samples // batch))
    if transposed:
        mirrored = np.roll(power[:, ::-1, -2:0:-1], 1, axis=1)
        whole = np.concatenate([power, mirrored], axis=2)
        power = np.tile(whole, (1, 2, 2))[:, :, : size // 2 + 1]
    weights = weights_of(size, 2 if transposed else 1)
    total = weights.sum()
    found = []
    for own, filters in zip(power, kernel):
        of_filters = half_power(filters.astype(np.float64), size).reshape(len(filters), -1)
        sums = of_filters @ np.stack([(own * weights).ravel(), weights.ravel()], axis=1)
        found.append(sums[:, 0] / ((own * weights).sum() / total * sums[:, 1]))
    return np.concatenate(found)


def all_ratios():
    global ratios
    ratios = np.concatenate([ratios_of(*layer) for layer in layers])


times = time_runs(runs, all_ratios)
print_times(f"scipy {scipy.__version__}", WORKERS, times, pairs=len(ratios), mean=float(ratios.mean()))
