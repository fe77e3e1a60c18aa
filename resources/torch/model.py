"""A generator from Extrapolation Studio, in PyTorch. License of this file: MIT.

    from model import load
    decoder = load(".")                       # the folder with config.json and weights.safetensors
    images = decoder(torch.randn(4, decoder.latent))    # [4, 3, height, width], RGB in [-1, 1]
    maps = decoder.maps(z)["fine"]            # what a hidden level puts out

Each level is a submodule of that name, so forward hooks and `get_submodule("coarse")` work too.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

# TensorFlow pads a 5x5 convolution with stride 2 by one pixel before and two after. Where it is transposed, the same
# pixels are cut: padding=2, output_padding=1 would give the right size and a picture shifted by a pixel at each layer.
BEFORE, AFTER = 1, 2


def ending(activation, slope=0.0, twice=None):
    """What follows batch norm or bias: a non-linearity, and maps twice as large where "nearest" or "bilinear" says so."""
    bend = {
        "relu": functional.relu,
        "leakyRelu": lambda x: functional.leaky_relu(x, slope),
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "none": lambda x: x,
    }[activation]
    if twice is None:
        return bend
    way = {"mode": "nearest"} if twice == "nearest" else {"mode": "bilinear", "align_corners": False}
    return lambda x: functional.interpolate(bend(x), scale_factor=2, **way)


class Layer(nn.Module):
    """A 5x5 convolution (direction "up", "down" or "same"), batch norm where it has one, and what follows; "up" is cut as said."""

    def __init__(self, direction, inputs, outputs, normalised, follows, cut=BEFORE):
        super().__init__()
        kind = nn.ConvTranspose2d if direction == "up" else nn.Conv2d
        stride, padding = (1, 2) if direction == "same" else (2, 0)
        self.direction, self.cut = direction, cut
        self.convolution = kind(inputs, outputs, 5, stride, padding, bias=not normalised)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-5) if normalised else nn.Identity()
        self.follows = follows

    def forward(self, x):
        if self.direction == "down":
            x = functional.pad(x, (BEFORE, AFTER, BEFORE, AFTER))
        kept = slice(self.cut, self.cut + 2 * x.shape[-1])
        x = self.convolution(x)
        if self.direction == "up":
            x = x[:, :, kept, kept]
        return self.follows(self.norm(x))


def drawing(layer):
    """A layer of a generator: ReLU after batch norm, and nothing after a bias, where the configuration says no other."""
    usual = "relu" if layer["normalised"] else "none"
    follows = ending(layer.get("activation", usual), layer.get("slope", 0.0), layer.get("twice"))
    sizes = (layer["direction"], layer["inputs"], layer["outputs"], layer["normalised"])
    return Layer(*sizes, follows, layer.get("cut", BEFORE))


class Start(nn.Module):
    """From latents to the maps that the first level takes in: a dense layer, batch norm and ReLU; more where a generator came from elsewhere."""

    def __init__(self, latent, channels, size, bias, normalised=True, activation="relu", slope=0.0, twice=None, dense=(), layers=()):
        super().__init__()
        widths = [latent, *(each["outputs"] for each in dense)]
        self.first = nn.ModuleList(nn.Linear(*pair) for pair in zip(widths, widths[1:]))
        self.bends = [ending(each["activation"], each["slope"]) for each in dense]
        self.dense = nn.Linear(widths[-1], channels * size * size, bias=bias)
        self.norm = nn.BatchNorm2d(channels, eps=1e-5) if normalised else nn.Identity()
        self.shape, self.follows = (channels, size, size), ending(activation, slope, twice)
        self.layers = nn.Sequential(*(drawing(each) for each in layers))

    def forward(self, z):
        for linear, bend in zip(self.first, self.bends):
            z = bend(linear(z))
        return self.layers(self.follows(self.norm(self.dense(z).unflatten(1, self.shape))))


class Step(nn.Module):
    """A step of a recipe on a level's maps: a stretch along an axis, or channels multiplied and replaced."""

    def __init__(self, kind, axis, shapes):
        super().__init__()
        self.kind, self.axis = kind, axis
        for name, shape in shapes.items():
            self.register_buffer(name, torch.empty(shape))

    def forward(self, x):
        if self.kind == "stretch":
            return x @ self.matrix.T if self.axis == "horizontal" else self.matrix @ x
        x = x * self.factors
        return x + self.added if self.kind == "replace" else x


