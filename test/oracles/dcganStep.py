"""Two training steps of a tiny DCGAN in PyTorch, double precision: losses, scores and weights for dcganTrainer.test.ts.

usage: python dcganStep.py > dcganStep.json        (needs torch and numpy)
Weights, pictures and latents are closed forms, made again by the test: value i of the k-th array (names sorted) is
mean + scale * sin(0.7 * i + k). The convolutions are laid out as TensorFlow's SAME padding does for 5x5 kernels, stride 2 and even
sizes: one row of zeros before, two after; a transposed convolution is the gradient of that one.
"""
import json
import math

import numpy as np
import torch
import torch.nn.functional as F

WIDTH, LATENT, BATCH = 2, 4, 4
# Neither rate nor betas are a preset's, so that a setting that goes unread shows.
RATE, BETA1, BETA2 = 2e-3, 0.4, 0.99
EPSILON, BN_EPSILON, LEAK = 1e-8, 1e-5, 0.2
torch.set_default_dtype(torch.float64)


def wave(shape, k, mean=0.0, scale=1.0):
    n = int(np.prod(shape))
    return torch.tensor([mean + scale * math.sin(0.7 * i + k) for i in range(n)]).reshape(shape)


w = WIDTH
shapes = {"generator.start.matrix": (LATENT, 16 * 8 * w)}
for name, i, o in (("coarse", 8 * w, 4 * w), ("intermediate", 4 * w, 2 * w), ("fine", 2 * w, w), ("image", w, 3)):
    shapes[f"generator.{name}.kernel"] = (5, 5, o, i)
for name, c in (("start", 8 * w), ("coarse", 4 * w), ("intermediate", 2 * w), ("fine", w)):
    shapes[f"generator.{name}.gamma"] = shapes[f"generator.{name}.beta"] = (c,)
shapes["generator.image.bias"] = (3,)
for name, i, o in (("image", 3, w), ("fine", w, 2 * w), ("intermediate", 2 * w, 4 * w), ("coarse", 4 * w, 8 * w)):
    shapes[f"discriminator.{name}.kernel"] = (5, 5, i, o)
for name, c in (("fine", 2 * w), ("intermediate", 4 * w), ("coarse", 8 * w)):
    shapes[f"discriminator.{name}.gamma"] = shapes[f"discriminator.{name}.beta"] = (c,)
shapes["discriminator.image.bias"] = (w,)
shapes["discriminator.score.matrix"] = (16 * 8 * w, 1)
shapes["discriminator.score.bias"] = (1,)
P = {}
for k, name in enumerate(sorted(shapes)):
    gamma = name.endswith("gamma")
    P[name] = wave(shapes[name], k, 1.0 if gamma else 0.0, 0.1).requires_grad_()


def batch_norm(x, name):
    dims = (0, 2, 3)
    mean = x.mean(dims, keepdim=True)
    variance = ((x - mean) ** 2).mean(dims, keepdim=True)
    y = (x - mean) / torch.sqrt(variance + BN_EPSILON)
    return y * P[f"{name}.gamma"].view(1, -1, 1, 1) + P[f"{name}.beta"].view(1, -1, 1, 1)


def up(x, kernel):  # [5, 5, out, in]
    size = 2 * x.shape[2]
    return F.conv_transpose2d(x, kernel.permute(3, 2, 0, 1), stride=2)[:, :, 1 : 1 + size, 1 : 1 + size]


def down(x, kernel):  # [5, 5, in, out]
    return F.conv2d(F.pad(x, (1, 2, 1, 2)), kernel.permute(3, 2, 0, 1), stride=2)


def generate(z):
    x = (z @ P["generator.start.matrix"]).view(-1, 4, 4, 8 * w).permute(0, 3, 1, 2)
    x = F.relu(batch_norm(x, "generator.start"))
    for name in ("coarse", "intermediate", "fine"):
        x = F.relu(batch_norm(up(x, P[f"generator.{name}.kernel"]), f"generator.{name}"))
    return torch.tanh(up(x, P["generator.image.kernel"]) + P["generator.image.bias"].view(1, 3, 1, 1))


def discriminate(x):
    x = F.leaky_relu(down(x, P["discriminator.image.kernel"]) + P["discriminator.image.bias"].view(1, -1, 1, 1), LEAK)
    for name in ("fine", "intermediate", "coarse"):
        x = F.leaky_relu(batch_norm(down(x, P[f"discriminator.{name}.kernel"]), f"discriminator.{name}"), LEAK)
    flat = x.permute(0, 2, 3, 1).reshape(x.shape[0], -1)
    return flat @ P["discriminator.score.matrix"] + P["discriminator.score.bias"]


moments = {name: [torch.zeros(shape), torch.zeros(shape)] for name, shape in shapes.items()}


def adam(part, loss, step):
    names = [name for name in P if name.startswith(part)]
    for name, g in zip(names, torch.autograd.grad(loss, [P[name] for name in names])):
        m, v = moments[name]
        m.mul_(BETA1).add_((1 - BETA1) * g)
        v.mul_(BETA2).add_((1 - BETA2) * g * g)
        rate = RATE * math.sqrt(1 - BETA2**step) / (1 - BETA1**step)
        with torch.no_grad():
            P[name] -= rate * m / (v.sqrt() + EPSILON)


real = wave((BATCH, 64, 64, 3), 50, 0.0, 0.9).permute(0, 3, 1, 2)
steps = []
latents = json.load(open(__file__.replace(".py", ".latents.json")))
for step in (1, 2):
    z = torch.tensor(latents[step - 1]).reshape(BATCH, LATENT)
    generated = generate(z)
    on_real, on_generated = discriminate(real), discriminate(generated.detach())
    d_loss = F.softplus(-on_real).mean() + F.softplus(on_generated).mean()
    adam("discriminator", d_loss, step)
    g_loss = F.softplus(-discriminate(generated)).mean()
    adam("generator", g_loss, step)
    steps.append(
        {
            "discriminatorLoss": d_loss.item(),
            "generatorLoss": g_loss.item(),
            "realScore": torch.sigmoid(on_real).mean().item(),
            "fakeScore": torch.sigmoid(on_generated).mean().item(),
        }
    )
weights = {
    name: {"sum": p.sum().item(), "norm": p.norm().item(), "first": p.flatten()[:3].tolist()} for name, p in sorted(P.items())
}
print(json.dumps({"steps": steps, "weights": weights}, indent=1))
