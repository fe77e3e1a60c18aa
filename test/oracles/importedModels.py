"""
Trains small generators in PyTorch on drawn faces and saves them as people do, with what they put out beside them.

    python -P test/oracles/importedModels.py FACES OUT [--width 64] [--steps 300]

FACES is a folder of pictures, as `extrapolate data make` writes it. Into OUT go, for the DCGAN of PyTorch's examples (dcgan), for a VAE whose
decoder doubles its maps by bilinear interpolation (vae), for the same DCGAN of 32 x 32 pixels (dcgan32) and for a grey GAN of 28 x 28 pixels
as people train it on MNIST (grey28), the last two of width 4: NAME.safetensors (the generator's state_dict), NAME.onnx, and NAME.expected.safetensors
with latents z, what every level puts out (level0 …), and the images. test/oracles/imported was made with --width 8 --latent 32 --steps 200.
"""

import argparse
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional
from torchvision.transforms.functional import center_crop, resize, to_tensor


def pictures(folder):
    files = sorted(each for each in Path(folder).rglob("*") if each.suffix.lower() in (".png", ".jpg"))[:2000]
    squares = [center_crop(resize(to_tensor(Image.open(file).convert("RGB")), 64), 64) for file in files]
    return torch.stack(squares) * 2 - 1


class Generator(nn.Module):
    """The generator of PyTorch's DCGAN example, for 64 x 64 pixels."""

    def __init__(self, latent, width):
        super().__init__()
        layers, inputs = [], latent
        for outputs, stride, padding in ((8 * width, 1, 0), (4 * width, 2, 1), (2 * width, 2, 1), (width, 2, 1)):
            layers += [nn.ConvTranspose2d(inputs, outputs, 4, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]
            inputs = outputs
        self.main = nn.Sequential(*layers, nn.ConvTranspose2d(width, 3, 4, 2, 1, bias=False), nn.Tanh())

    def forward(self, z):
        return self.main(z)


def discriminator(width):
    layers, inputs = [], 3
    for outputs in (width, 2 * width, 4 * width, 8 * width):
        norm = [nn.BatchNorm2d(outputs)] if inputs != 3 else []
        layers += [nn.Conv2d(inputs, outputs, 4, 2, 1, bias=False), *norm, nn.LeakyReLU(0.2, True)]
        inputs = outputs
    return nn.Sequential(*layers, nn.Conv2d(inputs, 1, 4, 1, 0, bias=False))


def start(module):
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0, 0.02)
    if isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1, 0.02)
        nn.init.zeros_(module.bias)


def train_dcgan(faces, latent, width, steps):
    generator, judge = Generator(latent, width).apply(start), discriminator(width).apply(start)
    adam = {"lr": 2e-4, "betas": (0.5, 0.999)}
    of_generator, of_judge = torch.optim.Adam(generator.parameters(), **adam), torch.optim.Adam(judge.parameters(), **adam)
    loss = functional.binary_cross_entropy_with_logits
    for step in range(steps):
        real = faces[torch.randint(len(faces), (32,))]
        made = generator(torch.randn(32, latent, 1, 1))
        of_judge.zero_grad()
        yes, no = judge(real), judge(made.detach())
        (loss(yes, torch.ones_like(yes)) + loss(no, torch.zeros_like(no))).backward()
        of_judge.step()
        of_generator.zero_grad()
        verdict = judge(made)
        loss(verdict, torch.ones_like(verdict)).backward()
        of_generator.step()
    return generator.eval(), torch.randn(2, latent, 1, 1)


