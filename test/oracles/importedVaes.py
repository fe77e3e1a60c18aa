"""
Trains two small VAEs in PyTorch on drawn faces and saves them as people do, with the codes of a picture beside them.

    python -P test/oracles/importedVaes.py FACES OUT [--width 8] [--latent 16] [--steps 400]

FACES is a folder of pictures, as `extrapolate data make` writes it. Into OUT go
  unit/decoder.onnx, unit/encoder.onnx      pictures from 0 to 1; leaky ReLU; one dense layer whose row is cut into mean and log-variance
  signed.safetensors                        pictures from -1 to 1; ReLU and tanh; the state_dict with encoder.* and decoder.*
  unit.expected.safetensors, signed.expected.safetensors   a picture in [0, 1], mean, log_variance, and its reconstruction in [0, 1]
test/oracles/imported/vaes was made with --steps 250.
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
    files = sorted(each for each in Path(folder).rglob("*") if each.suffix.lower() in (".png", ".jpg"))[:800]
    return torch.stack([center_crop(resize(to_tensor(Image.open(file).convert("RGB")), 64), 64) for file in files])


class Encoder(nn.Module):
    """Four convolutions with stride 2, then one dense layer for both heads, or one for each."""

    def __init__(self, latent, width, is_split, bend):
        super().__init__()
        sizes = (3, width, 2 * width, 4 * width, 4 * width)
        layers = [[nn.Conv2d(a, b, 4, 2, 1), nn.BatchNorm2d(b), bend()] for a, b in zip(sizes, sizes[1:])]
        self.main = nn.Sequential(*(module for layer in layers for module in layer))
        self.is_split = is_split
        if is_split:
            self.head = nn.Linear(64 * width, 2 * latent)
        else:
            self.fc_mu = nn.Linear(64 * width, latent)
            self.fc_logvar = nn.Linear(64 * width, latent)

    def forward(self, images):
        rows = torch.flatten(self.main(images), 1)
        return self.head(rows).chunk(2, 1) if self.is_split else (self.fc_mu(rows), self.fc_logvar(rows))


class Decoder(nn.Module):
    """A dense layer and four transposed convolutions."""

    def __init__(self, latent, width, end, bend):
        super().__init__()
        self.fc = nn.Linear(latent, 64 * width)
        sizes = (4 * width, 4 * width, 2 * width, width)
        layers = [[nn.ConvTranspose2d(a, b, 4, 2, 1), nn.BatchNorm2d(b), bend()] for a, b in zip(sizes, sizes[1:])]
        self.main = nn.Sequential(*(module for layer in layers for module in layer), nn.ConvTranspose2d(width, 3, 4, 2, 1), end())
        self.bend, self.width = bend(), width

    def forward(self, z):
        return self.main(self.bend(self.fc(z)).reshape(-1, 4 * self.width, 4, 4))


class Vae(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder


def train(vae, faces, steps):
    adam = torch.optim.Adam(vae.parameters(), lr=2e-3)
    for _ in range(steps):
        real = faces[torch.randint(len(faces), (32,))]
        mean, log_variance = vae.encoder(real)
        z = mean + torch.randn_like(mean) * (log_variance / 2).exp()
        kl = 0.5 * (log_variance.exp() + mean**2 - 1 - log_variance).sum(1).mean()
        loss = functional.mse_loss(vae.decoder(z), real) / (faces.max() - faces.min()) ** 2 + 2e-4 * kl
        adam.zero_grad()
        loss.backward()
        adam.step()
    return vae.eval(), float(loss.detach())


def keep(path, vae, taken, images):
    with torch.no_grad():
        mean, log_variance = vae.encoder(taken)
        back = vae.decoder(mean)
    kept = {"images": images, "mean": mean, "log_variance": log_variance, "reconstructions": (back + 1) / 2 if taken.min() < 0 else back}
    save_file({name: value.contiguous() for name, value in kept.items()}, path)


options = argparse.ArgumentParser()
options.add_argument("faces")
options.add_argument("out", type=Path)
options.add_argument("--width", type=int, default=8)
options.add_argument("--latent", type=int, default=16)
options.add_argument("--steps", type=int, default=400)
asked = options.parse_args()
torch.manual_seed(0)
(asked.out / "unit").mkdir(parents=True, exist_ok=True)
faces = pictures(asked.faces)
size = (asked.latent, asked.width)
leaky = lambda: nn.LeakyReLU(0.2)  # noqa: E731

unit, unit_loss = train(Vae(Encoder(*size, True, leaky), Decoder(*size, nn.Sigmoid, leaky)), faces, asked.steps)
exported = {"dynamo": False, "opset_version": 17}
torch.onnx.export(unit.decoder, (torch.randn(1, asked.latent),), asked.out / "unit/decoder.onnx", input_names=["z"], output_names=["images"], dynamic_axes={"z": {0: "batch"}}, **exported)
torch.onnx.export(unit.encoder, (faces[:1],), asked.out / "unit/encoder.onnx", input_names=["images"], output_names=["mu", "logvar"], dynamic_axes={"images": {0: "batch"}}, **exported)
keep(asked.out / "unit.expected.safetensors", unit, faces[:1], faces[:1])

signed, signed_loss = train(Vae(Encoder(*size, False, nn.ReLU), Decoder(*size, nn.Tanh, nn.ReLU)), 2 * faces - 1, asked.steps)
save_file({name: value.contiguous() for name, value in signed.state_dict().items()}, asked.out / "signed.safetensors")
keep(asked.out / "signed.expected.safetensors", signed, 2 * faces[:1] - 1, faces[:1])
print(f"PyTorch {torch.__version__}, {len(faces)} pictures, {asked.steps} steps, losses {unit_loss:.4f} and {signed_loss:.4f}")
