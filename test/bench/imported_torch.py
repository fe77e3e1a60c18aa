"""Decodes pictures with the generator of PyTorch's DCGAN example, 64 x 64: imported_torch.py WIDTH LATENT PICTURES RUNS.
Inference, batch norm and all, in the layout that is fastest here (channels_last)."""
import sys

import torch
import torch.nn as nn
from timing import print_times, time_runs

width, latent, pictures, runs = map(int, sys.argv[1:5])
layers, inputs = [], latent
for outputs, stride, padding in ((8 * width, 1, 0), (4 * width, 2, 1), (2 * width, 2, 1), (width, 2, 1)):
    layers += [nn.ConvTranspose2d(inputs, outputs, 4, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]
    inputs = outputs
model = nn.Sequential(*layers, nn.ConvTranspose2d(width, 3, 4, 2, 1, bias=False), nn.Tanh()).eval()
z = torch.randn(pictures, latent, 1, 1)


def decode(network, codes):
    with torch.inference_mode():
        return time_runs(runs, lambda: network(codes))


plain = decode(model, z)
last = decode(model.to(memory_format=torch.channels_last), z.contiguous(memory_format=torch.channels_last))
faster, layout = min((sorted(plain), "contiguous"), (sorted(last), "channels_last"), key=lambda each: each[0][len(each[0]) // 2])
print_times(f"PyTorch {torch.__version__}", torch.get_num_threads(), faster, layout=layout)