class Decoder(nn.Module):
    """z [B, latent] -> images [B, 3, 64, 64], RGB in [-1, 1]. Its levels are coarse, intermediate, fine and image; fewer where it is small."""

    def __init__(self, config):
        super().__init__()
        self.latent = config["latent"]
        self.start = Start(self.latent, **config["start"])
        self.levels = [layer["level"] for layer in config["layers"]]
        for layer in config["layers"]:
            self.add_module(layer["level"], drawing(layer))
        steps = {level: [Step(**step) for step in each] for level, each in config.get("steps", {}).items()}
        self.steps = nn.ModuleDict({level: nn.Sequential(*each) for level, each in steps.items()})
        self.gates = nn.ModuleList(Gate(**gate) for gate in config.get("gates", []))

    def maps(self, z):
        """What each level puts out, by its name; "image" is the picture."""
        maps, x = {}, self.start(z)
        opening = [gate.at_start(x) for gate in self.gates]
        for level in self.levels:
            x = self.get_submodule(level)(x)
            if level == "image":
                for gate, units in zip(self.gates, opening):
                    x = gate.recolour(x, units)
                x = torch.tanh(x)
            steps = self.steps[level] if level in self.steps else nn.Sequential()
            maps[level] = x = steps(x)
            if level != "image":
                opening = [gate.at_level(level, units, x, steps) for gate, units in zip(self.gates, opening)]
        return maps

    def forward(self, z):
        return self.maps(z)["image"]


class Analyser(nn.Module):
    """The convolutions of an encoder or discriminator: images [B, 3, 64, 64] in [-1, 1] -> flattened maps."""

    def __init__(self, config, follows):
        super().__init__()
        self.levels = [layer["level"] for layer in config["layers"]]
        for layer in config["layers"]:
            sizes = (layer["direction"], layer["inputs"], layer["outputs"], layer["normalised"])
            self.add_module(layer["level"], Layer(*sizes, follows))

    def maps(self, images):
        maps, x = {}, images
        for level in self.levels:
            maps[level] = x = self.get_submodule(level)(x)
        return maps

    def flat(self, images):
        return self.maps(images)[self.levels[-1]].flatten(1)


class Encoder(Analyser):
    """images -> (mean, log_variance) of the posterior, [B, latent] each."""

    def __init__(self, config):
        super().__init__(config, functional.relu)
        self.head, length, latent = config["head"], config["flat"], config["latent"]
        self.mean, self.log_variance = nn.Linear(length, latent), nn.Linear(length, latent)
        if self.head == "softplus":
            self.mean_norm, self.log_variance_norm = (nn.BatchNorm1d(latent, eps=1e-5) for _ in range(2))

    def forward(self, images):
        flat = self.flat(images)
        mean, log_variance = self.mean(flat), self.log_variance(flat)
        if self.head == "elu":
            return mean, torch.minimum(log_variance, functional.relu(log_variance).log1p())
        if self.head == "softplus":
            return self.mean_norm(mean), functional.softplus(self.log_variance_norm(log_variance)) + 1e-6
        return mean, log_variance


class Discriminator(Analyser):
    """images -> logits [B, 1], above 0 where it takes a picture for a real one."""

    def __init__(self, config):
        super().__init__(config, lambda x: functional.leaky_relu(x, 0.2))
        self.score = nn.Linear(config["flat"], 1)

    def forward(self, images):
        return self.score(self.flat(images))


NETWORKS = {"decoder": Decoder, "encoder": Encoder, "discriminator": Discriminator}


def load(folder, network="decoder", device="cpu"):
    """The network with its weights, ready for inference; "encoder" or "discriminator" where the model has one."""
    folder = Path(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if network not in config["networks"]:
        raise ValueError(f"this model has no {network}, only: {', '.join(config['networks'])}")
    module = NETWORKS[network](config["networks"][network])
    prefix = f"{network}."
    weights = load_file(folder / "weights.safetensors")
    own = {name[len(prefix) :]: value for name, value in weights.items() if name.startswith(prefix)}
    missing, unexpected = module.load_state_dict(own, strict=False)
    absent = [name for name in missing if not name.endswith("num_batches_tracked")]
    if absent or unexpected:
        raise ValueError(f"weights.safetensors does not fit config.json: {', '.join([*absent, *unexpected])}")
    return module.to(device).eval()
