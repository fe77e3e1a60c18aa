"""Stretching errors at every hidden level in PyTorch: the peer of `benchPieces.js stretching`.

usage: python stretching_torch.py WIDTH FINE_CHANNELS LATENT PICTURES FACTOR RUNS
Prints one JSON line. Needs torch (CPU). For 64 pictures at a time: f2(g.V) and g.f2(V) at each level, g the stretch of the columns about
the centre with straight lines between pixels; the squared difference, whole and without 8 columns at each border; the participation
ratio of each picture's |difference|; the mean |difference| as a map.
"""
import sys

import torch

from decoder_torch import LEVELS, Decoder
from timing import print_times, time_runs

width, fine_channels, latent, pictures = map(int, sys.argv[1:5])
factor, runs = float(sys.argv[5]), int(sys.argv[6])
torch.manual_seed(0)
decoder = Decoder(width, fine_channels, latent)
latents = torch.randn(pictures, latent)


def stretch(x):
    length = x.shape[3]
    centre = (length - 1) / 2
    source = (centre + (torch.arange(length) - centre) / factor).clamp(0, length - 1)
    below = source.floor().long()
    low, high = x[:, :, :, below], x[:, :, :, (below + 1).clamp(max=length - 1)]
    return low + (high - low) * (source - below)


def measure(difference):
    inner = difference[:, :, :, 8:-8]
    magnitude = inner.abs().mean(1).flatten(1)
    ratio = magnitude.mean(1) ** 2 / magnitude.square().mean(1)
    return difference.square().mean().item(), inner.square().mean().item(), ratio.numpy(), difference.abs().mean(1).sum(0).numpy()


@torch.inference_mode()
def errors():
    measured = []
    for z in latents.split(64):
        image = decoder.images_from(decoder.maps_at(z, "fine"), "fine")
        reference, columns = stretch(image), image[:, :, :, 8:-8]
        measured.append((columns[:, :, :, 1:] - columns[:, :, :, :-1]).square().mean().item())
        for level in LEVELS:
            measured.append(measure(decoder.images_from(stretch(decoder.maps_at(z, level)), level) - reference))
    return measured


print_times(f"torch {torch.__version__}", torch.get_num_threads(), time_runs(runs, errors))