class Decoder(nn.Module):
    """A VAE's decoder that doubles its maps by bilinear interpolation, with a sigmoid at the end."""

    def __init__(self, latent, width):
        super().__init__()
        self.hidden = nn.Linear(latent, 64)
        self.first = nn.Linear(64, 4 * width * 16)
        sizes = (4 * width, 4 * width, 2 * width, width, width)
        self.convolutions = nn.ModuleList(nn.Conv2d(a, b, 3, 1, 1) for a, b in zip(sizes, sizes[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm2d(size) for size in sizes[1:])
        self.last = nn.Conv2d(width, 3, 5, 1, 2)
        self.width = width

    def forward(self, z):
        x = functional.leaky_relu(self.first(functional.relu(self.hidden(z))), 0.1)
        x = x.reshape(-1, 4 * self.width, 4, 4)
        for convolution, norm in zip(self.convolutions, self.norms):
            x = functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
            x = functional.leaky_relu(norm(convolution(x)), 0.1)
        return torch.sigmoid(self.last(x))


def train_vae(faces, latent, width, steps):
    decoder = Decoder(latent, width)
    encoder = nn.Sequential(*(m for a, b in ((3, 16), (16, 32), (32, 64), (64, 64)) for m in (nn.Conv2d(a, b, 4, 2, 1), nn.ReLU())), nn.Flatten(), nn.Linear(1024, 2 * latent))
    adam = torch.optim.Adam([*decoder.parameters(), *encoder.parameters()], lr=1e-3)
    for step in range(steps):
        real = faces[torch.randint(len(faces), (32,))]
        mean, log_variance = encoder(real).chunk(2, 1)
        z = mean + torch.randn_like(mean) * (log_variance / 2).exp()
        kl = 0.5 * (log_variance.exp() + mean**2 - 1 - log_variance).sum(1).mean()
        loss = functional.mse_loss(decoder(z), (real + 1) / 2) + 1e-4 * kl
        adam.zero_grad()
        loss.backward()
        adam.step()
    return decoder.eval(), torch.randn(2, latent)


class SmallGenerator(nn.Module):
    """The DCGAN of PyTorch's example with one layer less: 32 x 32 pixels."""

    def __init__(self, latent, width):
        super().__init__()
        layers, inputs = [], latent
        for outputs, stride, padding in ((4 * width, 1, 0), (2 * width, 2, 1), (width, 2, 1)):
            layers += [nn.ConvTranspose2d(inputs, outputs, 4, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]
            inputs = outputs
        self.main = nn.Sequential(*layers, nn.ConvTranspose2d(width, 3, 4, 2, 1, bias=False), nn.Tanh())

    def forward(self, z):
        return self.main(z)


class GreyGenerator(nn.Module):
    """A generator of 28 x 28 grey pixels: a dense layer, maps of 7 x 7, two transposed convolutions."""

    def __init__(self, latent, width):
        super().__init__()
        self.first = nn.Linear(latent, 2 * width * 49)
        self.norms = nn.ModuleList([nn.BatchNorm2d(2 * width), nn.BatchNorm2d(width)])
        self.up = nn.ConvTranspose2d(2 * width, width, 4, 2, 1)
        self.last = nn.ConvTranspose2d(width, 1, 4, 2, 1)
        self.width = width

    def forward(self, z):
        x = functional.relu(self.norms[0](self.first(z).reshape(-1, 2 * self.width, 7, 7)))
        return torch.tanh(self.last(functional.relu(self.norms[1](self.up(x)))))


def train_small(generator, faces, shape, steps):
    """The generator against a judge of two strided convolutions."""
    colours, side = faces.shape[1], faces.shape[2] // 4
    convolutions = (nn.Conv2d(colours, 16, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(16, 32, 4, 2, 1), nn.LeakyReLU(0.2))
    judge = nn.Sequential(*convolutions, nn.Flatten(), nn.Linear(32 * side * side, 1))
    adam = {"lr": 5e-4, "betas": (0.5, 0.999)}
    of_generator, of_judge = torch.optim.Adam(generator.parameters(), **adam), torch.optim.Adam(judge.parameters(), **adam)
    loss = functional.binary_cross_entropy_with_logits
    for step in range(steps):
        real = faces[torch.randint(len(faces), (32,))]
        made = generator(torch.randn(32, *shape))
        of_judge.zero_grad()
        yes, no = judge(real), judge(made.detach())
        (loss(yes, torch.ones_like(yes)) + loss(no, torch.zeros_like(no))).backward()
        of_judge.step()
        of_generator.zero_grad()
        verdict = judge(made)
        loss(verdict, torch.ones_like(verdict)).backward()
        of_generator.step()
    return generator.eval(), torch.randn(2, *shape)


def save(out, name, model, z, activations):
    levels, hooks = {}, []
    for at, module in enumerate(activations(model)):
        hooks.append(module.register_forward_hook(lambda _, __, maps, at=at: levels.__setitem__(f"level{at}", maps.clone())))
    with torch.no_grad():
        images = model(z)
    for hook in hooks:
        hook.remove()
    save_file({key: value.contiguous() for key, value in model.state_dict().items()}, out / f"{name}.safetensors")
    expected = {"z": z.flatten(1), "images": images, **levels}
    save_file({key: value.contiguous() for key, value in expected.items()}, out / f"{name}.expected.safetensors")
    torch.onnx.export(model, (z,), out / f"{name}.onnx", input_names=["z"], output_names=["images"], dynamic_axes={"z": {0: "batch"}}, dynamo=False)


options = argparse.ArgumentParser()
options.add_argument("faces")
options.add_argument("out", type=Path)
options.add_argument("--width", type=int, default=64)
options.add_argument("--latent", type=int, default=100)
options.add_argument("--steps", type=int, default=300)
asked = options.parse_args()
torch.manual_seed(0)
asked.out.mkdir(parents=True, exist_ok=True)
faces = pictures(asked.faces)
dcgan, z = train_dcgan(faces, asked.latent, asked.width, asked.steps)
save(asked.out, "dcgan", dcgan, z, lambda model: [each for each in model.main if isinstance(each, nn.ReLU)])
vae, z = train_vae(faces, asked.latent, asked.width, asked.steps)
save(asked.out, "vae", vae, z, lambda model: list(model.norms))
small = 4
generator, z = train_small(SmallGenerator(asked.latent, small), resize(faces, 32), (asked.latent, 1, 1), asked.steps)
save(asked.out, "dcgan32", generator, z, lambda model: [each for each in model.main if isinstance(each, nn.ReLU)])
generator, z = train_small(GreyGenerator(asked.latent, small), resize(faces, 28).mean(1, keepdim=True), (asked.latent,), asked.steps)
save(asked.out, "grey28", generator, z, lambda model: list(model.norms))
print(f"PyTorch {torch.__version__}, {len(faces)} pictures, {asked.steps} steps: {', '.join(each.name for each in sorted(asked.out.iterdir()))}")
