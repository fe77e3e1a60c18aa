"""Two training steps of a tiny beta-VAE in PyTorch, double precision, for betaVaeTrainer.test.ts: losses and everything that a step moves.

usage: python betaVaeStep.py > betaVaeStep.json        (needs torch and numpy)
Weights and pictures are closed forms in whole numbers, made again by the test; the noise lies in betaVaeStep.noise.json. The
convolutions are laid out as TensorFlow's SAME padding does for 5x5 kernels, stride 2 and even sizes: one row of zeros before, two
after; a transposed convolution is the gradient of that one. "plain" has the steps of Adam alone; "spectral" has after each of them one
step on equation (13), written as the paper has it: the power of the map that a kernel slides over (zeros between its pixels where the
convolution is transposed), the kernel's own on the same grid, and the gradient of (rho - 1)^2 <|k|^2>^2 by autograd.
"""
import json
import math

import numpy as np
import torch
import torch.nn.functional as F

WIDTH, FINE, LATENT, BATCH = 1, 2, 3, 4
# None of these is a preset's, so that a setting that goes unread shows.
KL_WEIGHT, RATE, BETA1, BETA2 = 0.5, 2e-3, 0.4, 0.99
EPSILON, BN_EPSILON, MOMENTUM = 1e-8, 1e-5, 0.1
GAMMA, CAP = 0.1, 0.005
torch.set_default_dtype(torch.float64)


def scatter(shape, k, mean=0.0, scale=1.0):
    """Value i is mean + scale * v, v in [-1, 1) from whole numbers, so that every language gives the same."""
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    v = (31 * i * i + 7919 * i + 104729 * k) % 65537 / 32768.5 - 1
    return torch.tensor(mean + scale * v).reshape(shape)


w = WIDTH
ENCODER = (("image", 3, w), ("fine", w, 2 * w), ("intermediate", 2 * w, 4 * w), ("coarse", 4 * w, 8 * w))
DECODER = (("coarse", 4 * w, 4 * w), ("intermediate", 4 * w, 2 * w), ("fine", 2 * w, FINE))
shapes = {}
for name, i, o in ENCODER:
    shapes[f"encoder.{name}.kernel"] = (5, 5, i, o)
    shapes[f"encoder.{name}.gamma"] = shapes[f"encoder.{name}.beta"] = (o,)
for name, i, o in DECODER:
    shapes[f"decoder.{name}.kernel"] = (5, 5, o, i)
    shapes[f"decoder.{name}.gamma"] = shapes[f"decoder.{name}.beta"] = (o,)
for head in ("mean", "logVariance"):
    shapes[f"encoder.{head}.matrix"] = (16 * 8 * w, LATENT)
    shapes[f"encoder.{head}.bias"] = (LATENT,)
shapes["decoder.start.matrix"] = (LATENT, 64 * 4 * w)
shapes["decoder.start.bias"] = (64 * 4 * w,)
shapes["decoder.start.gamma"] = shapes["decoder.start.beta"] = (4 * w,)
shapes["decoder.image.kernel"] = (5, 5, FINE, 3)
shapes["decoder.image.bias"] = (3,)

pixels = scatter((BATCH, 64, 64, 3), 100, 0.0, 0.4)
b, y, x, c = np.meshgrid(np.arange(BATCH), np.arange(64), np.arange(64), np.arange(3), indexing="ij")
REAL = (pixels + torch.tensor(0.5 * np.sin(0.1 * y * (1 + b) + 0.3 * x + c))).permute(0, 3, 1, 2)
NOISE = json.load(open(__file__.replace(".py", ".noise.json")))


