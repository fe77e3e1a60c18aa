"""Influence maps of all channels of a level in PyTorch: the peer of `benchPieces.js influence`.

usage: python influence_torch.py WIDTH FINE_CHANNELS LATENT LEVEL PAIRS BLOCK RUNS
Prints one JSON line. Needs torch (CPU). For each block of pairs and each channel: the channel's map of one latent is replaced by the
other's, the rest is decoded, and |difference| is averaged over pairs and colours. At the fine level, as in ours, the image layer is
linear before its tanh, so only the channel's difference is convolved.
"""
import sys

import torch
import torch.nn.functional as F

from decoder_torch import Decoder
from timing import print_times, time_runs

width, fine_channels, latent = map(int, sys.argv[1:4])
level = sys.argv[4]
pairs, block, runs = map(int, sys.argv[5:])
torch.manual_seed(0)
decoder = Decoder(width, fine_channels, latent)


def influences(one, other):
    image = decoder.images_from(one, level)
    if level == "fine":
        logits, difference, kernel = decoder.image(one), other - one, decoder.image.weight
        for c in range(one.shape[1]):
            yield torch.tanh(logits + F.conv2d(difference[:, c : c + 1], kernel[:, c : c + 1], padding=2)) - image
        return
    for c in range(one.shape[1]):
        hybrid = one.clone(memory_format=torch.channels_last)
        hybrid[:, c] = other[:, c]
        yield decoder.images_from(hybrid, level) - image


@torch.inference_mode()
def maps():
    sums = []
    for _ in range(pairs // block):
        one, other = (decoder.maps_at(torch.randn(block, latent), level) for _ in range(2))
        sums.append([difference.abs().mean(dim=(0, 1)).numpy() for difference in influences(one, other)])
    return sums


print_times(f"torch {torch.__version__}", torch.get_num_threads(), time_runs(runs, maps))
