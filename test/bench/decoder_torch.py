"""The base beta-VAE's decoder in PyTorch, layer by layer, for the peers that look inside: linear to 8x8x4w, 5x5/2 transposed convolutions
4w-4w-2w-f with batch norm and ReLU, 5x5 to 3, tanh. Inference, channels_last (the fastest layout found for eager mode on CPU)."""
import torch
import torch.nn as nn

LEVELS = ("coarse", "intermediate", "fine")


class Decoder(nn.Module):
    def __init__(self, width, fine_channels, latent):
        super().__init__()
        self.width, self.latent = width, latent
        channels = [4 * width, 4 * width, 2 * width, fine_channels]
        self.project = nn.Linear(latent, 64 * 4 * width)
        self.start = nn.Sequential(nn.BatchNorm2d(4 * width), nn.ReLU())
        self.hidden = nn.ModuleList(self.up(i, o) for i, o in zip(channels, channels[1:]))
        self.image = nn.Conv2d(fine_channels, 3, 5, 1, 2)
        self.eval().to(memory_format=torch.channels_last)

    @staticmethod
    def up(i, o):
        convolution = nn.ConvTranspose2d(i, o, 5, 2, 2, output_padding=1, bias=False)
        return nn.Sequential(convolution, nn.BatchNorm2d(o), nn.ReLU())

    def maps_at(self, z, level):
        """z [B, latent] to the maps of a level."""
        x = self.project(z).view(-1, 4 * self.width, 8, 8).contiguous(memory_format=torch.channels_last)
        x = self.start(x)
        for layer in self.hidden[: LEVELS.index(level) + 1]:
            x = layer(x)
        return x

    def images_from(self, maps, level):
        """Maps of a level to pictures [B, 3, 64, 64]."""
        for layer in self.hidden[LEVELS.index(level) + 1 :]:
            maps = layer(maps)
        return torch.tanh(self.image(maps))