def same(size, stride):
    before = ((size // stride - 1) * stride + 5 - size) // 2
    return before, (size // stride - 1) * stride + 5 - size - before


class Model:
    def __init__(self):
        self.P = {}
        for k, name in enumerate(sorted(shapes)):
            self.P[name] = scatter(shapes[name], k, 1.0 if name.endswith("gamma") else 0.0, 0.1).requires_grad_()
        self.running = {}
        for name in shapes:
            if name.endswith("gamma"):
                self.running[name.replace("gamma", "runningMean")] = torch.zeros(shapes[name])
                self.running[name.replace("gamma", "runningVariance")] = torch.ones(shapes[name])
        self.m = {name: torch.zeros(shape) for name, shape in shapes.items()}
        self.v = {name: torch.zeros(shape) for name, shape in shapes.items()}

    def norm(self, x, name):
        """Batch norm of [B, C, H, W], then ReLU; the running variance follows the unbiased one."""
        dims, count = (0, 2, 3), x.numel() // x.shape[1]
        mean = x.mean(dims, keepdim=True)
        variance = ((x - mean) ** 2).mean(dims, keepdim=True)
        y = (x - mean) / torch.sqrt(variance + BN_EPSILON)
        for what, value in (("runningMean", mean), ("runningVariance", variance * count / (count - 1))):
            key = f"{name}.{what}"
            self.running[key] = (1 - MOMENTUM) * self.running[key] + MOMENTUM * value.detach().flatten()
        return F.relu(y * self.P[f"{name}.gamma"].view(1, -1, 1, 1) + self.P[f"{name}.beta"].view(1, -1, 1, 1))

    def loss(self, noise):
        P, x = self.P, REAL
        for name, _, _ in ENCODER:
            pad = same(x.shape[2], 2)
            kernel = P[f"encoder.{name}.kernel"].permute(3, 2, 0, 1).contiguous()
            x = self.norm(F.conv2d(F.pad(x, pad + pad), kernel, stride=2), f"encoder.{name}")
        flat = x.permute(0, 2, 3, 1).reshape(BATCH, -1)
        mu = flat @ P["encoder.mean.matrix"] + P["encoder.mean.bias"]
        log_variance = flat @ P["encoder.logVariance.matrix"] + P["encoder.logVariance.bias"]
        z = mu + torch.exp(log_variance / 2) * noise
        x = (z @ P["decoder.start.matrix"] + P["decoder.start.bias"]).view(-1, 8, 8, 4 * w).permute(0, 3, 1, 2)
        x = self.norm(x, "decoder.start")
        maps = {}
        for name, _, _ in DECODER:
            maps[name] = x.detach()
            size = 2 * x.shape[2]
            before = same(size, 2)[0]
            kernel = P[f"decoder.{name}.kernel"].permute(3, 2, 0, 1).contiguous()
            up = F.conv_transpose2d(x, kernel, stride=2)[:, :, before : before + size, before : before + size]
            x = self.norm(up, f"decoder.{name}")
        maps["image"] = x.detach()
        logits = F.conv2d(x, P["decoder.image.kernel"].permute(3, 2, 0, 1).contiguous(), padding=2)
        decoded = torch.tanh(logits + P["decoder.image.bias"].view(1, 3, 1, 1))
        reconstruction = ((decoded - REAL) ** 2).mean()
        kl = (0.5 * (log_variance.exp() + mu**2 - 1 - log_variance).sum(1)).mean()
        return reconstruction + KL_WEIGHT * kl, reconstruction, kl, maps

    def adam(self, loss, step):
        names = list(self.P)
        rate = RATE * math.sqrt(1 - BETA2**step) / (1 - BETA1**step)
        for name, g in zip(names, torch.autograd.grad(loss, [self.P[name] for name in names])):
            self.m[name] = BETA1 * self.m[name] + (1 - BETA1) * g
            self.v[name] = BETA2 * self.v[name] + (1 - BETA2) * g * g
            with torch.no_grad():
                self.P[name] -= rate * self.m[name] / (self.v[name].sqrt() + EPSILON)

    def spectral(self, maps):
        """Gives how many slices changed, and how many of them as far as they may."""
        changed = capped = 0
        for level in ("image", "fine", "intermediate"):
            P, kernel, inputs = self.P, self.P[f"decoder.{level}.kernel"].detach(), maps[level]
            size = inputs.shape[2]
            if level != "image":  # a transposed convolution sees zeros between the pixels
                spread = torch.zeros(BATCH, inputs.shape[1], 2 * size, 2 * size)
                spread[:, :, ::2, ::2] = inputs
                inputs = spread
            side = inputs.shape[2]
            kept = torch.ones(side, side, dtype=torch.bool)
            kept[::size, ::size] = False  # the map's mean, which the zeros make appear four times
            power = (torch.fft.fft2(inputs).abs() ** 2).sum(0)
            for i in range(inputs.shape[1]):
                for o in range(kernel.shape[2] if level != "image" else kernel.shape[3]):
                    at = (slice(None), slice(None), o, i) if level != "image" else (slice(None), slice(None), i, o)
                    k = kernel[at].clone().requires_grad_()
                    own = torch.fft.fft2(k, s=(side, side)).abs() ** 2
                    rho = (power[i] * own)[kept].mean() / (power[i][kept].mean() * own[kept].mean())
                    objective = (rho - 1) ** 2 * own[kept].mean() ** 2
                    (g,) = torch.autograd.grad(objective, k)
                    # Down the gradient by the share gamma of the way to 0 that the root of the objective has, to first order.
                    change = -2 * GAMMA * objective.detach() * g / (g * g).sum()
                    largest = CAP * k.detach().norm()
                    changed += 1
                    if change.norm() > largest:
                        capped += 1
                        change = change * largest / change.norm()
                    with torch.no_grad():
                        P[f"decoder.{level}.kernel"][at] += change
        return changed, capped


def digits(tensors):
    return {name: [float(f"{value:.7g}") for value in t.flatten().tolist()] for name, t in sorted(tensors.items())}


def run(spectral):
    model, steps = Model(), []
    for step in (1, 2):
        loss, reconstruction, kl, maps = model.loss(torch.tensor(NOISE[step - 1]).reshape(BATCH, LATENT))
        model.adam(loss, step)
        entry = {"loss": loss.item(), "reconstruction": reconstruction.item(), "kl": kl.item()}
        if spectral:
            entry["changed"], entry["capped"] = model.spectral(maps)
        else:
            moments = {f"{which}.{name}": t for which, of in (("m", model.m), ("v", model.v)) for name, t in of.items()}
            entry["moments"] = digits(moments)
        entry["weights"] = digits({**model.P, **model.running})
        steps.append(entry)
    return steps


print(json.dumps({"plain": run(False), "spectral": run(True)}, separators=(",", ":")))
