"""One training step of the DCGAN, both networks, in PyTorch: the peer that our step is measured against.

usage: python dcgan_step_torch.py WIDTH BATCH LATENT STEPS [--threads N]
Prints one JSON line: milliseconds a step (min, median, max) after the first two steps.
Needs torch (CPU). Generator: linear to 4x4x8w, 5x5/2 transposed convolutions 8w-4w-2w-w-3 with batch norm and ReLU, tanh;
discriminator: 5x5/2 convolutions 3-w-2w-4w-8w, batch norm but in the first, leaky ReLU 0.2, linear to 1; 64x64 images; Adam 2e-4,
beta1 0.5. Written to be fast: G(z) is computed once for both networks, the discriminator's weights get no gradient while
the generator is taught, channels_last (the fastest layout found for eager mode on CPU).
"""
import argparse
import json
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

parser = argparse.ArgumentParser()
for name in ("width", "batch", "latent", "steps"):
    parser.add_argument(name, type=int)
parser.add_argument("--threads", type=int)
args = parser.parse_args()
if args.threads:
    torch.set_num_threads(args.threads)
torch.manual_seed(0)
w = args.width


def up(i, o):
    return [nn.ConvTranspose2d(i, o, 5, 2, 2, output_padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU()]


def down(i, o):
    return [nn.Conv2d(i, o, 5, 2, 2, bias=False), nn.BatchNorm2d(o), nn.LeakyReLU(0.2)]


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(args.latent, 16 * 8 * w, bias=False)
        self.start = nn.Sequential(nn.BatchNorm2d(8 * w), nn.ReLU())
        last = nn.ConvTranspose2d(w, 3, 5, 2, 2, output_padding=1)
        self.layers = nn.Sequential(*up(8 * w, 4 * w), *up(4 * w, 2 * w), *up(2 * w, w), last, nn.Tanh())

    def forward(self, z):
        x = self.project(z).view(-1, 8 * w, 4, 4).contiguous(memory_format=torch.channels_last)
        return self.layers(self.start(x))


first = [nn.Conv2d(3, w, 5, 2, 2), nn.LeakyReLU(0.2)]
discriminator = nn.Sequential(*first, *down(w, 2 * w), *down(2 * w, 4 * w), *down(4 * w, 8 * w), nn.Flatten(), nn.Linear(16 * 8 * w, 1))
discriminator = discriminator.to(memory_format=torch.channels_last)
generator = Generator().to(memory_format=torch.channels_last)
real = (torch.rand(args.batch, 3, 64, 64) * 2 - 1).contiguous(memory_format=torch.channels_last)
of_generator = torch.optim.Adam(generator.parameters(), 2e-4, (0.5, 0.999))
of_discriminator = torch.optim.Adam(discriminator.parameters(), 2e-4, (0.5, 0.999))
times = []
for _ in range(args.steps + 2):
    start = time.perf_counter()
    generated = generator(torch.randn(args.batch, args.latent))
    of_discriminator.zero_grad()
    discriminator_loss = F.softplus(-discriminator(real)).mean() + F.softplus(discriminator(generated.detach())).mean()
    discriminator_loss.backward()
    of_discriminator.step()
    for parameter in discriminator.parameters():
        parameter.requires_grad_(False)
    of_generator.zero_grad()
    generator_loss = F.softplus(-discriminator(generated)).mean()
    generator_loss.backward()
    of_generator.step()
    for parameter in discriminator.parameters():
        parameter.requires_grad_(True)
    discriminator_loss.item()
    generator_loss.item()
    times.append((time.perf_counter() - start) * 1e3)
times = sorted(times[2:])
print(json.dumps({"peer": f"torch {torch.__version__}", "threads": torch.get_num_threads(), "width": w, "batch": args.batch,
                  "latent": args.latent, "min_ms": times[0], "median_ms": times[len(times) // 2], "max_ms": times[-1]}))
